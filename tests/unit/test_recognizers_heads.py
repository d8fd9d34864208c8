"""Overlapping findings become one reading, and the heads of one model become one voice."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.ids import ComponentId
from engine.recognizers.found import Found
from engine.recognizers.heads import ALONE_RANK, Said, merge_heads
from engine.recognizers.names import can_be_name
from engine.recognizers.overlap import with_longer_names, without_overlaps
from engine.recognizers.statistical import without_stray_marks

COMPONENT = ComponentId("c")
ABLE = {"finding": frozenset({"one", "two"}), "chemical": frozenset({"one"})}


def make(start: int, end: int, rank: int = 1) -> Found:
    return Found(start, end, "finding", 0.5, rank, COMPONENT)


def test_rank_goes_before_length_and_length_before_order() -> None:
    assert without_overlaps([make(0, 9), make(3, 5, rank=2)]) == [make(3, 5, rank=2)]
    assert without_overlaps([make(0, 3), make(1, 9), make(9, 10)]) == [make(1, 9), make(9, 10)]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9), st.integers(0, 3)), max_size=40))
def test_nothing_overlaps_and_nothing_that_fits_is_lost(rows: list[tuple[int, int, int]]) -> None:
    given_items = [make(start, start + length, rank) for start, length, rank in rows]
    kept = without_overlaps(given_items)
    assert all(one.end <= two.start for one, two in itertools.pairwise(kept))
    for item in given_items:
        if item.start < item.end:
            assert any(item.start < other.end and other.start < item.end for other in kept)


def test_a_longer_phrase_of_a_model_wins_over_the_named_word_it_ends_in() -> None:
    injury = Found(12, 18, "finding", 0.9, 60, COMPONENT, "X:1 injury", "injury")
    whole = Found(0, 18, "finding", 0.6, ALONE_RANK, COMPONENT)
    before = Found(0, 14, "finding", 0.6, ALONE_RANK, COMPONENT)
    assert without_overlaps(with_longer_names([injury, whole]))[0].start == 0
    assert without_overlaps(with_longer_names([injury, before])) == [injury]


def test_two_heads_agree_one_is_dropped_or_yields() -> None:
    both = [Said("one", 0, 5, "finding"), Said("two", 2, 9, "finding")]
    (agreed,) = merge_heads(both, ABLE, heads=2)
    assert (agreed.start, agreed.end) == (2, 9)
    assert merge_heads(both[:1], ABLE, heads=2) == []
    (alone,) = merge_heads([Said("one", 0, 5, "chemical")], ABLE, heads=2)
    assert alone.rank == ALONE_RANK
    (believed,) = merge_heads(both[:1], ABLE, heads=1)
    assert believed.rank == agreed.rank


def test_the_leading_head_gives_the_stretch_and_is_heard_alone() -> None:
    able = {"finding": frozenset({"bc5cdr", "ncbi_disease"})}
    leading, other = Said("bc5cdr", 0, 5, "finding"), Said("ncbi_disease", 2, 9, "finding")
    (agreed,) = merge_heads([leading, other], able, heads=2)
    assert (agreed.start, agreed.end, agreed.rank > ALONE_RANK) == (0, 5, True)
    (alone,) = merge_heads([leading], able, heads=2)
    assert alone.rank == ALONE_RANK
    assert merge_heads([other], able, heads=2) == []


def test_a_name_has_capitals() -> None:
    assert can_be_name("Corral Hill")
    assert can_be_name("Cartagena de Indias")
    assert not can_be_name("Inside the band")
    assert not can_be_name("...")


@pytest.mark.parametrize(
    ("phrase", "kept"),
    [
        ("(A-T", "A-T"),
        ("toxicity)", "toxicity"),
        (". x", "x"),
        ("vitamin (D)", "vitamin (D)"),
        ("(+)-amphetamine", "(+)-amphetamine"),
        ("(", ""),
    ],
)
def test_marks_of_the_sentence_are_no_part_of_a_phrase(phrase: str, kept: str) -> None:
    text = f"ab {phrase} cd"
    start, end = without_stray_marks(text, 3, 3 + len(phrase))
    assert text[start:end] == kept
