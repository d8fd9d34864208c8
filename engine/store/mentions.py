"""How often and how a case speaks of concepts, and which pictures show a label: for search.

These functions are methods of ``CaseStore``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.model.evidence import Laterality, Section, Span
from engine.model.findings import Assertion
from engine.model.ids import EntityId, ImageId, RegionId, ReportId
from engine.store.connection import Value
from engine.store.criteria import ANY_REPORT, Condition, ReportChoice
from engine.store.evidence_rows import read_sections
from engine.store.reading import REVIEW_ORDER, current_with_ids, wanted_ids

if TYPE_CHECKING:
    from engine.store.case_store import CaseStore

# Of a concept that is named more often than this, so many mentions are weighed.
_WEIGHED, _WEIGHED_PER_REPORT = 20_000, 200


@dataclass(frozen=True, slots=True)
class WeighedReport:
    """A Report that speaks of a concept: its best mention's weight and the sum of all."""

    report_id: ReportId
    best: float
    total: float


@dataclass(frozen=True, slots=True)
class Mention:
    """One Entity as search needs it."""

    report_id: ReportId
    entity_id: EntityId
    text: str
    span: Span
    label: str
    concept: str
    assertion: Assertion
    laterality: Laterality | None
    section: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """One Region as search needs it."""

    image_id: ImageId
    region_id: RegionId
    label: str
    score: float


def concepts_in_use(store: CaseStore) -> tuple[str, ...]:
    """Return the distinct concepts of all Entities; jumps through the index, so size does not matter."""
    return _kept(store, "entity", "concept")


def labels_in_use(store: CaseStore) -> tuple[str, ...]:
    """Return the distinct labels of all Regions."""
    return _kept(store, "region", "label")


def weigh_mentions(
    store: CaseStore,
    concepts: Sequence[str],
    normals: Sequence[str],
    *,
    assertions: Mapping[Assertion, float],
    sections: Mapping[str, float],
    limit: int,
    choice: ReportChoice = ANY_REPORT,
) -> tuple[WeighedReport, ...]:
    """Return Reports by the weight of their best mention of any of the concepts or normal forms.

    A mention weighs what its assertion weighs, times the weight of its section (1 where it has none). Of
    very many mentions only the first are weighed, far more than ``limit``.
    """
    only, numbers = choice.of_numbers("report_number")
    condition, asked = choice.of_report()
    weight = f"{_case('assertion', assertions, 0.0)} * {_case('section', sections, 1.0)}"
    queries: list[str] = []
    values: list[Value] = []
    for column, wanted in (("concept", concepts), ("normal", normals)):
        if wanted:
            queries.append(
                f"SELECT report_number, {weight} AS weight FROM entity "
                f"WHERE {column} IN ({_marks(wanted)}) AND superseded_by IS NULL{only} LIMIT ?"
            )
            values += [*wanted, *numbers, max(_WEIGHED, _WEIGHED_PER_REPORT * limit)]
    if not queries:
        return ()
    mentions = " UNION ALL ".join(f"SELECT * FROM ({query})" for query in queries)
    rows = store.connection.rows(
        "SELECT report.id, best, total FROM (SELECT report_number, max(weight) AS best, sum(weight) AS total "
        f"FROM ({mentions}) GROUP BY report_number "
        f"ORDER BY best DESC, total DESC LIMIT ?) CROSS JOIN report ON report.number = report_number "
        f"WHERE report.superseded_by IS NULL{condition} LIMIT ?",
        [*values, -1 if condition else limit, *asked, limit],
    )
    return tuple(WeighedReport(ReportId(report), best, total) for report, best, total in rows)


def mentions_in(
    store: CaseStore, reports: Iterable[ReportId], concepts: Sequence[str], normals: Sequence[str] = ()
) -> dict[ReportId, list[Mention]]:
    """Return the mentions of ``concepts`` or ``normals`` in each Report, in text order."""
    found: dict[ReportId, list[Mention]] = {}
    rows = store.connection.iterate(
        "SELECT report.id, entity.id, entity.text, span_start, span_end, label, concept, assertion, "
        f"laterality, section FROM {current_with_ids('report')} "
        "CROSS JOIN entity ON entity.report_number = report.number AND entity.superseded_by IS NULL "
        # The plus keeps SQLite from walking all mentions of a frequent concept.
        f"WHERE +concept IN ({_marks(concepts)}) OR +normal IN ({_marks(normals)}) ORDER BY entity.number",
        [wanted_ids(reports), *concepts, *normals],
    )
    for report, entity, text, start, end, label, concept, assertion, laterality, section in rows:
        mention = Mention(
            ReportId(report),
            EntityId(entity),
            text,
            Span(start=start, end=end),
            label,
            concept,
            Assertion(assertion),
            Laterality(laterality) if laterality else None,
            section,
        )
        found.setdefault(mention.report_id, []).append(mention)
    return found


