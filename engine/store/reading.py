"""Current rows as model dataclasses, in the order they were saved, a page at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from engine.model.findings import Cue, Link, Relation
from engine.model.ids import ImageId, ReportId
from engine.store.connection import CaseConnection, Value
from engine.store.evidence_rows import (
    FILE_COLUMNS,
    IMAGE_COLUMNS,
    REPORT_COLUMNS,
    read_file,
    read_image,
    read_report,
)
from engine.store.finding_rows import (
    CUE_COLUMNS,
    ENTITY_COLUMNS,
    LINK_COLUMNS,
    REGION_COLUMNS,
    RELATION_COLUMNS,
    REVIEW_COLUMNS,
    read_cue,
    read_entity,
    read_link,
    read_region,
    read_relation,
    read_review,
)
from engine.store.run_rows import (
    AUDIT_COLUMNS,
    COMPONENT_COLUMNS,
    ISSUE_COLUMNS,
    RUN_COLUMNS,
    read_audit,
    read_component,
    read_issue,
    read_run,
)

_T = TypeVar("_T")
_CHUNK = 500

# An equal sign, not IN: with IN SQLite walks all current rows in order instead of the few that fit.
_IMAGE = "image_number = (SELECT number FROM image WHERE id = ? AND superseded_by IS NULL)"
_REPORT = "report_number = (SELECT number FROM report WHERE id = ? AND superseded_by IS NULL)"
_REGION = "region_number = (SELECT number FROM region WHERE id = ? AND superseded_by IS NULL)"
_ENTITY = "entity_number = (SELECT number FROM entity WHERE id = ? AND superseded_by IS NULL)"
_COMPONENT = "component_number = (SELECT number FROM component WHERE id = ?)"
_OF_IMAGE = "sha256 = (SELECT sha256 FROM image WHERE id = ? AND superseded_by IS NULL)"
_OF_REPORT = "sha256 = (SELECT sha256 FROM report WHERE id = ? AND superseded_by IS NULL)"

# Of several verdicts the last one counts. One that came in another examiner's decisions file must not
# replace what was decided in this case: it counts as earlier than all of these.
IMPORT_DECISIONS = "import-decisions"
REVIEW_ORDER = (
    f"(SELECT action <> '{IMPORT_DECISIONS}' FROM audit_entry WHERE audit_entry.number = review.entry), "
    "review.number"
)


def _equal(*columns: str) -> dict[str, str]:
    return {column: f"{column} = ?" for column in columns}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Generic[_T]):
    """How one kind of row is read: its columns, its joins, its filters, and its dataclass."""

    table: str
    columns: str
    read: Callable[[Iterable[Any]], _T]
    joins: str = ""
    filters: Mapping[str, str]
    has_history: bool = True
    order: str = ""


FILES = Reading(
    table="source_file",
    columns=FILE_COLUMNS,
    read=read_file,
    filters={
        **_equal("id", "root", "sha256", "parent_id", "media_type"),
        "relative_path": "relative_path = CAST(? AS TEXT)",
        "image_id": _OF_IMAGE,
        "report_id": _OF_REPORT,
    },
)
IMAGES = Reading(
    table="image",
    columns=IMAGE_COLUMNS,
    read=read_image,
    filters=_equal("id", "sha256", "modality", "body_part", "subject_ref", "study_ref"),
)
REPORTS = Reading(
    table="report",
    columns=REPORT_COLUMNS,
    read=read_report,
    filters=_equal("id", "sha256", "subject_ref", "study_ref", "language"),
)
REGIONS = Reading(
    table="region",
    columns=REGION_COLUMNS,
    read=read_region,
    joins="JOIN image ON image.number = image_number JOIN component ON component.number = component_number",
    filters={
        **_equal("id", "label", "parent_id", "side"),
        "image_id": _IMAGE,
        "component_id": _COMPONENT,
        "minimum_score": "score >= ?",
    },
)
ENTITIES = Reading(
    table="entity",
    columns=ENTITY_COLUMNS,
    read=read_entity,
    joins="JOIN report ON report.number = report_number "
    "JOIN component ON component.number = component_number",
    filters={
        **_equal("id", "label", "concept", "normal", "assertion"),
        "report_id": _REPORT,
        "component_id": _COMPONENT,
    },
)
_PAIR_JOINS = (
    "JOIN image ON image.number = {0}.image_number JOIN report ON report.number = {0}.report_number "
    "JOIN component ON component.number = {0}.component_number"
)
LINKS = Reading(
    table="link",
    columns=LINK_COLUMNS,
    read=tuple,
    joins=_PAIR_JOINS.format("link") + " JOIN entity ON entity.number = entity_number "
    "LEFT JOIN region ON region.number = region_number",
    filters={
        **_equal("id", "relation"),
        "image_id": _IMAGE,
        "report_id": _REPORT,
        "region_id": _REGION,
        "entity_id": _ENTITY,
    },
)
RELATIONS = Reading(
    table="relation",
    columns=RELATION_COLUMNS,
    read=tuple,
    joins=_PAIR_JOINS.format("relation"),
    filters={**_equal("id"), "image_id": _IMAGE, "report_id": _REPORT},
)
REVIEWS = Reading(
    table="review",
    columns=REVIEW_COLUMNS,
    read=read_review,
    filters=_equal("id", "target_kind", "target_id", "verdict", "examiner"),
    order=REVIEW_ORDER,
)
COMPONENTS = Reading(
    table="component",
    columns=COMPONENT_COLUMNS,
    read=read_component,
    filters={
        **_equal("id", "kind", "name"),
        "examined": f"number IN (SELECT component_number FROM examination WHERE {_IMAGE} "
        "AND superseded_by IS NULL)",
    },
)
RUNS = Reading(
    table="run",
    columns=RUN_COLUMNS,
    read=read_run,
    joins="LEFT JOIN run_end ON run_end.run_number = run.number",
    filters=_equal("id", "kind"),
)
ISSUES = Reading(
    table="issue",
    columns=ISSUE_COLUMNS,
    read=read_issue,
    joins="JOIN run ON run.number = run_number",
    filters={
        **_equal("root", "step", "error", "source_file_id"),
        "relative_path": "relative_path = CAST(? AS TEXT)",
        "inside": "instr(relative_path, CAST(? AS TEXT) || '!') = 1",
    },
)
AUDIT = Reading(
    table="audit_entry",
    columns=AUDIT_COLUMNS,
    read=read_audit,
    filters=_equal("number", "action", "subject", "actor"),
    has_history=False,
)


def find(
    connection: CaseConnection,
    reading: Reading[_T],
    *,
    limit: int | None = None,
    offset: int = 0,
    **filters: Value,
) -> tuple[_T, ...]:
    """Return current rows that fit all filters (None: any), in the order of their kind: as saved if no other.

    The page is chosen on the index alone and only its rows are fetched and joined.
    """
    wanted = {name: value for name, value in filters.items() if value is not None}
    table, order = reading.table, reading.order or f"{reading.table}.number"
    conditions = [reading.filters[name] for name in wanted]
    if reading.has_history:
        conditions.append("superseded_by IS NULL")
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    page = (
        f"SELECT number FROM {table} {where} ORDER BY {order} LIMIT {-1 if limit is None else int(limit)} "
        f"OFFSET {int(offset)}"
    )
    rows = connection.iterate(
        f"SELECT {reading.columns} FROM {table} {reading.joins} WHERE {table}.number IN ({page}) "
        f"ORDER BY {order}",
        list(wanted.values()),
    )
    return tuple(reading.read(row) for row in rows)


def find_links(connection: CaseConnection, **choice: Any) -> tuple[Link, ...]:
    """Return Links with their Cues; filters as in ``find``."""
    rows = find(connection, LINKS, **choice)
    cues = _cues(connection, "link_number", [row[0] for row in rows])
    return tuple(read_link(row, cues.get(row[0], ())) for row in rows)


def find_relations(connection: CaseConnection, **choice: Any) -> tuple[Relation, ...]:
    """Return Relations with their Cues; filters as in ``find``."""
    rows = find(connection, RELATIONS, **choice)
    cues = _cues(connection, "relation_number", [row[0] for row in rows])
    return tuple(read_relation(row, cues.get(row[0], ())) for row in rows)


def _cues(connection: CaseConnection, column: str, numbers: Sequence[int]) -> dict[int, tuple[Cue, ...]]:
    found: dict[int, tuple[Cue, ...]] = {}
    for start in range(0, len(numbers), _CHUNK):
        chunk = numbers[start : start + _CHUNK]
        marks = ", ".join("?" * len(chunk))
        rows = connection.rows(
            f"SELECT {column}, {CUE_COLUMNS} FROM cue WHERE {column} IN ({marks}) ORDER BY number", chunk
        )
        for number, *cue in rows:
            assert isinstance(number, int)
            found[number] = (*found.get(number, ()), read_cue(cue))
    return found


def current_numbers(connection: CaseConnection, table: str, ids: Iterable[str]) -> dict[str, int]:
    """Return the row numbers of the current rows with these ids; unknown ids are left out."""
    rows = connection.rows(
        f"SELECT {table}.id, {table}.number FROM {current_with_ids(table)}", (wanted_ids(ids),)
    )
    return {str(identity): number for identity, number in rows}


def current_with_ids(table: str) -> str:
    """Return the source of a query that looks up the current row of each of ``wanted_ids``, its first value.

    Each id is looked up in turn; with IN, SQLite walks all current rows.
    """
    return (
        f"json_each(?) AS wanted CROSS JOIN {table} "
        f"ON {table}.id = wanted.value AND {table}.superseded_by IS NULL"
    )


def wanted_ids(ids: Iterable[str]) -> str:
    """Return ids, each once, as the value that ``current_with_ids`` takes."""
    return json.dumps(list(dict.fromkeys(ids)))


def labels_looked_for(connection: CaseConnection, image: str) -> frozenset[str]:
    """Return the labels that the components which have examined an Image can rule out."""
    rows = connection.rows(
        f"SELECT {COMPONENT_COLUMNS} FROM component WHERE number IN "
        f"(SELECT component_number FROM examination WHERE {_IMAGE} AND superseded_by IS NULL)",
        (image,),
    )
    return frozenset(label for row in rows for label in read_component(row).rules_out)


def related_pairs(connection: CaseConnection) -> tuple[tuple[ImageId, ReportId], ...]:
    """Return the Images and Reports that have a Relation, in the order they were saved."""
    rows = connection.rows(
        "SELECT image.id, report.id FROM relation JOIN image ON image.number = image_number "
        "JOIN report ON report.number = report_number WHERE relation.superseded_by IS NULL "
        "ORDER BY relation.number"
    )
    return tuple((ImageId(str(image)), ReportId(str(report))) for image, report in rows)
