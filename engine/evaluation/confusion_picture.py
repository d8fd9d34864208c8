"""A table of confusion as a picture: counts in squares, as dark as their share of the row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

_DARK = 0.5


def draw_confusion(axes: Any, counts: NDArray[np.int64], rows: Sequence[str], columns: Sequence[str]) -> None:
    """Draw ``counts``, shape (rows, columns), into matplotlib's axes."""
    shares = counts / counts.sum(axis=1, keepdims=True).clip(1)
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for row, column in np.ndindex(counts.shape):
        color = "white" if shares[row, column] > _DARK else "0.3"
        axes.text(column, row, str(counts[row, column]), ha="center", va="center", color=color)
    axes.set_xticks(range(len(columns)), columns, rotation=30, ha="right")
    axes.set_yticks(range(len(rows)), rows)
