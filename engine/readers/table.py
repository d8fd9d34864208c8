"""Tables (CSV, TSV): rows that describe pictures become Reports of their own."""

from __future__ import annotations

import csv
import io
from typing import ClassVar

from engine.errors import CorruptFile
from engine.model.evidence import Report
from engine.model.runs import Component, make_component
from engine.protocols import Content, ReadOptions, Source
from engine.readers.columns import Columns, choose_columns
from engine.readers.limits import MAX_CELL_CHARS, MAX_TABLE_ROWS, MAX_TEXT_FILE_BYTES
from engine.readers.opening import read_bytes, reason
from engine.readers.prose import clip, decode, make_report, normalize
from engine.readers.signatures import looks_like_text

_MEDIA_TYPES = {".csv": "text/csv", ".tsv": "text/tab-separated-values", ".tab": "text/tab-separated-values"}
_DELIMITERS = ",;\t|"


class TableReader:
    """Reads a table: a Report for each row where rows are texts about files, else one Report."""

    name: ClassVar[str] = "table"

    @staticmethod
    def availability() -> str | None:
        return None

    @property
    def component(self) -> Component:
        return make_component("reader", self.name, "1")

    def support(self, name: str, head: bytes) -> int:
        return 4 if name.lower().endswith(tuple(_MEDIA_TYPES)) and looks_like_text(head) else 0

    def read(self, source: Source, options: ReadOptions) -> Content:
        text = normalize(decode(read_bytes(source, MAX_TEXT_FILE_BYTES))[0])
        rows, remarks = _rows(text)
        columns, column_remarks = choose_columns(rows, options)
        if columns is None:
            whole, clip_remarks = clip(text)
            reports: tuple[Report, ...] = (make_report(source.sha256, whole),)
            remarks = (*remarks, *column_remarks, *clip_remarks)
        else:
            reports = row_reports(source.sha256, rows, columns)
            remarks = (*remarks, *column_remarks)
        return Content(
            media_type=_MEDIA_TYPES.get(source.suffix, "text/csv"), reports=reports, remarks=remarks
        )


def row_reports(sha256: str, rows: list[list[str]], columns: Columns) -> tuple[Report, ...]:
    """Return a Report for each row below the headings that has text; ``part`` is the row from 0."""
    reports = []
    for number, row in enumerate(rows[1:]):
        text = columns.text(row)
        if not text:
            continue
        reports.append(
            make_report(
                sha256,
                text,
                part=number,
                title=f"row {number + 1}: {columns.file(row)}" if columns.file(row) else f"row {number + 1}",
                subject_ref=columns.subject(row),
                about=(columns.file(row),) if columns.file(row) else (),
                metadata=columns.others(row),
            )
        )
    return tuple(reports)


def _rows(text: str) -> tuple[list[list[str]], tuple[str, ...]]:
    """Return the rows that are not blank, headings first, within the limit."""
    csv.field_size_limit(MAX_CELL_CHARS)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text), delimiter=_delimiter(text)):
            if any(cell.strip() for cell in row):
                rows.append([cell.strip() for cell in row])
            if len(rows) > MAX_TABLE_ROWS:
                return rows, (f"has more than {MAX_TABLE_ROWS} rows; the rest is not read",)
    except csv.Error as error:
        raise CorruptFile(f"the table is damaged in row {len(rows) + 1}: {reason(error)}") from error
    return rows, ()


def _delimiter(text: str) -> str:
    """Return the delimiter that the headings hold most often."""
    headings = text.lstrip("\n").partition("\n")[0]
    return max(_DELIMITERS, key=headings.count) if any(mark in headings for mark in _DELIMITERS) else ","
