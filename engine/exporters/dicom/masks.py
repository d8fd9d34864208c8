"""Polygons become a mask of exactly those pixels whose centers they enclose."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.model.geometry import Polygon


def filled(polygons: Sequence[Polygon], height_px: int, width_px: int) -> NDArray[np.bool_]:
    """Return the mask, shape (height, width); each polygon by the even-odd rule, several together."""
    mask = np.zeros((height_px, width_px), np.bool_)
    for polygon in polygons:
        _fill(mask, polygon)
    return mask


def _fill(mask: NDArray[np.bool_], polygon: Polygon) -> None:
    height_px, width_px = mask.shape
    points = np.array([(point.x, point.y) for point in polygon.points])
    x, y = points[:, 0], points[:, 1]
    next_x, next_y = np.roll(x, -1), np.roll(y, -1)
    top, bottom = max(int(np.floor(y.min())), 0), min(int(np.ceil(y.max())), height_px)
    for row in range(top, bottom):
        middle = row + 0.5
        crossed = (y <= middle) != (next_y <= middle)
        share = (middle - y[crossed]) / (next_y[crossed] - y[crossed])
        places = np.sort(x[crossed] + share * (next_x[crossed] - x[crossed]))
        # A pixel is inside where its center lies between an odd and the next even crossing.
        edges = np.ceil(places - 0.5).clip(0, width_px).astype(int)
        for left, right in zip(edges[::2], edges[1::2], strict=True):
            mask[row, left:right] = True
