"""Which color terms fit a Region: the share of its pixels that each basic term may be used for.

People differ in naming a color, and light and shadow move it, so the terms overlap: a pixel may be
called red as well as orange, or gray as well as white, and counts half where it is a poor example.
The bounds are of CIE Lab lightness, chroma and hue angle (degrees), set wide around the centers of
the basic terms (Berlin and Kay 1969; Boynton and Olson 1987), and beige.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.model.findings import PALETTE_TERMS
from engine.model.geometry import Box, Polygon
from engine.segmenters.contours import polygons_to_mask

_SAMPLE_PX = 64
_CUTS = (1 / 3, 2 / 3)
_MIN_PIXELS = 8


def measure_palette(
    view: NDArray[np.uint8], polygons: Sequence[Polygon], box: Box
) -> tuple[tuple[int, ...], ...]:
    """Return percents by ``PALETTE_TERMS`` of the whole Region and of its upper, middle and lower third.

    ``view`` is the picture, uint8 RGB, shape (height, width, 3); empty where the box lies outside of it.
    """
    height, width = view.shape[:2]
    left, top = max(0, int(box.left)), max(0, int(box.top))
    right, bottom = min(width, int(np.ceil(box.right))), min(height, int(np.ceil(box.bottom)))
    if right <= left or bottom <= top:
        return ()
    step = max(1, max(right - left, bottom - top) // _SAMPLE_PX)
    sample = view[top:bottom:step, left:right:step]
    rows, columns = sample.shape[:2]
    inside = polygons_to_mask(polygons, (rows, columns), scale=1 / step, offset=(left, top)).view(np.bool_)
    if not inside.any():
        inside[:] = True
    fitting = fitting_terms(np.take(sample.reshape(-1, 3), np.flatnonzero(inside), axis=0))
    cuts = np.searchsorted(np.arange(rows) / rows, _CUTS)
    first, second = (int(np.count_nonzero(inside[:cut])) for cut in cuts)
    whole = (0, int(np.count_nonzero(inside)))
    parts = (whole, (0, first), (first, second), (second, whole[1]))
    chosen = [part if part[1] - part[0] > _MIN_PIXELS else whole for part in parts]
    halves = np.stack([fitting[:, start:stop].sum(axis=1, dtype=np.float32) for start, stop in chosen])
    shares = halves / np.array([[2 * (stop - start)] for start, stop in chosen], np.float32)
    return tuple(map(tuple, np.rint(100 * shares.astype(np.float64)).astype(np.int64).tolist()))


def fitting_terms(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return for each term which RGB pixels it may name (1) and which are typical of it (2).

    ``pixels``: uint8, shape (count, 3). Returns shape (terms, count).
    """
    import cv2

    lab = cv2.cvtColor(pixels[None].astype(np.float32) / 255, cv2.COLOR_RGB2LAB)[0]
    light, a, b = np.ascontiguousarray(lab[:, 0]), lab[:, 1].astype(np.float64), lab[:, 2].astype(np.float64)
    # numpy's last digit of an angle hangs on where its arrays lie; rounded, equal pixels have equal names.
    chroma, hue = np.sqrt(a * a + b * b), np.degrees(np.arctan2(b, a)).round(3)
    hue = np.where(hue < 0, hue + 360, hue)
    terms = {
        "black": _both((light < 32) & ((chroma < 22) | (light < 16)), light < 20),
        "white": _both(
            (light > 68) & (chroma < 18) | (light > 58) & (chroma < 9), (light > 80) & (chroma < 11)
        ),
        "gray": _both(
            (light > 18) & (light < 88) & (chroma < 13), (light > 25) & (light < 80) & (chroma < 8)
        ),
        "red": _both((chroma > 22) & (light < 66) & ((hue > 345) | (hue < 50)), chroma > 34),
        "orange": _both((chroma > 28) & (light > 38) & (hue > 38) & (hue < 82), chroma > 42),
        "yellow": _both((chroma > 22) & (light > 45) & (hue > 68) & (hue < 114), chroma > 36),
        "green": _both((chroma > 8) & (hue > 98) & (hue < 200), chroma > 16),
        "blue": _both(((chroma > 7) | (light < 30) & (chroma > 3)) & (hue > 200) & (hue < 318), chroma > 16),
        "purple": _both((chroma > 9) & (hue > 298) & (hue < 352), chroma > 18),
        "pink": _both((chroma > 9) & (light > 50) & ((hue > 325) | (hue < 45)), chroma > 18),
        "brown": _both(
            (light > 10) & (light < 62) & (chroma > 8) & (chroma < 48) & (hue > 28) & (hue < 95), chroma > 14
        ),
        "beige": _both((light > 55) & (chroma > 5) & (chroma < 36) & (hue > 45) & (hue < 108), chroma > 10),
    }
    return np.stack([terms[term] for term in PALETTE_TERMS])


def _both(possible: NDArray[np.bool_], typical: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Return 2 where a term is typical, 1 where it is possible."""
    return possible.view(np.uint8) + (possible & typical)
