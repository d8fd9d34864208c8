"""What was found, by which tool, and what analysts said, as CASE/UCO assertions and actions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.exporters import words
from engine.exporters.case_uco.nodes import Node, decimal, iri, links, moment, node, text
from engine.model.findings import Entity, Link, LinkRelation, Region, Relation, Review

if TYPE_CHECKING:
    from engine.store import CaseStore

_KINDS = {LinkRelation.SUPPORTS: "Supports", LinkRelation.CONTRADICTS: "Contradicts"}


def tools(store: CaseStore) -> Iterator[Node]:
    """Yield each Component as a Tool, and each Run as an action that used them."""
    for component in store.components():
        weights = f"weights SHA-256 {component.weights_sha256}" if component.weights_sha256 else ""
        yield node(
            iri("tool", component.id),
            "uco-tool:Tool",
            core_name=text(component.name),
            core_description=weights,
            tool_toolType=component.kind,
            tool_version=text(component.version),
        )
    for run in store.runs():
        yield node(
            iri("run", run.id),
            "case-investigation:InvestigativeAction",
            core_name=run.kind,
            core_description=(
                f"{run.outcome.value}; Casebook {run.engine_version} on {run.device}, seed {run.seed}"
            ),
            action_startTime=moment(run.started_at),
            action_endTime=moment(run.finished_at),
            action_instrument=links(*(iri("tool", key) for key in run.component_ids)),
        )


def regions(store: CaseStore) -> Iterator[Node]:
    for image in store.images():
        for region in store.regions(image_id=image.id):
            yield _region(region)


def entities(store: CaseStore) -> Iterator[Node]:
    for report in store.reports():
        for entity in store.entities(report_id=report.id):
            yield _entity(entity)


def ties(store: CaseStore) -> Iterator[Node]:
    """Yield each Link and each Relation as a relationship, with its reasons in words."""
    for report in store.reports():
        for link in store.links(report_id=report.id):
            yield _link(link)
        for relation in store.relations(report_id=report.id):
            yield _relation(relation)


def reviews(store: CaseStore) -> Iterator[Node]:
    """Yield each examiner as a person, and each verdict as an annotation of the finding it is about."""
    verdicts = store.reviews()
    for examiner in sorted({review.examiner for review in verdicts}):
        yield node(iri("examiner", examiner), "uco-identity:Person", core_name=text(examiner) or "not named")
    for review in verdicts:
        yield _review(review)


def _region(region: Region) -> Node:
    box = region.box
    where = f" in ({box.left:.0f}, {box.top:.0f}) to ({box.right:.0f}, {box.bottom:.0f}) px" if box else ""
    details = words.region_details(region)
    return node(
        iri("region", region.id),
        "uco-core:Annotation",
        core_object=links(iri("image", region.image_id)),
        core_statement=f"region {region.id}: {text(region.label)}{where}",
        core_description=text(details),
        core_tag=[text(region.label)],
        core_hasFacet=[_classification(region.id, region.label, region.score)],
    )


def _entity(entity: Entity) -> Node:
    said = words.assertion(entity.assertion)
    where = f"characters {entity.span.start} to {entity.span.end}"
    return node(
        iri("entity", entity.id),
        "uco-core:Annotation",
        core_object=links(iri("report", entity.report_id)),
        core_statement=f"phrase {entity.id}: “{text(entity.text)}” ({said}), {where}",
        core_description=text(words.entity_details(entity)),
        core_tag=[text(entity.label), f"assertion:{entity.assertion.value}"],
        core_hasFacet=[_classification(entity.id, entity.concept or entity.label, entity.score)],
    )


def _classification(owner: str, label: str, score: float) -> Node:
    result = node(
        iri("classification", owner),
        "uco-analysis:ArtifactClassification",
        analysis_class_=text(label),
        analysis_classificationConfidence=decimal(score),
    )
    return node(
        iri("classification-facet", owner),
        "uco-analysis:ArtifactClassificationResultFacet",
        analysis_classification=[result],
    )


def _link(link: Link) -> Node:
    seen = iri("region", link.region_id) if link.region_id else iri("image", link.image_id)
    return node(
        iri("link", link.id),
        "uco-core:Relationship",
        core_source=links(seen),
        core_target=links(iri("entity", link.entity_id)),
        core_kindOfRelationship=_KINDS[link.relation],
        core_isDirectional=False,
        core_name=f"link {link.id}",
        core_description=[f"probability {link.score:.2f}", *(text(cue.detail) for cue in link.cues)],
    )


def _relation(relation: Relation) -> Node:
    numbers = f"CMI {relation.cmi:.2f}, SC {relation.sc:+.2f}, ABS {relation.abs:+d}"
    return node(
        iri("relation", relation.id),
        "uco-core:Relationship",
        core_source=links(iri("image", relation.image_id)),
        core_target=links(iri("report", relation.report_id)),
        core_kindOfRelationship="Related_To",
        core_isDirectional=False,
        core_name=f"relation {relation.id}",
        core_description=[numbers, *(text(cue.detail) for cue in relation.cues)],
    )


def _review(review: Review) -> Node:
    label = f" as {text(review.label)}" if review.label else ""
    return node(
        iri("review", review.id),
        "uco-core:Annotation",
        core_object=links(iri(review.target_kind.value, review.target_id)),
        core_statement=f"{review.verdict.value}{label}: {review.target_kind.value} {review.target_id}",
        core_description=text(review.note),
        core_createdBy=links(iri("examiner", review.examiner))[0],
        core_objectCreatedTime=moment(review.at),
    )
