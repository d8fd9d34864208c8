"""Whole links: what a phrase means in a picture, whether they agree, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.linkers.choosing import choose
from engine.linkers.combine import link_pair, load_combiner
from engine.linkers.shelf import all_linkers
from engine.model.evidence import Image, Laterality, Span
from engine.model.findings import Assertion, Link, LinkRelation, Region
from engine.protocols import Pair
from tests.unit.linking_scene import entity, note, pair_of, picture, region

LOOKED_FOR = frozenset({"car", "dog", "cat", "bus", "person", "bottle", "knife", "bicycle"})


def links_of(pair: Pair) -> tuple[Link, ...]:
    return link_pair(pair, all_linkers(), load_combiner())


def yard() -> tuple[Image, tuple[Region, ...]]:
    image = picture()
    return image, (
        region(image, "car", (10, 150, 150, 280), "red", "black"),
        region(image, "car", (250, 150, 390, 280), "blue", "gray"),
        region(image, "dog", (180, 200, 220, 260), "white"),
    )


def linked(text: str, *words: str, assertion: Assertion = Assertion.PRESENT) -> dict[str, list[Link]]:
    image, regions = yard()
    report = note(text)
    entities = tuple(entity(report, word, assertion=assertion) for word in words)
    found = links_of(pair_of(image, regions, report, entities, looked_for=LOOKED_FOR))
    texts = {each.id: each.text for each in entities}
    return {word: [link for link in found if texts[link.entity_id] == word] for word in words}


def regions_of(links: list[Link]) -> list[int]:
    number = {each.id: line for line, each in enumerate(yard()[1])}
    return sorted(number[link.region_id] for link in links if link.region_id)


def test_color_and_place_choose_the_region_and_the_cues_say_so() -> None:
    found = linked(
        "A blue sedan stands on the right and a small white dog sits in the middle.", "sedan", "dog"
    )
    assert regions_of(found["sedan"]) == [1]
    assert regions_of(found["dog"]) == [2]
    (link,) = found["sedan"]
    assert link.relation is LinkRelation.SUPPORTS and 0.5 < link.score <= 1
    details = " ".join(cue.detail for cue in link.cues)
    assert "kind of car" in details and "blue" in details and "right" in details


def test_a_denied_thing_that_is_visible_contradicts() -> None:
    text = "A red car is parked on the left and a blue car on the right; no dog was seen."
    (link,) = linked(text, "dog", assertion=Assertion.ABSENT)["dog"]
    assert link.relation is LinkRelation.CONTRADICTS
    assert any(cue.rule == "denied-but-visible" and not cue.supports for cue in link.cues)


def test_what_was_not_looked_for_is_never_missing() -> None:
    text = "A red car is parked on the left and a bright giraffe stands in the middle."
    image, regions = yard()
    report = note(text)
    entities = (entity(report, "car"), entity(report, "giraffe"))
    found = links_of(pair_of(image, regions, report, entities, looked_for=LOOKED_FOR))
    assert all(link.entity_id != entities[1].id for link in found)


def test_a_wrong_count_contradicts_all_regions() -> None:
    found = linked("Five cars are parked here, and a white dog sits in the middle.", "cars", "dog")
    assert regions_of(found["cars"]) == [0, 1]
    assert {link.relation for link in found["cars"]} == {LinkRelation.CONTRADICTS}


def test_links_are_the_same_each_time_and_never_without_a_cue() -> None:
    text = "A blue car stands on the right beside a white dog."
    first, second = linked(text, "car", "dog"), linked(text, "car", "dog")
    assert first == second
    assert all(link.cues for links in first.values() for link in links)


@pytest.mark.parametrize(
    ("text", "side", "expected"),
    [
        ("Consolidation in the left lower zone.", None, ["left lung"]),
        ("Right basal consolidation.", None, ["right lung"]),
        ("Bilateral patchy consolidation.", None, ["left lung", "right lung"]),
        ("Consolidation is seen in both lungs.", None, ["left lung", "right lung"]),
        (
            "Bilateral, almost symmetrical areas of peripheral consolidation.",
            None,
            ["left lung", "right lung"],
        ),
        ("Consolidation in the RUL.", None, ["right lung"]),
        (
            "Consolidation in the right upper lobe, and in the lower zone of the left lung.",
            None,
            ["left lung", "right lung"],
        ),
        ("Consolidation.", None, []),
        ("Consolidation.", Laterality.RIGHT, ["right lung"]),
    ],
)
def test_chest_findings_go_to_the_lung_of_their_side(
    text: str, side: Laterality | None, expected: list[str]
) -> None:
    image = picture("chest.png", modality="DX")
    regions = (
        region(image, "left lung", (220, 50, 350, 280)),
        region(image, "right lung", (50, 50, 180, 280)),
    )
    report = note(text)
    word = "Consolidation" if "Consolidation" in text else "consolidation"
    found = entity(report, word, label="finding", laterality=side)
    links = links_of(pair_of(image, regions, report, (found,)))
    labels = {each.id: each.label for each in regions}
    assert sorted(labels[link.region_id] for link in links if link.region_id) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Left upper lobe opacity consistent with consolidation.",
        "Consolidation with opacity in the left lower zone.",
    ],
)
def test_a_finding_shares_the_side_of_the_one_it_is_joined_to(text: str) -> None:
    image = picture("chest.png", modality="DX")
    lungs = (
        region(image, "left lung", (220, 50, 350, 280)),
        region(image, "right lung", (50, 50, 180, 280)),
    )
    report = note(text)
    words = ("opacity", "Consolidation" if "Consolidation" in text else "consolidation")
    found = tuple(entity(report, word, label="finding") for word in words)
    links = links_of(pair_of(image, lungs, report, found))
    assert {(link.entity_id, link.region_id) for link in links} == {(each.id, lungs[0].id) for each in found}


def test_a_place_that_only_describes_the_finding_behind_it_is_not_linked() -> None:
    image = picture("chest.png", modality="DX")
    lungs = (region(image, "right lung", (50, 50, 180, 280)),)
    report = note("There is right peripheral consolidation.")
    place, found = (
        entity(report, "right peripheral", label="anatomy"),
        entity(report, "consolidation", label="finding"),
    )
    assert {link.entity_id for link in links_of(pair_of(image, lungs, report, (place, found)))} == {found.id}


def test_denied_chest_findings_and_devices_are_not_linked() -> None:
    image = picture("chest.png", modality="DX")
    regions = (region(image, "left lung", (220, 50, 350, 280)),)
    report = note("No left consolidation. Left subclavian catheter.")
    denied = entity(report, "consolidation", label="finding", assertion=Assertion.ABSENT)
    device = entity(report, "catheter", label="device", laterality=Laterality.LEFT)
    assert links_of(pair_of(image, regions, report, (denied, device))) == ()


def test_a_named_file_is_linked_to_the_whole_image() -> None:
    image = picture()
    report = note("IMG_2043.jpg shows the yard.")
    found = entity(report, "IMG_2043.jpg", label="file-name")
    (link,) = links_of(pair_of(image, (), report, (found,)))
    assert link.region_id is None and link.relation is LinkRelation.SUPPORTS
    other = pair_of(picture("other.jpg"), (), report, (found,), path="other.jpg")
    assert links_of(other) == ()


def _street() -> tuple[Image, tuple[Region, ...]]:
    image = picture()
    return image, (
        region(image, "person", (20, 60, 90, 280), "blue", "black"),
        region(image, "person", (300, 60, 370, 280), "blue", "gray"),
        region(image, "dog", (365, 220, 395, 285), "white"),
    )


def _street_links(text: str, *words: str) -> dict[str, list[Link]]:
    image, regions = _street()
    report = note(text)
    labels = {"one": "stand-in", "other": "stand-in", "man": "person", "woman": "person"}
    entities = tuple(entity(report, word, label=labels.get(word, "object")) for word in words)
    found = links_of(pair_of(image, regions, report, entities, looked_for=LOOKED_FOR))
    texts = {each.id: each.text for each in entities}
    return {word: [link for link in found if texts[link.entity_id] == word] for word in words}


def _street_regions(links: list[Link]) -> list[int]:
    number = {each.id: line for line, each in enumerate(_street()[1])}
    return sorted(number[link.region_id] for link in links if link.region_id)


def test_what_is_named_beside_it_tells_a_person_apart() -> None:
    found = _street_links("A man with a white dog stands in the yard.", "man", "dog")
    assert _street_regions(found["man"]) == [1]
    assert any(cue.rule == "near" for link in found["man"] for cue in link.cues)


def test_the_left_one_and_the_other_stand_for_what_was_spoken_of() -> None:
    text = "In the picture two cars are parked; the left one is red, and the other is seen behind it."
    image, regions = yard()
    report = note(text)
    entities = (
        entity(report, "cars"),
        entity(report, "one", label="stand-in"),
        entity(report, "other", label="stand-in"),
    )
    pair, combiner = pair_of(image, regions, report, entities, looked_for=LOOKED_FOR), load_combiner()
    choices = choose(pair, all_linkers(), combiner.choice, combiner.offer)
    red, blue = regions[0].id, regions[1].id
    assert [set(choice.regions) for choice in choices] == [{red, blue}, {red}, {blue}]


@pytest.mark.parametrize(("cost", "waiting"), [(0.0, 1), (3.0, 0)])
def test_a_region_that_fits_two_phrases_is_left_to_the_one_that_fits_no_other(
    cost: float, waiting: int
) -> None:
    text = "A man waits here. A woman in a gray coat stands on the right."
    image, regions = _street()
    report = note(text)
    entities = (entity(report, "man", label="person"), entity(report, "woman", label="person"))
    pair, combiner = pair_of(image, regions, report, entities, looked_for=LOOKED_FOR), load_combiner()
    choices = choose(pair, all_linkers(), {**combiner.choice, "taken": cost}, combiner.offer)
    assert [choice.regions for choice in choices] == [(regions[waiting].id,), (regions[1].id,)]


def test_a_garment_of_another_color_contradicts() -> None:
    found = _street_links(
        "A woman in a bright yellow jacket stands on the left beside a dog.", "woman", "dog"
    )
    assert {link.relation for link in found["woman"]} == {LinkRelation.CONTRADICTS}
    assert any(cue.rule == "wrong-trim-color" for link in found["woman"] for cue in link.cues)


def test_another_kind_of_thing_contradicts_what_was_taken_for_it() -> None:
    text = "A man stands on the left, and a white cat sits at the lower right."
    found = _street_links(text, "man", "cat")
    assert _street_regions(found["cat"]) == [2]
    assert {link.relation for link in found["cat"]} == {LinkRelation.CONTRADICTS}


def test_an_owner_is_not_taken_for_what_is_owned() -> None:
    assert _street_links("The man's bag was found on the left of the picture.", "man")["man"] == []


def test_somebody_is_seen_where_a_part_of_the_body_is() -> None:
    text = "A man's face is seen on the left of the picture, a woman in a gray coat on the right."
    image, regions = _street()
    report = note(text)
    man, face = entity(report, "man", label="person"), entity(report, "face", label="anatomy")
    woman = entity(report, "woman", label="person")
    found = links_of(pair_of(image, regions, report, (man, face, woman), looked_for=LOOKED_FOR))
    assert [link.region_id for link in found if link.entity_id == man.id] == [regions[0].id]


@pytest.mark.parametrize("word", ["дом", "犬", "Ähre", "№"])
def test_words_of_another_script_do_no_harm(word: str) -> None:
    image, regions = yard()
    report = note(f"A red car, {word} and a white dog.")
    start = report.text.index(word)
    span = Span(start=start, end=start + len(word))
    strange = replace(
        entity(report, "car", label="person"),
        text=word,
        span=span,
        normal=word,
    )
    found = links_of(pair_of(image, regions, report, (strange, entity(report, "dog")), looked_for=LOOKED_FOR))
    assert all(link.entity_id != strange.id for link in found)
