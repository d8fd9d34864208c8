"""Large pictures are looked at in tiles, and each thing in them is found once."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from engine.model.geometry import Box
from engine.segmenters.contours import as_contour, extent
from engine.segmenters.detections import Found
from engine.segmenters.tiles import Tile, joined, tiles_of


def found(left: float, top: float, right: float, bottom: float, score: float, label: int = 0) -> Found:
    outline = as_contour(Box(left, top, right, bottom).as_polygon())
    return Found(label_number=label, score=score, outlines=(outline,))


def test_a_small_picture_is_looked_at_as_a_whole() -> None:
    assert tiles_of(480, 640, 640) == (Tile(left=0, top=0, right=640, bottom=480),)
    assert len(tiles_of(9000, 9000, 0)) == 1


@pytest.mark.parametrize(("height", "width"), [(1300, 900), (3000, 4000), (20_000, 30_000), (200, 5000)])
def test_tiles_cover_a_large_picture_and_overlap(height: int, width: int) -> None:
    whole, *tiles = tiles_of(height, width, 640)
    assert (whole.right, whole.bottom) == (width, height)
    assert len(tiles) <= 64
    seen = np.zeros((height, width), np.uint8)
    for tile in tiles:
        tile.cut(seen)[:] = 1
    assert seen.all()
    lefts = sorted({(tile.left, tile.right) for tile in tiles})
    assert all(right - next_left >= 0.2 * (right - left) for (left, right), (next_left, _) in pairwise(lefts))


def test_what_two_tiles_and_the_whole_show_is_found_once() -> None:
    whole = Tile(left=0, top=0, right=2000, bottom=1000)
    left, right = Tile(left=0, top=0, right=1000, bottom=1000), Tile(left=800, top=0, right=1800, bottom=1000)
    parts = [
        (whole, (found(850, 100, 950, 200, 0.5),)),
        (left, (found(850, 100, 950, 200, 0.9), found(960, 500, 1000, 600, 0.8))),
        (
            right,
            (found(50, 100, 150, 200, 0.7), found(160, 500, 260, 600, 0.6), found(52, 101, 148, 199, 0.4, 1)),
        ),
    ]
    objects = joined(parts, height_px=1000, width_px=2000, overlap=0.5)
    boxes = [extent(each.outlines) for each in objects]
    # The second thing is cut by the left tile's edge, so the right tile's answer counts.
    assert boxes[:2] == [Box(850, 100, 950, 200), Box(960, 500, 1060, 600)]
    assert [each.label_number for each in objects] == [0, 0, 1]
    assert [each.score for each in objects] == [0.9, 0.6, 0.4]
