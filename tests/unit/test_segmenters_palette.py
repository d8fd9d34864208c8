"""A palette says of each color term how much of a Region it fits, in the whole and by thirds."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.model.findings import PALETTE_TERMS
from engine.model.geometry import Point, Polygon, bounding_box
from engine.segmenters.palette import measure_palette

_SQUARE = (Polygon((Point(0, 0), Point(60, 0), Point(60, 60), Point(0, 60))),)


def _palette(view: NDArray[np.uint8]) -> tuple[dict[str, int], ...]:
    box = bounding_box(_SQUARE)
    assert box is not None
    return tuple(dict(zip(PALETTE_TERMS, row, strict=True)) for row in measure_palette(view, _SQUARE, box))


@pytest.mark.parametrize(
    ("rgb", "term"),
    [
        ((200, 30, 30), "red"),
        ((30, 60, 160), "blue"),
        ((20, 70, 30), "green"),
        ((245, 245, 245), "white"),
        ((230, 210, 60), "yellow"),
        ((110, 70, 40), "brown"),
    ],
)
def test_a_plain_color_fits_its_term_and_not_the_opposite(rgb: tuple[int, int, int], term: str) -> None:
    whole = _palette(np.full((60, 60, 3), rgb, np.uint8))[0]
    assert whole[term] == 100
    assert whole["purple"] == 0


def test_thirds_tell_a_red_top_from_blue_trousers() -> None:
    view = np.full((60, 60, 3), (30, 60, 160), np.uint8)
    view[:20] = (200, 30, 30)
    whole, upper, _, lower = _palette(view)
    assert 30 <= whole["red"] <= 36
    assert (upper["red"], upper["blue"], lower["red"], lower["blue"]) == (100, 0, 0, 100)


def test_terms_overlap_as_people_name_them() -> None:
    whole = _palette(np.full((60, 60, 3), (205, 90, 40), np.uint8))[0]
    assert whole["orange"] == whole["red"] == 100
