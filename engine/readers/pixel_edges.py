"""The outline of a mask along the edges of its pixels: its area is exactly that of the mask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import FileTooLarge
from engine.model.geometry import Point, Polygon
from engine.readers.limits import MAX_MASK_EDGES, MAX_MASK_PIECES

_Vertex = tuple[int, int]


def trace(mask: NDArray[np.bool_]) -> tuple[Polygon, ...]:
    """Return a Polygon for each connected piece of a mask, shape (height, width), largest first.

    Pixel (column, row) covers column to column + 1 and row to row + 1. A hole is tied to its
    outline by a cut of no width. Raises FileTooLarge where the mask is as ragged as noise.
    """
    import cv2

    edges = int(np.count_nonzero(np.diff(mask, axis=0)) + np.count_nonzero(np.diff(mask, axis=1)))
    if edges > MAX_MASK_EDGES:
        raise FileTooLarge(f"its outline has {edges} edges; the limit is {MAX_MASK_EDGES}")
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=4)
    if count > MAX_MASK_PIECES:
        raise FileTooLarge(f"it has {count - 1} pieces; the limit is {MAX_MASK_PIECES}")
    pieces = sorted(range(1, count), key=lambda number: -int(boxes[number, cv2.CC_STAT_AREA]))
    return tuple(_piece(labels, boxes[number], number) for number in pieces)


def _piece(labels: NDArray[Any], box: NDArray[Any], number: int) -> Polygon:
    left, top, width, height = (int(value) for value in box[:4])
    piece = labels[top : top + height, left : left + width] == number
    rings = sorted(_rings(piece), key=lambda ring: -_turning_area(ring))
    outline = rings[0]  # the one ring that runs clockwise; holes run the other way
    for hole in rings[1:]:
        outline = _cut_out(outline, hole)
    return Polygon(tuple(Point(float(x + left), float(y + top)) for x, y in outline))


def _rings(piece: NDArray[np.bool_]) -> Iterator[list[_Vertex]]:
    """Yield closed paths along the edges, inside on the right hand, corners only."""
    following, crossings = _edges(piece)
    while following:
        here = next(iter(following))
        across, along = 0, 0
        ring: list[_Vertex] = []
        while here in following:
            end = following.pop(here)
            other = crossings.pop(here, None)
            if other is not None:
                ends = sorted((end, other), key=lambda each: _turn((across, along), here, each))
                end, following[here] = ends
            step_across, step_along = end[0] - here[0], end[1] - here[1]
            if step_across != across or step_along != along:
                ring.append(here)
            here, across, along = end, step_across, step_along
        yield ring


def _edges(piece: NDArray[np.bool_]) -> tuple[dict[_Vertex, _Vertex], dict[_Vertex, _Vertex]]:
    """Return the end of the edge that begins at each corner, and of the second one where two begin."""
    padded = np.pad(piece, 1).astype(np.int8)
    down, right = np.diff(padded, axis=0), np.diff(padded, axis=1)
    following: dict[_Vertex, _Vertex] = {}
    crossings: dict[_Vertex, _Vertex] = {}
    for steps, inside, dx, dy, x0, y0 in (
        (down, 1, 1, 0, -1, 0),  # upper edges run to the right
        (down, -1, -1, 0, 0, 0),  # lower edges to the left
        (right, -1, 0, 1, 0, -1),  # right edges down
        (right, 1, 0, -1, 0, 0),  # left edges up
    ):
        rows, columns = np.nonzero(steps == inside)
        xs, ys = columns + x0, rows + y0
        starts = zip(xs.tolist(), ys.tolist(), strict=True)
        ends = zip((xs + dx).tolist(), (ys + dy).tolist(), strict=True)
        for start, end in zip(starts, ends, strict=True):
            if start in following:
                crossings[start] = end
            else:
                following[start] = end
    return following, crossings


def _turn(step: _Vertex, here: _Vertex, end: _Vertex) -> int:
    """Rank a way on: right turns first, so that pieces that touch by a corner stay apart."""
    return -(step[0] * (end[1] - here[1]) - step[1] * (end[0] - here[0]))


def _turning_area(ring: list[_Vertex]) -> int:
    """Return twice the area, negative where the ring runs against the clock (y grows downward)."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)


def _cut_out(outline: list[_Vertex], hole: list[_Vertex]) -> list[_Vertex]:
    """Return an outline that runs to the hole, around it and back."""
    first = hole.index(min(hole))
    turned = [*hole[first:], *hole[: first + 1]]
    x, y = turned[0]
    near = min(range(len(outline)), key=lambda at: (outline[at][0] - x) ** 2 + (outline[at][1] - y) ** 2)
    return [*outline[: near + 1], *turned, *outline[near:]]
