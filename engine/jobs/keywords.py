"""The keywords of a case's reports, or of those that a search finds, and their pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from engine.errors import UsageError
from engine.keywords import Keyword, find_keywords
from engine.keywords.categories import CategoryCount, category_of, count_categories, load_categories
from engine.keywords.pictures import write_pictures
from engine.model.evidence import Report
from engine.model.findings import Assertion, Entity
from engine.model.ids import ReportId
from engine.store import CaseStore
from engine.vocabulary import lemma, load_vocabulary, normal_form

_MOST_HITS = 1_000_000
SELECTED, REST = "selection", "rest"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeywordChoice:
    """Which keywords are wanted.

    ``query``: only of the reports that this search finds. ``against``: a label, concept or word that parts
    the reports in two for ``chi2``; without it, ``query`` parts them.
    """

    method: str = "tfidf"
    top: int = 20
    query: str = ""
    against: str = ""
    categories: Path | None = None


def case_keywords(
    store: CaseStore, choice: KeywordChoice, *, plots: Path | None = None
) -> tuple[Keyword, ...]:
    """Return the best keywords, each with its category; see ``engine.keywords`` for the methods.

    With ``plots`` a word cloud and a histogram of categories are written there. Raises UsageError where
    there is nothing to tell apart, or a table of categories is wrong.
    """
    categories = load_categories(choice.categories)
    reports = store.reports()
    chosen = _selected(store, reports, choice.query) if choice.query else reports
    texts, labels = _material(store, reports, chosen, choice)
    wanted = max(choice.top, 200) if plots else choice.top
    found = find_keywords(texts, method=choice.method, top=wanted, labels=labels)
    named = tuple(replace(each, category=category_of(each.term, categories)) for each in found)
    if plots is not None:
        write_pictures(plots, named, report_categories(chosen, choice.categories))
    return named[: choice.top]


def report_categories(reports: Sequence[Report], table: Path | None = None) -> tuple[CategoryCount, ...]:
    """Return how often each category of the table occurs in the reports."""
    words = [[lemma(word) for word in normal_form(_said(report)).split()] for report in reports]
    return count_categories(words, load_categories(table))


def _material(
    store: CaseStore, reports: Sequence[Report], chosen: Sequence[Report], choice: KeywordChoice
) -> tuple[list[str], list[str]]:
    """Return texts and, for chi-square, the side that each is on."""
    if choice.against and choice.method != "chi2":
        raise UsageError(f"--against tells reports apart by chi2, not by {choice.method}")
    if choice.method != "chi2" or not (choice.against or choice.query):
        return [_said(report) for report in chosen], []
    if choice.against:
        ours = _about(store, choice.against)
        names = [choice.against if report.id in ours else REST for report in chosen]
        texts = [_said(report) for report in chosen]
    else:
        ours = frozenset(report.id for report in chosen)
        names = [SELECTED if report.id in ours else REST for report in reports]
        texts = [_said(report) for report in reports]
    if len(set(names)) < 2:
        side = "all" if REST not in names else "none"
        raise UsageError(f"{side} of the {len(names)} reports are about {(choice.against or choice.query)!r}")
    return texts, names


def _said(report: Report) -> str:
    """Return the text without its headings, which say nothing of the case."""
    pieces, position = [], 0
    for section in report.sections:
        start = section.span.start
        pieces.append(report.text[position:start])
        position = start + len(section.title)
    return "".join([*pieces, report.text[position:]])


def _selected(store: CaseStore, reports: Sequence[Report], query: str) -> tuple[Report, ...]:
    from engine.jobs.search import search_case

    hits = search_case(store, query, limit=_MOST_HITS).hits
    ids = {hit.report_id for hit in hits}
    found = tuple(report for report in reports if report.id in ids)
    if not found:
        raise UsageError(f"no report answers {query!r}")
    return found


def _about(store: CaseStore, what: str) -> frozenset[ReportId]:
    """Return the reports that affirm an Entity of this label, concept or wording, or one of its kinds."""
    vocabulary = load_vocabulary(store.case.kind)
    normal = normal_form(what)
    wanted = {concept.id for concept in vocabulary.concepts(what)}

    def fits(entity: Entity) -> bool:
        own = entity.concept.partition(" ")[0]
        kind = any(vocabulary.is_a(own, each) for each in wanted) if own else False
        return kind or entity.label == what or entity.normal == normal

    denied = (Assertion.ABSENT, Assertion.OTHER_PERSON, Assertion.HYPOTHETICAL)
    entities = store.entities()
    return frozenset(each.report_id for each in entities if each.assertion not in denied and fits(each))
