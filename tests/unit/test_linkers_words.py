"""Colors, places, noun phrases and names are read from plain English."""

from __future__ import annotations

import pytest

from engine.linkers.colors import color_agreement, color_words
from engine.linkers.names import file_names, number_of, picture_numbers, stem_of
from engine.linkers.noun_phrases import read_noun_phrase
from engine.linkers.phrases import read_phrases
from engine.linkers.places import place_agreements
from engine.model.evidence import Laterality, Span
from engine.model.findings import PALETTE_TERMS, RegionAttributes
from engine.model.geometry import Box
from tests.unit.linking_scene import entity, note


def test_a_color_agrees_best_where_it_comes_first() -> None:
    red_first, black_first = (
        RegionAttributes(colors=("red", "black")),
        RegionAttributes(colors=("black", "red")),
    )
    assert color_agreement("red", red_first) > color_agreement("red", black_first) > 0
    assert color_agreement("scarlet", red_first) == color_agreement("red", red_first)
    assert color_agreement("green", red_first) < -0.5
    assert color_agreement("red", RegionAttributes()) == 0.0


def test_a_garment_is_judged_where_it_is_worn() -> None:
    blank = [0] * len(PALETTE_TERMS)
    red, blue = list(blank), list(blank)
    red[PALETTE_TERMS.index("red")] = blue[PALETTE_TERMS.index("blue")] = 90
    dressed = RegionAttributes(palette=tuple(map(tuple, (blank, red, red, blue))))
    assert color_agreement("red", dressed, worn=("red", "jacket")) == 1.0
    assert color_agreement("red", dressed, worn=("red", "shoes")) == -1.0
    assert color_agreement("dark blue", dressed, worn=("trousers",)) == 1.0


def test_black_alone_is_no_dark_color() -> None:
    def seen(**shares: int) -> RegionAttributes:
        row = tuple(shares.get(term, 0) for term in PALETTE_TERMS)
        return RegionAttributes(palette=(row, row, row, row))

    assert color_agreement("dark green", seen(black=60, gray=40)) < 0
    assert color_agreement("dark green", seen(black=60, green=8)) > 0
    assert color_agreement("green", seen(black=60, green=8)) < 0


def test_color_words_of_a_phrase() -> None:
    assert color_words(["a", "dark", "red", "car"]) == ("dark red",)
    assert color_words(["a", "navy-blue", "and", "off-white", "car"]) == ("navy-blue", "off-white")
    assert color_words(["a", "dark", "car"]) == ("dark",)


@pytest.mark.parametrize(
    ("text", "head", "words", "outer", "tail"),
    [
        ("There hangs a small green ball above.", "ball", ("a", "small", "green", "ball"), (), ""),
        (
            "It has three segments of mandarin orange in it.",
            "orange",
            ("mandarin", "orange"),
            ("three", "segments"),
            "it",
        ),
        ("A player in a red tracksuit stands there.", "player", ("a", "player"), (), "a red tracksuit"),
        ("She saw no dog on the court.", "dog", ("no", "dog"), (), ""),
        ("Umpire Dale Rourke, in a black shirt, waits.", "Umpire", ("umpire",), (), "a black shirt"),
        ("The catcher, number 51, in red is ready.", "catcher", ("the", "catcher"), (), "red"),
    ],
)
def test_noun_phrases_reach_to_determiner_and_tail(
    text: str, head: str, words: tuple[str, ...], outer: tuple[str, ...], tail: str
) -> None:
    start = text.index(head)
    phrase = read_noun_phrase(text, Span(start=start, end=start + len(head)), Span(start=0, end=len(text)))
    assert (phrase.words, phrase.outer, phrase.tail) == (words, outer, tail)


def test_a_place_that_opens_a_clause_belongs_to_what_follows() -> None:
    report = note("On the left stands a player; a ball lies at the bottom right. His left arm is raised.")
    phrases = read_phrases(report, (entity(report, "player"), entity(report, "ball"), entity(report, "arm")))
    player, ball, arm = (phrase.places for phrase in phrases)
    assert [place.side for place in player] == [Laterality.LEFT]
    assert [(place.side, place.level) for place in ball] == [(Laterality.RIGHT, 1)]
    assert arm == ()


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        ("A car waits further back.", -1),
        ("In the distance a car waits.", -1),
        ("Closest to the camera: a car.", 1),
        ("The farthest of them is a car.", -1),
        ("The back of a car is dented.", None),
    ],
)
def test_how_far_off_a_thing_is_said_to_be(text: str, depth: int | None) -> None:
    report = note(text)
    (phrase,) = read_phrases(report, (entity(report, "car"),))
    assert [place.depth for place in phrase.places] == ([] if depth is None else [depth])


def test_a_side_relative_to_another_thing_is_no_place_in_the_picture() -> None:
    report = note("The jar is at the left of the carton.")
    (phrase,) = read_phrases(report, (entity(report, "jar"),))
    assert phrase.places == ()


def test_places_are_compared_with_the_box() -> None:
    report = note("A car is at the upper left.")
    (phrase,) = read_phrases(report, (entity(report, "car"),))
    (place,) = phrase.places
    assert place_agreements(place, Box(0, 0, 40, 30), 400, 300) == {"side": 1.0, "level": 1.0}
    assert place_agreements(place, Box(360, 270, 400, 300), 400, 300) == {"side": -1.0, "level": -1.0}


def test_numbers_denials_and_manner() -> None:
    report = note("Three knives hang there. No bus was seen. The owner said that a cat must go.")
    knives, bus, cat = read_phrases(report, tuple(entity(report, w) for w in ("knives", "bus", "cat")))
    assert (knives.number, knives.plural, knives.denied) == (3, True, False)
    assert (bus.number, bus.denied) == (0, True)
    assert cat.spoken and cat.modal and cat.indefinite and not cat.plural


def test_names_and_numbers_of_pictures() -> None:
    text = "See photograph 12, Still 3 of 41, IMG_2043.jpg and evidence/DSC0007.JPG; it was 17.5 km."
    assert picture_numbers(text) == {12, 3}
    assert file_names(text) >= {"img2043", "dsc0007"}
    assert (stem_of("a/b/Photo 0012.jpg"), number_of("a/b/Photo 0012.jpg")) == ("photo0012", 12)
    assert number_of("cover.jpg") is None
