"""From a report's text to its entities, with the rules and terms alone (no statistical model)."""

from __future__ import annotations

import pytest

from engine.model.evidence import CaseKind, Laterality, Report
from engine.model.findings import Assertion, Entity
from engine.model.ids import report_id
from engine.protocols import AnalyzedReport
from engine.recognizers.pipeline import TextPipeline

CHEST = """INDICATION: 45 year old male with cough, rule out pneumonia.
COMPARISON: 03/04/2012
FINDINGS: Mild cardiomegaly. There is a 3.2 x 4.1 cm opacity in the left lower lobe.
No pleural effusion or pneumothorax. Old healed right rib fractures.
IMPRESSION: 1. Left lower lobe pneumonia. 2. No acute fracture."""
SCENE = """Case number 24-00871. Exhibit A-12 is shown in photograph 14 (IMG_2043.jpg).
On the left stands a red sedan, plate KV21 XYZ.
Two black backpacks lie under the bench. No knife was found."""


def analyze(kind: CaseKind, text: str) -> AnalyzedReport:
    report = Report(id=report_id("a" * 64, 0), sha256="a" * 64, text=text)
    return TextPipeline.load(kind, with_models=False).analyze([report])[0]


def entity(analyzed: AnalyzedReport, text: str) -> Entity:
    return next(item for item in analyzed.entities if item.text.lower() == text.lower())


def test_a_chest_report_becomes_findings_with_assertion_side_size_and_section() -> None:
    analyzed = analyze(CaseKind.MEDICAL, CHEST)
    opacity = entity(analyzed, "opacity")
    assert opacity.attributes.laterality is Laterality.LEFT
    assert opacity.attributes.position == "lower lobe"
    assert opacity.attributes.measurement is not None
    assert opacity.attributes.measurement.values_mm == (41.0, 32.0)
    assert opacity.attributes.section == "findings"
    assert entity(analyzed, "cardiomegaly").concept.startswith("HP:0001640 ")
    assert entity(analyzed, "pleural effusion").assertion is Assertion.ABSENT
    assert entity(analyzed, "pneumothorax").assertion is Assertion.ABSENT
    assert entity(analyzed, "rib fractures").assertion is Assertion.HISTORICAL
    assert entity(analyzed, "pneumonia").assertion is Assertion.POSSIBLE
    assert [section.kind for section in analyzed.report.sections] == [
        "indication",
        "comparison",
        "findings",
        "impression",
    ]


def test_a_scene_note_becomes_things_and_identifiers() -> None:
    analyzed = analyze(CaseKind.FORENSIC, SCENE)
    labels = {item.normal: item.label for item in analyzed.entities}
    assert labels["24-00871"] == "case-number"
    assert labels["A-12"] == "exhibit"
    assert labels["img_2043.jpg"] == "file-name"
    assert labels["KV21XYZ"] == "plate"
    sedan, backpacks = entity(analyzed, "sedan"), entity(analyzed, "backpacks")
    assert (sedan.label, sedan.attributes.colors, sedan.attributes.laterality) == (
        "vehicle",
        ("red",),
        Laterality.LEFT,
    )
    assert (backpacks.attributes.count, backpacks.attributes.colors) == (2, ("black",))
    assert entity(analyzed, "knife").assertion is Assertion.ABSENT
    assert entity(analyzed, "knife").label == "weapon"


def test_a_body_has_a_chest_and_an_old_man_is_a_man_of_today() -> None:
    analyzed = analyze(
        CaseKind.FORENSIC, "INJURIES\nA 34-year-old man had a stab wound to the chest. An old woman fell."
    )
    assert entity(analyzed, "chest").label == "anatomy"
    assert entity(analyzed, "chest").attributes.section == "examination"
    assert (entity(analyzed, "man").label, entity(analyzed, "man").attributes.count) == ("person", None)
    assert entity(analyzed, "woman").assertion is Assertion.PRESENT


def test_words_that_hold_a_sentence_together_name_nothing() -> None:
    analyzed = analyze(CaseKind.FORENSIC, "A bag has been set down. He went up close to read out the list.")
    assert [item.text for item in analyzed.entities] == ["bag"]


@pytest.mark.parametrize("kind", list(CaseKind))
@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t\n ",
        "\x00\x01no\x00fracture\x07",
        "👩‍⚕️ no fracture 🦴 but 🚗 on the left",
        "שלום no knife عربى",
        "word " * 20_000,
        "\n" * 50_000,
        "a" * 100_000,
        "1-" * 20_000,
        "no " * 5_000 + "fracture",
    ],
    ids=["empty", "blank", "control", "emoji", "rtl", "words", "newlines", "long", "digits", "cues"],
)
def test_hostile_text_keeps_every_span_exact(kind: CaseKind, text: str) -> None:
    analyzed = analyze(kind, text)
    for item in analyzed.entities:
        assert text[item.span.start : item.span.end] == item.text
    ends = [item.span.end for item in analyzed.entities]
    starts = [item.span.start for item in analyzed.entities]
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))


def test_another_language_is_said_and_not_misread() -> None:
    text = (
        "Der Patient ist mit dem Rad gestürzt und klagt nicht über Schmerzen. Keine Fraktur bei der Aufnahme."
    )
    analyzed = analyze(CaseKind.MEDICAL, text)
    assert analyzed.report.language == "de"
    assert analyzed.entities == ()


def test_components_name_everything_that_decides() -> None:
    pipeline = TextPipeline.load(CaseKind.MEDICAL, with_models=False)
    names = [component.name for component in pipeline.components]
    assert names == ["patterns", "terms", "coordinates", "chest-places", "assertion"]


def test_the_shipped_models_add_to_rules_and_terms_without_losing_a_span() -> None:
    texts = ["Maria Schmidt drove from Lyon to Turin on 3 May 2021.", CHEST, ""]
    reports = [
        Report(id=report_id("a" * 64, part), sha256="a" * 64, part=part, text=text)
        for part, text in enumerate(texts)
    ]
    for kind, model in ((CaseKind.MEDICAL, "clinical-entities"), (CaseKind.FORENSIC, "names")):
        pipeline = TextPipeline.load(kind)
        assert model in [component.name for component in pipeline.components]
        analyzed = pipeline.analyze(reports)
        assert [item.report.id for item in analyzed] == [report.id for report in reports]
        assert analyzed[2].entities == ()
        for item in analyzed:
            assert all(item.report.text[one.span.start : one.span.end] == one.text for one in item.entities)
        again = pipeline.analyze(reports)
        assert again == analyzed
    places = {one.text for one in analyzed[0].entities if one.label in ("place", "person")}
    assert places & {"Lyon", "Turin", "Maria Schmidt"}
