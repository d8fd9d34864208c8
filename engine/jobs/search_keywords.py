"""From a Report to pictures: what it speaks of, looked for among the labels of Regions."""

from __future__ import annotations

import math

from engine.jobs.hits import find_report
from engine.jobs.search import SearchAnswer
from engine.jobs.search_answer import SearchHit
from engine.model.findings import Assertion, Verdict
from engine.model.ids import ImageId, RegionId, ReportId
from engine.store import CaseStore
from engine.store.mentions import Sighting
from engine.vocabulary import Vocabulary, load_vocabulary, normal_form

_MOST_PER_LABEL = 2000

Picture = tuple[ImageId, RegionId | None, float, tuple[str, ...]]


def pictures_of_report(store: CaseStore, report: ReportId) -> tuple[list[Picture], tuple[str, ...]]:
    """Return Images that show what a Report speaks of, the most telling first, and its keywords.

    A label weighs more the fewer Images show it (inverse document frequency).
    """
    vocabulary = load_vocabulary(store.case.kind)
    keywords = _keywords(store, report)
    total = max(len(store.perceptual_hashes()), 1)
    rejected = {target for target, verdict in store.verdicts().items() if verdict == Verdict.REJECTED}
    scores: dict[ImageId, float] = {}
    best: dict[ImageId, Sighting] = {}
    reasons: dict[ImageId, list[str]] = {}
    for label in store.labels_in_use():
        keyword = next((word for word in keywords if _names(word, keywords[word], label, vocabulary)), None)
        if keyword is None:
            continue
        seen: dict[ImageId, Sighting] = {}
        for sighting in store.sightings([label], limit=_MOST_PER_LABEL):
            if sighting.region_id not in rejected:
                seen.setdefault(sighting.image_id, sighting)
        weight = math.log(1 + total / max(len(seen), 1))
        for image, sighting in seen.items():
            scores[image] = scores.get(image, 0.0) + weight * sighting.score
            reasons.setdefault(image, []).append(f"“{keyword}”: the picture shows “{label}”")
            if image not in best or sighting.score > best[image].score:
                best[image] = sighting
    most = max(scores.values(), default=1.0)
    order = sorted(scores, key=lambda image: -scores[image])
    pictures: list[Picture] = [
        (image, best[image].region_id, scores[image] / most, tuple(reasons[image])) for image in order
    ]
    return pictures, tuple(keywords)


def _keywords(store: CaseStore, report: ReportId) -> dict[str, str]:
    """Return the phrases that a Report affirms, with their concept ids, in text order."""
    return {
        entity.text.lower(): entity.concept.partition(" ")[0]
        for entity in store.entities(report_id=report)
        if entity.assertion in (Assertion.PRESENT, Assertion.POSSIBLE)
    }


def _names(phrase: str, concept: str, label: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a phrase names what a label does: the same words, or one is a kind of the other."""
    if normal_form(phrase) == normal_form(label):
        return True
    own = [each.id for each in vocabulary.concepts(label)]
    return bool(concept) and any(
        vocabulary.is_a(concept, each) or vocabulary.is_a(each, concept) for each in own
    )


def search_by_report(store: CaseStore, report: str, *, limit: int = 50) -> SearchAnswer:
    """Return the Images that show what a Report (id or path) speaks of, the most telling first."""
    found, keywords = pictures_of_report(store, find_report(store, report))
    hits = tuple(
        SearchHit(report_id=None, image_id=image, region_id=region, score=round(score, 4), why=why)
        for image, region, score, why in found[:limit]
    )
    remark = "" if hits else "no picture shows what the report speaks of"
    return SearchAnswer(hits=hits, expansion=keywords, remark=remark, relevant=len(hits))
