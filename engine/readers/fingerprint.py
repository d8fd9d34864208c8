"""A perceptual hash: pictures that look alike have hashes that differ in few bits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Picture

# Differences of at most two gray levels are noise of compression, and would set bits at random.
_NOISE_LEVELS = 2


def perceptual_hash(view: NDArray[np.uint8]) -> str:
    """Return the 256-bit difference hash of an RGB view as 64 hex digits.

    Each bit says whether a cell of a 17 x 16 gray grid is clearly darker than its right neighbor
    (dHash, Krawetz 2013). 64 bits would call radiographs of different persons near-duplicates.
    """
    gray = Picture.fromarray(np.ascontiguousarray(view)).reduce(_reduction(view)).convert("L")
    grid = np.asarray(gray.resize((17, 16), Picture.Resampling.BOX), dtype=np.int16)
    bits = (grid[:, 1:] > grid[:, :-1] + _NOISE_LEVELS).ravel()
    return np.packbits(bits).tobytes().hex()


def _reduction(view: NDArray[np.uint8]) -> int:
    return max(1, min(view.shape[:2]) // 64)
