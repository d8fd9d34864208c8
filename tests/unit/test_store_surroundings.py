"""What stands around one thing: ties in both directions, contradictions first, a limit that is said."""

from __future__ import annotations

from pathlib import Path

from engine.model.ids import report_id
from engine.store import open_case
from engine.store.surroundings import Thing, ThingKind, TieKind, notable_things, surroundings
from tests.unit.scattered_case import CLOCK, build_scattered_case, image_of

NOTE = Thing(ThingKind.REPORT, report_id("d" * 64, 0))
LETTER = Thing(ThingKind.REPORT, report_id("e" * 64, 0))
EXHIBIT = Thing(ThingKind.EXHIBIT, "4")
NAME = Thing(ThingKind.PERSON, "rowan vale")
SUBJECT = Thing(ThingKind.PERSON, "P-1")
A, B, C = (Thing(ThingKind.IMAGE, image_of(name)) for name in "abc")


def test_two_steps_around_an_exhibit(tmp_path: Path) -> None:
    with open_case(build_scattered_case(tmp_path / "s.casebook"), clock=CLOCK, read_only=True) as store:
        found = surroundings(store, EXHIBIT)
    assert set(found.things) == {EXHIBIT, NOTE, NAME, A, B, C}
    assert {(tie.first, tie.second, tie.kind) for tie in found.ties} == {
        (EXHIBIT, NOTE, TieKind.NAMES),
        (A, NOTE, TieKind.CONTRADICTS),
        (B, NOTE, TieKind.SUPPORTS),
        (C, NOTE, TieKind.RELATED),
        (NAME, NOTE, TieKind.NAMES),
    }
    assert found.left_off == 0


def test_a_subject_ties_pictures_and_reports(tmp_path: Path) -> None:
    with open_case(build_scattered_case(tmp_path / "s.casebook"), clock=CLOCK, read_only=True) as store:
        found = surroundings(store, SUBJECT)
    ties = {(tie.first, tie.second) for tie in found.ties if tie.kind is TieKind.SUBJECT}
    assert ties == {(B, SUBJECT), (SUBJECT, LETTER)}


def test_what_contradicts_is_kept_when_there_is_too_much(tmp_path: Path) -> None:
    with open_case(build_scattered_case(tmp_path / "s.casebook"), clock=CLOCK, read_only=True) as store:
        found = surroundings(store, NOTE, most_of_a_kind=1)
        again = surroundings(store, NOTE, most_of_a_kind=1)
    assert A in found.things and B not in found.things
    assert found.left_off == 3, "two pictures and the letter of the same person"
    assert found == again


def test_notable_things_are_those_of_most_reports_and_images(tmp_path: Path) -> None:
    with open_case(build_scattered_case(tmp_path / "s.casebook"), clock=CLOCK, read_only=True) as store:
        found = notable_things(store)
    assert set(found[:2]) == {(SUBJECT, 2), (NAME, 2)} and found[2] == (EXHIBIT, 1)
