"""Reports, findings and contradictions as FHIR R4 resources."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from engine.exporters import words
from engine.exporters.fhir.elements import (
    LOINC,
    SYSTEM,
    Resource,
    coding,
    concept,
    extension,
    filled,
    identifier,
    moment,
    reference,
    resource,
    text,
    vocabulary_coding,
)
from engine.exporters.fhir.imaging import in_study, study_id, subject
from engine.model.evidence import Report
from engine.model.findings import Assertion, Entity, Link, LinkRelation, Review, Verdict
from engine.model.ids import ReportId
from engine.settings import ENGINE_VERSION

if TYPE_CHECKING:
    from engine.store import CaseStore

# What a report says about a patient; other phrases (dates, numbers, names) are not observations.
_OBSERVED = frozenset({"finding", "disease", "injury", "device"})
_ENGINE = "casebook"
_IMAGING_STUDY = coding(LOINC, "18748-4", "Diagnostic imaging study")
# LOINC answers of the list LL1937-8.
_ANSWERS = {
    Assertion.PRESENT: coding(LOINC, "LA9633-4", "Present"),
    Assertion.ABSENT: coding(LOINC, "LA9634-2", "Absent"),
}
_STATUS = {
    Verdict.CONFIRMED: "final",
    Verdict.CORRECTED: "amended",
    Verdict.REJECTED: "entered-in-error",
}


def devices(store: CaseStore) -> Iterator[Resource]:
    """Yield the program, and each of its components with version and weights, as Devices."""
    yield resource(
        "Device",
        _ENGINE,
        deviceName=[{"name": "Casebook", "type": "model-name"}],
        version=[{"value": ENGINE_VERSION}],
        note=[{"text": "Research and triage support, not a diagnosis."}],
    )
    for component in store.components():
        weights = component.weights_sha256
        yield resource(
            "Device",
            component.id,
            identifier=[identifier(f"{SYSTEM}:weights-sha256", weights)] if weights else [],
            deviceName=[{"name": text(component.name), "type": "model-name"}],
            version=[{"value": text(component.version)}],
            type=concept(component.kind),
            parent=reference("Device", _ENGINE),
        )


def reports(store: CaseStore) -> Iterator[Resource]:
    """Yield a DiagnosticReport for each Report, with its text and references to what was found in it."""
    for report in store.reports():
        found = [row for row in store.entities(report_id=report.id) if _is_observed(row)]
        pictures = {link.image_id for link in store.links(report_id=report.id)}
        yield resource(
            "DiagnosticReport",
            report.id,
            identifier=[identifier(f"{SYSTEM}:sha256", report.sha256)],
            status="unknown",
            code=concept(report.title or "Report", _IMAGING_STUDY),
            subject=subject(report.subject_ref),
            issued=moment(report.authored_at),
            imagingStudy=_studies(store, report),
            result=[reference("Observation", entity.id) for entity in found],
            media=[{"link": reference("Media", image)} for image in sorted(pictures)],
            presentedForm=[_text_form(report)],
        )


def observations(store: CaseStore) -> Iterator[Resource]:
    """Yield an Observation for each clinical Entity; a denied one has the value Absent."""
    verdicts = {review.target_id: review for review in store.reviews()}
    for report in store.reports():
        supported = _pictures(store, report.id)
        for entity in store.entities(report_id=report.id):
            if _is_observed(entity):
                yield _observation(report, entity, verdicts.get(entity.id), supported.get(entity.id, []))


def contradictions(store: CaseStore) -> Iterator[Resource]:
    """Yield a DetectedIssue for each Link in which picture and words contradict each other."""
    verdicts = {review.target_id: review for review in store.reviews()}
    for link in store.links(relation=LinkRelation.CONTRADICTS):
        yield _contradiction(store, link, verdicts.get(link.id))


def _is_observed(entity: Entity) -> bool:
    return entity.label.lower() in _OBSERVED


def _studies(store: CaseStore, report: Report) -> list[dict[str, Any]]:
    images = store.images(study_ref=report.study_ref) if report.study_ref else ()
    known = any(in_study(image) for image in images)
    return [reference("ImagingStudy", study_id(report.study_ref))] if known else []


def _text_form(report: Report) -> dict[str, Any]:
    data = report.text.encode("utf-8", "backslashreplace")
    return filled(
        contentType="text/plain; charset=utf-8",
        language=report.language,
        data=base64.b64encode(data).decode("ascii"),
        title=text(report.title),
    )


def _pictures(store: CaseStore, report_id: ReportId) -> dict[str, list[str]]:
    """Return the Images that support each Entity of a Report."""
    found: dict[str, list[str]] = {}
    for link in store.links(report_id=report_id):
        images = found.setdefault(link.entity_id, [])
        if link.relation is LinkRelation.SUPPORTS and link.image_id not in images:
            images.append(link.image_id)
    return found


def _observation(report: Report, entity: Entity, review: Review | None, pictures: list[str]) -> Resource:
    corrected = review.label if review and review.verdict is Verdict.CORRECTED else ""
    side = entity.attributes.laterality
    site = " ".join(filter(None, (side.value if side else "", entity.attributes.position)))
    return resource(
        "Observation",
        entity.id,
        status=_STATUS.get(review.verdict, "preliminary") if review else "preliminary",
        code=concept(corrected or entity.text, vocabulary_coding(entity.concept)),
        subject=subject(report.subject_ref),
        issued=moment(report.authored_at),
        valueCodeableConcept=concept(words.assertion(entity.assertion), _ANSWERS.get(entity.assertion, {})),
        bodySite=concept(site),
        device=reference("Device", entity.component_id),
        derivedFrom=[reference("Media", image) for image in pictures],
        note=[{"text": note}] if review and (note := text(review.note)) else [],
        extension=[
            extension("span", valueString=f"{entity.span.start}-{entity.span.end}"),
            extension("score", valueDecimal=round(entity.score, 4)),
        ],
    )


def _contradiction(store: CaseStore, link: Link, review: Review | None) -> Resource:
    entity, report = store.entity(link.entity_id), store.report(link.report_id)
    observed = entity is not None and _is_observed(entity)
    return resource(
        "DetectedIssue",
        link.id,
        status=_STATUS.get(review.verdict, "preliminary") if review else "preliminary",
        code=concept("picture and text contradict each other"),
        patient=subject(report.subject_ref) if report else {},
        author=reference("Device", link.component_id),
        implicated=[
            reference("Observation", link.entity_id)
            if observed
            else reference("DiagnosticReport", link.report_id),
            reference("Media", link.image_id),
        ],
        detail=text("; ".join(cue.detail for cue in link.cues)),
        extension=[extension("probability", valueDecimal=round(link.score, 4))],
    )
