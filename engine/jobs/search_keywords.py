"""From a Report to pictures: its keywords, their categories, and the labels of Regions these lead to.

A keyword leads to a label that names the same or a kind of it; where it names none, to the labels of its
category in the table that people edit: "sedan", vehicle, "truck".
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.jobs.hits import find_report
from engine.jobs.search import SearchAnswer
from engine.jobs.search_answer import SearchHit
from engine.keywords import find_keywords
from engine.keywords.categories import Categories, category_of, load_categories
from engine.keywords.words import content_words
from engine.model.evidence import Report
from engine.model.findings import Assertion, Entity, Verdict
from engine.model.ids import ImageId, ReportId
from engine.store import CaseStore
from engine.store.mentions import Sighting, labels_of
from engine.vocabulary import Vocabulary, load_vocabulary, normal_form

_MOST_PER_LABEL = 2000
_MOST_WORDS = 30
_COMPARED = 200  # other reports that tell which words are frequent
_ALL = 1_000_000
_BARE_WORD = 0.7
_UNTOLD = 1.5  # the rarity of a label that the report does not lead to
_MOST_COVERED = 1000
_BY_NAME, _BY_CATEGORY = 1.0, 0.2
_SAID = (Assertion.PRESENT, Assertion.POSSIBLE, Assertion.HISTORICAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Keyword:
    """A word or phrase of the report in normal form, its concept where it has one, and how it was found."""

    term: str
    concept: str
    weight: float
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lead:
    """A label that a keyword leads to, and how much that says."""

    label: str
    keyword: _Keyword
    is_name: bool

    @property
    def weight(self) -> float:
        return self.keyword.weight * (_BY_NAME if self.is_name else _BY_CATEGORY)

    @property
    def reason(self) -> str:
        category = f", category {self.keyword.category}" if self.keyword.category else ""
        return f"keyword “{self.keyword.term}”{category}: the picture shows “{self.label}”"


def search_by_report(store: CaseStore, report: str, *, limit: int = 50) -> SearchAnswer:
    """Return the Images that show what a Report (id or path) speaks of, the most telling first.

    A label weighs more the fewer Images show it (inverse document frequency).
    """
    keywords = _keywords(store, find_report(store, report))
    leads = _leads(keywords, store.labels_in_use(), load_vocabulary(store.case.kind))
    hits = _pictures(store, leads)[:limit]
    remark = "" if hits else "no picture shows what the report speaks of"
    named = tuple(dict.fromkeys(lead.keyword.term for lead in leads.values()))
    return SearchAnswer(hits=tuple(hits), expansion=named, remark=remark, relevant=len(hits))


def _keywords(store: CaseStore, report_id: ReportId) -> list[_Keyword]:
    """Return the phrases that a Report affirms, then its keywords by TF-IDF and hidden Markov model."""
    report = store.report(report_id)
    if report is None:
        return []
    categories = load_categories()
    entities = store.entities(report_id=report_id)
    denied = {word for each in entities if each.assertion not in _SAID for word in _words(each)}
    found: dict[str, _Keyword] = {}
    for entity in entities:
        if entity.assertion in _SAID:
            _add(found, normal_form(entity.text), entity.concept.partition(" ")[0], 1.0, categories)
    by_tfidf = _by_tfidf(report, store.reports(limit=_COMPARED))
    by_hmm = (each.term for each in find_keywords([report.text], method="hmm", top=_MOST_WORDS))
    told = {word for term in found for word in term.split()}
    for term in (*by_tfidf, *by_hmm):
        if term not in denied and term not in told:
            _add(found, term, "", _BARE_WORD, categories)
    return list(found.values())


def _add(found: dict[str, _Keyword], term: str, concept: str, weight: float, categories: Categories) -> None:
    if term and term not in found:
        category = category_of(term, categories)
        found[term] = _Keyword(term=term, concept=concept, weight=weight, category=category)


def _words(entity: Entity) -> Iterable[str]:
    return (normal_form(entity.text), *normal_form(entity.text).split())


def _by_tfidf(report: Report, others: Iterable[Report]) -> list[str]:
    """Return the words that are frequent in a Report and rare in others, the most telling first."""
    compared = [set(content_words(each.text)) for each in others if each.id != report.id]
    number = len(compared) + 1
    shares = {each.term: each.score for each in find_keywords([report.text], method="tfidf", top=_ALL)}
    telling = {
        term: share * (math.log(number / (1 + sum(term in words for words in compared))) + 1)
        for term, share in shares.items()
    }
    return sorted(telling, key=lambda term: (-telling[term], term))[:_MOST_WORDS]


def _leads(keywords: Sequence[_Keyword], labels: Iterable[str], vocabulary: Vocabulary) -> dict[str, _Lead]:
    """Return the best lead to each label that the keywords lead to."""
    categories = load_categories()
    best: dict[str, _Lead] = {}
    for label in labels:
        category = category_of(normal_form(label), categories)
        leads = [
            _Lead(label=label, keyword=each, is_name=is_name)
            for each in keywords
            if (is_name := _names(each, label, vocabulary)) or (category and each.category == category)
        ]
        if leads:
            best[label] = max(leads, key=lambda lead: lead.weight)
    return best


def _names(keyword: _Keyword, label: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a keyword names what a label does: the same words, or one is a kind of the other."""
    wanted = normal_form(label)
    if keyword.term == wanted or keyword.term.endswith(f" {wanted}"):
        return True
    own = [each.id for each in vocabulary.concepts(label)[:1]]
    concept = keyword.concept or next((each.id for each in vocabulary.concepts(keyword.term)[:1]), "")
    return bool(concept) and any(
        vocabulary.is_a(concept, each) or vocabulary.is_a(each, concept) for each in own
    )


