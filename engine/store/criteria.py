"""What must hold of a Report or Image besides the words of a search, as conditions in SQL.

A condition that few Reports meet is looked up first, so that a search reads only those; others are checked
on what a search has found, best first, until there is enough.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.model.evidence import Laterality
from engine.model.ids import ReportId
from engine.store.connection import CaseConnection, Value
from engine.store.reading import current_numbers

if TYPE_CHECKING:
    from engine.store.case_store import CaseStore

_FEW = 5000
_AFTER_ALL = "\x7f"  # sorts behind every character of a date
Condition = tuple[str, list[Value]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """All that must hold; empty values ask for nothing.

    ``first_day`` and ``last_day`` are ISO dates or beginnings of them, both included. ``reviewed`` is
    ``yes``, ``no`` or a verdict. ``within`` are the only Reports that count.
    """

    label: str = ""
    side: Laterality | None = None
    first_day: str = ""
    last_day: str = ""
    modality: str = ""
    subject: str = ""
    reviewed: str = ""
    within: tuple[ReportId, ...] | None = None

    @property
    def is_empty(self) -> bool:
        return self == Criteria()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportChoice:
    """The criteria as a query can use them: the only report numbers that count, or a condition."""

    numbers: str | None
    condition: str
    values: list[Value]

    def of_numbers(self, column: str) -> Condition:
        """Return a condition on a column of report numbers, empty where any may count."""
        if self.numbers is None:
            return "", []
        return f" AND {column} IN (SELECT value FROM json_each(?))", [self.numbers]

    def of_report(self) -> Condition:
        """Return a condition on the table ``report``; nothing where the numbers say it all."""
        return ("", []) if self.numbers is not None else (self.condition, list(self.values))


ANY_REPORT = ReportChoice(numbers=None, condition="", values=[])


def choose_reports(store: CaseStore, criteria: Criteria) -> ReportChoice:
    """Return how to leave out Reports that don't meet the criteria."""
    parts = list(_report_conditions(store, criteria))
    condition = "".join(f" AND {sql}" for sql, _ in parts)
    values = [value for _, own in parts for value in own]
    few = _few(store, criteria)
    if few is None:
        return ReportChoice(numbers=None, condition=condition, values=values)
    rows = store.connection.rows(
        "SELECT number FROM report WHERE number IN (SELECT value FROM json_each(?)) "
        f"AND report.superseded_by IS NULL{condition}",
        [json.dumps(few), *values],
    )
    return ReportChoice(numbers=json.dumps([number for (number,) in rows]), condition="", values=[])


def fitting_reports(store: CaseStore, criteria: Criteria, *, limit: int) -> tuple[ReportId, ...]:
    """Return Reports that meet the criteria, in the order they were saved."""
    choice = choose_reports(store, criteria)
    only, numbers = choice.of_numbers("report.number")
    condition, values = choice.of_report()
    rows = store.connection.rows(
        f"SELECT id FROM report WHERE superseded_by IS NULL{only}{condition} ORDER BY number LIMIT ?",
        [*numbers, *values, limit],
    )
    return tuple(ReportId(report) for (report,) in rows)


def image_condition(store: CaseStore, criteria: Criteria, *, with_region: bool) -> Condition:
    """Return conditions on ``image``, and on ``region`` where a Region of it is looked for."""
    parts = list(_image_conditions(store, criteria, with_region=with_region))
    return "".join(f" AND {sql}" for sql, _ in parts), [value for _, own in parts for value in own]


def _report_conditions(store: CaseStore, criteria: Criteria) -> Iterator[Condition]:
    if criteria.label:
        label = criteria.label
        yield (
            "(EXISTS (SELECT 1 FROM entity WHERE report_number = report.number AND "
            "entity.superseded_by IS NULL AND (+label = ? OR normal = ? OR lower(entity.text) = ?)) "
            "OR EXISTS (SELECT 1 FROM relation CROSS JOIN region "
            "ON region.image_number = relation.image_number WHERE relation.report_number = report.number "
            "AND relation.superseded_by IS NULL "
            # The plus keeps SQLite from walking all Regions of a frequent label.
            "AND region.superseded_by IS NULL AND +region.label = ?))",
            [label, label, label, label],
        )
    if criteria.side:
        yield (
            "EXISTS (SELECT 1 FROM entity WHERE report_number = report.number AND "
            "entity.superseded_by IS NULL AND laterality IN (?, 'bilateral'))",
            [criteria.side],
        )
    if criteria.first_day or criteria.last_day:
        first, last = criteria.first_day, criteria.last_day + _AFTER_ALL
        yield (
            "(report.authored_at BETWEEN ? AND ? OR EXISTS (SELECT 1 FROM relation JOIN image "
            "ON image.number = relation.image_number WHERE relation.report_number = report.number "
            "AND relation.superseded_by IS NULL AND image.captured_at BETWEEN ? AND ?))",
            [first, last, first, last],
        )
    if criteria.modality:
        yield (
            "EXISTS (SELECT 1 FROM relation JOIN image ON image.number = relation.image_number "
            "WHERE relation.report_number = report.number AND relation.superseded_by IS NULL "
            "AND image.modality = ? COLLATE NOCASE)",
            [criteria.modality],
        )
    if criteria.subject:
        yield "report.subject_ref = ? COLLATE NOCASE", [criteria.subject]
    if criteria.reviewed:
        numbers = json.dumps(_reviewed_reports(store, criteria.reviewed))
        no = "NOT " if criteria.reviewed == "no" else ""
        yield f"report.number {no}IN (SELECT value FROM json_each(?))", [numbers]


