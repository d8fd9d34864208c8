"""JSON lines: one object per line; a table in other clothes."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from engine.errors import CorruptFile
from engine.model.evidence import Report
from engine.model.runs import Component, make_component
from engine.protocols import Content, ReadOptions, Source
from engine.readers.columns import choose_columns
from engine.readers.limits import MAX_CELL_CHARS, MAX_TABLE_ROWS, MAX_TEXT_FILE_BYTES
from engine.readers.opening import read_bytes
from engine.readers.prose import clip, decode, make_report, normalize
from engine.readers.signatures import looks_like_text
from engine.readers.table import row_reports

_SUFFIXES = (".jsonl", ".ndjson")


class LinesReader:
    """Reads objects, one per line, whose fields are taken for the columns of a table."""

    name: ClassVar[str] = "lines"

    @staticmethod
    def availability() -> str | None:
        return None

    @property
    def component(self) -> Component:
        return make_component("reader", self.name, "1")

    def support(self, name: str, head: bytes) -> int:
        return 4 if name.lower().endswith(_SUFFIXES) and looks_like_text(head) else 0

    def read(self, source: Source, options: ReadOptions) -> Content:
        text = normalize(decode(read_bytes(source, MAX_TEXT_FILE_BYTES))[0])
        rows, damaged = _rows(text)
        columns, remarks = choose_columns(rows, options)
        if columns is None:
            whole, clip_remarks = clip(text)
            reports: tuple[Report, ...] = (make_report(source.sha256, whole),)
            remarks = (*remarks, *clip_remarks)
        else:
            reports = row_reports(source.sha256, rows, columns)
        return Content(media_type="application/jsonl", reports=reports, remarks=(*damaged, *remarks))


def _rows(text: str) -> tuple[list[list[str]], tuple[str, ...]]:
    """Return the objects as rows below the names of all fields, and which lines are no objects."""
    records: list[dict[str, Any]] = []
    damaged: list[int] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        if isinstance(record, dict):
            records.append(record)
        else:
            damaged.append(number)
        if len(records) > MAX_TABLE_ROWS:
            break
    if not records:
        raise CorruptFile("not one of its lines is a JSON object")
    headings = list(dict.fromkeys(key for record in records for key in record))
    rows = [headings, *([_cell(record.get(key)) for key in headings] for record in records)]
    remark = f"lines that are no JSON objects and not read: {', '.join(map(str, damaged[:20]))}"
    return rows, (remark,) if damaged else ()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return normalize(text).strip()[:MAX_CELL_CHARS]
