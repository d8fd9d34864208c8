"""Any of Pillow's pixel modes becomes the eye's view: RGB, eight bits."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.readers.preview import as_rgb

_DEEP_MODES = ("I", "I;16", "I;16L", "I;16B", "I;16N", "F")
_USUAL_BITS = (8, 10, 12, 14, 16, 24, 32)


def to_view(picture: Any) -> NDArray[np.uint8]:
    """Return a loaded ``PIL.Image`` as a view, uint8 (height, width, 3).

    Transparency is dropped, so that what is stored under it shows. Gray of more than eight bits
    is scaled by the smallest usual bit depth that holds its brightest pixel: 12-bit X-rays in
    16-bit files would be black otherwise. Signed and floating values are stretched.
    """
    if picture.mode in _DEEP_MODES:
        return as_rgb(_eight_bits(np.asarray(picture)))
    return np.array(picture.convert("RGB"), dtype=np.uint8)


def _eight_bits(deep: NDArray[Any]) -> NDArray[np.uint8]:
    finite = deep[np.isfinite(deep)] if deep.dtype.kind == "f" else deep
    if finite.size == 0:
        return np.zeros(deep.shape, np.uint8)
    low, high = float(finite.min()), float(finite.max())
    if deep.dtype.kind != "f" and low >= 0:
        low, high = 0.0, float(2 ** next(bits for bits in _USUAL_BITS if high < 2**bits) - 1)
    scaled = (deep.astype(np.float32) - np.float32(low)) * np.float32(255 / max(high - low, 1e-6))
    return np.nan_to_num(scaled, nan=0.0, posinf=255.0, neginf=0.0).clip(0, 255).round().astype(np.uint8)
