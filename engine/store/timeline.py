"""When things happened: Images by their capture time, Reports by their writing, dates that texts name.

A day is an ISO date in UTC, or the beginning of one where a text says no more (``2026-03``); the
empty day stands for what has no time. Each file counts once, however many frames it has, and each
date once for every Report that names it.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.model.ids import EntityId, ImageId, ReportId
from engine.store.case_store import CaseStore
from engine.store.connection import Value

_AFTER_DAY = "~"  # sorts behind every character of a time


class EventKind(enum.StrEnum):
    """What stands at a time: an Image, a Report, or a date that a Report names."""

    IMAGE = "image"
    REPORT = "report"
    DATE = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """How many events of a kind a day has."""

    day: str
    kind: EventKind
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEvent:
    """One thing at one time; ``at`` is ISO 8601, as exact as known, empty where nothing tells."""

    kind: EventKind
    at: str
    image_id: ImageId | None = None
    report_id: ReportId | None = None
    entity_id: EntityId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """Where the events of a kind lie: ``what`` is counted, ``columns`` are image, report and entity id."""

    table: str
    at: str
    what: str
    columns: str
    joins: str = ""
    condition: str = ""


# A plus keeps SQLite from walking all current rows instead of those of a few days.
_CURRENT = "+{0}.superseded_by IS NULL"
_SOURCES: Mapping[EventKind, _Source] = {
    EventKind.IMAGE: _Source(
        table="image", at="captured_at", what="image.sha256", columns="image.id, NULL, NULL"
    ),
    EventKind.REPORT: _Source(
        table="report", at="authored_at", what="report.id", columns="NULL, report.id, NULL"
    ),
    EventKind.DATE: _Source(
        table="entity",
        at="normal",
        what="report_number",
        columns="NULL, report.id, entity.id",
        joins="JOIN report ON report.number = report_number",
        condition=" AND +entity.label = 'date' AND normal GLOB '[0-9][0-9][0-9][0-9]*'",
    ),
}


def timeline_days(store: CaseStore) -> tuple[DayCount, ...]:
    """Count the events of every day, in order of days; walks all rows once, so ask beside the event loop."""
    found: list[DayCount] = []
    for kind, source in _SOURCES.items():
        # Dates in texts are few among Entities: there the index of the label is the way.
        condition = source.condition.replace("+entity.label", "entity.label")
        rows = store.connection.rows(
            f"SELECT coalesce(substr({source.at}, 1, 10), '') AS day, count(DISTINCT {source.what}) "
            f"FROM {source.table} WHERE superseded_by IS NULL{condition} GROUP BY day"
        )
        found += [DayCount(day=day, kind=kind, count=count) for day, count in rows]
    return tuple(sorted(found, key=lambda each: (each.day, each.kind)))


def timeline_events(
    store: CaseStore, first_day: str, last_day: str, kinds: Iterable[EventKind] = tuple(EventKind)
) -> tuple[TimelineEvent, ...]:
    """Return the events of some days as ``timeline_days`` names them, both included, by time.

    Two empty days ask for what has no time; ``2026-03`` for what is known by this month only.
    """
    found: list[TimelineEvent] = []
    for kind in kinds:
        source = _SOURCES[kind]
        when, values = _between(source, first_day, last_day)
        rows = store.connection.rows(
            f"SELECT coalesce({source.table}.{source.at}, ''), {source.columns}, min({source.table}.number) "
            f"FROM {source.table} {source.joins} WHERE {when} AND "
            f"{_CURRENT.format(source.table)}{source.condition} GROUP BY {source.what}, {source.at}",
            values,
        )
        found += [
            TimelineEvent(
                kind=kind,
                at=at,
                image_id=ImageId(image) if image else None,
                report_id=ReportId(report) if report else None,
                entity_id=EntityId(entity) if entity else None,
            )
            for at, image, report, entity, _ in rows
        ]
    return tuple(sorted(found, key=_order))


def _between(source: _Source, first_day: str, last_day: str) -> tuple[str, list[Value]]:
    column = f"{source.table}.{source.at}"
    if not first_day and not last_day:
        return (f"{column} IS NULL", [])
    days = [first_day, last_day]
    return (
        f"{column} BETWEEN ? AND ? AND substr({column}, 1, 10) BETWEEN ? AND ?",
        [first_day, last_day + _AFTER_DAY, *days],
    )


def _order(event: TimelineEvent) -> tuple[str, str, str, str]:
    return event.at, event.kind, event.image_id or event.report_id or "", event.entity_id or ""
