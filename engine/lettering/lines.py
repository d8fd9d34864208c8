"""Lines of text in a picture, and the text of a page that they make in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
from numpy.typing import NDArray

Corners = NDArray[np.float32]

# Two columns are told from a form when their lines are longer than this many line heights.
_COLUMN_WIDTH = 10.0
_COLUMN_LINES = 3
_GUTTER = 0.8
_CELL_GAP = 2.0
_PARAGRAPH_GAP = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """What is written in one area: ``corners`` float32 (4, 2), clockwise from its upper left, in pixels.

    ``score`` in [0, 1]: how sure the engine is of the characters, on average.
    """

    corners: Corners
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class _Placed:
    left: float
    top: float
    right: float
    bottom: float
    text: str


def page_text(lines: Sequence[TextLine]) -> str:
    """Return the text of a page: columns of prose one after the other, cells of a row side by side."""
    placed = [_placed(line) for line in lines if line.text.strip()]
    if not placed:
        return ""
    height = median(line.bottom - line.top for line in placed)
    return "\n".join(_blocks(placed, max(height, 1.0)))


def mean_score(lines: Sequence[TextLine]) -> float:
    """Return the mean score, each character counting alike; 0 without lines."""
    characters = sum(len(line.text) for line in lines)
    return sum(line.score * len(line.text) for line in lines) / characters if characters else 0.0


def _placed(line: TextLine) -> _Placed:
    (left, top), (right, bottom) = line.corners.min(axis=0), line.corners.max(axis=0)
    return _Placed(float(left), float(top), float(right), float(bottom), " ".join(line.text.split()))


def _blocks(lines: list[_Placed], height: float) -> list[str]:
    """Cut a page at gutters and gaps until what is left is rows (recursive XY cut, Nagy and Seth 1984)."""
    if columns := _columns(lines, height):
        left, right = columns
        return [*_blocks(left, height), "", *_blocks(right, height)]
    if parts := _parts(lines, height):
        upper, lower = parts
        return [*_blocks(upper, height), "", *_blocks(lower, height)]
    return _rows(lines, height)


def _columns(lines: list[_Placed], height: float) -> tuple[list[_Placed], list[_Placed]] | None:
    ordered = sorted(lines, key=lambda line: line.left)
    edge = ordered[0].right
    for number, line in enumerate(ordered):
        if line.left - edge > _GUTTER * height:
            left, right = ordered[:number], ordered[number:]
            if _is_prose(left, height) and _is_prose(right, height):
                return left, right
        edge = max(edge, line.right)
    return None


def _is_prose(lines: list[_Placed], height: float) -> bool:
    return (
        len(lines) >= _COLUMN_LINES
        and median(line.right - line.left for line in lines) > _COLUMN_WIDTH * height
    )


def _parts(lines: list[_Placed], height: float) -> tuple[list[_Placed], list[_Placed]] | None:
    """Cut at the widest gap between lines."""
    ordered = sorted(lines, key=lambda line: line.top)
    edge, best, cut = ordered[0].bottom, _PARAGRAPH_GAP * height, 0
    for number, line in enumerate(ordered):
        if line.top - edge > best:
            best, cut = line.top - edge, number
        edge = max(edge, line.bottom)
    return (ordered[:cut], ordered[cut:]) if cut else None


def _rows(lines: list[_Placed], height: float) -> list[str]:
    rows: list[list[_Placed]] = []
    for line in sorted(lines, key=lambda each: (each.top + each.bottom) / 2):
        middle = (line.top + line.bottom) / 2
        if rows and middle < rows[-1][0].bottom - 0.2 * height and middle > rows[-1][0].top:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_row(sorted(row, key=lambda each: each.left), height) for row in rows]


def _row(cells: list[_Placed], height: float) -> str:
    text, edge = cells[0].text, cells[0].right
    for cell in cells[1:]:
        text += ("\t" if cell.left - edge > _CELL_GAP * height else " ") + cell.text
        edge = cell.right
    return text
