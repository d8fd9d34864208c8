"""The part of a picture that is looked at again is shrunk evenly, and outlines come back to their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.model.geometry import Box
from engine.segmenters.contours import as_contour, extent
from engine.segmenters.detections import Found
from engine.segmenters.network import Network, Outputs
from engine.segmenters.outliner import Outliner
from engine.segmenters.planes import Picture
from engine.weights import ModelCard, find_model, read_card

_SIZE_PX = 64


def _card() -> ModelCard:
    lungs = find_model("lungs")
    return read_card(lungs.path.parent / lungs.parameter("outlines"), origin="path")


def _found(label: int, *box: float) -> Found:
    return Found(label_number=label, score=0.9, outlines=(as_contour(Box(*box).as_polygon()),))


@pytest.mark.parametrize("side_px", [90, 301, 777, 2100])
def test_what_stands_out_is_outlined_where_it_is(side_px: int) -> None:
    """A network that calls what is bright a right lung, and what is dark a left one."""
    view: NDArray[np.uint8] = np.full((side_px, side_px, 3), 128, np.uint8)
    edges = [side_px // 10, side_px // 2, side_px * 9 // 10]
    view[edges[0] : edges[2], edges[0] : edges[1]] = 250
    view[edges[0] : edges[2], edges[1] : edges[2]] = 5
    seen: list[Picture] = []

    def stream(inputs: Iterable[Picture]) -> Iterator[Outputs]:
        for pixels in inputs:
            seen.append(pixels)
            levels = pixels[0, ..., 0].astype(np.float32)
            yield (np.stack([levels - 190, 66 - levels])[None],)

    outliner = Outliner(_card(), Network(backend="", size_px=_SIZE_PX, stream=stream))
    found = (
        _found(0, edges[0] + 5, edges[0], edges[1], edges[2] - 4),
        _found(1, edges[1], edges[0] + 3, edges[2], edges[2]),
    )
    ((right, left),) = outliner.redraw([view], [found])
    assert [pixels.shape for pixels in seen] == [(1, _SIZE_PX, _SIZE_PX, 1)]
    for each, start, end in ((right, edges[0], edges[1]), (left, edges[1], edges[2])):
        box = extent(each.outlines)
        assert box is not None
        # Within a pixel of the network's.
        expected = pytest.approx((start, edges[0], end, edges[2]), abs=1.2 * side_px / _SIZE_PX)
        assert (box.left, box.top, box.right, box.bottom) == expected


def test_where_one_is_missing_nothing_is_drawn_anew() -> None:
    def stream(inputs: Iterable[Picture]) -> Iterator[Outputs]:
        assert not list(inputs)
        return iter(())

    outliner = Outliner(_card(), Network(backend="", size_px=_SIZE_PX, stream=stream))
    alone = (_found(0, 10, 10, 50, 50),)
    assert list(outliner.redraw([np.zeros((60, 60, 3), np.uint8)] * 2, [alone, ()])) == [alone, ()]
