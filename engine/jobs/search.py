"""Answers to a search: Reports with their pictures and Regions, and why each is an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from engine.errors import UsageError
from engine.jobs.search_answer import CUT, Answer, Answers, SearchHit, assertion_weights
from engine.jobs.search_facets import Facet, facets_of
from engine.jobs.search_filters import criteria_of
from engine.jobs.search_meaning import Meaning, understand
from engine.jobs.search_pictures import PictureOf, Verdicts, pictures_of, pictures_showing, regions_labeled
from engine.jobs.search_query import Clause, Query, Term, not_understood, parse_query
from engine.jobs.search_ranking import answer_topic
from engine.jobs.search_spelling import suggestion
from engine.jobs.search_statements import Asked
from engine.jobs.search_words import answer_words
from engine.model.findings import Assertion
from engine.model.ids import ReportId
from engine.store import CaseStore
from engine.store.criteria import (
    Criteria,
    ReportChoice,
    choose_reports,
    fitting_reports,
    image_condition,
    reports_with_all,
)
from engine.store.mentions import fitting_images
from engine.vocabulary import Vocabulary, load_vocabulary

_ASKED = ("present", "any", *(assertion.value for assertion in Assertion))
_LOOKED_AT = 60  # at least so many candidates are looked at closely
_MOST_SHOWN = 1000  # hits in a longer list are measured, not looked at
_TOGETHER = 200  # candidates for answering several terms


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAnswer:
    """The hits, best first; the first ``relevant`` of them passed the calibrated cut.

    ``expansion`` names what else was looked for, ``remark`` is what the user should know, ``suggestion``
    what may have been meant. ``facets`` count all that passed the cut among what was looked at closely.
    """

    hits: tuple[SearchHit, ...]
    expansion: tuple[str, ...]
    remark: str
    relevant: int = 0
    suggestion: str = ""
    facets: tuple[Facet, ...] = ()


def search_case(
    store: CaseStore,
    text: str,
    *,
    assertion: str = "present",
    limit: int = 50,
    expand: bool = True,
    beyond_cut: bool = False,
) -> SearchAnswer:
    """Return what answers ``text``, best first; nothing rather than the nearest junk.

    ``assertion``: ``present`` leaves denied findings out, ``absent`` asks for them, ``any`` takes
    all. ``expand`` looks for synonyms, kinds and sentences of similar sense too. ``beyond_cut``
    adds what did not pass the cut, after what did. Raises UsageError for an unknown assertion.
    """
    query = parse_query(text)
    assertion = query.filters.get("assertion", assertion).lower()
    if assertion not in _ASKED:
        raise UsageError(f"no assertion {assertion!r}; there are: {', '.join(_ASKED)}")
    if query.is_empty:
        return SearchAnswer(hits=(), expansion=(), remark="nothing to look for: type a word")
    search = _Search.of(store, query, assertion=assertion, limit=limit, expand=expand, is_deep=beyond_cut)
    found = search.find(query)
    relevant = {report: answer for report, answer in found.reports.items() if answer.is_relevant}
    hits = search.ranked(found, beyond_cut=beyond_cut)
    is_short = limit <= _MOST_SHOWN
    return SearchAnswer(
        hits=tuple(hit for hit, _ in hits),
        expansion=found.expansion,
        remark=not_understood(query) or ("" if hits else _remark(search, query, assertion=assertion)),
        relevant=sum(is_relevant for _, is_relevant in hits),
        suggestion="" if hits else suggestion(store, text),
        facets=facets_of(store, relevant, found.pictures) if is_short else (),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """Reports and pictures that answer, and what was looked for beside the words."""

    reports: Answers
    pictures: tuple[SearchHit, ...]
    expansion: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """One search of a case: where it looks, what counts, and how far it goes."""

    store: CaseStore
    vocabulary: Vocabulary
    in_use: tuple[str, ...]
    criteria: Criteria
    choice: ReportChoice
    assertion: str
    verdicts: Verdicts
    limit: int
    expand: bool
    is_deep: bool

    @classmethod
    def of(
        cls, store: CaseStore, query: Query, *, assertion: str, limit: int, expand: bool, is_deep: bool
    ) -> _Search:
        criteria = criteria_of(query.filters)
        # A side belongs to what is looked for, where there is such a thing.
        of_reports = replace(criteria, side=None) if query.clauses else criteria
        return cls(
            store=store,
            vocabulary=load_vocabulary(store.case.kind),
            in_use=store.concepts_in_use(),
            criteria=criteria,
            choice=choose_reports(store, of_reports),
            assertion=assertion,
            verdicts=store.verdicts(),
            limit=limit,
            expand=expand,
            is_deep=is_deep,
        )

    @property
    def depth(self) -> int:
        return max(2 * self.limit, _LOOKED_AT)

    def find(self, query: Query) -> _Found:
        if not query.clauses:
            return self._everything()
        reports: Answers = {}
        pictures: list[SearchHit] = []
        expansion: list[str] = []
        for clause in query.clauses:
            meanings = {term: self._meaning(term) for term in (*clause.terms, *clause.without)}
            for report, answer in self._answer_clause(clause, meanings).items():
                if report not in reports or answer.score > reports[report].score:
                    reports[report] = answer
            expansion += [
                name for term in clause.terms if (meaning := meanings[term]) for name in meaning.expansion()
            ]
            if len(clause.terms) == 1 and not clause.without:
                (term,) = clause.terms
                pictures += self._pictures(term, meanings[term])
        return _Found(reports=reports, pictures=tuple(pictures), expansion=tuple(dict.fromkeys(expansion)))

    def _meaning(self, term: Term) -> Meaning | None:
        if not self.expand or term.is_exact or term.is_prefix:
            return None
        meaning = understand(term.words, self.vocabulary, self.in_use)
        return meaning if meaning.side else replace(meaning, side=self.criteria.side)

    def _pictures(self, term: Term, meaning: Meaning | None) -> list[SearchHit]:
        return pictures_showing(
            self.store,
            term,
            meaning,
            self.vocabulary,
            criteria=self.criteria,
            verdicts=self.verdicts,
            limit=self.limit,
        )

    def _answer_clause(self, clause: Clause, meanings: dict[Term, Meaning | None]) -> Answers:
        first, *others = clause.terms
        together = self._speaking_of_all([meanings[term] for term in clause.terms]) if others else ()
        # Where many Reports speak of all terms, those are enough.
        is_enough = len(together) >= self.depth
        answers = {} if is_enough else self._answer(first, meanings[first])
        if others:
            within = (*answers, *together)
            answers = self._answer(first, meanings[first], within)
            for term in others:
                more = self._answer(term, meanings[term], within)
                answers = {
                    report: _combined(one, more[report]) for report, one in answers.items() if report in more
                }
        for term in clause.without:
            unwanted = {
                report
                for meaning in {meanings[term], None}
                for report, each in self._answer(term, meaning, tuple(answers)).items()
                if each.is_relevant
            }
            answers = {report: one for report, one in answers.items() if report not in unwanted}
        return answers

    def _answer(
        self, term: Term, meaning: Meaning | None, within: Sequence[ReportId] | None = None
    ) -> Answers:
        """Return the Reports that answer a term; all that do of those ``within``, where they are given."""
        weights = assertion_weights(self.assertion)
        choice = self.choice if within is None else self._within(within)
        limit = self.depth if within is None else max(len(within), 1)
        if meaning is None:
            return answer_words(
                self.store, term, weights=weights, side=self.criteria.side, choice=choice, limit=limit
            )
        asked = Asked(
            meaning=meaning,
            vocabulary=self.vocabulary,
            weights=weights,
            choice=choice,
            verdicts=self.verdicts,
        )
        return answer_topic(self.store, asked, limit=limit, is_deep=self.is_deep)

    def _within(self, reports: Iterable[ReportId]) -> ReportChoice:
        return choose_reports(self.store, replace(self.criteria, side=None, within=tuple(reports)))

    def _speaking_of_all(self, meanings: Sequence[Meaning | None]) -> tuple[ReportId, ...]:
        """Return Reports with Entities of every term that names a concept, however frequent each one is."""
        topics = [core.concepts for meaning in meanings if meaning for core in meaning.cores if core.concepts]
        weights = assertion_weights(self.assertion)
        said = [assertion.value for assertion, weight in weights.items() if weight >= CUT]
        return reports_with_all(self.store, topics, assertions=said, limit=_TOGETHER) if topics else ()

    def _everything(self) -> _Found:
        """Return Reports and Images that meet the filters, for a query of filters alone."""
        answer = Answer(score=1.0, is_relevant=True, why=("fits the filters",))
        reports = fitting_reports(self.store, self.criteria, limit=self.depth)
        if self.criteria.label:
            pictures = regions_labeled(
                self.store,
                [self.criteria.label],
                criteria=self.criteria,
                verdicts=self.verdicts,
                limit=self.depth,
            )
        else:
            condition = image_condition(self.store, self.criteria, with_region=False)
            pictures = [
                SearchHit(report_id=None, image_id=image, region_id=None, score=1.0, why=answer.why)
                for image in fitting_images(self.store, limit=self.depth, condition=condition)
            ]
        return _Found(reports=dict.fromkeys(reports, answer), pictures=tuple(pictures), expansion=())

    def ranked(self, found: _Found, *, beyond_cut: bool) -> list[tuple[SearchHit, bool]]:
        """Return the first hits and whether each passed the cut; pictures of a shown Report join it."""
        order = sorted(found.reports.items(), key=lambda item: (not item[1].is_relevant, -item[1].score))
        chosen = [(report, answer) for report, answer in order if beyond_cut or answer.is_relevant]
        shown = dict(chosen[: self.limit])
        is_looked_at = self.limit <= _MOST_SHOWN
        pictures = pictures_of(self.store, shown, self.verdicts) if is_looked_at else {}
        hits = [
            (_report_hit(report, answer, pictures.get(report)), answer.is_relevant)
            for report, answer in shown.items()
        ]
        seen = {hit.image_id for hit, _ in hits}
        hits += [(hit, True) for hit in found.pictures if hit.image_id not in seen]
        hits.sort(key=lambda pair: (not pair[1], -pair[0].score))
        return hits[: self.limit]


def _report_hit(report: ReportId, answer: Answer, picture: PictureOf | None) -> SearchHit:
    return SearchHit(
        report_id=report,
        image_id=picture.image_id if picture else None,
        region_id=picture.region_id if picture else None,
        score=round(min(answer.score, 1.0), 4),
        why=(*answer.why, picture.remark) if picture and picture.remark else answer.why,
    )


def _combined(one: Answer, other: Answer) -> Answer:
    return replace(
        min(one, other, key=lambda each: each.score),
        is_relevant=one.is_relevant and other.is_relevant,
        why=(*one.why, *other.why),
        mentions=(*one.mentions, *other.mentions),
    )


def _remark(search: _Search, query: Query, *, assertion: str) -> str:
    """Say why there is no hit; where the finding is only denied, say that."""
    if assertion == "present" and query.clauses and not query.filters:
        denied = replace(search, assertion="absent", is_deep=False, limit=1).find(query)
        number = sum(answer.is_relevant for answer in denied.reports.values())
        if number:
            return f"nothing relevant, but {number} reports deny it: search with assertion:absent"
    return "nothing relevant"
