"""All findings as one CSV table: a row per Region, Entity, Link, Relation and Review.

UTF-8 with a byte-order mark, so that spreadsheets show names right; quoted after RFC 4180; no cell starts
a formula.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from engine.exporters import words
from engine.exporters.options import ExportOptions
from engine.exporters.safe_text import spreadsheet_cell
from engine.model.evidence import SourceFile
from engine.model.findings import Cue, Entity, Link, Region, Relation, Review
from engine.model.ids import ImageId
from engine.progress import Progress

if TYPE_CHECKING:
    from engine.store import CaseStore

COLUMNS = (
    "kind", "id", "label", "text", "assertion", "relation", "score", "cmi", "sc", "abs",
    "image_id", "image", "frame", "region_id", "box_left_px", "box_top_px", "box_right_px", "box_bottom_px",
    "report_id", "report", "entity_id", "start", "end", "concept", "details", "cues",
    "verdict", "verdict_label", "examiner", "verdict_at", "note", "component_id",
)  # fmt: skip
Cell = str | int | float | None
_Row = dict[str, Cell]


def write(store: CaseStore, out: Path, options: ExportOptions) -> None:
    """Write the table to ``out``, findings of an Image or Report at a time."""
    verdicts = {review.target_id: review for review in store.reviews()}
    with out.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as stream:
        table = csv.writer(stream, quoting=csv.QUOTE_MINIMAL)
        table.writerow(COLUMNS)
        for number, row in enumerate(_rows(store)):
            if number % 1000 == 0:
                options.progress(Progress(step="rows", done=number, total=0))
            full = row | _verdict(verdicts.get(str(row["id"])))
            table.writerow([_cell(full.get(column)) for column in COLUMNS])


def _cell(value: Cell) -> str:
    """Return a cell; numbers are ours and stay as they are, text is evidence and is made harmless."""
    if value is None:
        return ""
    return spreadsheet_cell(value) if isinstance(value, str) else repr(value)


def _rows(store: CaseStore) -> Iterator[_Row]:
    for image in store.images():
        place: _Row = {"image": _paths(store.files_of_image(image.id)), "frame": image.frame}
        for region in store.regions(image_id=image.id):
            yield _region_row(region) | place
    for report in store.reports():
        source = _paths(store.files_of_report(report.id))
        for entity in store.entities(report_id=report.id):
            yield _entity_row(entity) | {"report": source}
        for link in store.links(report_id=report.id):
            yield _link_row(link) | {"report": source, "image": _image(store, link.image_id)}
        for relation in store.relations(report_id=report.id):
            yield _relation_row(relation) | {"report": source, "image": _image(store, relation.image_id)}
    for review in store.reviews():
        yield _review_row(review)


def _region_row(region: Region) -> _Row:
    box = region.box
    edges: _Row = {}
    if box:
        edges = {
            "box_left_px": round(box.left, 2), "box_top_px": round(box.top, 2),
            "box_right_px": round(box.right, 2), "box_bottom_px": round(box.bottom, 2),
        }  # fmt: skip
    return edges | {
        "kind": "region", "id": region.id, "label": region.label, "score": region.score,
        "image_id": region.image_id, "region_id": region.id,
        "details": words.region_details(region), "component_id": region.component_id,
    }  # fmt: skip


def _entity_row(entity: Entity) -> _Row:
    return {
        "kind": "entity", "id": entity.id, "label": entity.label, "text": entity.text,
        "assertion": entity.assertion.value, "score": entity.score, "report_id": entity.report_id,
        "entity_id": entity.id, "start": entity.span.start, "end": entity.span.end, "concept": entity.concept,
        "details": words.entity_details(entity), "component_id": entity.component_id,
    }  # fmt: skip


def _link_row(link: Link) -> _Row:
    return {
        "kind": "link", "id": link.id, "relation": link.relation.value, "score": link.score,
        "image_id": link.image_id, "region_id": link.region_id, "report_id": link.report_id,
        "entity_id": link.entity_id, "cues": _cues(link.cues), "component_id": link.component_id,
    }  # fmt: skip


def _relation_row(relation: Relation) -> _Row:
    return {
        "kind": "relation", "id": relation.id, "cmi": relation.cmi, "sc": relation.sc, "abs": relation.abs,
        "image_id": relation.image_id, "report_id": relation.report_id, "cues": _cues(relation.cues),
        "component_id": relation.component_id,
    }  # fmt: skip


def _review_row(review: Review) -> _Row:
    return {
        "kind": "review",
        "id": review.id,
        "text": f"{review.target_kind.value} {review.target_id}",
    } | _verdict(review)


def _verdict(review: Review | None) -> _Row:
    if review is None:
        return {}
    return {
        "verdict": review.verdict.value, "verdict_label": review.label, "examiner": review.examiner,
        "verdict_at": review.at.isoformat(), "note": review.note,
    }  # fmt: skip


def _cues(cues: tuple[Cue, ...]) -> str:
    return "; ".join(
        f"{'for' if cue.supports else 'against'}: {cue.detail} ({cue.rule}, {cue.weight:+.2f})"
        for cue in cues
    )


def _image(store: CaseStore, image_id: ImageId) -> str:
    return _paths(store.files_of_image(image_id))


def _paths(files: tuple[SourceFile, ...]) -> str:
    return " | ".join(words.evidence_path(file) for file in files)
