"""All findings as one CSV table: a row per Region, Entity, Link, Relation and Review.

UTF-8 with a byte-order mark, so that spreadsheets show names right; quoted after RFC 4180; no cell starts
a formula.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from engine.exporters.finding_rows import COLUMNS, Cell, finding_rows
from engine.exporters.options import ExportOptions
from engine.exporters.safe_text import spreadsheet_cell

if TYPE_CHECKING:
    from engine.store import CaseStore


def write(store: CaseStore, out: Path, options: ExportOptions) -> None:
    """Write the table to ``out``, findings of one kind after the other."""
    with out.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as stream:
        table = csv.writer(stream, quoting=csv.QUOTE_MINIMAL)
        table.writerow(COLUMNS)
        for row in finding_rows(store, options):
            table.writerow([_cell(row.get(column)) for column in COLUMNS])


def _cell(value: Cell) -> str:
    """Return a cell; numbers are ours and stay as they are, text is evidence and is made harmless."""
    if value is None:
        return ""
    return spreadsheet_cell(value) if isinstance(value, str) else repr(value)
