"""A second network that draws the outlines of found objects anew, at several times the resolution."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Self

import numpy as np
from numpy.typing import NDArray

from engine.segmenters.contours import Contour, extent, trace
from engine.segmenters.detections import Found
from engine.segmenters.network import Network, load_network
from engine.weights import ModelCard

TASK = "outlines"
_MARGIN = 0.1
_MAX_GRID_PX = 640
# So many of the network's pixels become a whole number of enlarged ones; it halves its sides that often.
_BLOCK = 8
_LEAST_AGREEMENT = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """The part of a picture that the network looks at, half-open; it may reach over the picture's edges.

    ``shrink``: its sides are multiples of it, which is how many of its pixels fit into one of the network's.
    """

    left: int
    top: int
    right: int
    bottom: int
    width_px: int
    height_px: int
    shrink: int


class Outliner:
    """Draws one outline per label in the part of a picture where all its labels were found.

    Where a label is missing, or the new outline lies elsewhere than the found one, the found one stays.
    """

    def __init__(self, card: ModelCard, network: Network) -> None:
        self.card = card
        self._network = network

    @classmethod
    def load(cls, card: ModelCard, *, threads: int = 0, backend: str = "") -> Self:
        """Load the network of a card of task ``outlines``; raises ModelMismatch where it is another."""
        card.verify()
        return cls(card, load_network(card.path, threads=threads, backend=backend))

    def redraw(
        self, views: Sequence[NDArray[np.uint8]], found: Iterable[tuple[Found, ...]]
    ) -> Iterator[tuple[Found, ...]]:
        """Yield for each picture (RGB) what was found in it, with new outlines."""
        waiting: deque[tuple[tuple[Found, ...], _Part | None]] = deque()

        def inputs() -> Iterator[NDArray[np.uint8]]:
            for view, objects in zip(views, found, strict=True):
                part = self._part(view, objects)
                waiting.append((objects, part))
                if part is not None:
                    yield _cut_out(view, part, self._network.size_px)

        for outputs in self._network.stream(inputs()):
            while waiting[0][1] is None:
                yield waiting.popleft()[0]
            objects, part = waiting.popleft()
            assert part is not None
            yield tuple(_redrawn(each, outputs[0][0], part) for each in objects)
        yield from (objects for objects, _ in waiting)

    def _part(self, view: NDArray[np.uint8], objects: tuple[Found, ...]) -> _Part | None:
        if {each.label_number for each in objects} != set(range(len(self.card.labels))):
            return None
        box = extent([outline for each in objects for outline in each.outlines])
        if box is None:
            return None
        across, down = _MARGIN * box.width_px, _MARGIN * box.height_px
        left, top = floor(box.left - across), floor(box.top - down)
        right, bottom = ceil(box.right + across), ceil(box.bottom + down)
        shrink = max(1, min(right - left, bottom - top) // self._network.size_px)
        height, width = view.shape[:2]
        return _Part(
            left=left,
            top=top,
            right=right + (left - right) % shrink,
            bottom=bottom + (top - bottom) % shrink,
            width_px=width,
            height_px=height,
            shrink=shrink,
        )


def _cut_out(view: NDArray[np.uint8], part: _Part, size_px: int) -> NDArray[np.uint8]:
    """Return the part in gray as a square; uint8, shape (1, size_px, size_px, 1).

    What lies outside the picture repeats its edge. It is shrunk by a whole number first: the mean of so
    many pixels each way is soon told, and linear interpolation passes over few of what is left.
    """
    import cv2

    inside = view[max(0, part.top) : part.bottom, max(0, part.left) : part.right]
    gray = cv2.copyMakeBorder(
        cv2.cvtColor(inside, cv2.COLOR_RGB2GRAY),
        max(0, -part.top),
        max(0, part.bottom - part.height_px),
        max(0, -part.left),
        max(0, part.right - part.width_px),
        cv2.BORDER_REPLICATE,
    )
    height, width = gray.shape
    shrunk = cv2.resize(gray, (width // part.shrink, height // part.shrink), interpolation=cv2.INTER_AREA)
    square = cv2.resize(shrunk, (size_px, size_px), interpolation=cv2.INTER_LINEAR)
    return np.asarray(square[None, :, :, None])


def _redrawn(found: Found, logits: NDArray[np.float32], part: _Part) -> Found:
    """Return what was found with the outline of its label; ``logits``: shape (labels, height, width)."""
    outlines = _traced(logits[found.label_number], part)
    return replace(found, outlines=outlines) if _agree(outlines, found.outlines) else found


def _traced(logits: NDArray[np.float32], part: _Part) -> tuple[Contour, ...]:
    """Enlarge logits to about picture pixels (at most 640 a side), and trace where they are positive."""
    import cv2

    left, top, across, down = cv2.boundingRect((logits > 0).view(np.uint8))
    x = _Side.of(left, left + across, logits.shape[1], part.right - part.left)
    y = _Side.of(top, top + down, logits.shape[0], part.bottom - part.top)
    enlarged = cv2.resize(logits[y.cells, x.cells], (x.count, y.count), interpolation=cv2.INTER_LINEAR)
    mask = (enlarged > 0).view(np.uint8)
    # Nothing lies outside the picture.
    mask[:, : x.before(-part.left)] = mask[:, x.before(part.width_px - part.left) :] = 0
    mask[: y.before(-part.top)] = mask[y.before(part.height_px - part.top) :] = 0
    return trace(mask, scale=(x.scale, y.scale), offset=(part.left, part.top), start=(x.start, y.start))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """How a side of the part is enlarged where something is: whole blocks of cells become finer ones.

    ``cells``: which of the network's; ``start``, ``count``: which enlarged ones; ``scale``: picture pixels
    to one of these.
    """

    cells: slice
    start: int
    count: int
    scale: float

    @classmethod
    def of(cls, start: int, stop: int, cells: int, length_px: int) -> Self:
        """``start`` to ``stop`` of ``cells`` are wanted, and the neighbors they are interpolated with."""
        blocks = cells // _BLOCK
        first, last = max(0, start - 1) // _BLOCK, min(blocks, -(-(stop + 1) // _BLOCK))
        fine = max(1, round(min(length_px, _MAX_GRID_PX) / blocks))
        return cls(
            cells=slice(first * _BLOCK, last * _BLOCK),
            start=first * fine,
            count=(last - first) * fine,
            scale=length_px / (blocks * fine),
        )

    def before(self, place_px: float) -> int:
        """Return how many of the enlarged cells lie before a place in the part."""
        return min(max(0, ceil(place_px / self.scale - 0.5) - self.start), self.count)


def _agree(new: tuple[Contour, ...], old: tuple[Contour, ...]) -> bool:
    """Tell whether the boxes of two outlines overlap well (intersection over union)."""
    a, b = extent(new), extent(old)
    return a is not None and b is not None and a.intersection_over_union(b) >= _LEAST_AGREEMENT
