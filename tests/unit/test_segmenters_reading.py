"""Text in pictures: where it stands, what it says, and what is left alone."""

from __future__ import annotations

import subprocess
import sys
from functools import cache

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.jobs.analysis import Analysis
from engine.model.evidence import CaseKind, Image
from engine.model.findings import Region
from engine.model.ids import image_id
from engine.protocols import Frame, Pixels, Scene
from engine.segmenters.reading import LABEL, TextAreaSegmenter
from engine.vocabulary import load_vocabulary

YELLOW = (240, 205, 30)


@cache
def segmenter() -> TextAreaSegmenter:
    (found,) = TextAreaSegmenter.load_all()
    return found


def written(
    text: str,
    *,
    size: tuple[int, int] = (640, 480),
    at: tuple[int, int] = (200, 260),
    ground: tuple[int, int, int] = (235, 235, 235),
    scale: float = 2.0,
) -> NDArray[np.uint8]:
    """Return a blue-gray picture, uint8 RGB, with a card that carries dark text."""
    view = np.full((size[1], size[0], 3), (90, 100, 120), np.uint8)
    (width, height), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_DUPLEX, scale, 4)
    cv2.rectangle(view, (at[0] - 30, at[1] - height - 30), (at[0] + width + 30, at[1] + 30), ground, -1)
    cv2.putText(view, text, at, cv2.FONT_HERSHEY_DUPLEX, scale, (15, 15, 15), 4, cv2.LINE_AA)
    return view


def frame(view: NDArray[np.uint8], *, modality: str = "photograph") -> Frame:
    height, width = view.shape[:2]
    image = Image(
        id=image_id("0" * 64, 0), sha256="0" * 64, width_px=width, height_px=height, modality=modality
    )
    return Frame(image=image, pixels=Pixels(view=view))


def read(view: NDArray[np.uint8]) -> tuple[Region, ...]:
    (found,) = segmenter().segment([frame(view)])
    return found


def test_a_plate_is_read_where_it_stands() -> None:
    (region,) = read(written("KX-7194"))
    assert region.label == "lettering"
    assert region.attributes.text.replace(" ", "") == "KX-7194"
    assert region.score > 0.9
    assert region.component_id == segmenter().component.id
    assert region.box is not None
    assert 180 < region.box.left < 225
    assert 195 < region.box.top < 225
    assert region.attributes.position == "center"


def test_a_marker_is_a_bare_number_on_yellow() -> None:
    (region,) = read(written("6", ground=YELLOW, scale=4.0))
    assert region.attributes.text == "6"
    assert "yellow" in region.attributes.colors


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_turned_text_is_read(turns: int) -> None:
    view = np.ascontiguousarray(np.rot90(written("EVIDENCE BAG", size=(720, 480), at=(130, 260)), turns))
    said = " ".join(region.attributes.text for region in read(view))
    assert "EVIDENCE" in said


def test_small_text_in_a_large_picture_is_read_from_its_own_pixels() -> None:
    view = written("BR 3308", size=(3200, 2400), at=(2500, 1900), scale=1.6)
    (region,) = read(view)
    assert region.attributes.text.replace(" ", "") == "BR3308"
    assert region.attributes.position == "lower right"


def test_a_plain_picture_has_no_text() -> None:
    assert read(np.full((300, 400, 3), 128, np.uint8)) == ()


@pytest.mark.parametrize("size", [(1, 1), (2, 900), (900, 2), (4000, 6), (6, 4000)])
def test_odd_sizes_are_survived(size: tuple[int, int]) -> None:
    rng = np.random.default_rng(1)
    for region in read(rng.integers(0, 255, (*size, 3)).astype(np.uint8)):
        assert region.box is not None
        assert 0 <= region.box.left <= region.box.right <= size[1]
        assert 0 <= region.box.top <= region.box.bottom <= size[0]


def test_the_same_twice_and_alone_as_together() -> None:
    frames = [frame(written("KX-7194")), frame(written("6", ground=YELLOW, scale=4.0))]
    together = segmenter().segment(frames)
    assert together == [segmenter().segment([each])[0] for each in frames]


@pytest.mark.parametrize(
    ("modality", "scene", "looks"),
    [
        ("photograph", "photograph", True),
        ("", "document", True),
        ("", "", True),
        ("CT", "ct", False),
        ("DX", "", False),
        ("", "chest-xray", False),
        ("", "blood-smear", False),
    ],
)
def test_medical_pictures_are_left_alone(modality: str, scene: str, looks: bool) -> None:
    image = frame(np.zeros((9, 9, 3), np.uint8), modality=modality).image
    assert segmenter().applies(image, Scene(label=scene, score=1.0)) is looks


@pytest.mark.parametrize(
    ("kind", "profile", "reads"),
    [
        (CaseKind.FORENSIC, "full", True),
        (CaseKind.FORENSIC, "fast", False),
        (CaseKind.MEDICAL, "full", True),
        (CaseKind.MEDICAL, "fast", False),
    ],
)
def test_only_full_analysis_reads_pictures(kind: CaseKind, profile: str, reads: bool) -> None:
    names = {component.name for component in Analysis.load(kind, profile=profile).components}
    assert ("rapidocr" in names) is reads


def test_it_is_described_and_available() -> None:
    assert TextAreaSegmenter.availability() is None
    component = segmenter().component
    assert component.kind == "segmenter"
    assert component.labels == (LABEL,)
    assert len(component.weights_sha256) == 64


def test_its_label_is_no_thing_that_a_report_names() -> None:
    assert all(load_vocabulary(kind).concepts(LABEL) == () for kind in CaseKind)


_APART = """
import sys
opened = []
sys.addaudithook(lambda event, _: opened.append(event) if event.startswith("socket.") else None)
import numpy as np
from engine.segmenters.reading import TextAreaSegmenter
segmenter, = TextAreaSegmenter.load_all()
segmenter._engine.read(np.zeros((64, 64, 3), np.uint8))
print(opened, "torch" in sys.modules, "requests" in sys.modules)
"""


def test_it_opens_no_socket_and_needs_no_torch() -> None:
    done = subprocess.run([sys.executable, "-c", _APART], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[] False False"
