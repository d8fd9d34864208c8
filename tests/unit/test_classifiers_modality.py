"""DICOM's word comes first; where there is none, the shipped network tells kinds of pictures apart."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.classifiers.modality import ModalityClassifier
from engine.evaluation.segmentation import read_frame
from engine.model.evidence import Image
from engine.model.ids import ImageId
from engine.protocols import Frame, Pixels
from engine.training.phantoms import draw_ct_slice
from engine.training.renderings import draw_chart, draw_page


@pytest.fixture(scope="module")
def classifier() -> ModalityClassifier:
    (only,) = ModalityClassifier.load_all()
    return only


def make_frame(view: NDArray[np.uint8], modality: str = "", body_part: str = "") -> Frame:
    image = Image(
        id=ImageId("i"),
        sha256="",
        width_px=view.shape[1],
        height_px=view.shape[0],
        modality=modality,
        body_part=body_part,
    )
    return Frame(image=image, pixels=Pixels(view=view))


@pytest.mark.parametrize(
    ("modality", "body_part", "label"),
    [
        ("CT", "", "ct"),
        ("CT", "CHEST", "ct"),
        ("MR", "HEAD", "mr"),
        ("US", "", "us"),
        ("DX", "CHEST", "chest-xray"),
        ("CR", "Thorax", "chest-xray"),
    ],
)
def test_dicom_decides(classifier: ModalityClassifier, modality: str, body_part: str, label: str) -> None:
    scene = classifier.classify([make_frame(np.zeros((8, 8, 3), np.uint8), modality, body_part)])[0]
    assert (scene.label, scene.score) == (label, 1.0)


def test_a_radiograph_is_of_chest_or_limb_whatever_it_looks_like(classifier: ModalityClassifier) -> None:
    page = np.asarray(draw_page(np.random.default_rng(0)))
    assert classifier.classify([make_frame(page, "DX")])[0].label in {"chest-xray", "limb-xray"}


def test_a_camera_takes_no_charts(classifier: ModalityClassifier) -> None:
    chart = np.asarray(draw_chart(np.random.default_rng(1)))
    assert classifier.classify([make_frame(chart, "photograph")])[0].label not in {"chart", "ct"}


@pytest.mark.parametrize(
    ("draw", "label"), [(draw_page, "document"), (draw_chart, "chart"), (draw_ct_slice, "ct")]
)
def test_drawings_that_it_has_not_seen(classifier: ModalityClassifier, draw: object, label: str) -> None:
    assert callable(draw)
    frames = [make_frame(np.asarray(draw(np.random.default_rng([77, number])))) for number in range(12)]
    labels = [scene.label for scene in classifier.classify(frames)]
    assert labels.count(label) >= 10


@pytest.mark.data
def test_real_pictures_of_sources_that_it_was_not_trained_on(
    classifier: ModalityClassifier, data_dir: Path
) -> None:
    trained_on = set((data_dir / "lungs_seg" / "open_licence.txt").read_text().split())
    chests = [p for p in sorted((data_dir / "lungs_seg" / "images").iterdir()) if p.name not in trained_on]
    photographs = sorted((data_dir / "coco128_seg" / "images").iterdir())
    for pictures, label in ((chests[:40], "chest-xray"), (photographs[:40], "photograph")):
        scenes = classifier.classify([read_frame(picture) for picture in pictures])
        assert sum(scene.label == label for scene in scenes) >= 34


def test_how_a_picture_looks_is_the_same_whether_it_was_classified_before_or_not(
    classifier: ModalityClassifier,
) -> None:
    rng = np.random.default_rng(3)
    frames = [make_frame(rng.integers(0, 255, (40, 50, 3), dtype=np.uint8)) for _ in range(3)]
    views = [each.pixels.view for each in frames]
    alone = ModalityClassifier.load_all()[0].features(views)
    classifier.classify(frames[:2])
    assert np.allclose(classifier.features(views), alone, atol=1e-6)
    classifier.classify(frames[2:])
    assert np.allclose(classifier.features(views[::-1]), alone[::-1], atol=1e-6)
    assert classifier.features([]).shape[0] == 0
