"""The FHIR bundle of a case: valid by a library that knows R4's rules, and complete against the case."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fhir.resources.R4B.bundle import Bundle

from engine.clock import fixed_clock
from engine.exporters.fhir.elements import url
from engine.jobs.export import export_case
from engine.model.evidence import Case, CaseKind, Image, Laterality, Report, SourceFile, Span
from engine.model.findings import (
    Assertion,
    Cue,
    Entity,
    EntityAttributes,
    FindingKind,
    Link,
    LinkRelation,
    Verdict,
    entity_id,
    link_id,
)
from engine.model.ids import image_id, report_id
from engine.model.runs import RunOutcome, make_component
from engine.store import CaseStore, FileFindings, create_case, open_case
from tests.unit.evidence_files import source_file

AT = datetime(2026, 3, 4, 10, 20, 30, tzinfo=UTC)
TEXT = "No pleural effusion. Small left nodule\x00 of 2026-01-02. <b>Mass</b> of the lung."
PHRASES = (
    ("pleural effusion", "finding", Assertion.ABSENT, "HP:0002202 Pleural effusion", None),
    ("nodule", "finding", Assertion.PRESENT, "CB:0007 nodule", Laterality.LEFT),
    ("2026-01-02", "date", Assertion.PRESENT, "", None),
    ("Mass", "finding", Assertion.POSSIBLE, "", None),
)
STUDY = "1.2.826.0.1.3680043.8.498.1"


def _file(name: str, sha: str) -> SourceFile:
    return source_file("scans", name, sha, media_type="application/dicom")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CaseStore]:
    """One study of one picture, one report with four phrases, one contradiction, one confirmed phrase."""
    clock = fixed_clock(AT)
    path = tmp_path / "c.casebook"
    create_case(path, Case(kind=CaseKind.MEDICAL, name="c", created_at=AT), clock=clock)
    recognizer = make_component("recognizer", "terms", "1", weights_sha256="cd" * 32)
    with open_case(path, clock=clock, actor="tester") as opened:
        (tmp_path / "scans").mkdir()
        opened.add_root(tmp_path / "scans")
        run = opened.begin_run("ingest", [recognizer], device="cpu", seed=1)
        image = Image(
            id=image_id("ab" * 32, 0), sha256="ab" * 32, width_px=12, height_px=9, modality="DX",
            subject_ref="P1", study_ref=STUDY, body_part="chest", laterality=Laterality.LEFT,
            metadata=(
                ("series_uid", STUDY + ".2"), ("instance_uid", STUDY + ".3"), ("accession_number", "A1"),
                ("kind", "Digital X-Ray Image Storage - For Presentation"),
            ),
        )  # fmt: skip
        report = Report(
            id=report_id("ef" * 32, 0), sha256="ef" * 32, text=TEXT, subject_ref="P1", study_ref=STUDY,
            title="Chest", language="en", authored_at=AT,
        )  # fmt: skip
        entities = []
        for phrase, label, assertion, concept, side in PHRASES:
            span = Span(start=TEXT.index(phrase), end=TEXT.index(phrase) + len(phrase))
            entities.append(
                Entity(
                    id=entity_id(report.id, recognizer.id, label, span), report_id=report.id, label=label,
                    text=phrase, span=span, score=0.75, component_id=recognizer.id, concept=concept,
                    assertion=assertion, attributes=EntityAttributes(laterality=side),
                )
            )  # fmt: skip
        opened.save_file(FileFindings(file=_file("1.dcm", "ab" * 32), images=(image,), signature="s"), run)
        opened.save_file(
            FileFindings(
                file=_file("1.txt", "ef" * 32), reports=(report,), entities=tuple(entities), signature="s"
            ),
            run,
        )
        links = [
            Link(
                id=link_id(image.id, None, entity.id, relation), image_id=image.id, region_id=None,
                entity_id=entity.id, report_id=report.id, relation=relation, score=0.5,
                component_id=recognizer.id, cues=(Cue(rule="side", detail="why", weight=1.0),),
            )
            for entity, relation in (
                (entities[0], LinkRelation.CONTRADICTS), (entities[1], LinkRelation.SUPPORTS),
            )
        ]  # fmt: skip
        opened.save_links(report.id, links, [], signature="l", run=run)
        opened.finish_run(run, RunOutcome.FINISHED)
        opened.add_review(FindingKind.ENTITY, entities[1].id, Verdict.CONFIRMED, examiner="E", note="seen")
        yield opened


@pytest.fixture
def resources(store: CaseStore, tmp_path: Path) -> dict[str, list[dict[str, Any]]]:
    """The resources of the exported bundle by type, after a library has checked it against R4."""
    out = tmp_path / "c.fhir.json"
    export_case(store, out, at=AT, load_view=lambda _: np.zeros((9, 12, 3), np.uint8))
    document = json.loads(out.read_text("utf-8"))
    Bundle.model_validate(document)
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in document["entry"]:
        found.setdefault(entry["resource"]["resourceType"], []).append(entry["resource"])
        assert entry["fullUrl"] == url(entry["resource"]["resourceType"], entry["resource"]["id"])
    return found


def _references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("reference"), str):
            yield value["reference"]
        for item in value.values():
            yield from _references(item)
    elif isinstance(value, list):
        for item in value:
            yield from _references(item)


def test_every_reference_leads_to_a_resource_of_the_bundle(
    resources: dict[str, list[dict[str, Any]]],
) -> None:
    known = {url(kind, row["id"]) for kind, rows in resources.items() for row in rows}
    assert set(_references(resources)) <= known


def test_the_study_names_series_instance_and_class(resources: dict[str, list[dict[str, Any]]]) -> None:
    (study,) = resources["ImagingStudy"]
    assert study["identifier"][0]["value"] == f"urn:oid:{STUDY}"
    (series,) = study["series"]
    assert (series["uid"], series["modality"]["code"]) == (STUDY + ".2", "DX")
    (instance,) = series["instance"]
    assert instance["sopClass"]["code"] == "urn:oid:1.2.840.10008.5.1.4.1.1.1.1"
    (picture,) = resources["Media"]
    assert picture["partOf"][0]["reference"] == url("ImagingStudy", study["id"])
    assert picture["bodySite"]["text"] == "left chest"


def test_findings_carry_concept_assertion_side_and_verdict(
    store: CaseStore, resources: dict[str, list[dict[str, Any]]]
) -> None:
    rows = {row["code"]["text"]: row for row in resources["Observation"]}
    assert set(rows) == {"pleural effusion", "nodule", "Mass"}  # a date is no observation
    denied, nodule, mass = rows["pleural effusion"], rows["nodule"], rows["Mass"]
    assert denied["code"]["coding"][0]["code"] == "HP:0002202"
    assert denied["valueCodeableConcept"]["coding"][0]["code"] == "LA9634-2"
    assert denied["status"] == "preliminary"
    assert (nodule["status"], nodule["bodySite"]["text"]) == ("final", "left")
    assert nodule["note"] == [{"text": "seen"}]
    assert nodule["derivedFrom"][0]["reference"] == url("Media", store.images()[0].id)
    assert "derivedFrom" not in denied  # a contradiction is no support
    assert mass["valueCodeableConcept"] == {"text": "possible"}
    (report,) = resources["DiagnosticReport"]
    assert {row["reference"] for row in report["result"]} == {
        url("Observation", row["id"]) for row in rows.values()
    }
    assert base64.b64decode(report["presentedForm"][0]["data"]).decode() == TEXT


def test_a_contradiction_is_a_detected_issue_with_both_sides(
    store: CaseStore, resources: dict[str, list[dict[str, Any]]]
) -> None:
    (issue,) = resources["DetectedIssue"]
    (link,) = store.links(relation=LinkRelation.CONTRADICTS)
    assert [row["reference"] for row in issue["implicated"]] == [
        url("Observation", link.entity_id), url("Media", link.image_id),
    ]  # fmt: skip
    assert issue["detail"] == "why"
