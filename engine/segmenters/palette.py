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
_THIRDS = ((0.0, 1 / 3), (1 / 3, 2 / 3), (2 / 3, 1.01))
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
    shape = (sample.shape[0], sample.shape[1])
    inside = polygons_to_mask(polygons, shape, scale=1 / step, offset=(left, top)) > 0
    if not inside.any():
        inside[:] = True
    fitting = fitting_terms(sample[inside])
    rows = np.nonzero(inside)[0] / shape[0]
    parts = [np.ones(len(rows), np.bool_), *((rows >= start) & (rows < stop) for start, stop in _THIRDS)]
    return tuple(
        tuple(
            round(100 * float(share))
            for share in fitting[part if part.sum() > _MIN_PIXELS else parts[0]].mean(0)
        )
        for part in parts
    )


def fitting_terms(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return how well each term names each RGB pixel: uint8 (count, 3) in, [0, 1] (count, terms) out."""
    import cv2

    lab = cv2.cvtColor(pixels[None].astype(np.float32) / 255, cv2.COLOR_RGB2LAB)[0]
    light, a, b = lab[:, 0], lab[:, 1].astype(np.float64), lab[:, 2].astype(np.float64)
    # numpy's last digit of an angle hangs on where its arrays lie; rounded, equal pixels have equal names.
    chroma, hue = np.hypot(a, b), np.degrees(np.arctan2(b, a)).round(3) % 360
    terms = {
        "black": _both(light < 32, light < 20) * ((chroma < 22) | (light < 16)),
        "white": _both(
            (light > 68) & (chroma < 18) | (light > 58) & (chroma < 9), (light > 80) & (chroma < 11)
        ),
        "gray": _both(
            (light > 18) & (light < 88) & (chroma < 13), (light > 25) & (light < 80) & (chroma < 8)
        ),
        "red": _both((chroma > 22) & (light < 66), chroma > 34) * ((hue > 345) | (hue < 50)),
        "orange": _both((chroma > 28) & (light > 38), chroma > 42) * ((hue > 38) & (hue < 82)),
        "yellow": _both((chroma > 22) & (light > 45), chroma > 36) * ((hue > 68) & (hue < 114)),
        "green": _both(chroma > 8, chroma > 16) * ((hue > 98) & (hue < 200)),
        "blue": _both((chroma > 7) | (light < 30) & (chroma > 3), chroma > 16) * ((hue > 200) & (hue < 318)),
        "purple": _both(chroma > 9, chroma > 18) * ((hue > 298) & (hue < 352)),
        "pink": _both((chroma > 9) & (light > 50), chroma > 18) * ((hue > 325) | (hue < 45)),
        "brown": _both((light > 10) & (light < 62) & (chroma > 8) & (chroma < 48), chroma > 14)
        * ((hue > 28) & (hue < 95)),
        "beige": _both((light > 55) & (chroma > 5) & (chroma < 36), chroma > 10) * ((hue > 45) & (hue < 108)),
    }
    return np.stack([terms[term] for term in PALETTE_TERMS], axis=1)


def _both(possible: NDArray[np.bool_], typical: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return 1 where a term is typical, a half where it is possible."""
    return np.asarray(possible * (0.5 + 0.5 * typical), np.float32)
