"""Coordinates in a text are read in the usual ways and compared with the camera's position."""

from __future__ import annotations

import pytest

from engine.linkers.combine import link_pair, load_combiner
from engine.linkers.locations import LocationLinker, distance_m
from engine.linkers.mentions import MentionLinker
from engine.model.evidence import Location
from engine.model.findings import LinkRelation
from engine.protocols import Pair
from engine.recognizers.coordinates import find_coordinates
from tests.unit.linking_scene import entity, note, pair_of, picture

TOWER = Location(latitude_deg=51.50074, longitude_deg=-0.12462)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("taken at 51.5007, -0.1246 on foot", "51.500700 -0.124600"),
        ("at 51.5007 N, 0.1246 W", "51.500700 -0.124600"),
        ("at 33°51'24.1\"S 151°12'55\"E, by the quay", "-33.856694 151.215278"),
        ("at 33° 51.4' S, 151° 12.9' E", "-33.856667 151.215000"),
    ],
)
def test_coordinates_are_read_in_degrees(text: str, normal: str) -> None:
    assert [item.normal for item in find_coordinates(text)] == [normal]


@pytest.mark.parametrize(
    "text",
    ["measures 2.5, 3.1 and 4.0", "version 10.1234, 999.1234", "total 1.23456 euros", "99.1234, 10.1234"],
)
def test_other_numbers_are_no_coordinates(text: str) -> None:
    assert list(find_coordinates(text)) == []


def test_a_degree_of_latitude_is_111_km() -> None:
    assert distance_m(51.0, 0.0, 52.0, 0.0) == pytest.approx(111_195, rel=1e-3)
    assert distance_m(60.0, 10.0, 60.0, 11.0) == pytest.approx(111_195 / 2, rel=1e-2)


def _said(
    words: str, *, text: str = "IMG_2043.jpg was taken at {}.", location: Location | None = TOWER
) -> Pair:
    report = note(text.format(words))
    latitude, longitude = words.split(", ")
    found = entity(report, words, label="coordinates", normal=f"{latitude} {longitude}")
    name = entity(report, "IMG_2043.jpg", label="file-name", normal="img_2043.jpg")
    return pair_of(picture(location=location), (), report, (name, found))


def test_the_same_place_supports_and_another_contradicts() -> None:
    linkers = (MentionLinker(), LocationLinker())
    for words, relation in (
        ("51.5010, 0.1246", LinkRelation.CONTRADICTS),
        ("51.5010, -0.1246", LinkRelation.SUPPORTS),
    ):
        pair = _said(words)
        links = link_pair(pair, linkers, load_combiner())
        (link,) = (link for link in links if link.entity_id == pair.report_side.entities[1].id)
        assert link.relation is relation and link.region_id is None


def test_nothing_is_said_without_a_position_or_of_another_thing() -> None:
    assert LocationLinker().propose(_said("51.5010, 0.1246", location=None)) == ()
    elsewhere = "The camera lay at {}. IMG_2043.jpg shows the yard."
    assert LocationLinker().propose(_said("51.5010, 0.1246", text=elsewhere)) == ()
