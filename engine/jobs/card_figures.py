"""The figures that a model card names, read out of its tables of Markdown."""

from __future__ import annotations

import re

from engine.card_text import Row, measured, plain, section, tables

_MOST = 8
_MEASURES = ("value", "precision", "recall", "f1", "accuracy", "map50", "auc", "score", "las", "test")
_SENTENCE = re.compile(r"(?:[^.]|\.(?=\S))*\d(?:[^.]|\.(?=\S))*\.")


def figures_of(text: str) -> tuple[tuple[str, str], ...]:
    """Return (what, figure) of the first rows of measures in a card; a sentence where none are."""
    told = section(text, "Figures")
    found = [
        (row[0], measured(header, row))
        for header, *rows in tables(told) or filter(_is_of_measures, tables(text))
        for row in rows
        if len(row) == len(header)
    ]
    if found:
        return tuple(found[:_MOST])
    sentence = _SENTENCE.search(plain(told))
    return (("", sentence.group().strip()),) if sentence else ()


def _is_of_measures(table: list[Row]) -> bool:
    return any(cell.lower() in _MEASURES for cell in table[0])
