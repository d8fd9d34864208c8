"""Masks as COCO writes them: lengths of runs down the columns, as numbers or packed into text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray


def decode(runs: Mapping[str, Any], width_px: int, height_px: int) -> NDArray[np.bool_]:
    """Return the mask, shape (height, width); raises ValueError where the runs are not of that picture.

    Runs of background and area take turns, background first (cocodataset.org, ``maskApi.c``).
    """
    size, counts = list(runs["size"]), runs["counts"]
    if size != [height_px, width_px]:
        raise ValueError(f"its mask is {size} (height, width), the picture [{height_px}, {width_px}]")
    lengths = np.array(list(_unpacked(counts)) if isinstance(counts, str) else counts, np.int64)
    if (lengths < 0).any() or lengths.sum() != width_px * height_px:
        raise ValueError("the runs of its mask do not fill the picture")
    inside = np.arange(len(lengths)) % 2 == 1
    return np.repeat(inside, lengths).reshape(width_px, height_px).T


def _unpacked(text: str) -> Iterator[int]:
    """Yield run lengths: groups of five bits, each run from the third on less the one two before it."""
    found: list[int] = []
    value = shift = 0
    for letter in text:
        group = ord(letter) - 48
        if not 0 <= group < 64:
            raise ValueError(f"{letter!r} is no part of a packed mask")
        value |= (group & 0x1F) << shift
        shift += 5
        if group & 0x20:
            continue
        if group & 0x10:
            value -= 1 << shift
        found.append(value + (found[-2] if len(found) > 2 else 0))
        yield found[-1]
        value = shift = 0
