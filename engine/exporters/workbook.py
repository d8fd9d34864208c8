"""All findings as an Excel workbook (ECMA-376): a sheet for each kind of row, then evidence, Issues
and what to know of the case.

Text is written as text cells, so that none is a formula or a link. Rows are streamed, so that memory does
not grow with the case; where a sheet is full, its rows go on in the next one.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.exporters import statements, words
from engine.exporters.finding_rows import Cell, finding_rows
from engine.exporters.options import ExportOptions
from engine.exporters.safe_text import shortened, visible
from engine.settings import ENGINE_VERSION

if TYPE_CHECKING:
    from engine.store import CaseStore

# The limits of the format: rows of a sheet (one more is the heading) and characters of a cell.
_MOST_ROWS = 1_048_575
_MOST_CHARACTERS = 32_700

_VERDICT = ("verdict", "verdict_label", "examiner", "verdict_at", "note")
_SHEETS = {
    "Regions": ("region", (
        "id", "label", "score", "image", "frame", "image_id", "box_left_px", "box_top_px", "box_right_px",
        "box_bottom_px", "details", *_VERDICT, "component_id",
    )),
    "Entities": ("entity", (
        "id", "label", "text", "assertion", "score", "report", "start", "end", "concept", "details",
        *_VERDICT, "report_id", "component_id",
    )),
    "Links": ("link", (
        "id", "relation", "score", "image", "report", "cues", *_VERDICT, "image_id", "region_id", "report_id",
        "entity_id", "component_id",
    )),
    "Relations": ("relation", (
        "id", "cmi", "sc", "abs", "image", "report", "cues", *_VERDICT, "image_id", "report_id",
        "component_id",
    )),
    "Reviews": ("review", ("id", "text", *_VERDICT)),
}  # fmt: skip
_EVIDENCE = ("path", "size_bytes", "sha256", "media_type", "modified_at", "id", "parent_id")
_ISSUES = ("path", "step", "error", "message", "at")
_WIDE = frozenset(
    {"text", "image", "report", "details", "cues", "concept", "note", "path", "message", "sha256", "value"}
)
_NARROW_CHARACTERS, _WIDE_CHARACTERS = 14, 44


def write(store: CaseStore, out: Path, options: ExportOptions) -> None:
    """Write the workbook to ``out``."""
    import xlsxwriter

    with tempfile.TemporaryDirectory(prefix=".casebook-", dir=out.parent) as scratch:
        settings = {"constant_memory": True, "tmpdir": scratch}
        with xlsxwriter.Workbook(str(out), settings) as book:
            book.set_properties(
                {
                    "title": visible(store.case.name)[:250],
                    "author": f"Casebook {ENGINE_VERSION}",
                    "created": options.at.replace(tzinfo=None),
                    "comments": f"audit chain: {options.audit_length} entries, head {options.audit_hash}",
                }
            )
            for title, (kind, columns) in _SHEETS.items():
                rows = finding_rows(store, options, kind=kind)
                _write_rows(book, title, columns, ([row.get(name) for name in columns] for row in rows))
            _write_rows(book, "Evidence", _EVIDENCE, _evidence(store))
            _write_rows(book, "Issues", _ISSUES, _issues(store))
            _write_rows(book, "About", ("about", "value"), _about(store, options))


def _about(store: CaseStore, options: ExportOptions) -> list[Sequence[Cell]]:
    """Return what a reader of the tables must know; it comes last, so that sheets keep their places."""
    case = store.case
    return [
        ("note", statements.BANNERS[case.kind]),
        ("note", statements.NOT_LOOKED_FOR),
        *([("note", statements.DEIDENTIFIED)] if options.deidentified else []),
        ("case", case.name),
        ("reference", case.reference),
        ("examiner", case.examiner),
        ("request", options.request),
        ("state of this table", words.moment(options.at)),
        ("program", f"Casebook {ENGINE_VERSION}"),
        ("audit entries before this export", options.audit_length),
        ("hash of the last one", options.audit_hash),
    ]


def _evidence(store: CaseStore) -> Iterator[Sequence[Cell]]:
    for file in store.files():
        modified = words.moment(file.modified_at)
        yield (
            words.evidence_path(file), file.size_bytes, file.sha256, file.media_type, modified, file.id,
            file.parent_id,
        )  # fmt: skip


def _issues(store: CaseStore) -> Iterator[Sequence[Cell]]:
    for issue in store.issues():
        path = f"{issue.root}/{issue.relative_path}"
        yield path, issue.step, issue.error, issue.message, words.moment(issue.at)


def _write_rows(book: Any, title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write rows to a sheet, and on to as many more as they need."""
    left = iter(rows)
    number = 1
    first = next(left, None)
    while number == 1 or first is not None:
        some = chain([] if first is None else [first], islice(left, _MOST_ROWS - 1))
        _write_sheet(book, title if number == 1 else f"{title} {number}", columns, some)
        first = next(left, None)
        number += 1


def _write_sheet(book: Any, title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    sheet = book.add_worksheet(title)
    for number, name in enumerate(columns):
        sheet.set_column(number, number, _WIDE_CHARACTERS if name in _WIDE else _NARROW_CHARACTERS)
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    for number, name in enumerate(columns):
        sheet.write_string(0, number, name, bold)
    last = 0
    for last, row in enumerate(rows, 1):
        for number, value in enumerate(row):
            _write_cell(sheet, last, number, value)
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _write_cell(sheet: Any, row: int, column: int, value: Cell) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, shortened(visible(value), _MOST_CHARACTERS))
    elif value is not None:
        sheet.write_number(row, column, value)
