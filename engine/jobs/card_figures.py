"""The figures that a model card names, read out of its tables of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_MOST = 8
_MEASURES = ("value", "precision", "recall", "f1", "accuracy", "map50", "auc", "score", "las", "test")
_MARKS = re.compile(r"[`*]")
_SENTENCE = re.compile(r"[^.]*\d[^.]*(?:\.\d[^.]*)*\.")

Row = tuple[str, ...]


def figures_of(text: str) -> tuple[tuple[str, str], ...]:
    """Return (what, figure) of the first rows of measures in a card; of its Figures section where none is."""
    found: list[tuple[str, str]] = []
    for header, *rows in _tables(text):
        if any(cell.lower() in _MEASURES for cell in header):
            found += [(row[0], _measured(header, row)) for row in rows if len(row) == len(header)]
    if found:
        return tuple(found[:_MOST])
    section = text.partition("## Figures")[2].partition("\n## ")[0]
    told = _SENTENCE.search(" ".join(_MARKS.sub("", section).split()))
    return (("", told.group().strip()),) if told else ()


def _tables(text: str) -> Iterator[list[Row]]:
    """Yield every table as its rows of cells, without the line of dashes."""
    table: list[Row] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            cells = tuple(_MARKS.sub("", cell).strip() for cell in line.strip().strip("|").split("|"))
            if set("".join(cells)) - set("-: "):
                table.append(cells)
        elif table:
            yield table
            table = []


def _measured(header: Sequence[str], row: Sequence[str]) -> str:
    """Return the cells of a row with what they measure; a single one speaks for itself."""
    cells = [(name, cell) for name, cell in zip(header[1:], row[1:], strict=True) if cell]
    if len(cells) == 1 or header[1].lower() == "value":
        return cells[0][1] if cells else ""
    return ", ".join(f"{name} {cell}" for name, cell in cells)