def _pictures(store: CaseStore, leads: Mapping[str, _Lead]) -> list[SearchHit]:
    total = max(store.counts().images, 1)
    rejected = {target for target, verdict in store.verdicts().items() if verdict == Verdict.REJECTED}
    scores: dict[ImageId, float] = {}
    best: dict[ImageId, Sighting] = {}
    reasons: dict[ImageId, list[tuple[float, str]]] = {}
    rarities: dict[str, float] = {}
    for label, lead in leads.items():
        seen: dict[ImageId, Sighting] = {}
        for sighting in store.sightings([label], limit=_MOST_PER_LABEL):
            if sighting.region_id not in rejected:
                seen.setdefault(sighting.image_id, sighting)
        rarity = rarities[label] = math.log(1 + total / max(len(seen), 1))
        for image, sighting in seen.items():
            gain = rarity * sighting.score * lead.weight
            scores[image] = scores.get(image, 0.0) + gain
            reasons.setdefault(image, []).append((gain, lead.reason))
            if image not in best or sighting.score > best[image].score:
                best[image] = sighting
    scores = _by_cover(store, scores, rarities)
    most = max(scores.values(), default=1.0)
    return [
        SearchHit(
            report_id=None,
            image_id=image,
            region_id=best[image].region_id,
            score=round(scores[image] / most, 4),
            why=tuple(reason for _, reason in sorted(reasons[image], key=lambda pair: -pair[0])),
        )
        for image in sorted(scores, key=lambda image: -scores[image])
    ]


def _by_cover(
    store: CaseStore, scores: Mapping[ImageId, float], rarities: Mapping[str, float]
) -> dict[ImageId, float]:
    """Let the best pictures fall the more they show of which the report says nothing."""
    first = sorted(scores, key=lambda image: -scores[image])[:_MOST_COVERED]
    found = {}
    for image, labels in labels_of(store, first).items():
        told = sum(rarities.get(label, 0.0) for label in labels)
        untold = sum(label not in rarities for label in labels)
        found[image] = scores[image] * math.sqrt(told / (told + _UNTOLD * untold))
    return found
