"""Answers to a search: Reports with their pictures and Regions, and why each is an answer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.errors import UsageError
from engine.jobs.search_answer import Answer, Answers, SearchHit
from engine.jobs.search_filters import Wanted, passes
from engine.jobs.search_lettering import read_in_pictures
from engine.jobs.search_meaning import Meaning, understand
from engine.jobs.search_query import Clause, Query, Term, parse_query
from engine.jobs.search_ranking import answer_topic
from engine.jobs.search_words import answer_words
from engine.model.evidence import Laterality
from engine.model.findings import Assertion, LinkRelation, Verdict
from engine.model.ids import ImageId, RegionId, ReportId
from engine.store import CaseStore
from engine.vocabulary import Vocabulary, load_vocabulary, normal_form

_OTHER_SIDE = {Laterality.LEFT: "right", Laterality.RIGHT: "left"}
_ASKED = ("present", "any", *(assertion.value for assertion in Assertion))
_LOOKED_AT = 150  # at least so many candidates are looked at closely
_MOST_SHOWN = 1000  # hits in a longer list are measured, not looked at
_FILTERED = 20  # with filters, so many times more


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAnswer:
    """The hits, best first; the first ``relevant`` of them passed the calibrated cut.

    ``expansion`` names what else was looked for, ``remark`` is what the user should know.
    """

    hits: tuple[SearchHit, ...]
    expansion: tuple[str, ...]
    remark: str
    relevant: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """Reports and pictures that answer, and what was looked for beside the words."""

    reports: Answers
    pictures: tuple[SearchHit, ...]
    expansion: tuple[str, ...]


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
    assertion = query.filters.get("assertion", assertion)
    if assertion not in _ASKED:
        raise UsageError(f"no assertion {assertion!r}; there are: {', '.join(_ASKED)}")
    if query.is_empty:
        return SearchAnswer(hits=(), expansion=(), remark="nothing to look for: type a word")
    found = _find(store, query, assertion=assertion, limit=limit, expand=expand, is_deep=beyond_cut)
    hits = _ranked(store, found, Wanted(query.filters), limit=limit, beyond_cut=beyond_cut)
    relevant = sum(is_relevant for _, is_relevant in hits)
    remark = "" if hits else _remark(store, query, assertion=assertion)
    return SearchAnswer(
        hits=tuple(hit for hit, _ in hits), expansion=found.expansion, remark=remark, relevant=relevant
    )


def _find(
    store: CaseStore, query: Query, *, assertion: str, limit: int, expand: bool, is_deep: bool
) -> _Found:
    depth = max(2 * limit, _LOOKED_AT) * (_FILTERED if query.filters else 1)
    if not query.clauses:
        return _everything(store, depth)
    vocabulary = load_vocabulary(store.case.kind)
    in_use = store.concepts_in_use()
    reports: Answers = {}
    pictures: list[SearchHit] = []
    expansion: list[str] = []
    for clause in query.clauses:
        meanings = {term: understand(term.words, vocabulary, in_use) for term in _topics(clause, expand)}
        answers = _answer_clause(
            store, clause, meanings, vocabulary, assertion=assertion, limit=depth, is_deep=is_deep
        )
        for report, answer in answers.items():
            if report not in reports or answer.score > reports[report].score:
                reports[report] = answer
        expansion += [name for meaning in meanings.values() for name in meaning.expansion()]
        pictures += _pictures(store, clause, meanings, vocabulary, limit=limit)
    return _Found(reports=reports, pictures=tuple(pictures), expansion=tuple(dict.fromkeys(expansion)))


def _topics(clause: Clause, expand: bool) -> list[Term]:
    terms = (*clause.terms, *clause.without)
    return [term for term in terms if expand and not term.is_exact and not term.is_prefix]


def _answer_clause(
    store: CaseStore,
    clause: Clause,
    meanings: dict[Term, Meaning],
    vocabulary: Vocabulary,
    *,
    assertion: str,
    limit: int,
    is_deep: bool,
) -> Answers:
    def answer(term: Term) -> Answers:
        if term in meanings:
            return answer_topic(
                store, meanings[term], vocabulary, assertion=assertion, limit=limit, is_deep=is_deep
            )
        return answer_words(
            store,
            term.words,
            assertion=assertion,
            limit=limit,
            is_prefix=term.is_prefix,
            is_exact=term.is_exact,
        )

    answers = answer(clause.terms[0])
    for term in clause.terms[1:]:
        others = answer(term)
        answers = {
            report: _combined(one, others[report]) for report, one in answers.items() if report in others
        }
    for term in clause.without:
        literal = answer_words(store, term.words, assertion=assertion, limit=limit)
        unwanted = {
            report for found in (answer(term), literal) for report, each in found.items() if each.is_relevant
        }
        answers = {report: one for report, one in answers.items() if report not in unwanted}
    return answers


def _combined(one: Answer, other: Answer) -> Answer:
    return replace(
        min(one, other, key=lambda each: each.score),
        is_relevant=one.is_relevant and other.is_relevant,
        why=(*one.why, *other.why),
        mentions=(*one.mentions, *other.mentions),
    )


def _everything(store: CaseStore, depth: int) -> _Found:
    """Return all Reports and Images, for a query of filters alone."""
    answer = Answer(score=1.0, is_relevant=True, why=("fits the filters",))
    pictures = tuple(
        SearchHit(report_id=None, image_id=image.id, region_id=None, score=1.0, why=answer.why)
        for image in store.images(limit=depth)
    )
    return _Found(
        reports={report.id: answer for report in store.reports(limit=depth)}, pictures=pictures, expansion=()
    )


def _pictures(
    store: CaseStore,
    clause: Clause,
    meanings: dict[Term, Meaning],
    vocabulary: Vocabulary,
    *,
    limit: int,
) -> list[SearchHit]:
    """Return Images with a Region that shows what a lone topic asks for."""
    if len(clause.terms) > 1 or clause.without:
        return []
    labels = _labels(store, clause.terms[0], meanings.get(clause.terms[0]), vocabulary)
    rejected = {target for target, verdict in store.verdicts().items() if verdict == Verdict.REJECTED}
    best = read_in_pictures(store, clause.terms[0].words, limit=limit)
    for sighting in store.sightings(labels, limit=2 * limit):
        if sighting.region_id not in rejected:
            hit = SearchHit(
                report_id=None,
                image_id=sighting.image_id,
                region_id=sighting.region_id,
                score=0.8 * sighting.score,
                why=(f"the picture shows “{sighting.label}” (score {sighting.score:.2f})",),
            )
            best.setdefault(sighting.image_id, hit)
    return list(best.values())


def _labels(store: CaseStore, term: Term, meaning: Meaning | None, vocabulary: Vocabulary) -> list[str]:
    """Return the Region labels that are the topic, or a kind of it."""
    wanted = normal_form(term.words)
    names = [concept.id for core in meaning.cores for concept in core.names] if meaning else []
    fitting = []
    for label in store.labels_in_use():
        own = vocabulary.concepts(label)
        is_kind = any(vocabulary.is_a(concept.id, name) for concept in own for name in names)
        other_side = meaning and meaning.side and _OTHER_SIDE.get(meaning.side) in label.lower().split()
        if wanted and (normal_form(label) == wanted or (is_kind and not other_side)):
            fitting.append(label)
    return fitting


def _ranked(
    store: CaseStore, found: _Found, wanted: Wanted, *, limit: int, beyond_cut: bool
) -> list[tuple[SearchHit, bool]]:
    """Return the first hits and whether each passed the cut; pictures of a shown Report join it."""
    order = sorted(found.reports.items(), key=lambda item: (not item[1].is_relevant, -item[1].score))
    chosen = [(report, answer) for report, answer in order if beyond_cut or answer.is_relevant]
    hits: list[tuple[SearchHit, bool]] = []
    shown: set[ImageId] = set()
    for report, answer in chosen:
        if len(hits) >= limit:
            break
        hit = _report_hit(store, report, answer, with_picture=limit <= _MOST_SHOWN)
        if passes(store, hit, answer.mentions, wanted):
            hits.append((hit, answer.is_relevant))
            shown.update([hit.image_id] if hit.image_id else [])
    for hit in found.pictures:
        if hit.image_id not in shown and passes(store, hit, (), wanted):
            hits.append((hit, True))
    hits.sort(key=lambda pair: (not pair[1], -pair[0].score))
    return hits[:limit]


def _report_hit(store: CaseStore, report: ReportId, answer: Answer, *, with_picture: bool) -> SearchHit:
    image, region = _picture_of(store, report, answer) if with_picture else (None, None)
    return SearchHit(
        report_id=report,
        image_id=image,
        region_id=region,
        score=round(min(answer.score, 1.0), 4),
        why=answer.why,
    )


def _picture_of(store: CaseStore, report: ReportId, answer: Answer) -> tuple[ImageId | None, RegionId | None]:
    """Return the Image and Region that a mention is linked to, else the most related Image."""
    entities = {mention.entity_id for mention in answer.mentions}
    links = [link for link in store.links(report_id=report) if link.entity_id in entities]
    if links:
        best = max(links, key=lambda link: (link.relation is LinkRelation.SUPPORTS, link.score))
        return best.image_id, best.region_id
    relations = store.relations(report_id=report)
    if relations:
        return max(relations, key=lambda relation: (relation.cmi, relation.sc)).image_id, None
    return None, None


def _remark(store: CaseStore, query: Query, *, assertion: str) -> str:
    """Say why there is no hit; where the finding is only denied, say that."""
    if assertion == "present" and query.clauses and not query.filters:
        denied = _find(store, query, assertion="absent", limit=1, expand=True, is_deep=False)
        number = sum(answer.is_relevant for answer in denied.reports.values())
        if number:
            return f"nothing relevant, but {number} reports deny it: search with assertion:absent"
    return "nothing relevant"


def similar_images(store: CaseStore, image_id: ImageId, limit: int = 20) -> tuple[SearchHit, ...]:
    """Return the Images that look most like one, by perceptual hash and, where there are any, vectors."""
    from engine.jobs.search_similar import likeness

    return tuple(
        SearchHit(report_id=None, image_id=other, region_id=None, score=round(score, 4), why=why)
        for other, score, why in likeness(store, image_id)[:limit]
    )


def search_by_report(store: CaseStore, report: str, *, limit: int = 50) -> SearchAnswer:
    """Return the Images that show what a Report (id or path) speaks of, the most telling first."""
    from engine.jobs.hits import find_report
    from engine.jobs.search_keywords import pictures_of_report

    found, keywords = pictures_of_report(store, find_report(store, report))
    hits = tuple(
        SearchHit(report_id=None, image_id=image, region_id=region, score=round(score, 4), why=why)
        for image, region, score, why in found[:limit]
    )
    remark = "" if hits else "no picture shows what the report speaks of"
    return SearchAnswer(hits=hits, expansion=keywords, remark=remark, relevant=len(hits))
