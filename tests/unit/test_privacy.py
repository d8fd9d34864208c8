"""Pseudonyms, moved dates, rewritten texts and the DICOM profile, each by itself."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pydicom
from hypothesis import given
from hypothesis import strategies as st
from pydicom.sequence import Sequence

from engine.model.evidence import Span
from engine.privacy.dates import moved_date, moved_iso
from engine.privacy.dicom_profile import actions, apply_profile
from engine.privacy.identities import Identities
from engine.privacy.masking import names_nobody
from engine.privacy.pseudonyms import Pseudonyms
from engine.privacy.stretches import Stretch, rewrite
from tests.unit.dicom_objects import dataset, item


def test_equal_names_get_equal_pseudonyms_and_another_secret_others() -> None:
    ours, others = Pseudonyms(b"one"), Pseudonyms(b"two")
    assert ours.name("number", "A-77 33") == ours.name("number", "a7733") != others.name("number", "a7733")
    assert re.fullmatch(r"2\.25\.\d{30,39}", ours.uid("1.2.3")) and ours.uid("1.2.3") != others.uid("1.2.3")
    at = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
    moved = ours.moment(at, "P1")
    assert moved.time() == at.time() and -3650 <= (moved - at).days <= -365
    assert {ours.days(f"P{number}") for number in range(40)} != {ours.days("P1")}


def test_dates_stay_as_exact_as_they_were() -> None:
    assert moved_date("14 March 2026", -10) == "2026-03-04" == moved_iso("2026-03-14", -10)
    assert moved_date("March 2026", -40) == "2026-02"
    assert moved_date("14 March", -14) == "29 February"
    assert moved_date("no date", -1) == "[date]" and moved_iso("", -1) == ""


def test_a_person_is_found_by_every_word_of_the_name_and_however_it_is_ordered() -> None:
    known = Identities(Pseudonyms(b"one"))
    pseudonym = known.add("person", "Zyxwell^Quillon")
    assert known.add("person", "Dr. Quillon Zyxwell") == pseudonym
    text = "Mrs ZYXWELL and Quillon, but a zyxwell is no name; MRN 88-44 22."
    known.add("number", "884422")
    found = [text[each.start : each.end] for each in known.find(text)]
    assert sorted(found) == ["88-44 22", "Quillon", "ZYXWELL"]


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 8), st.text(max_size=5)), max_size=6),
)
def test_spans_follow_a_rewritten_text(text: str, parts: list[tuple[int, int, str]]) -> None:
    wanted = [
        Stretch(start, min(start + size, len(text)), new, "x")
        for start, size, new in parts
        if start < len(text)
    ]
    done = rewrite(text, wanted)
    for start in range(len(text)):
        span = done.span(Span(start=start, end=start + 1))
        inside = next((each for each in done.stretches if each.start <= start < each.end), None)
        assert done.text[span.start : span.end] == (inside.replacement if inside else text[start])
    assert done.span(Span(start=0, end=len(text))) == Span(start=0, end=len(done.text))


def test_the_profile_removes_replaces_and_moves_also_inside_sequences() -> None:
    assert len(actions()) > 600 and actions()[0x00100010] == "Z" and actions()[0x0020000D] == "U"
    made = dataset(
        PatientName="Zyxwell^Quillon", PatientBirthDate="19610723", StudyDate="20260314",
        InstitutionName="Vexford",
        StudyDescription="Chest of Zyxwell", PatientAge="064Y", BodyPartExamined="CHEST",
    )  # fmt: skip
    made.ReferencedImageSequence = Sequence([item(ReferencedSOPInstanceUID="1.2.3.4")])
    made.add_new(0x00091001, "LO", "Zyxwell private")
    pseudonyms = Pseudonyms(b"one")
    apply_profile(made, pseudonyms, "P-7", lambda text: text.replace("Zyxwell", "?"))
    assert "Zyxwell" not in str(made) and "Vexford" not in str(made) and "19610723" not in str(made)
    assert "StudyDescription" not in made and "PatientAge" not in made and made.BodyPartExamined == "CHEST"
    assert made.StudyDate == moved_iso("2026-03-14", pseudonyms.days("P-7")).replace("-", "")
    assert made.PatientID == pseudonyms.name("patient", "P-7") and made.StudyInstanceUID == pseudonyms.uid(
        "1.2.3"
    )
    references = made.get("ReferencedImageSequence")
    assert references is None or references[0].ReferencedSOPInstanceUID == pseudonyms.uid("1.2.3.4")
    assert isinstance(made, pydicom.Dataset) and made.PatientIdentityRemoved == "YES"


def test_only_writing_that_may_name_somebody_is_left_to_a_person() -> None:
    assert all(map(names_nobody, ("口", "L", " ", "")))
    assert not any(map(names_nobody, ("Li", "AP", "王芳", "R2")))
