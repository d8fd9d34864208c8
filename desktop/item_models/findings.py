"""Regions, Links, contradictions, Reports, hits and Issues as lines of a list."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.item_models.lines import Line
from desktop.item_models.wording import (
    assertion_words,
    date_words,
    mark,
    probability_words,
    region_words,
    relation_words,
    say,
    verdict_words,
)
from desktop.session.queries import Hit
from desktop.session.reading import file_name
from engine.model.evidence import Report
from engine.model.findings import Entity, Link, LinkRelation, Region, Review, Verdict
from engine.model.runs import Issue
from engine.store import CaseStore

_MARKS = {
    Verdict.CONFIRMED: "confirm",
    Verdict.REJECTED: "reject",
    Verdict.CORRECTED: "note",
    Verdict.ADDED: "new",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """A Link with its two ends and the decision that stands."""

    link: Link
    entity: Entity
    region: Region | None
    image_name: str
    report_name: str
    review: Review | None
    bookmark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionRow:
    """A Region with the decision that stands."""

    region: Region
    review: Review | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HitRow:
    """A hit of a search with the names of what it found."""

    hit: Hit
    image_name: str
    report_name: str


def link_line(row: LinkRow) -> Line:
    """Return a Link as a line: phrase and region, what the machine says, what a person decided."""
    against = row.link.relation is LinkRelation.CONTRADICTS
    region = region_words(row.region) if row.region else say(mark("Wording", "the whole image"))
    cue = _telling_cue(row.link)
    if row.review is not None:
        return Line(
            title=_phrase(row.entity, against) + region,
            subtitle=verdict_words(row.review) + (f" · {row.review.note}" if row.review.note else ""),
            trailing=relation_words(row.link.relation),
            mark=_MARKS.get(row.review.verdict, "person"),
            color="decided",
            is_struck=row.review.verdict is Verdict.REJECTED,
        )
    return Line(
        title=_phrase(row.entity, against) + region,
        subtitle=cue,
        trailing=f"{relation_words(row.link.relation)} · {probability_words(row.link.score)}",
        mark="contradictions" if against else "pair",
        color="contradicts" if against else "supports",
    )


def contradiction_line(row: LinkRow) -> Line:
    """Return a Link of the whole case as a line that also names image and report."""
    line = link_line(row)
    bookmark = f"⚑ {row.bookmark} · " if row.bookmark else ""
    return Line(
        title=line.title,
        subtitle=f"{bookmark}{row.image_name} ↔ {row.report_name} · {line.subtitle}",
        trailing=line.trailing,
        mark=line.mark,
        color=line.color,
        is_struck=line.is_struck,
    )


def region_line(row: RegionRow) -> Line:
    score = probability_words(row.region.score)
    if row.review is None:
        return Line(title=region_words(row.region), subtitle=score, mark="machine", color="muted")
    return Line(
        title=row.review.label or region_words(row.region),
        subtitle=verdict_words(row.review),
        mark=_MARKS.get(row.review.verdict, "person"),
        color="decided",
        is_struck=row.review.verdict is Verdict.REJECTED,
    )


def report_line(store: CaseStore, report: Report) -> Line:
    name = report.title or file_name(store.files_of_report(report.id)) or report.id
    start = " ".join(report.text[:160].split())
    return Line(title=name, subtitle=start, trailing=date_words(report.authored_at)[:10], mark="reports")


def hit_line(row: HitRow) -> Line:
    names = [name for name in (row.report_name, row.image_name) if name]
    return Line(
        title=" ↔ ".join(names),
        subtitle=" · ".join(row.hit.why),
        mark="pair"
        if row.hit.image_id and row.hit.report_id
        else "images"
        if row.hit.image_id
        else "reports",
        color="accent",
    )


def issue_line(issue: Issue) -> Line:
    return Line(
        title=issue.relative_path or issue.step,
        subtitle=issue.message,
        trailing=f"{issue.error} · {date_words(issue.at)}",
        mark="issues",
        color="contradicts",
    )


def _telling_cue(link: Link) -> str:
    """Return the strongest reason for what the Link says."""
    supports = link.relation is LinkRelation.SUPPORTS
    telling = [cue for cue in link.cues if cue.supports is supports] or link.cues
    return max(telling, key=lambda cue: abs(cue.weight)).detail


def _phrase(entity: Entity, against: bool) -> str:
    tie = " ≠ " if against else " ↔ "
    return f"“{entity.text}” ({assertion_words(entity.assertion)}){tie}"
