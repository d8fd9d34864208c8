"""Everyday things and stand-ins are found where they close a noun phrase, and nowhere else."""

from __future__ import annotations

import pytest

from engine.recognizers.things import STAND_IN, find_things


def _found(text: str) -> dict[str, str]:
    return {text[item.start : item.end]: item.label for item in find_things(text)}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("A deep white sink has a curtain below it.", "sink"),
        ("She points a black remote, a strap round her wrist.", "remote"),
        ("The white pick-up with the high rails is parked.", "pick-up"),
        ("No stop sign had been put up.", "stop sign"),
        ("The blonde, at the right, smiles.", "blonde"),
    ],
)
def test_a_word_that_closes_a_noun_phrase_is_a_thing(text: str, word: str) -> None:
    assert word in _found(text)


@pytest.mark.parametrize(
    "text",
    [
        "They sink into the mud.",  # a verb: nothing opens a phrase
        "Three orange cones stand there.",  # a color before its noun
        "The remote-controlled gate opens.",  # the front part of a compound
    ],
)
def test_the_same_words_elsewhere_are_not(text: str) -> None:
    assert not set(_found(text)) & {"sink", "orange", "remote"}


def test_a_stand_in_is_marked_as_one() -> None:
    found = _found("The upper one is brown; the other is white. One of them stood there, one by one.")
    assert found == {"one": STAND_IN, "other": STAND_IN}


def test_a_kind_of_thing_carries_the_label_of_its_thing() -> None:
    assert _found("The batter in white swings.") == {"batter": "person"}
