"""Sentences and sections survive lists, headings, wrapped lines and texts without a full stop."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.recognizers.sections import find_sections, section_assertion, section_at
from engine.recognizers.sentences import split_sentences


def split(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("No fever. Cough.", ["No fever.", "Cough."]),
        ("Dr. Smith came at 5 p.m. and left.", ["Dr. Smith came at 5 p.m. and left."]),
        ("A 3.5 cm mass. Stable.", ["A 3.5 cm mass.", "Stable."]),
        ("See Fig. 3 for details.", ["See Fig. 3 for details."]),
        ("1. No fracture\n2. Effusion", ["1. No fracture", "2. Effusion"]),
        ("- knife\n- rope", ["- knife", "- rope"]),
        ("FINDINGS:\nNo mass", ["FINDINGS:", "No mass"]),
        ("Weapon: none\nDrugs: none", ["Weapon: none", "Drugs: none"]),
        ("There is no evidence\nof pneumonia here.", ["There is no evidence\nof pneumonia here."]),
        ("Fever.  IMPRESSION: none", ["Fever.", "IMPRESSION: none"]),
        ("", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


@given(st.text(alphabet=st.sampled_from("ab.!?:\n 1-•A\t"), max_size=300))
def test_every_visible_character_is_in_one_sentence(text: str) -> None:
    spans = split_sentences(text)
    covered = sorted(place for span in spans for place in range(span.start, span.end))
    assert len(covered) == len(set(covered))
    missed = set(range(len(text))) - set(covered)
    assert all(text[place].isspace() for place in missed)


def test_a_text_without_full_stops_is_cut_into_pieces() -> None:
    spans = split_sentences("word " * 10_000)
    assert max(span.end - span.start for span in spans) <= 1500


def test_sections_have_one_spelling_and_reach_to_the_next() -> None:
    text = "Chest film.\nCLINICAL HISTORY: cough\nPast Medical History:\nasthma\n\nConclusions\nNormal."
    sections = find_sections(text)
    assert [section.kind for section in sections] == ["indication", "past-history", "impression"]
    assert text[sections[1].span.start : sections[1].span.end].startswith("Past Medical History:\nasthma")
    assert section_at(sections, 3) is None
    found = section_at(sections, text.index("asthma"))
    assert found is not None
    assert section_assertion(found.kind) == "historical"
    assert find_sections("") == ()
    assert find_sections("Examination of the scene took an hour.") == ()


def test_headings_of_lines_that_were_run_together_are_found() -> None:
    text = (
        "PREOPERATIVE DIAGNOSIS: , Hematuria.,POSTOPERATIVE DIAGNOSIS: , Bladder tumor.,SPECIMEN NO: , Two.,"
        "DESCRIPTION OF OPERATION: , A tumor was seen, as expected: it was large."
    )
    kinds = [
        (each.kind, text[each.span.start : each.span.end].split(":", maxsplit=1)[0])
        for each in find_sections(text)
    ]
    assert kinds == [
        ("indication", "PREOPERATIVE DIAGNOSIS"),
        ("impression", "POSTOPERATIVE DIAGNOSIS"),
        ("findings", "DESCRIPTION OF OPERATION"),
    ]


def test_an_unknown_heading_in_capitals_ends_a_short_section() -> None:
    text = "COMPARISON: None.\nSKELETON: A fracture.\nPAST HISTORY: Asthma.\nCARDIAC: Infarction in 2010."
    assert [(each.kind, text[each.span.start : each.span.end].strip()) for each in find_sections(text)] == [
        ("comparison", "COMPARISON: None."),
        ("past-history", "PAST HISTORY: Asthma.\nCARDIAC: Infarction in 2010."),
    ]
