"""Large pictures in overlapping tiles, so that small things are seen as large as the model knows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.model.geometry import Box
from engine.segmenters.contours import extent
from engine.segmenters.detections import Found

_OVERLAP = 0.25
_LARGE = 2.0
_MOST_TILES = 64
_RIM_PX = 2.0
# A box that lies within another of its label by this share is a part of the same thing.
_SWALLOWED = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A part of a picture, in its pixels, half-open."""

    left: int
    top: int
    right: int
    bottom: int

    def cut(self, view: NDArray[np.uint8]) -> NDArray[np.uint8]:
        return view[self.top : self.bottom, self.left : self.right]


def tiles_of(height_px: int, width_px: int, tile_px: int) -> tuple[Tile, ...]:
    """Return the whole picture and, where it is twice ``tile_px`` or larger, square tiles over it.

    Neighbors overlap by a quarter or more. Tiles grow where more than 64 would be needed.
    """
    whole = Tile(left=0, top=0, right=width_px, bottom=height_px)
    if not tile_px or max(height_px, width_px) < _LARGE * tile_px:
        return (whole,)
    while True:
        lefts, tops = _starts(width_px, tile_px), _starts(height_px, tile_px)
        if len(lefts) * len(tops) <= _MOST_TILES:
            break
        tile_px = round(tile_px * 1.25)
    return (
        whole,
        *(
            Tile(left=x, top=y, right=min(x + tile_px, width_px), bottom=min(y + tile_px, height_px))
            for y in tops
            for x in lefts
        ),
    )


def _starts(length_px: int, tile_px: int) -> list[int]:
    """Return where tiles begin along one side: evenly, from the first pixel, ending with the last."""
    if length_px <= tile_px:
        return [0]
    count = int(np.ceil((length_px - tile_px) / (tile_px * (1 - _OVERLAP)))) + 1
    return [round(number * (length_px - tile_px) / (count - 1)) for number in range(count)]


def joined(
    parts: Iterable[tuple[Tile, tuple[Found, ...]]], *, height_px: int, width_px: int, overlap: float
) -> tuple[Found, ...]:
    """Return what was found in the tiles of one picture, in its pixels, each thing once, best first.

    What a tile's inner edge cuts is left to the neighbor. Of one label, a thing that overlaps a
    better one by more than ``overlap`` (IoU), or lies within it, is the same thing.
    """
    found = [
        moved
        for tile, objects in parts
        for moved in _whole_ones(tile, objects, height_px=height_px, width_px=width_px)
    ]
    found.sort(key=lambda pair: -pair[1].score)
    kept: list[tuple[Box, Found]] = []
    for box, each in found:
        rivals = (other for other, better in kept if better.label_number == each.label_number)
        if not any(_is_same(box, rival, overlap) for rival in rivals):
            kept.append((box, each))
    return tuple(each for _, each in kept)


def _whole_ones(
    tile: Tile, objects: tuple[Found, ...], *, height_px: int, width_px: int
) -> Iterator[tuple[Box, Found]]:
    """Yield box and object, moved into the picture, of those that the tile shows wholly."""
    for each in objects:
        corner = np.array([tile.left, tile.top])
        outlines = tuple(np.round(outline + corner, 2) for outline in each.outlines)
        box = extent(outlines)
        if box is None:
            continue
        cut = (
            (tile.left > 0 and box.left < tile.left + _RIM_PX)
            or (tile.top > 0 and box.top < tile.top + _RIM_PX)
            or (tile.right < width_px and box.right > tile.right - _RIM_PX)
            or (tile.bottom < height_px and box.bottom > tile.bottom - _RIM_PX)
        )
        if not cut:
            yield box, replace(each, outlines=outlines)


def _is_same(box: Box, better: Box, overlap: float) -> bool:
    width = min(box.right, better.right) - max(box.left, better.left)
    height = min(box.bottom, better.bottom) - max(box.top, better.top)
    if width <= 0 or height <= 0:
        return False
    shared = width * height
    union = box.area_px + better.area_px - shared
    return shared > overlap * union or shared > _SWALLOWED * min(box.area_px, better.area_px)
