"""Pictures that answer: by labels of their Regions, by what can be read in them, by Links and Relations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.jobs.search_answer import Answer, SearchHit
from engine.jobs.search_lettering import read_in_pictures
from engine.jobs.search_meaning import Meaning, side_of
from engine.jobs.search_query import Term
from engine.model.evidence import Laterality
from engine.model.findings import Link, LinkRelation, Verdict
from engine.model.ids import ImageId, RegionId, ReportId
from engine.store import CaseStore
from engine.store.criteria import Criteria, image_condition
from engine.vocabulary import Vocabulary, normal_form

_SURE = 0.8
_CONFIRMED = 0.98
Verdicts = Mapping[str, str]


def pictures_showing(
    store: CaseStore,
    term: Term,
    meaning: Meaning | None,
    vocabulary: Vocabulary,
    *,
    criteria: Criteria,
    verdicts: Verdicts,
    limit: int,
) -> list[SearchHit]:
    """Return Images with a Region that shows, or bears in writing, what a lone term asks for."""
    best = read_in_pictures(store, term.words, limit=limit) if criteria.is_empty else {}
    labels = labels_of(store, term, meaning, vocabulary)
    for hit in regions_labeled(store, labels, criteria=criteria, verdicts=verdicts, limit=limit):
        if hit.image_id is not None:
            best.setdefault(hit.image_id, hit)
    return list(best.values())


def regions_labeled(
    store: CaseStore, labels: Sequence[str], *, criteria: Criteria, verdicts: Verdicts, limit: int
) -> list[SearchHit]:
    """Return the surest Region of each Image with one of the labels; a rejected one is left out."""
    condition = image_condition(store, criteria, with_region=True)
    best: dict[ImageId, SearchHit] = {}
    for sighting in store.sightings(labels, limit=2 * limit, condition=condition):
        verdict = verdicts.get(sighting.region_id)
        if verdict == Verdict.REJECTED and criteria.reviewed != Verdict.REJECTED:
            continue
        confirmed = (f"an analyst {verdict} it",) if verdict else ()
        hit = SearchHit(
            report_id=None,
            image_id=sighting.image_id,
            region_id=sighting.region_id,
            score=_CONFIRMED if verdict == Verdict.CONFIRMED else round(_SURE * sighting.score, 4),
            why=(f"the picture shows “{sighting.label}” (score {sighting.score:.2f})", *confirmed),
        )
        known = best.get(sighting.image_id)
        if known is None or hit.score > known.score:
            best[sighting.image_id] = hit
    return list(best.values())


def labels_of(store: CaseStore, term: Term, meaning: Meaning | None, vocabulary: Vocabulary) -> list[str]:
    """Return the Region labels that are the topic, or a kind of it."""
    wanted = normal_form(term.words)
    names = [concept.id for core in meaning.cores for concept in core.names] if meaning else []
    side = meaning.side if meaning else None
    fitting = []
    for label in store.labels_in_use():
        own = vocabulary.concepts(label)
        is_kind = any(vocabulary.is_a(concept.id, name) for concept in own for name in names)
        if wanted and (normal_form(label) == wanted or (is_kind and not _is_other_side(label, side))):
            fitting.append(label)
    return fitting


def _is_other_side(label: str, side: Laterality | None) -> bool:
    said = side_of(label.lower().split())
    return (
        side is not None
        and said is not None
        and said is not side
        and Laterality.BILATERAL not in (side, said)
    )


def picture_of(
    store: CaseStore, report: ReportId, answer: Answer, verdicts: Verdicts
) -> tuple[ImageId | None, RegionId | None, str]:
    """Return the Image and Region that a mention is linked to, else the most related Image, and a remark."""
    entities = {mention.entity_id for mention in answer.mentions}
    links = [
        link
        for link in store.links(report_id=report)
        if link.entity_id in entities and verdicts.get(link.id) != Verdict.REJECTED
    ]
    if links:

        def worth(link: Link) -> tuple[bool, bool, float]:
            confirmed = verdicts.get(link.id) == Verdict.CONFIRMED
            return confirmed, link.relation is LinkRelation.SUPPORTS, link.score

        best = max(links, key=worth)
        confirmed = verdicts.get(best.id) == Verdict.CONFIRMED
        return (
            best.image_id,
            best.region_id,
            "an analyst confirmed the link to the picture" if confirmed else "",
        )
    relations = store.relations(report_id=report)
    if relations:
        return max(relations, key=lambda relation: (relation.cmi, relation.sc)).image_id, None, ""
    return None, None, ""
