"""From an Image to Reports: those linked or related to it, then those that speak of what it shows."""

from __future__ import annotations

import math

from engine.errors import UsageError
from engine.jobs.search import SearchAnswer, search_case
from engine.jobs.search_answer import SearchHit, shortened
from engine.model.findings import LinkRelation, Verdict
from engine.model.ids import ImageId, ReportId
from engine.store import CaseStore
from engine.store.mentions import labels_of

_RELATED = 0.5  # a Relation alone; its CMI adds up to as much
_BY_LABEL = 0.45
_MOST_LABELS = 12


def search_by_image(store: CaseStore, image_id: ImageId, *, limit: int = 50) -> SearchAnswer:
    """Return the Reports about an Image, the surest first; raises UsageError where there is no such Image."""
    if store.image(image_id) is None:
        raise UsageError(f"the case holds no image {image_id}")
    hits = {**_speaking_of(store, image_id, limit), **_tied(store, image_id)}
    order = sorted(hits.values(), key=lambda hit: -hit.score)[:limit]
    remark = "" if order else "no report is linked to the picture, or speaks of what is seen in it"
    return SearchAnswer(hits=tuple(order), expansion=(), remark=remark, relevant=len(order))


def _tied(store: CaseStore, image_id: ImageId) -> dict[ReportId, SearchHit]:
    verdicts = store.verdicts()
    links = [link for link in store.links(image_id=image_id) if verdicts.get(link.id) != Verdict.REJECTED]
    found: dict[ReportId, SearchHit] = {}
    for relation in store.relations(image_id=image_id):
        own = sorted((each for each in links if each.report_id == relation.report_id), key=lambda x: -x.score)
        reasons = []
        for link in own[:2]:
            entity = store.entity(link.entity_id)
            how = "agrees with" if link.relation is LinkRelation.SUPPORTS else "contradicts"
            if entity is not None:
                reasons.append(f"“{shortened(entity.text)}” {how} the picture ({link.score:.2f})")
        found[relation.report_id] = SearchHit(
            report_id=relation.report_id,
            image_id=image_id,
            region_id=own[0].region_id if own else None,
            score=round(_RELATED + 0.5 * relation.cmi, 4),
            why=(*reasons, f"picture and text are related (CMI {relation.cmi:.2f}, SC {relation.sc:+.2f})"),
        )
    return found


def _speaking_of(store: CaseStore, image_id: ImageId, limit: int) -> dict[ReportId, SearchHit]:
    """Return Reports that speak of the labels of the Image; rare ones say more than frequent ones."""
    found: dict[ReportId, SearchHit] = {}
    total = max(store.counts().reports, 1)
    for label in sorted(labels_of(store, [image_id]).get(image_id, ()))[:_MOST_LABELS]:
        answer = search_case(store, label, limit=limit)
        reports = [hit for hit in answer.hits if hit.report_id is not None]
        rarity = min(math.log(1 + total / max(len(reports), 1)) / math.log(1 + total), 1.0)
        for hit in reports:
            score = round(_BY_LABEL * hit.score * rarity, 4)
            if hit.report_id is not None and (
                hit.report_id not in found or score > found[hit.report_id].score
            ):
                why = (f"the picture shows “{label}”", *hit.why)
                found[hit.report_id] = SearchHit(
                    report_id=hit.report_id, image_id=image_id, region_id=None, score=score, why=why
                )
    return found
