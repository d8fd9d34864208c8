"""Short forms that a report defines mean what their long forms mean."""

from __future__ import annotations

import pytest

from engine.model.ids import ComponentId
from engine.recognizers.abbreviations import find_definitions, is_abbreviation, spelled_out
from engine.recognizers.found import Found
from engine.recognizers.sentences import split_sentences

TEXT = "He has a deep vein thrombosis (DVT). No fever (38 C). The DVT is old; DVTX is no word of it."


def test_a_short_form_is_found_with_its_long_form() -> None:
    (definition,) = find_definitions(TEXT, split_sentences(TEXT))
    assert definition.short == "DVT"
    assert TEXT[definition.long.start : definition.long.end] == "deep vein thrombosis"


def test_every_place_of_the_short_form_means_what_was_found_in_the_long_one() -> None:
    definitions = find_definitions(TEXT, split_sentences(TEXT))
    start = TEXT.index("deep")
    whole = Found(start, start + 20, "finding", 0.9, 50, ComponentId("c"), "HP:1 thrombosis", "thrombosis")
    head = Found(start + 10, start + 20, "finding", 0.9, 60, ComponentId("c"), "HP:2 other", "other")
    added = spelled_out(TEXT, definitions, [whole])
    assert [TEXT[item.start : item.end] for item in added] == ["DVT", "DVT"]
    assert {item.concept for item in added} == {"HP:1 thrombosis"}
    assert spelled_out(TEXT, definitions, []) == []
    assert spelled_out(TEXT, definitions, [head])[0].concept == "HP:2 other"
    vein = Found(start + 5, start + 9, "anatomy", 0.9, 60, ComponentId("c"))
    assert spelled_out(TEXT, definitions, [vein]) == []


def test_a_definition_outranks_what_the_letters_mean_elsewhere() -> None:
    start = TEXT.index("deep")
    whole = Found(start, start + 20, "finding", 0.9, 60, ComponentId("c"), "HP:1 thrombosis", "thrombosis")
    added = spelled_out(TEXT, find_definitions(TEXT, split_sentences(TEXT)), [whole])
    assert min(item.rank for item in added) > whole.rank


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("A boy with WAS and low platelets.", "WAS", True),
        ("Inhibitors of NO release were given.", "NO", True),
        ("THERE WAS NO PNEUMOTHORAX.", "NO", False),
        ("There was no effusion.", "no", False),
        ("Plan A is best.", "A", False),
    ],
)
def test_capitals_mean_something_only_among_small_letters(text: str, word: str, *, expected: bool) -> None:
    start = text.index(word)
    assert is_abbreviation(text, start, start + len(word)) is expected
