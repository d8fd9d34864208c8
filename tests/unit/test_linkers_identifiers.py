"""Plates and exhibit numbers in words, and as they can be read in the picture."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.hashing import bytes_sha256
from engine.linkers.combine import combiner_from, link_pair
from engine.linkers.identifiers import IdentifierLinker, is_miswritten
from engine.linkers.mentions import MentionLinker
from engine.model.evidence import Image, Report
from engine.model.findings import Assertion, Cue, Entity, LinkRelation, Region
from engine.protocols import Pair
from tests.unit.linking_scene import entity, note, pair_of, picture, region, source_file

LOOSE = (Cue(rule="tied-by-folder", detail="they lie in the same folder", weight=1.5),)
IMAGE = picture()


def text_region(text: str, *colors: str, score: float = 0.98, at: float = 10.0) -> Region:
    found = region(IMAGE, "lettering", (at, 10, at + 60, 40), *(colors or ("white",)))
    return replace(found, score=score, attributes=replace(found.attributes, text=text))


def plate(report: Report, words: str, **fields: Assertion) -> Entity:
    normal = words.replace("-", "").replace(" ", "").upper()
    return entity(report, words, label="plate", normal=normal, **fields)  # type: ignore[arg-type]


def exhibit(report: Report, words: str, **fields: Assertion) -> Entity:
    return entity(report, words, label="exhibit", normal=words.rsplit(maxsplit=1)[-1], **fields)  # type: ignore[arg-type]


def file_name(report: Report, words: str) -> Entity:
    return entity(report, words, label="file-name", normal=words.lower())


def said(pair: Pair) -> list[tuple[str, str]]:
    """Return the rules that the linker proposes, each with the Entity's words, sorted."""
    words = {entity.id: entity.text for entity in pair.report_side.entities}
    found = IdentifierLinker().propose(pair)
    assert all(proposal.region_id for proposal in found)
    return sorted({(proposal.cue.rule, words[proposal.entity_id]) for proposal in found})


@pytest.mark.parametrize(
    ("code", "text", "miswritten"),
    [
        ("kx7914", "kx7194", True),
        ("kx7194", "kx7294", True),
        ("kx7194", "kx7238", False),
        ("kx7194", "kx7194", False),
        ("kx7194", "kx719", False),
        ("a12b", "a13b", True),
        ("a12b", "a34b", False),
        ("a12b", "a21b", True),
        ("abcdefghij", "abcdefgxyz", False),
    ],
)
def test_a_miswritten_code_is_nearly_the_same(code: str, text: str, *, miswritten: bool) -> None:
    assert is_miswritten(code, text) is miswritten


@pytest.mark.parametrize("seen", ["KX-7194", "KX 7194", "LKX7194", "KX-7I94"])
def test_the_same_plate_supports_as_well_as_it_can_be_read(seen: str) -> None:
    report = note("The car bore registration KX-7194.")
    pair = pair_of(IMAGE, (text_region(seen),), report, (plate(report, "KX-7194"),), cues=LOOSE)
    assert said(pair) == [("same-plate", "KX-7194")]


def test_digits_that_changed_places_contradict() -> None:
    report = note("The car bore registration KX-7914.")
    pair = pair_of(IMAGE, (text_region("KX-7194"),), report, (plate(report, "KX-7914"),), cues=LOOSE)
    assert said(pair) == [("wrong-plate", "KX-7914")]
    (proposal,) = IdentifierLinker().propose(pair)
    assert not proposal.cue.supports
    assert "“KX-7194”" in proposal.cue.detail


@pytest.mark.parametrize(
    "seen",
    [
        (text_region("BR-3308"),),
        (text_region("KX-7194", score=0.8),),
        (text_region("SAMPLE"), text_region("42")),
        (text_region("KX-7194"), text_region("KX-7914", at=200)),
    ],
    ids=["another car's", "badly read", "no plate", "both are there"],
)
def test_other_readings_contradict_no_plate(seen: tuple[Region, ...]) -> None:
    report = note("The car bore registration KX-7914.")
    pair = pair_of(IMAGE, seen, report, (plate(report, "KX-7914"),))
    assert "wrong-plate" not in {rule for rule, _ in said(pair)}


def test_a_plate_that_the_text_names_too_is_no_miswriting() -> None:
    report = note("The plate reads KX-7194, not KX-7914 as the witness said.")
    entities = (plate(report, "KX-7194"), plate(report, "KX-7914"))
    pair = pair_of(IMAGE, (text_region("KX-7194"),), report, entities)
    assert said(pair) == [("same-plate", "KX-7194")]


def test_a_denied_plate_is_left_alone() -> None:
    report = note("No plate KX-7194 was seen.")
    denied = plate(report, "KX-7194", assertion=Assertion.ABSENT)
    assert said(pair_of(IMAGE, (text_region("KX-7194"),), report, (denied,))) == []


def test_a_marker_supports_its_exhibit() -> None:
    report = note("Exhibit 5 is a red backpack. Exhibit 6 is a suitcase.")
    entities = (exhibit(report, "Exhibit 5"), exhibit(report, "Exhibit 6"))
    pair = pair_of(IMAGE, (text_region("5", "yellow"),), report, entities, cues=LOOSE)
    assert said(pair) == [("same-exhibit", "Exhibit 5")]


