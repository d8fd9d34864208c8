"""The whole case as one JSON document: every row with all its fields, in a stable order.

The schema has a version. Written row by row, so that memory does not grow with the case.
Field names are those of ``engine.model``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from engine.exporters.options import ExportOptions
from engine.hashing import canonical_json
from engine.progress import Progress
from engine.settings import ENGINE_VERSION

if TYPE_CHECKING:
    from engine.store import CaseStore

SCHEMA = "casebook-findings/1"


def write(store: CaseStore, out: Path, options: ExportOptions) -> None:
    """Write the document to ``out``."""
    with out.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
        stream.write("{\n")
        for name, value in _head(store, options).items():
            stream.write(f'"{name}": {canonical_json(value)},\n')
        sections = list(_sections(store))
        for number, (name, rows) in enumerate(sections):
            options.progress(Progress(step=name, done=number, total=len(sections)))
            _write_rows(stream, name, rows)
            stream.write("\n" if number == len(sections) - 1 else ",\n")
        stream.write("}\n")


def _head(store: CaseStore, options: ExportOptions) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "program": f"Casebook {ENGINE_VERSION}",
        "exported_at": options.at,
        "audit": {"length": options.audit_length, "hash": options.audit_hash},
        "case": store.case,
        "counts": store.counts(),
    }


def _sections(store: CaseStore) -> Iterator[tuple[str, Iterable[object]]]:
    yield "files", store.files()
    yield "images", store.images()
    yield "reports", store.reports()
    yield "regions", (row for image in store.images() for row in store.regions(image_id=image.id))
    yield "entities", (row for report in store.reports() for row in store.entities(report_id=report.id))
    yield "links", (row for report in store.reports() for row in store.links(report_id=report.id))
    yield "relations", (row for report in store.reports() for row in store.relations(report_id=report.id))
    yield "reviews", store.reviews()
    yield "issues", store.issues()
    yield "components", store.components()
    yield "runs", store.runs()


def _write_rows(stream: TextIO, name: str, rows: Iterable[object]) -> None:
    stream.write(f'"{name}": [')
    for number, row in enumerate(rows):
        stream.write(",\n" if number else "\n")
        stream.write(canonical_json(row))
    stream.write("]")
