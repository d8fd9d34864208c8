"""Any of Pillow's pixel modes becomes the eye's view, RGB of eight bits, and deep gray keeps its values."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.protocols import Pixels
from engine.readers.preview import as_rgb

_DEEP_MODES = ("I", "I;16", "I;16L", "I;16B", "I;16N", "F")
_USUAL_BITS = (8, 10, 12, 14, 16, 24, 32)
_BAND_ROWS = 1024


def to_pixels(picture: Any) -> Pixels:
    """Return a loaded ``PIL.Image`` as Pixels.

    Pictures of eight bits have the values that Pillow's ``convert("RGB")`` gives; transparency is
    dropped, so that what is stored under it shows. Gray of more than eight bits keeps its stored
    numbers in ``values``; Pillow's own conversion would cut them off at 255, so that the view is
    scaled by the smallest usual bit depth that holds the brightest pixel instead: 12-bit X-rays in
    16-bit files would be black otherwise. Signed and floating values are stretched.
    """
    if picture.mode in _DEEP_MODES:
        deep = np.asarray(picture)
        return Pixels(view=as_rgb(_eight_bits(deep)), values=deep.astype(np.float32))
    return Pixels(view=_rgb(picture))


def _rgb(picture: Any) -> NDArray[np.uint8]:
    """Convert in bands, since a copy of 180 million pixels at once would pass the memory limit."""
    width, height = picture.size
    if height <= 2 * _BAND_ROWS:
        return np.array(picture.convert("RGB"), dtype=np.uint8)
    view = np.empty((height, width, 3), np.uint8)
    for top in range(0, height, _BAND_ROWS):
        band = picture.crop((0, top, width, min(top + _BAND_ROWS, height)))
        view[top : top + _BAND_ROWS] = np.asarray(band.convert("RGB"))
    return view


def _eight_bits(deep: NDArray[Any]) -> NDArray[np.uint8]:
    finite = deep[np.isfinite(deep)] if deep.dtype.kind == "f" else deep
    if finite.size == 0:
        return np.zeros(deep.shape, np.uint8)
    low, high = float(finite.min()), float(finite.max())
    if deep.dtype.kind != "f" and low >= 0:
        low, high = 0.0, float(2 ** next(bits for bits in _USUAL_BITS if high < 2**bits) - 1)
    scaled = (deep.astype(np.float32) - np.float32(low)) * np.float32(255 / max(high - low, 1e-6))
    return np.nan_to_num(scaled, nan=0.0, posinf=255.0, neginf=0.0).clip(0, 255).round().astype(np.uint8)
