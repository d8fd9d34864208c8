"""Findings, Images and Reports by their kind and id, in words: for bookmarks and disagreements."""

from __future__ import annotations

from desktop.item_models.lines import Line
from desktop.item_models.wording import assertion_words, date_words, mark, region_words, relation_words, say
from desktop.session.reading import file_name
from desktop.session.selection import Selection
from engine.model.findings import LinkRelation
from engine.store import Bookmark, CaseStore

GONE = mark("Wording", "no longer in the case")
_MARKS = {"report": "reports", "image": "images", "region": "regions", "entity": "note"}


def target_words(store: CaseStore, chosen: Selection) -> str:
    """Return what is selected in one line: phrase and region, else the file."""
    link = store.link(chosen.link_id) if chosen.link_id else None
    entity = store.entity(chosen.entity_id) if chosen.entity_id else None
    region = store.region(chosen.region_id) if chosen.region_id else None
    phrase = f"“{entity.text}” ({assertion_words(entity.assertion)})" if entity else ""
    shown = region_words(region) if region else say(mark("Wording", "the whole image")) if link else ""
    if link is not None:
        sign = "≠" if link.relation is LinkRelation.CONTRADICTS else "↔"
        return f"{phrase} {sign} {shown}: {relation_words(link.relation)}"
    return phrase or shown or where_words(store, chosen)


def where_words(store: CaseStore, chosen: Selection) -> str:
    """Return the files that a selection is about."""
    image = file_name(store.files_of_image(chosen.image_id)) if chosen.image_id else ""
    report = file_name(store.files_of_report(chosen.report_id)) if chosen.report_id else ""
    return " ↔ ".join(part for part in (image, report) if part)


def bookmark_line(store: CaseStore, bookmark: Bookmark, chosen: Selection | None) -> Line:
    """Return a bookmark as a line: what it is on, where, and its category."""
    who = f"{bookmark.examiner}, {date_words(bookmark.at)}" if bookmark.examiner else date_words(bookmark.at)
    return Line(
        title=target_words(store, chosen) if chosen else say(GONE),
        subtitle=" · ".join(part for part in (where_words(store, chosen) if chosen else "", who) if part),
        trailing=bookmark.title,
        mark=_MARKS.get(bookmark.target_kind, "pair"),
        color="decided",
    )
