"""Places of the chest are found by side and height, generic findings only beside such a place."""

from __future__ import annotations

import pytest

from engine.model.evidence import Span
from engine.recognizers.chest_places import find_chest_places


def _found(text: str) -> list[tuple[str, str]]:
    return [
        (text[item.start : item.end], item.label)
        for item in find_chest_places(text, [Span(start=0, end=len(text))])
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Opacity in both mid zones.", "both mid zones"),
        ("Predominantly in the right upper and middle lobes.", "right upper and middle lobes"),
        ("An indistinct left heart border.", "left heart border"),
        ("Ground glass on both sides.", "both sides"),
        ("Sparing of the apices.", "apices"),
    ],
)
def test_places_by_side_and_height(text: str, place: str) -> None:
    assert (place, "anatomy") in _found(text)


def test_shadowing_is_a_finding_only_beside_a_place() -> None:
    assert ("air-space shadowing", "finding") in _found("New air-space shadowing in the left lower zone.")
    assert _found("The patient reports skin changes.") == []


def test_the_abdomen_is_no_place_of_the_chest() -> None:
    assert _found("Pain in the right upper quadrant.") == []
