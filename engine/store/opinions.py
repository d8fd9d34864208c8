"""What analysts add to a case: Reviews, bookmarks, saved searches, and what they have seen.

These functions are the methods of ``CaseStore`` that have to do with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from engine.model.findings import FindingKind, Review, Verdict
from engine.model.geometry import Polygon
from engine.model.ids import ReviewId, stable_id
from engine.store.change import Change
from engine.store.finding_rows import review_row
from engine.store.reading import IMPORT_DECISIONS
from engine.store.records import Bookmark, SavedSearch

if TYPE_CHECKING:
    from engine.store.case_store import CaseStore


def add_review(
    store: CaseStore,
    target_kind: FindingKind,
    target_id: str,
    verdict: Verdict,
    *,
    examiner: str,
    label: str = "",
    polygons: Sequence[Polygon] = (),
    note: str = "",
) -> Review:
    """Add an analyst's verdict; earlier ones on the same target stay as its history."""
    at = store.now()
    with store.change("review", target_id, actor=examiner, at=at) as change:
        kind, decided = FindingKind(target_kind), Verdict(verdict)
        key = (kind, target_id, decided, examiner, at.isoformat(), change.entry)
        review = Review(
            id=ReviewId(stable_id("review", *key)),
            target_kind=kind,
            target_id=target_id,
            verdict=decided,
            examiner=examiner,
            at=at,
            label=label,
            polygons=tuple(polygons),
            note=note,
        )
        change.insert("review", review_row(review))
    return review


def add_reviews(
    store: CaseStore, reviews: Sequence[Review], *, action: str, subject: str, actor: str
) -> None:
    """Add Reviews as one change, such as the Regions of a file; nothing happens where there are none."""
    with store.change(action, subject, actor=actor) as change:
        for review in reviews:
            change.insert("review", review_row(review))


def import_decisions(
    store: CaseStore, reviews: Sequence[Review], bookmarks: Sequence[Bookmark], *, subject: str
) -> None:
    """Add what another examiner decided, under that examiner's name and time, as one change.

    An imported verdict stands only where nobody decided in this case; see ``CaseStore.reviews``.
    """
    with store.change(IMPORT_DECISIONS, subject) as change:
        for review in reviews:
            change.insert("review", review_row(review))
        for bookmark in bookmarks:
            change.insert("bookmark", _bookmark_row(bookmark))


def latest_review(store: CaseStore, target_id: str) -> Review | None:
    """Return the verdict that counts for a target."""
    history = store.reviews(target_id=target_id)
    return history[-1] if history else None


def add_bookmark(
    store: CaseStore, target_kind: str, target_id: str, *, examiner: str, title: str = ""
) -> Bookmark:
    """Add a bookmark; one on the same target is replaced."""
    bookmark = Bookmark(
        target_kind=str(target_kind), target_id=target_id, title=title, examiner=examiner, at=store.now()
    )
    with store.change("bookmark", target_id, actor=examiner, at=bookmark.at) as change:
        _drop_bookmark(store, change, bookmark.target_kind, target_id)
        change.insert("bookmark", _bookmark_row(bookmark))
    return bookmark


def remove_bookmark(store: CaseStore, target_kind: str, target_id: str, *, examiner: str = "") -> None:
    with store.change("remove-bookmark", target_id, actor=examiner) as change:
        _drop_bookmark(store, change, str(target_kind), target_id)


def bookmarks(store: CaseStore) -> tuple[Bookmark, ...]:
    rows = store.connection.rows(
        "SELECT target_kind, target_id, title, examiner, at FROM bookmark "
        "WHERE superseded_by IS NULL ORDER BY number"
    )
    return tuple(
        Bookmark(
            target_kind=kind,
            target_id=target,
            title=title,
            examiner=examiner,
            at=datetime.fromisoformat(at),
        )
        for kind, target, title, examiner, at in rows
    )


def save_search(store: CaseStore, name: str, query: str, *, examiner: str) -> SavedSearch:
    """Save a search; one of the same name is replaced."""
    search = SavedSearch(name=name, query=query, examiner=examiner, at=store.now())
    with store.change("save-search", name, actor=examiner, at=search.at) as change:
        _drop_search(store, change, name)
        change.insert(
            "saved_search",
            {
                "name": search.name,
                "query": search.query,
                "examiner": search.examiner,
                "at": search.at.isoformat(),
            },
        )
    return search


def remove_search(store: CaseStore, name: str, *, examiner: str = "") -> None:
    with store.change("remove-search", name, actor=examiner) as change:
        _drop_search(store, change, name)


def saved_searches(store: CaseStore) -> tuple[SavedSearch, ...]:
    rows = store.connection.rows(
        "SELECT name, query, examiner, at FROM saved_search WHERE superseded_by IS NULL ORDER BY number"
    )
    return tuple(
        SavedSearch(name=name, query=query, examiner=examiner, at=datetime.fromisoformat(at))
        for name, query, examiner, at in rows
    )


def mark_seen(store: CaseStore, target_ids: Iterable[str], *, examiner: str) -> None:
    """Record that an examiner has looked at rows; nothing happens for those seen before."""
    known = seen(store, examiner)
    new = [target for target in dict.fromkeys(target_ids) if target not in known]
    at = store.now()
    if new:
        with store.change("seen", f"{len(new)} rows", actor=examiner, at=at) as change:
            for target in new:
                change.insert("seen", {"target_id": target, "examiner": examiner, "at": at.isoformat()})


def seen(store: CaseStore, examiner: str | None = None) -> frozenset[str]:
    """Return the ids that an examiner has seen; None: anyone."""
    rows = store.connection.rows(
        "SELECT target_id FROM seen WHERE superseded_by IS NULL "
        "AND (?1 IS NULL OR examiner = CAST(?1 AS TEXT))",
        (examiner,),
    )
    return frozenset(target for (target,) in rows)


def _bookmark_row(bookmark: Bookmark) -> dict[str, str]:
    return {
        "target_kind": bookmark.target_kind,
        "target_id": bookmark.target_id,
        "title": bookmark.title,
        "examiner": bookmark.examiner,
        "at": bookmark.at.isoformat(),
    }


def _drop_bookmark(store: CaseStore, change: Change, kind: str, target: str) -> None:
    condition = "target_kind = CAST(? AS TEXT) AND target_id = CAST(? AS TEXT)"
    _supersede(store, change, "bookmark", condition, (kind, target))


def _drop_search(store: CaseStore, change: Change, name: str) -> None:
    _supersede(store, change, "saved_search", "name = CAST(? AS TEXT)", (name,))


def _supersede(store: CaseStore, change: Change, table: str, condition: str, values: tuple[str, ...]) -> None:
    rows = store.connection.rows(
        f"SELECT number FROM {table} WHERE {condition} AND superseded_by IS NULL", values
    )
    change.supersede(table, [number for (number,) in rows])
