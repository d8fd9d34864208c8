"""What every linker promises, over all of them: stable components, proposals that point to real things."""

from __future__ import annotations

import pytest

from engine.linkers.shelf import all_linkers
from engine.model.findings import Assertion
from engine.plugins import load_plugin, plugin_names
from engine.protocols import Linker, Pair
from tests.unit.linking_scene import entity, note, pair_of, picture, region

TEXTS = {
    "forensic": "Photograph 2043 shows a red car on the left. No dog was seen. Blue bottles stand behind.",
    "chest": "Consolidation in the left lower lobe. No effusion. Both lungs are hazy.",
    "empty": "",
    "odd": "\u202e\x1f <b>&amp;</b> car car car " + "of the " * 50 + "car",
}
WORDS = ("car", "dog", "bottles", "Consolidation", "effusion", "lungs", "Photograph 2043")


def pairs() -> list[Pair]:
    image = picture()
    regions = (
        region(image, "car", (10, 150, 150, 280), "red", "black"),
        region(image, "dog", (180, 200, 220, 260), "white"),
        region(image, "left lung", (220, 50, 350, 280)),
        region(image, "right lung", (50, 50, 180, 280)),
    )
    found = []
    for text in TEXTS.values():
        report = note(text)
        entities = tuple(
            entity(report, word, label="finding" if word[0] in "Cel" else "object", assertion=assertion)
            for word, assertion in zip(WORDS, (Assertion.PRESENT, Assertion.ABSENT) * 4, strict=False)
            if f" {word}" in f" {text}" and text.strip()
        )
        found.append(pair_of(image, regions, report, entities, looked_for=frozenset({"car", "dog", "bus"})))
        found.append(pair_of(image, (), report, entities))
    return found


@pytest.fixture(params=[linker.name for linker in all_linkers()])
def linker(request: pytest.FixtureRequest) -> Linker:
    return next(each for each in all_linkers() if each.name == request.param)


def test_every_linker_is_a_plug_in() -> None:
    names = {linker.name for linker in all_linkers()}
    assert names == set(plugin_names("linkers"))
    assert all(load_plugin("linkers", name).availability() is None for name in names)


def test_the_component_is_stable(linker: Linker) -> None:
    assert linker.component == linker.component
    assert linker.component.kind == "linker" and linker.component.name == linker.name


def test_proposals_point_to_this_pair_and_give_a_reason(linker: Linker) -> None:
    for pair in pairs():
        regions = {region.id for region in pair.image_side.regions} | {None}
        entities = {each.id for each in pair.report_side.entities}
        for proposal in linker.propose(pair):
            assert proposal.region_id in regions
            assert proposal.entity_id in entities
            assert proposal.cue.rule and proposal.cue.detail


def test_proposals_are_the_same_each_time(linker: Linker) -> None:
    for one, other in zip(pairs(), pairs(), strict=True):
        assert linker.propose(one) == linker.propose(other)
