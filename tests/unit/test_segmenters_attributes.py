"""Colors in words, sides, places and areas."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.evidence import Image, Laterality
from engine.model.geometry import Box, Point, Polygon
from engine.model.ids import ImageId
from engine.segmenters.attributes import COLOR_WORDS, describe, name_colors, position_of, side_of
from engine.segmenters.contours import clip_rows, mask_to_polygons, polygons_to_mask, trace

SWATCHES = {
    "black": [(0, 0, 0), (20, 20, 22)],
    "white": [(255, 255, 255), (240, 240, 238)],
    "gray": [(128, 128, 128), (90, 92, 95), (170, 170, 172)],
    "red": [(220, 20, 30), (160, 10, 20), (200, 30, 60)],
    "orange": [(255, 140, 0), (240, 120, 20)],
    "yellow": [(255, 230, 0), (230, 210, 60)],
    "green": [(30, 150, 50), (0, 100, 0), (120, 200, 80)],
    "blue": [(20, 60, 200), (70, 130, 220), (10, 20, 90)],
    "purple": [(120, 40, 160), (90, 20, 130)],
    "pink": [(255, 150, 190), (250, 190, 200)],
    "brown": [(110, 65, 30), (90, 50, 20), (139, 90, 43)],
}


@pytest.mark.parametrize(
    ("word", "rgb"), [(word, rgb) for word, all_of in SWATCHES.items() for rgb in all_of]
)
def test_plain_colors_have_their_word(word: str, rgb: tuple[int, int, int]) -> None:
    assert COLOR_WORDS[int(name_colors(np.array([rgb], np.uint8))[0])] == word


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_every_color_has_a_word(rgb: tuple[int, int, int]) -> None:
    assert 0 <= int(name_colors(np.array([rgb], np.uint8))[0]) < len(COLOR_WORDS)


def make_image(width: int = 90, height: int = 60, spacing: tuple[float, float] | None = None) -> Image:
    return Image(id=ImageId("i"), sha256="", width_px=width, height_px=height, spacing_mm=spacing)


def test_a_red_square_on_blue() -> None:
    view = np.full((60, 90, 3), (20, 60, 200), np.uint8)
    view[10:20, 5:25] = (220, 20, 30)
    square = Box(5, 10, 25, 20).as_polygon()
    attributes = describe((square,), make_image(spacing=(0.5, 0.2)), view)
    assert attributes.colors == ("red",)
    assert attributes.side is Laterality.LEFT
    assert attributes.position == "upper left"
    assert attributes.area_px == 200
    assert attributes.area_mm2 == pytest.approx(20)


def test_a_gray_picture_has_no_color_words() -> None:
    view = np.repeat(np.arange(90, dtype=np.uint8)[None, :, None], 60, axis=0).repeat(3, axis=2)
    assert describe((Box(0, 0, 9, 9).as_polygon(),), make_image(), view).colors == ()


def test_the_patients_right_is_the_pictures_left() -> None:
    left_of_picture = Box(0, 0, 10, 10)
    assert side_of(left_of_picture, 100) is Laterality.LEFT
    assert side_of(left_of_picture, 100, patient_sides=True) is Laterality.RIGHT
    assert side_of(left_of_picture, 100, label="left lung", patient_sides=True) is Laterality.LEFT
    assert side_of(Box(45, 0, 55, 10), 100) is None


@pytest.mark.parametrize(
    ("center", "word"),
    [
        ((5, 5), "upper left"),
        ((45, 5), "upper"),
        ((85, 30), "right"),
        ((45, 30), "center"),
        ((45, 59), "lower"),
    ],
)
def test_places(center: tuple[float, float], word: str) -> None:
    x, y = center
    assert position_of(Box(x - 1, y - 1, x + 1, y + 1), 90, 60) == word


@given(st.integers(4, 40), st.integers(4, 40), st.integers(1, 9), st.integers(1, 9))
def test_an_outline_fills_to_the_mask_that_it_was_traced_from(
    height: int, width: int, top: int, left: int
) -> None:
    mask = np.zeros((60, 60), np.uint8)
    mask[top : top + height, left : left + width] = 1
    polygons = mask_to_polygons(mask, tolerance=0)
    assert np.array_equal(polygons_to_mask(polygons, (60, 60)), mask)


def test_a_part_of_a_mask_is_traced_as_the_whole() -> None:
    mask = np.zeros((60, 60), np.uint8)
    mask[20:40, 12:30] = mask[30:50, 25:41] = 1
    whole = trace(mask, scale=(2.5, 1.5), offset=(-3, 7))
    part = trace(mask[20:50, 12:41], scale=(2.5, 1.5), offset=(-3, 7), start=(12, 20))
    assert len(whole) == len(part) == 1 and np.array_equal(whole[0], part[0])


def test_a_ring_keeps_its_hole() -> None:
    mask = np.zeros((60, 60), np.uint8)
    mask[5:55, 5:55] = 1
    mask[20:40, 20:40] = 0
    mask[0:2, 0:2] = 1  # a splinter
    filled, ring = mask_to_polygons(mask), mask_to_polygons(mask, holes=True)
    assert len(filled) == len(ring) == 1
    assert filled[0].area_px == 49 * 49
    # Outlines run through pixel centers: the hole's runs through the ring's own pixels.
    assert ring[0].area_px == 49 * 49 - (21 * 21 - 2)
    mask[0:2, 0:2] = 0
    assert np.count_nonzero(polygons_to_mask(ring, (60, 60)) != mask) <= 60


def test_thirds_add_up_and_stay_inside() -> None:
    whole = Polygon((Point(0, 0), Point(30, 5), Point(25, 40), Point(12, 20), Point(3, 45)))
    parts = [clip_rows(whole, low, low + 15) for low in (0, 15, 30)]
    assert sum(part.area_px for part in parts if part) == pytest.approx(whole.area_px, abs=0.5)
    assert all(
        part and low <= part.box.top and part.box.bottom <= low + 15
        for part, low in zip(parts, (0, 15, 30), strict=True)
    )
    assert clip_rows(whole, 60, 70) is None and clip_rows(whole, -9, -1) is None
    assert clip_rows(whole, 0, 45) == whole
