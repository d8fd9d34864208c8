"""Pictures that answer: by labels of their Regions, by what can be read in them, by Links and Relations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.jobs.search_answer import Answer, SearchHit
from engine.jobs.search_lettering import read_in_pictures
from engine.jobs.search_meaning import Meaning, side_of
from engine.jobs.search_query import Term
from engine.model.evidence import Laterality
from engine.model.findings import LinkRelation, Verdict
from engine.model.ids import ImageId, RegionId, ReportId
from engine.store import CaseStore
from engine.store.criteria import Criteria, image_condition
from engine.store.linked import LinkedPicture, linked_pictures, most_related
from engine.vocabulary import Vocabulary, normal_form

_SURE = 0.8
_CONFIRMED = 0.98
_CONFIRMED_LINK = "an analyst confirmed the link to the picture"
_REJECTED = "an analyst rejected a link of these words to a picture"
Verdicts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PictureOf:
    """The Image and Region that show what a Report says, as far as known, and what to remark of them."""

    image_id: ImageId | None
    region_id: RegionId | None
    remark: str


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


def pictures_of(
    store: CaseStore, answers: Mapping[ReportId, Answer], verdicts: Verdicts
) -> dict[ReportId, PictureOf]:
    """Return for each Report the picture that its answering mentions are linked to, else the most related."""
    links = linked_pictures(store, answers)
    related = most_related(store, answers)
    pictures = {}
    for report, answer in answers.items():
        entities = {mention.entity_id for mention in answer.mentions}
        own = [link for link in links.get(report, ()) if link.entity_id in entities]
        left = [link for link in own if verdicts.get(link.link_id) != Verdict.REJECTED]
        remark = _REJECTED if len(left) < len(own) else ""
        pictures[report] = _best(left, verdicts, remark) or PictureOf(related.get(report), None, remark)
    return pictures


def _best(links: Sequence[LinkedPicture], verdicts: Verdicts, remark: str) -> PictureOf | None:
    """Return the picture of the best Link: a confirmed one, one that agrees, the surest; None without any."""

    def worth(link: LinkedPicture) -> tuple[bool, bool, float]:
        confirmed = verdicts.get(link.link_id) == Verdict.CONFIRMED
        return confirmed, link.relation is LinkRelation.SUPPORTS, link.score

    if not links:
        return None
    best = max(links, key=worth)
    confirmed = verdicts.get(best.link_id) == Verdict.CONFIRMED
    return PictureOf(best.image_id, best.region_id, _CONFIRMED_LINK if confirmed else remark)
