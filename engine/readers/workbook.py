"""Workbooks (XLSX): each sheet is a table, whose rows become Reports as those of a CSV do."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar
from xml.etree.ElementTree import Element

from engine.errors import CorruptFile
from engine.model.evidence import Report
from engine.model.ids import report_id
from engine.model.runs import Component, make_component
from engine.protocols import Content, ReadOptions, Source
from engine.readers.columns import choose_columns
from engine.readers.compound import COMPOUND_MAGIC
from engine.readers.limits import MAX_CELL_CHARS, MAX_DOCUMENT_FILE_BYTES, MAX_TABLE_ROWS
from engine.readers.office_xml import local_name, parse_xml
from engine.readers.opening import read_bytes
from engine.readers.packed import open_packed, part
from engine.readers.prose import clip, make_report, normalize
from engine.readers.table import row_reports

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_MAX_COLUMNS = 1_000
# Reports of a file are told apart by part; each sheet has room for all its rows.
_PARTS_PER_SHEET = 1_000_000


class WorkbookReader:
    """Reads the values that a workbook shows; formulas are not computed, macros never run."""

    name: ClassVar[str] = "workbook"

    @staticmethod
    def availability() -> str | None:
        return None

    @property
    def component(self) -> Component:
        return make_component("reader", self.name, "1")

    def support(self, name: str, head: bytes) -> int:
        is_named = name.lower().endswith((".xlsx", ".xlsm"))
        if not head.startswith(b"PK\x03\x04"):
            return 3 if is_named and head.startswith(COMPOUND_MAGIC) else 0  # a password makes it one
        if is_named:
            return 4
        return 3 if b"xl/" in head else 0

    def read(self, source: Source, options: ReadOptions) -> Content:
        reports: list[Report] = []
        remarks: list[str] = []
        with open_packed(read_bytes(source, MAX_DOCUMENT_FILE_BYTES), "workbook") as packed:
            strings = _shared_strings(packed)
            for number, name in enumerate(_sheets(packed)):
                rows, row_remarks = _rows(parse_xml(part(packed, name), "sheet"), strings)
                found, found_remarks = _sheet_reports(source.sha256, rows, options)
                reports += (_placed(report, number) for report in found)
                remarks += (f"sheet {number + 1}: {remark}" for remark in (*row_remarks, *found_remarks))
        if not reports:
            raise CorruptFile("a workbook without text in its sheets")
        return Content(media_type=_MEDIA_TYPE, reports=tuple(reports), remarks=tuple(remarks))


def _sheet_reports(
    sha256: str, rows: list[list[str]], options: ReadOptions
) -> tuple[tuple[Report, ...], tuple[str, ...]]:
    columns, remarks = choose_columns(rows, options)
    if columns is not None:
        return row_reports(sha256, rows, columns), remarks
    text, clip_remarks = clip("\n".join("\t".join(row).rstrip("\t") for row in rows))
    return ((make_report(sha256, text),) if text.strip() else ()), (*remarks, *clip_remarks)


def _placed(report: Report, sheet: int) -> Report:
    """Give a Report of a later sheet a part, and so an id, of its own."""
    place = report.part + sheet * _PARTS_PER_SHEET
    return replace(report, part=place, id=report_id(report.sha256, place))


def _sheets(packed: zipfile.ZipFile) -> list[str]:
    found = ((int(match[1]), name) for name in packed.namelist() if (match := _SHEET.fullmatch(name)))
    return [name for _, name in sorted(found)]


def _shared_strings(packed: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in packed.namelist():
        return []
    root = parse_xml(part(packed, "xl/sharedStrings.xml"), "list of strings")
    return [_text(item) for item in root if local_name(item) == "si"]


def _text(element: Element) -> str:
    """Return the text runs of a string, without the reading aids (rPh) of East Asian scripts."""
    runs = (*element.findall("{*}t"), *element.findall("{*}r/{*}t"), *element.findall("{*}is//{*}t"))
    return normalize("".join(run.text or "" for run in runs))[:MAX_CELL_CHARS]


def _rows(sheet: Element, strings: list[str]) -> tuple[list[list[str]], tuple[str, ...]]:
    rows: list[list[str]] = []
    for row in sheet.iterfind(".//{*}row"):
        cells = [cell.strip() for cell in _cells(row, strings)]
        if any(cells):
            rows.append(cells)
        if len(rows) > MAX_TABLE_ROWS:
            return rows, (f"has more than {MAX_TABLE_ROWS} rows; the rest is not read",)
    return rows, ()


def _cells(row: Element, strings: list[str]) -> Iterator[str]:
    """Yield the values of a row, empty ones for the places that the file leaves out."""
    place = 0
    for cell in row.iterfind("{*}c"):
        at = _column(cell.get("r", ""), place)
        while place < at:
            yield ""
            place += 1
        if place >= _MAX_COLUMNS:
            return
        yield _value(cell, strings)
        place += 1


def _column(reference: str, default: int) -> int:
    """Return the place of a cell like "AB12", from 0, never before the place already reached."""
    letters = re.match(r"[A-Z]{1,3}", reference)
    if letters is None:
        return default
    place = 0
    for letter in letters[0]:
        place = 26 * place + ord(letter) - 64
    return max(min(place - 1, _MAX_COLUMNS), default)


def _value(cell: Element, strings: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _text(cell)
    value = cell.find("{*}v")
    text = (value.text or "") if value is not None else ""
    if kind == "s":
        return strings[int(text)] if text.isdigit() and int(text) < len(strings) else ""
    return normalize(text)[:MAX_CELL_CHARS]
