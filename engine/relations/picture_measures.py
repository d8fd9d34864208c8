"""What can be measured of a picture without knowing things: layout of colors, their share, edges by place."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_LAYOUT, _SHARES, _PLACES, _DIRECTIONS = 6, 8, 4, 6
_RANGE = (-2.0, 2.0)


def measure_picture(picture: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return float32, shape (244,), of a picture (3, 96, 96) as the scene classifier takes it.

    A coarse picture, the histogram of each channel, and in each of 16 places the directions and the
    strength of edges (after Dalal and Triggs 2005).
    """
    _, height, width = picture.shape
    cells = picture.reshape(3, _LAYOUT, height // _LAYOUT, _LAYOUT, width // _LAYOUT).mean(axis=(2, 4))
    shares = [np.histogram(channel, _SHARES, _RANGE)[0] / channel.size for channel in picture]
    found = np.concatenate([cells.ravel(), *shares, _edges(picture.mean(axis=0))])
    return np.asarray(found, dtype=np.float32)


def _edges(gray: NDArray[np.float32]) -> NDArray[np.float64]:
    down, right = np.gradient(gray)
    strength, angle = np.hypot(down, right), np.arctan2(down, right) % np.pi
    rows = np.array_split(np.arange(gray.shape[0]), _PLACES)
    columns = np.array_split(np.arange(gray.shape[1]), _PLACES)
    found: list[float] = []
    for row in rows:
        for column in columns:
            here = np.ix_(row, column)
            shares = np.histogram(angle[here], _DIRECTIONS, (0, np.pi), weights=strength[here])[0]
            found += [*(shares / (shares.sum() + 1e-6)), float(strength[here].mean())]
    return np.array(found)
