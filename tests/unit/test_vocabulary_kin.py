"""Names in other words: layperson's, inflected, reordered, British, hung on by prepositions and copulas."""

from __future__ import annotations

import pytest

from engine.model.evidence import CaseKind
from engine.recognizers.terms import load_term_finder
from engine.vocabulary import load_vocabulary
from engine.word_forms import american, key_form, normal_form

# phrase, id of the concept or of one above it
MEDICAL = """
enlarged heart|HP:0001640
the heart is enlarged|HP:0001640
cardiac enlargement|HP:0001640
the cardiac silhouette is mildly enlarged|HP:0001640
effusion of the pleura|HP:0002202
small left-sided pleural effusions|HP:0002202
fluid in the pleural space|HP:0002202
edema of the lungs|HP:0100598
pulmonary oedema|HP:0100598
fractures of the ribs|CB:0013
the ribs are fractured|CB:0013
broken ribs|CB:0013
renal calculi|HP:0000787
stones in the left kidney|HP:0000787
high blood pressure|HP:0000822
hypertensive|HP:0000822
breathless|HP:0002094
difficulty in breathing|HP:0002094
hepatic enlargement|HP:0002240
enlargement of the spleen|HP:0001744
inflammation of the lung|HP:0002090
nodule in the right lung|HP:0033608
tumour of the brain|DOID:1319
cancer of the lung|DOID:1324
hernia of the hiatus|HP:0002036
vomited|HP:0002013
thickening of the pleura|CB:0019
widening of the mediastinum|CB:0025
stones in the gallbladder|HP:0001081
loss of hearing|HP:0000365
acute pancreatitis|HP:0001733
"""
FORENSIC = """
sedan|WN:02961779
lorry|WN:04497386
handgun|WN:03472916
stain of blood|CB:1011
pool of blood|CB:1011
spent shell|CB:1003
wound from a gunshot|CB:1009
marijuana|WN:02953127
knives|WN:03628765
"""
CASES = [
    *((CaseKind.MEDICAL, *line.split("|")) for line in MEDICAL.split("\n") if line),
    *((CaseKind.FORENSIC, *line.split("|")) for line in FORENSIC.split("\n") if line),
]


@pytest.mark.parametrize(("kind", "phrase", "concept_id"), CASES)
def test_the_same_thing_in_other_words(kind: CaseKind, phrase: str, concept_id: str) -> None:
    vocabulary = load_vocabulary(kind)
    found = [item.concept.partition(" ")[0] for item in load_term_finder(kind).find(f"Seen: {phrase}.", "c")]
    assert any(vocabulary.is_a(each, concept_id) for each in found)


@pytest.mark.parametrize(
    "text",
    [
        "The heart is not enlarged.",
        "Pain. Back to work.",
        "The pain is back.",
        "Stones, kidney beans.",
        "An enlarged photo.",
    ],
)
def test_words_that_only_stand_near_each_other_are_no_name(text: str) -> None:
    wrong = {"HP:0001640", "HP:0003418", "HP:0000787"}
    found = {item.concept.partition(" ")[0] for item in load_term_finder(CaseKind.MEDICAL).find(text, "c")}
    assert not found & wrong


def test_a_place_that_narrows_a_finding_stays_a_place() -> None:
    text = "Edema of the left lung."
    found = [
        (text[each.start : each.end], each.concept)
        for each in load_term_finder(CaseKind.MEDICAL).find(text, "c")
    ]
    assert found == [("Edema", "HP:0100598 Pulmonary edema"), ("left lung", "UBERON:0002168 left lung")]


def test_the_vocabulary_itself_knows_other_words() -> None:
    vocabulary = load_vocabulary(CaseKind.MEDICAL)
    for phrase in ("enlarged heart", "Cardiac enlargement", "enlargement of the heart"):
        assert vocabulary.concepts(phrase)[0].id == "HP:0001640"


def test_a_key_is_the_stems_in_order() -> None:
    assert key_form(normal_form("Enlargement of the hearts")) == key_form("cardiac enlargement")
    assert key_form("heart") == ""
    assert key_form("pain without fever") == ""


@pytest.mark.parametrize(
    ("british", "expected"),
    [("haemorrhage", "hemorrhage"), ("tyre", "tire"), ("oesophagus", "esophagus"), ("diarrhoea", "diarrhea")],
)
def test_british_spelling(british: str, expected: str) -> None:
    assert american(british) == expected
