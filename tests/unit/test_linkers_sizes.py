"""Sizes that a text says against Regions that measure in millimeters."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.linkers.combine import link_pair, load_combiner
from engine.linkers.shelf import all_linkers
from engine.linkers.sizes import longest_mm, size_cue
from engine.model.findings import EntityAttributes, Link, LinkRelation, Measurement
from tests.unit.linking_scene import entity, note, pair_of, picture, region

SMALL, LARGE = (100, 100, 110, 110), (200, 100, 240, 130)


def links(said_mm: float, *boxes: tuple[float, float, float, float], modality: str = "DX") -> list[Link]:
    """Link "a nodule" of a size with nodules; a pixel is 1 mm wide and 2 mm high."""
    image = picture(modality=modality, spacing_mm=(2.0, 1.0))
    report = note(f"There is a {said_mm:g} mm nodule in the picture.")
    nodule = entity(report, "nodule", label="finding")
    nodule = replace(nodule, attributes=EntityAttributes(measurement=Measurement(values_mm=(said_mm,))))
    regions = tuple(region(image, "nodule", box) for box in boxes)
    return list(link_pair(pair_of(image, regions, report, (nodule,)), all_linkers(), load_combiner()))


def rules(link: Link) -> set[str]:
    return {cue.rule for cue in link.cues}


def test_the_longest_line_is_measured_in_millimeters() -> None:
    image = picture(spacing_mm=(2.0, 1.0))
    assert longest_mm(region(image, "nodule", (0, 0, 3, 2)), image) == pytest.approx(5.0)
    assert longest_mm(region(image, "nodule", (0, 0, 3, 2)), picture()) == 0.0


def test_a_size_that_agrees_supports_and_one_that_does_not_contradicts() -> None:
    (agreeing,) = links(20.0, SMALL)
    assert agreeing.relation is LinkRelation.SUPPORTS and "same-size" in rules(agreeing)
    (wrong,) = links(8.0, SMALL)
    assert wrong.relation is LinkRelation.CONTRADICTS
    (reason,) = [cue for cue in wrong.cues if cue.rule == "wrong-size"]
    assert reason.detail == "the text says 8 mm, but the region measures 22.4 mm" and not reason.supports


def test_of_two_the_one_of_the_said_size_is_meant() -> None:
    for said_mm, wanted in ((22.0, SMALL), (72.0, LARGE)):
        (link,) = links(said_mm, SMALL, LARGE)
        boxes = {region(picture(), "nodule", box).id: box for box in (SMALL, LARGE)}
        assert boxes[link.region_id] == wanted  # type: ignore[index]


def test_a_slice_beside_the_widest_place_proves_nothing() -> None:
    (link,) = links(80.0, SMALL, modality="CT")
    assert not {"wrong-size", "same-size"} & rules(link)
    (link,) = links(5.0, SMALL, modality="CT")
    assert "wrong-size" in rules(link)


def test_a_size_between_agreement_and_contradiction_says_nothing() -> None:
    image = picture(spacing_mm=(2.0, 1.0))
    report = note("A 14 mm nodule.")
    said = replace(
        entity(report, "nodule"), attributes=EntityAttributes(measurement=Measurement(values_mm=(14.0,)))
    )
    assert size_cue(said, region(image, "nodule", SMALL), image) is None
    assert size_cue(entity(report, "nodule"), region(image, "nodule", SMALL), image) is None


def test_the_size_of_a_part_is_not_compared_with_all_tissue() -> None:
    image = picture(modality="CT", spacing_mm=(1.0, 1.0))
    report = note("The upper lobe has a 26 mm lesion in it.")
    lobe = entity(report, "lobe", label="anatomy")
    lobe = replace(lobe, attributes=EntityAttributes(measurement=Measurement(values_mm=(26.0,))))
    pair = pair_of(image, (region(image, "soft tissue", (10, 10, 300, 250)),), report, (lobe,))
    found = link_pair(pair, all_linkers(), load_combiner())
    assert not any("wrong-size" in rules(link) for link in found)
