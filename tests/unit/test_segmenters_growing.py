"""Weak outlines follow what stands out inside a box, and keep the box's place."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from engine.model.geometry import Box, bounding_box
from engine.segmenters.contours import polygons_to_mask
from engine.segmenters.growing import grow_outline


def test_an_outline_follows_a_shape_that_is_no_ellipse() -> None:
    view = np.random.default_rng(0).normal(225, 4, (160, 160, 3)).clip(0, 255).astype(np.uint8)
    corners = np.array([[80, 30], [130, 120], [30, 120]])
    cv2.fillPoly(view, [corners], (60, 50, 150))
    box = Box(30, 30, 131, 121)
    outline = grow_outline(view, box)
    truth = np.zeros((160, 160), np.uint8)
    cv2.fillPoly(truth, [corners], (1,))
    mask = polygons_to_mask((outline,), (160, 160))
    overlap = np.count_nonzero(mask & truth) / np.count_nonzero(mask | truth)
    assert overlap > 0.9  # the ellipse in the box: 0.69
    assert grow_outline(view, box) == outline


@pytest.mark.parametrize("box", [Box(10, 12, 14, 15), Box(-1, 0, 64, 64), Box(20, 20, 50, 44.5)])
def test_where_nothing_stands_out_the_place_stays(box: Box) -> None:
    found = bounding_box((grow_outline(np.full((64, 64, 3), 90, np.uint8), box),))
    assert found is not None
    assert (found.left, found.top, found.right, found.bottom) == pytest.approx(
        (box.left, box.top, box.right, box.bottom), abs=0.02
    )
