"""Every finding of a case as a flat row, the common ground of the tables that leave it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from engine.exporters import words
from engine.exporters.options import ExportOptions
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
Row = dict[str, Cell]


def finding_rows(store: CaseStore, options: ExportOptions, *, kind: str = "") -> Iterator[Row]:
    """Yield a row per finding, or per finding of one ``kind``, with the latest verdict about it.

    A row has keys of ``COLUMNS`` only; what does not apply is left out. Numbers are ours, texts are evidence
    and not yet made harmless.
    """
    verdicts = {review.target_id: review for review in store.reviews()}
    chosen = [_KINDS[kind]] if kind else list(_KINDS.values())
    for number, row in enumerate(row for rows in chosen for row in rows(store)):
        if number % 1000 == 0:
            options.progress(Progress(step="rows", done=number, total=0))
        yield row | _verdict(verdicts.get(str(row["id"])))


def _regions(store: CaseStore) -> Iterator[Row]:
    for image in store.images():
        place: Row = {"image": _paths(store.files_of_image(image.id)), "frame": image.frame}
        for region in store.regions(image_id=image.id):
            yield _region_row(region) | place


def _entities(store: CaseStore) -> Iterator[Row]:
    for report in store.reports():
        source = _paths(store.files_of_report(report.id))
        for entity in store.entities(report_id=report.id):
            yield _entity_row(entity) | {"report": source}


def _links(store: CaseStore) -> Iterator[Row]:
    for report in store.reports():
        source = _paths(store.files_of_report(report.id))
        for link in store.links(report_id=report.id):
            yield _link_row(link) | {"report": source, "image": _image(store, link.image_id)}


def _relations(store: CaseStore) -> Iterator[Row]:
    for report in store.reports():
        source = _paths(store.files_of_report(report.id))
        for relation in store.relations(report_id=report.id):
            yield _relation_row(relation) | {"report": source, "image": _image(store, relation.image_id)}


def _reviews(store: CaseStore) -> Iterator[Row]:
    for review in store.reviews():
        yield _review_row(review)


_KINDS: Mapping[str, Callable[[CaseStore], Iterator[Row]]] = {
    "region": _regions,
    "entity": _entities,
    "link": _links,
    "relation": _relations,
    "review": _reviews,
}


def _region_row(region: Region) -> Row:
    box = region.box
    edges: Row = {}
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


def _entity_row(entity: Entity) -> Row:
    return {
        "kind": "entity", "id": entity.id, "label": entity.label, "text": entity.text,
        "assertion": entity.assertion.value, "score": entity.score, "report_id": entity.report_id,
        "entity_id": entity.id, "start": entity.span.start, "end": entity.span.end, "concept": entity.concept,
        "details": words.entity_details(entity), "component_id": entity.component_id,
    }  # fmt: skip


def _link_row(link: Link) -> Row:
    return {
        "kind": "link", "id": link.id, "relation": link.relation.value, "score": link.score,
        "image_id": link.image_id, "region_id": link.region_id, "report_id": link.report_id,
        "entity_id": link.entity_id, "cues": _cues(link.cues), "component_id": link.component_id,
    }  # fmt: skip


def _relation_row(relation: Relation) -> Row:
    return {
        "kind": "relation", "id": relation.id, "cmi": relation.cmi, "sc": relation.sc, "abs": relation.abs,
        "image_id": relation.image_id, "report_id": relation.report_id, "cues": _cues(relation.cues),
        "component_id": relation.component_id,
    }  # fmt: skip


def _review_row(review: Review) -> Row:
    return {
        "kind": "review",
        "id": review.id,
        "text": f"{review.target_kind.value} {review.target_id}",
    } | _verdict(review)


def _verdict(review: Review | None) -> Row:
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
