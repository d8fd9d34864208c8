"""A perceptual hash: pictures that look alike have hashes that differ in few bits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Picture


def perceptual_hash(view: NDArray[np.uint8]) -> str:
    """Return the 64-bit difference hash of an RGB view as 16 hex digits.

    Each bit says whether a cell of a 9 x 8 gray grid is darker than its right neighbor (dHash,
    Krawetz 2013). Two pictures within about 10 bits of each other are near-duplicates.
    """
    gray = Picture.fromarray(np.ascontiguousarray(view)).reduce(_reduction(view)).convert("L")
    grid = np.asarray(gray.resize((9, 8), Picture.Resampling.BOX), dtype=np.int16)
    bits = (grid[:, 1:] > grid[:, :-1]).ravel()
    return np.packbits(bits).tobytes().hex()


def _reduction(view: NDArray[np.uint8]) -> int:
    return max(1, min(view.shape[:2]) // 64)


def hash_distance(first: str, second: str) -> int:
    """Return in how many of the 64 bits two perceptual hashes differ."""
    return (int(first, 16) ^ int(second, 16)).bit_count()