def _image_conditions(store: CaseStore, criteria: Criteria, *, with_region: bool) -> Iterator[Condition]:
    if criteria.label and not with_region:
        yield (
            "EXISTS (SELECT 1 FROM region WHERE image_number = image.number AND "
            "region.superseded_by IS NULL AND +region.label = ?)",
            [criteria.label],
        )
    elif criteria.label:
        yield "region.label = ?", [criteria.label]
    if criteria.side:
        word = f"%{criteria.side}%"
        if with_region:
            yield "(region.side IN (?, 'bilateral') OR region.label LIKE ?)", [criteria.side, word]
        else:
            yield "image.laterality IN (?, 'bilateral')", [criteria.side]
    if criteria.first_day or criteria.last_day:
        yield "image.captured_at BETWEEN ? AND ?", [criteria.first_day, criteria.last_day + _AFTER_ALL]
    if criteria.modality:
        yield "image.modality = ? COLLATE NOCASE", [criteria.modality]
    if criteria.subject:
        yield "image.subject_ref = ? COLLATE NOCASE", [criteria.subject]
    if criteria.reviewed:
        column = "region.id" if with_region else "image.id"
        no = "NOT " if criteria.reviewed == "no" else ""
        targets = json.dumps(_reviewed_targets(store, criteria.reviewed))
        yield f"{column} {no}IN (SELECT value FROM json_each(?))", [targets]


def _few(store: CaseStore, criteria: Criteria) -> list[int] | None:
    """Return the numbers of few Reports of which all that meet the criteria are some, if there are such."""
    if criteria.within is not None:
        return list(current_numbers(store.connection, "report", criteria.within).values())
    sources: list[tuple[str, Sequence[Value]]] = []
    if criteria.subject:
        spelled = {criteria.subject, criteria.subject.upper(), criteria.subject.lower()}
        marks = ", ".join("?" * len(spelled))
        sources.append((f"SELECT number FROM report WHERE subject_ref IN ({marks})", sorted(spelled)))
    if criteria.first_day:
        days = [criteria.first_day, criteria.last_day + _AFTER_ALL]
        sources.append(
            (
                "SELECT number FROM report WHERE authored_at BETWEEN ? AND ? UNION ALL "
                "SELECT report_number FROM image CROSS JOIN relation ON relation.image_number = image.number "
                "WHERE captured_at BETWEEN ? AND ?",
                [*days, *days],
            )
        )
    return next(
        (few for sql, values in sources if (few := _at_most_few(store.connection, sql, values))), None
    )


def _at_most_few(connection: CaseConnection, sql: str, values: Sequence[Value]) -> list[int] | None:
    rows = connection.rows(f"SELECT * FROM ({sql}) LIMIT ?", [*values, _FEW + 1])
    return None if len(rows) > _FEW else [number for (number,) in rows]


def _reviewed_targets(store: CaseStore, reviewed: str) -> list[str]:
    return [
        target
        for target, verdict in store.verdicts().items()
        if reviewed in ("yes", "no") or reviewed == verdict
    ]


def _reviewed_reports(store: CaseStore, reviewed: str) -> list[int]:
    """Return the Reports with an Entity, Link, Relation, Region or Image that an analyst has judged so."""
    targets = json.dumps(_reviewed_targets(store, reviewed))
    judged = "id IN (SELECT value FROM json_each(?1))"
    rows = store.connection.rows(
        f"SELECT report_number FROM entity WHERE {judged} "
        f"UNION SELECT report_number FROM link WHERE {judged} "
        f"UNION SELECT report_number FROM relation WHERE {judged} UNION SELECT report_number FROM relation "
        f"WHERE image_number IN (SELECT number FROM image WHERE {judged} "
        f"UNION SELECT image_number FROM region WHERE {judged})",
        [targets],
    )
    return [number for (number,) in rows]


def reports_with_all(
    store: CaseStore, topics: Iterable[Sequence[str]], *, assertions: Iterable[str], limit: int
) -> tuple[ReportId, ...]:
    """Return Reports that speak of a concept of each topic in one of the ways, at most ``limit``."""
    said = list(assertions)
    queries, values = [], []
    for concepts in topics:
        queries.append(
            f"SELECT report_number FROM entity WHERE concept IN ({', '.join('?' * len(concepts))}) "
            f"AND superseded_by IS NULL AND assertion IN ({', '.join('?' * len(said))})"
        )
        values += [*concepts, *said]
    every = " INTERSECT ".join(queries)
    rows = store.connection.rows(
        f"SELECT report.id FROM ({every}) JOIN report ON number = report_number LIMIT ?",
        [*values, limit],
    )
    return tuple(ReportId(report) for (report,) in rows)