def finding_spans(
    store: CaseStore, reports: Iterable[ReportId], *, but: Sequence[str]
) -> dict[ReportId, list[Span]]:
    """Return where each Report speaks of anything, Entities with the labels ``but`` aside."""
    found: dict[ReportId, list[Span]] = {}
    rows = store.connection.iterate(
        f"SELECT report.id, span_start, span_end FROM {current_with_ids('report')} "
        "CROSS JOIN entity ON entity.report_number = report.number AND entity.superseded_by IS NULL "
        f"WHERE +label NOT IN ({_marks(but)})",
        [wanted_ids(reports), *but],
    )
    for report, start, end in rows:
        found.setdefault(ReportId(report), []).append(Span(start=start, end=end))
    return found


def texts_of(store: CaseStore, reports: Iterable[ReportId]) -> dict[ReportId, str]:
    """Return the texts of Reports."""
    rows = store.connection.rows(
        f"SELECT report.id, text FROM {current_with_ids('report')}", (wanted_ids(reports),)
    )
    return {ReportId(report): text for report, text in rows}


def sections_of(store: CaseStore, reports: Iterable[ReportId]) -> dict[ReportId, tuple[Section, ...]]:
    """Return the headed parts of Reports."""
    rows = store.connection.rows(
        f"SELECT report.id, sections FROM {current_with_ids('report')}", (wanted_ids(reports),)
    )
    return {ReportId(report): read_sections(sections) for report, sections in rows}


def sightings(
    store: CaseStore, labels: Sequence[str], *, limit: int, condition: Condition = ("", [])
) -> tuple[Sighting, ...]:
    """Return the Regions with these labels, surest first, at most ``limit`` of each label."""
    only, values = condition
    found = [
        Sighting(ImageId(image), RegionId(region), label, score)
        for label in labels
        for image, region, score in store.connection.iterate(
            "SELECT image.id, region.id, region.score "
            "FROM region CROSS JOIN image ON image.number = image_number "
            f"WHERE label = CAST(? AS TEXT) AND region.superseded_by IS NULL{only} "
            "ORDER BY region.score DESC LIMIT ?",
            [label, *values, limit],
        )
    ]
    return tuple(sorted(found, key=lambda each: -each.score))


def labels_of(store: CaseStore, images: Iterable[ImageId]) -> dict[ImageId, frozenset[str]]:
    """Return the labels of all Regions of each Image."""
    found: dict[ImageId, set[str]] = {}
    rows = store.connection.iterate(
        f"SELECT DISTINCT image.id, label FROM {current_with_ids('image')} "
        "CROSS JOIN region ON image_number = image.number AND region.superseded_by IS NULL",
        (wanted_ids(images),),
    )
    for image, label in rows:
        found.setdefault(ImageId(image), set()).add(label)
    return {image: frozenset(labels) for image, labels in found.items()}


def fitting_images(store: CaseStore, *, limit: int, condition: Condition) -> tuple[ImageId, ...]:
    """Return the Images that meet a condition, in the order they were saved."""
    only, values = condition
    rows = store.connection.rows(
        f"SELECT id FROM image WHERE superseded_by IS NULL{only} ORDER BY number LIMIT ?", [*values, limit]
    )
    return tuple(ImageId(image) for (image,) in rows)


def verdicts(store: CaseStore) -> dict[str, str]:
    """Return the verdict that counts on each target that has been reviewed."""
    return dict(store.connection.rows(f"SELECT target_id, verdict FROM review ORDER BY {REVIEW_ORDER}"))


def _kept(store: CaseStore, table: str, column: str) -> tuple[str, ...]:
    """Return what was read before as long as nobody has changed the case."""
    version = store.connection.version
    kept = store.kept_names.get(table)
    if kept is None or kept[0] != version:
        kept = store.kept_names[table] = (version, _distinct(store, table, column))
    return kept[1]


def _distinct(store: CaseStore, table: str, column: str) -> tuple[str, ...]:
    rows = store.connection.rows(
        f"WITH RECURSIVE each (value) AS (SELECT min({column}) FROM {table} UNION ALL "
        f"SELECT (SELECT min({column}) FROM {table} WHERE {column} > each.value) FROM each "
        "WHERE each.value IS NOT NULL) SELECT value FROM each WHERE value IS NOT NULL AND value <> ''"
    )
    return tuple(value for (value,) in rows)


def _case(column: str, weights: Mapping[str, float] | Mapping[Assertion, float], otherwise: float) -> str:
    """Return an SQL expression; the names come from the program, the weights are numbers."""
    rows = " ".join(f"WHEN '{name}' THEN {weight:.6f}" for name, weight in weights.items())
    return f"CASE {column} {rows} ELSE {otherwise:.6f} END" if rows else f"{otherwise:.6f}"


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
