"""Outlines over a picture: told apart, numbered, inside."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.exporters.outlines import Outline, mark_places, thinned
from engine.exporters.pictures import encode
from engine.model.geometry import Box, Point, Polygon

_COORDINATE = st.floats(-50, 1050, allow_nan=False)


@given(st.lists(st.builds(Point, _COORDINATE, _COORDINATE), min_size=3, max_size=60), st.floats(0.1, 50))
def test_thinning_keeps_a_polygon_near_its_points(points: list[Point], step: float) -> None:
    kept = thinned(Polygon(tuple(points)), step)
    assert len(kept) >= 3
    assert set(kept) <= set(points)
    for point in points:
        assert min(abs(point.x - near.x) + abs(point.y - near.y) for near in kept) <= max(
            step, 1e-9
        ) + 1e-9 or (len(kept) == 3)


def test_numbers_stay_inside_and_apart() -> None:
    shapes = [
        Outline(mark=str(number), polygons=(Box(10, 10, 200, 150).as_polygon(),), color="#000000")
        for number in range(1, 5)
    ]
    places = mark_places(shapes, 200, 150, 10)
    assert all(10 <= x <= 190 and 10 <= y <= 140 for x, y in places)
    assert len(set(places)) == 4


@pytest.mark.parametrize(("height", "width"), [(3000, 4000), (20, 30), (1, 5000)])
def test_pictures_are_made_small_but_never_larger(height: int, width: int) -> None:
    view = np.zeros((height, width, 3), np.uint8)
    shot = encode(view, 1200)
    assert max(shot.width_px, shot.height_px) == min(max(width, height), 1200)
    assert shot.gray
    assert shot.jpeg.startswith(b"\xff\xd8")


def test_colors_are_kept_in_their_order() -> None:
    import io

    from PIL import Image

    view = np.zeros((40, 40, 3), np.uint8)
    view[..., 0] = 230
    with Image.open(io.BytesIO(encode(view, 100).jpeg)) as opened:
        red, green, blue = opened.convert("RGB").getpixel((20, 20))
    assert red > 200
    assert green < 40
    assert blue < 40
