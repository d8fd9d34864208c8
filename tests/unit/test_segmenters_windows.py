"""CT by Hounsfield windows, and what stands out in pictures that no model knows."""

from __future__ import annotations

import numpy as np
import pytest

from engine.model.evidence import Image, Laterality
from engine.model.ids import ImageId
from engine.protocols import Frame, Pixels
from engine.segmenters.ct_windows import CtWindowSegmenter
from engine.segmenters.otsu import OtsuSegmenter


def ct_frame(spacing: tuple[float, float] | None = (1.0, 1.0)) -> Frame:
    """Return a body ellipse with two lungs (the picture's left one larger), spine, fat rim and gas bubble."""
    y, x = np.mgrid[:200, :260].astype(np.float32)
    values = np.full((200, 260), -1000, np.float32)

    def ellipse(
        center: tuple[float, float], radii: tuple[float, float]
    ) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
        return ((x - center[0]) / radii[0]) ** 2 + ((y - center[1]) / radii[1]) ** 2 < 1

    values[ellipse((130, 100), (120, 85))] = -100
    values[ellipse((130, 100), (110, 75))] = 40
    values[ellipse((75, 95), (38, 50))] = -820
    values[ellipse((185, 95), (32, 45))] = -820
    values[ellipse((130, 150), (16, 13))] = 500
    values[ellipse((130, 60), (8, 8))] = -1000
    values += np.random.default_rng(0).normal(0, 12, values.shape).astype(np.float32)
    image = Image(id=ImageId("ct"), sha256="", width_px=260, height_px=200, modality="CT", spacing_mm=spacing)
    view = np.zeros((200, 260, 3), np.uint8)
    return Frame(image=image, pixels=Pixels(view=view, values=values))


def test_tissues_have_their_size_and_side() -> None:
    regions = CtWindowSegmenter().segment([ct_frame()])[0]
    lungs = [region for region in regions if region.label == "lung"]
    assert [lung.attributes.side for lung in lungs] == [Laterality.RIGHT, Laterality.LEFT]
    assert lungs[0].attributes.area_mm2 == pytest.approx(np.pi * 38 * 50, rel=0.05)
    bones = [region for region in regions if region.label == "bone"]
    assert len(bones) == 1
    assert bones[0].attributes.area_mm2 == pytest.approx(np.pi * 16 * 13, rel=0.1)
    assert {"air", "fat", "soft tissue"} <= {region.label for region in regions}
    assert len(regions) <= 12


def test_without_spacing_there_are_no_millimeters() -> None:
    regions = CtWindowSegmenter().segment([ct_frame(spacing=None)])[0]
    assert regions
    assert all(region.attributes.area_mm2 is None for region in regions)


def test_small_things_are_dropped_by_their_size_in_millimeters() -> None:
    tiny = CtWindowSegmenter().segment([ct_frame(spacing=(0.2, 0.2))])[0]
    assert not [region for region in tiny if region.label == "bone"]  # 650 px are 26 mm²


def test_a_picture_without_hounsfield_units_has_none() -> None:
    frame = ct_frame()
    plain = Frame(image=frame.image, pixels=Pixels(view=frame.pixels.view))
    assert CtWindowSegmenter().segment([plain]) == [()]


def test_two_bright_things_stand_out_and_are_few() -> None:
    rng = np.random.default_rng(1)
    view = rng.normal(120, 6, (300, 400, 3)).clip(0, 255).astype(np.uint8)
    view[40:120, 30:130] = (220, 30, 30)
    view[200:280, 250:370] = (20, 60, 210)
    image = Image(id=ImageId("p"), sha256="", width_px=400, height_px=300)
    regions = OtsuSegmenter().segment([Frame(image=image, pixels=Pixels(view=view))])[0]
    assert {(region.attributes.colors, region.attributes.position) for region in regions} == {
        (("red",), "upper left"),
        (("blue",), "lower right"),
    }
    assert {region.label for region in regions} == {"unclassified"}


def test_an_even_picture_has_nothing_that_stands_out() -> None:
    image = Image(id=ImageId("p"), sha256="", width_px=40, height_px=30)
    view = np.full((30, 40, 3), 200, np.uint8)
    assert OtsuSegmenter().segment([Frame(image=image, pixels=Pixels(view=view))]) == [()]
