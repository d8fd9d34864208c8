"""What analysts add to a case: Reviews, bookmarks, saved searches, and what they have seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from engine.model.findings import FindingKind, Review, Verdict
from engine.model.geometry import Polygon
from engine.model.ids import ReviewId, stable_id
from engine.store.change import Change
from engine.store.connection import CaseConnection
from engine.store.finding_rows import REVIEW_COLUMNS, read_review, review_row
from engine.store.records import Bookmark, SavedSearch


def insert_review(
    change: Change,
    kind: FindingKind,
    target: str,
    verdict: Verdict,
    *,
    examiner: str,
    at: datetime,
    label: str = "",
    polygons: Sequence[Polygon] = (),
    note: str = "",
) -> Review:
    review = Review(
        id=ReviewId(stable_id("review", kind, target, verdict, examiner, at.isoformat(), change.entry)),
        target_kind=kind,
        target_id=target,
        verdict=verdict,
        examiner=examiner,
        at=at,
        label=label,
        polygons=tuple(polygons),
        note=note,
    )
    change.insert("review", review_row(review))
    return review


def latest_review(connection: CaseConnection, target: str) -> Review | None:
    row = connection.row(
        f"SELECT {REVIEW_COLUMNS} FROM review WHERE target_id = ? ORDER BY number DESC LIMIT 1", (target,)
    )
    return read_review(row) if row else None


def insert_bookmark(connection: CaseConnection, change: Change, bookmark: Bookmark) -> None:
    """Add a bookmark; one on the same target is replaced."""
    delete_bookmark(connection, change, bookmark.target_kind, bookmark.target_id)
    change.insert(
        "bookmark",
        {
            "target_kind": bookmark.target_kind,
            "target_id": bookmark.target_id,
            "title": bookmark.title,
            "examiner": bookmark.examiner,
            "at": bookmark.at.isoformat(),
        },
    )


def delete_bookmark(connection: CaseConnection, change: Change, kind: str, target: str) -> None:
    _supersede(
        connection, change, "bookmark", "target_kind = ? AND target_id = CAST(? AS TEXT)", (kind, target)
    )


def read_bookmarks(connection: CaseConnection) -> tuple[Bookmark, ...]:
    rows = connection.rows(
        "SELECT target_kind, target_id, title, examiner, at FROM bookmark "
        "WHERE superseded_by IS NULL ORDER BY number"
    )
    return tuple(
        Bookmark(
            target_kind=str(kind),
            target_id=str(target),
            title=str(title),
            examiner=str(examiner),
            at=datetime.fromisoformat(str(at)),
        )
        for kind, target, title, examiner, at in rows
    )


def insert_search(connection: CaseConnection, change: Change, search: SavedSearch) -> None:
    """Save a search; one of the same name is replaced."""
    delete_search(connection, change, search.name)
    change.insert(
        "saved_search",
        {
            "name": search.name,
            "query": search.query,
            "examiner": search.examiner,
            "at": search.at.isoformat(),
        },
    )


def delete_search(connection: CaseConnection, change: Change, name: str) -> None:
    _supersede(connection, change, "saved_search", "name = CAST(? AS TEXT)", (name,))


def read_searches(connection: CaseConnection) -> tuple[SavedSearch, ...]:
    rows = connection.rows(
        "SELECT name, query, examiner, at FROM saved_search WHERE superseded_by IS NULL ORDER BY number"
    )
    return tuple(
        SavedSearch(
            name=str(name), query=str(query), examiner=str(examiner), at=datetime.fromisoformat(str(at))
        )
        for name, query, examiner, at in rows
    )


def insert_seen(
    connection: CaseConnection, change: Change, targets: Iterable[str], *, examiner: str, at: datetime
) -> None:
    known = read_seen(connection, examiner)
    for target in dict.fromkeys(targets):
        if target not in known:
            change.insert("seen", {"target_id": target, "examiner": examiner, "at": at.isoformat()})


def read_seen(connection: CaseConnection, examiner: str | None = None) -> frozenset[str]:
    """Return what an examiner has seen; None: anyone."""
    rows = connection.rows(
        "SELECT target_id FROM seen WHERE superseded_by IS NULL "
        "AND (?1 IS NULL OR examiner = CAST(?1 AS TEXT))",
        (examiner,),
    )
    return frozenset(str(target) for (target,) in rows)


def _supersede(
    connection: CaseConnection, change: Change, table: str, condition: str, values: tuple[str, ...]
) -> None:
    rows = connection.rows(f"SELECT number FROM {table} WHERE {condition} AND superseded_by IS NULL", values)
    change.supersede(table, [row[0] for row in rows])
