"""What every segmenter and every classifier must keep, on ordinary and on odd pictures."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from engine.model.evidence import Image
from engine.model.ids import image_id
from engine.plugins import load_plugin, plugin_names
from engine.protocols import Classifier, Frame, Pixels, Scene, Segmenter

SHAPES = [(1, 1), (2, 700), (900, 3), (64, 64), (333, 517)]
SCENES = ["chest-xray", "limb-xray", "ct", "blood-smear", "photograph", "document", "chart", ""]


def make_frame(shape: tuple[int, int], *, modality: str = "", seed: int = 0) -> Frame:
    """Return a picture of a few bright disks on noise; CT gets Hounsfield values as well."""
    rng = np.random.default_rng(seed)
    height, width = shape
    y, x = np.mgrid[:height, :width]
    view = rng.integers(20, 60, (height, width, 3)).astype(np.uint8)
    for _ in range(4):
        center_y, center_x = rng.uniform(0, height), rng.uniform(0, width)
        inside = (x - center_x) ** 2 + (y - center_y) ** 2 < (min(height, width) / 7) ** 2
        view[inside] = rng.integers(80, 255, 3)
    values = (view[..., 0].astype(np.float32) * 8 - 1000) if modality == "CT" else None
    image = Image(
        id=image_id(f"{shape}{modality}{seed}", 0),
        sha256="0" * 64,
        width_px=width,
        height_px=height,
        modality=modality,
        spacing_mm=(0.7, 0.7) if modality == "CT" else None,
    )
    return Frame(image=image, pixels=Pixels(view=view, values=values))


@cache
def loaded(kind: str) -> tuple[Any, ...]:
    return tuple(instance for name in plugin_names(kind) for instance in load_plugin(kind, name).load_all())


def names(kind: str) -> list[str]:
    return [instance.component.name for instance in loaded(kind)]


@pytest.fixture(params=range(len(loaded("segmenters"))), ids=names("segmenters"))
def segmenter(request: pytest.FixtureRequest) -> Segmenter:
    instance: Segmenter = loaded("segmenters")[request.param]
    return instance


@pytest.fixture(params=range(len(loaded("classifiers"))), ids=names("classifiers"))
def classifier(request: pytest.FixtureRequest) -> Classifier:
    instance: Classifier = loaded("classifiers")[request.param]
    return instance


def frames() -> list[Frame]:
    plain = [make_frame(shape, seed=number) for number, shape in enumerate(SHAPES)]
    return [*plain, *(make_frame(shape, modality="CT", seed=9) for shape in SHAPES)]


def test_the_shipped_models_are_there() -> None:
    assert {"lungs", "blood-cells", "ct_windows", "otsu"} <= set(names("segmenters"))
    assert names("classifiers") == ["modality"]


def test_available_and_described(segmenter: Segmenter) -> None:
    assert segmenter.availability() is None
    assert segmenter.component.kind == "segmenter"
    assert segmenter.component.labels
    assert len(set(segmenter.component.labels)) == len(segmenter.component.labels)


def test_regions_are_well_formed(segmenter: Segmenter) -> None:
    given = frames()
    for frame, regions in zip(given, segmenter.segment(given), strict=True):
        seen: set[str] = set()
        for region in regions:
            assert region.id not in seen
            assert region.parent_id is None or region.parent_id in seen
            seen.add(region.id)
            assert region.image_id == frame.image.id
            assert region.component_id == segmenter.component.id
            assert region.label in segmenter.component.labels
            assert 0 <= region.score <= 1
            assert region.box is not None
            assert 0 <= region.box.left <= region.box.right <= frame.image.width_px
            assert 0 <= region.box.top <= region.box.bottom <= frame.image.height_px
            assert region.attributes.position


def test_the_same_twice_and_alone_as_together(segmenter: Segmenter) -> None:
    given = frames()
    together = segmenter.segment(given)
    assert together == segmenter.segment(given)
    assert together == [segmenter.segment([frame])[0] for frame in given]


def test_nothing_given_nothing_found(segmenter: Segmenter) -> None:
    assert segmenter.segment([]) == []


def test_pictures_are_not_changed(segmenter: Segmenter) -> None:
    frame = make_frame((200, 300), modality="CT")
    before = frame.pixels.view.copy()
    segmenter.segment([frame])
    assert np.array_equal(before, frame.pixels.view)


def test_a_model_keeps_to_its_scenes() -> None:
    ct = make_frame((64, 64), modality="CT").image
    plain = make_frame((64, 64)).image
    by_name = {instance.component.name: instance for instance in loaded("segmenters")}

    def who(image: Image, label: str) -> set[str]:
        scene = Scene(label=label, score=1.0)
        return {name for name, instance in by_name.items() if instance.applies(image, scene)}

    assert "lungs" in who(plain, "chest-xray")
    assert "lungs" not in who(plain, "photograph")
    assert who(plain, "blood-smear") == {"blood-cells"}
    assert who(ct, "ct") == {"ct_windows"}
    assert "otsu" in who(plain, "photograph")
    assert not who(plain, "document")


def test_scenes_are_known_and_scored(classifier: Classifier) -> None:
    given = frames()
    scenes = classifier.classify(given)
    assert len(scenes) == len(given)
    assert all(0 <= scene.score <= 1 and scene.label in SCENES for scene in scenes)
    assert {scene.label for scene in scenes[len(SHAPES) :]} == {"ct"}
    assert classifier.classify([]) == []
