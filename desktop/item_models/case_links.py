"""Links of the whole case as rows of a list, and which of them an analyst wants to see."""

from __future__ import annotations

import enum
from collections.abc import Container, Iterable
from dataclasses import replace

from desktop.item_models.findings import LinkRow
from desktop.session.decisions import Decisions
from desktop.session.reading import file_name
from engine.model.findings import Link, Verdict
from engine.model.ids import LinkId
from engine.store import Bookmark, CaseStore


class State(enum.StrEnum):
    """Which links are listed, by what a person decided about them."""

    ANY = "any"
    UNDECIDED = "undecided"
    DECIDED = "decided"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    CORRECTED = "corrected"
    BOOKMARKED = "bookmarked"


def fits(link_id: LinkId, state: State, decisions: Decisions, bookmarked: Container[str]) -> bool:
    """Tell whether a link is in a state."""
    review = decisions.standing(link_id)
    if state is State.ANY:
        return True
    if state is State.BOOKMARKED:
        return link_id in bookmarked
    if state in (State.UNDECIDED, State.DECIDED):
        return (review is None) is (state is State.UNDECIDED)
    return review is not None and review.verdict is Verdict(state.value)


def case_link_rows(store: CaseStore, decisions: Decisions, links: Iterable[Link]) -> list[LinkRow]:
    """Return a row for each Link of any Image and Report, in the order given."""
    rows = []
    for link in links:
        entity = store.entity(link.entity_id)
        if entity is not None:
            rows.append(
                LinkRow(
                    link=link,
                    entity=entity,
                    region=store.region(link.region_id) if link.region_id else None,
                    image_name=file_name(store.files_of_image(link.image_id)) or link.image_id,
                    report_name=file_name(store.files_of_report(link.report_id)) or link.report_id,
                    review=decisions.standing(link.id),
                )
            )
    return rows


def bookmarked_row(row: LinkRow, bookmark: Bookmark | None) -> LinkRow:
    """Return a row with the category of the bookmark that is on it now."""
    return replace(row, bookmark=bookmark.title if bookmark else "")


def decided_row(row: LinkRow, decisions: Decisions) -> LinkRow:
    """Return a row with the decision that stands now."""
    return replace(row, review=decisions.standing(row.link.id))