def test_a_number_on_white_is_a_marker_only_where_the_text_names_the_picture() -> None:
    far = note("Exhibit 5 is a red backpack.")
    pair = pair_of(IMAGE, (text_region("5"),), far, (exhibit(far, "Exhibit 5"),), cues=LOOSE)
    assert said(pair) == []
    near = note("IMG_2043.jpg shows exhibit 5.")
    entities = (file_name(near, "IMG_2043.jpg"), exhibit(near, "exhibit 5"))
    assert said(pair_of(IMAGE, (text_region("5"),), near, entities, cues=LOOSE)) == [
        ("same-exhibit", "exhibit 5")
    ]


def shows(text: str, *exhibits: str, marker: Region | None = None, others: tuple[str, ...] = ()) -> Pair:
    """Return a text that names the picture, which shows a marker 5."""
    report = note(text)
    names = [file_name(report, name) for name in ("IMG_2043.jpg", *others)]
    entities = (*names, *(exhibit(report, words) for words in exhibits))
    return pair_of(IMAGE, (marker or text_region("5", "yellow"),), report, entities, cues=LOOSE)


def test_another_number_said_of_the_picture_contradicts() -> None:
    assert said(shows("IMG_2043.jpg shows exhibit 6.", "exhibit 6")) == [("wrong-exhibit", "exhibit 6")]


@pytest.mark.parametrize(
    "pair",
    [
        shows("IMG_2043.jpg is the overview. Next came exhibit 6.", "exhibit 6"),
        shows("IMG_2043.jpg shows exhibit 5 beside exhibit 6.", "exhibit 5", "exhibit 6"),
        shows(
            "IMG_2043.jpg and IMG_2044.jpg show exhibit 6.",
            "exhibit 6",
            others=("IMG_2044.jpg",),
        ),
        shows("IMG_2043.jpg shows exhibit 6.", "exhibit 6", marker=text_region("5", "yellow", score=0.8)),
        shows("IMG_2043.jpg shows exhibit 6.", "exhibit 6", marker=text_region("5", "white")),
        shows("IMG_2043.jpg shows exhibit 6.", "exhibit 6", marker=text_region("SAMPLE", "yellow")),
    ],
    ids=["another sentence", "one of two", "two pictures", "badly read", "no card", "no number"],
)
def test_what_may_stand_elsewhere_contradicts_nothing(pair: Pair) -> None:
    assert "wrong-exhibit" not in {rule for rule, _ in said(pair)}


def test_a_row_about_the_picture_speaks_of_it_throughout() -> None:
    report = note("Red backpack. Booked as exhibit 6.")
    pair = pair_of(IMAGE, (text_region("5", "yellow"),), report, (exhibit(report, "exhibit 6"),))
    assert said(pair) == [("wrong-exhibit", "exhibit 6")]


def enclosed(text: str, *exhibits: str) -> Pair:
    report = note(text)
    entities = tuple(exhibit(report, words) for words in exhibits)
    pair = pair_of(IMAGE, (text_region("5", "yellow"),), report, entities, cues=LOOSE)
    mail = source_file(bytes_sha256(b"mail"), "handover.eml")
    inside = replace(pair.image_side.files[0], parent_id=mail.id)
    return replace(
        pair,
        image_side=replace(pair.image_side, files=(inside,)),
        report_side=replace(pair.report_side, files=(mail,)),
    )


def test_a_mail_speaks_of_the_one_picture_that_it_encloses() -> None:
    pair = enclosed("Attached is the photograph of the backpack. It is booked as exhibit 6.", "exhibit 6")
    assert said(pair) == [("wrong-exhibit", "exhibit 6")]


@pytest.mark.parametrize(
    "pair",
    [
        enclosed("Attached are the photographs. The bag is booked as exhibit 6.", "exhibit 6"),
        enclosed("The bag is booked as exhibit 6.", "exhibit 6"),
        enclosed("Attached is a photograph. Booked: exhibit 6 and exhibit 7.", "exhibit 6", "exhibit 7"),
    ],
    ids=["several pictures", "names no picture", "several numbers"],
)
def test_a_mail_that_may_speak_of_others_contradicts_nothing(pair: Pair) -> None:
    assert said(pair) == []


def test_the_rules_decide_the_link() -> None:
    combiner = combiner_from(
        {
            "choice": {},
            "offer": {},
            "exact": {},
            "about": {"bias": -1.0},
            "against": {"bias": -2.0},
            "threshold": {"about": 0.5},
        }
    )
    linkers = (IdentifierLinker(), MentionLinker())

    def relation(pair: Pair, words: str) -> LinkRelation:
        ids = {each.id for each in pair.report_side.entities if each.text == words}
        (link,) = (each for each in link_pair(pair, linkers, combiner) if each.entity_id in ids)
        return link.relation

    assert relation(shows("IMG_2043.jpg shows exhibit 6.", "exhibit 6"), "exhibit 6") == "contradicts"
    assert relation(shows("IMG_2043.jpg shows exhibit 5.", "exhibit 5"), "exhibit 5") == "supports"


def test_a_study_number_of_another_study_contradicts() -> None:
    image: Image = picture(study_ref="S1", metadata=(("accession_number", "AC-1001"),))
    report = note("Accession AC-1002, chest.")
    number = entity(report, "AC-1002", label="study-number", normal="AC-1002")
    (proposal,) = IdentifierLinker().propose(pair_of(image, (), report, (number,)))
    assert proposal.cue.rule == "wrong-identity"
    same = note("Accession AC-1001, chest.")
    number = entity(same, "AC-1001", label="study-number", normal="AC-1001")
    (proposal,) = IdentifierLinker().propose(pair_of(image, (), same, (number,)))
    assert proposal.cue.rule == "same-identifier"
