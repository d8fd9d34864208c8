"""A large picture cut into tiles at several scales, so that a window decodes only what is in view."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Picture

from engine.readers.preview import preview_jpeg

TILE_PX = 512
# Above this many pixels of the longer side a picture is cut; below, one preview shows all of it.
_COARSEST_PX = 2048
_MOST_CUT = 8
_WHOLE = "complete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiles:
    """Where the tiles of one Image lie: ``LEVEL-COLUMN-ROW.jpg``; each level halves the one before.

    ``width_px`` and ``height_px`` are those of level 0, the picture itself.
    """

    folder: Path
    tile_px: int
    levels: int
    width_px: int
    height_px: int


def cut(view: NDArray[np.uint8], folder: Path) -> Tiles:
    """Write the tiles of ``view`` (uint8, (height, width, 3)) into ``folder`` unless they are there."""
    height_px, width_px = view.shape[:2]
    levels = 1
    while max(width_px, height_px) >> (levels - 1) > _COARSEST_PX:
        levels += 1
    if not (folder / _WHOLE).is_file():
        folder.parent.mkdir(parents=True, exist_ok=True)
        _make_room(folder.parent)
        folder.mkdir(exist_ok=True)
        picture = Picture.fromarray(np.ascontiguousarray(view))
        for level in range(levels):
            _cut_level(np.asarray(picture), folder, level)
            picture = picture.reduce(2)
        (folder / _WHOLE).touch()
    return Tiles(folder=folder, tile_px=TILE_PX, levels=levels, width_px=width_px, height_px=height_px)


def _cut_level(view: NDArray[np.uint8], folder: Path, level: int) -> None:
    for top in range(0, view.shape[0], TILE_PX):
        for left in range(0, view.shape[1], TILE_PX):
            tile = view[top : top + TILE_PX, left : left + TILE_PX]
            name = f"{level}-{left // TILE_PX}-{top // TILE_PX}.jpg"
            (folder / name).write_bytes(preview_jpeg(tile, TILE_PX))


def _make_room(parent: Path) -> None:
    """Drop the pictures that were cut longest ago."""
    cut_before = sorted((each for each in parent.iterdir() if each.is_dir()), key=lambda p: p.stat().st_mtime)
    for folder in cut_before[: max(len(cut_before) - _MOST_CUT + 1, 0)]:
        shutil.rmtree(folder, ignore_errors=True)
