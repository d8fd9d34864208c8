"""The figures that a model card names, read out of its tables of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_MOST = 8
_MEASURES = ("value", "precision", "recall", "f1", "accuracy", "map50", "auc", "score", "las", "test")
_MARKS = re.compile(r"[`*]")
_SENTENCE = re.compile(r"(?:[^.]|\.(?=\S))*\d(?:[^.]|\.(?=\S))*\.")

Row = tuple[str, ...]


def figures_of(text: str) -> tuple[tuple[str, str], ...]:
    """Return (what, figure) of the first rows of measures in a card; a sentence where none are."""
    section = text.partition("\n## Figures\n")[2].partition("\n## ")[0]
    tables = list(_tables(section)) or [table for table in _tables(text) if _is_of_measures(table[0])]
    found = [
        (row[0], _measured(header, row))
        for header, *rows in tables
        for row in rows
        if len(row) == len(header)
    ]
    if found:
        return tuple(found[:_MOST])
    told = _SENTENCE.search(" ".join(_MARKS.sub("", section or _item(text, "* **Figures**")).split()))
    return (("", told.group().strip()),) if told else ()


def _is_of_measures(header: Row) -> bool:
    return any(cell.lower() in _MEASURES for cell in header)


def _item(text: str, beginning: str) -> str:
    """Return the rest of the list item that begins so."""
    return text.partition(beginning)[2].partition("\n* ")[0]


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
