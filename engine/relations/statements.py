"""Links joined by phrase: what a Report says about an Image, one Statement each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.model.findings import Link, LinkRelation
from engine.model.ids import RegionId
from engine.protocols import Pair

# What can be wrong about a thing, by the cues that say so.
ERRORS: Mapping[str, frozenset[str]] = {
    "color": frozenset({"wrong-color", "wrong-trim-color"}),
    "place": frozenset({"wrong-side", "wrong-level", "wrong-depth", "wrong-place"}),
    "count": frozenset({"wrong-count"}),
    "size": frozenset({"wrong-size"}),
    "time": frozenset({"wrong-time"}),
    "identity": frozenset({"wrong-identity", "wrong-plate", "wrong-exhibit"}),
    "kind": frozenset({"wrong-kind"}),
    "presence": frozenset({"not-seen"}),
    "denial": frozenset({"denied-but-visible"}),
}
_FITTING = frozenset(
    {
        *("same-color", "same-trim-color", "same-detail-color", "same-count"),
        *("same-side", "same-level", "same-depth", "same-size"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One phrase that speaks of the picture.

    ``errors`` are the kinds of cues against it, ``fits`` tells of a color, place or count that agrees.
    """

    start: int
    score: float
    against: bool
    regions: frozenset[RegionId]
    labels: frozenset[str]
    errors: frozenset[str]
    fits: bool


def read_statements(pair: Pair, links: Sequence[Link]) -> tuple[Statement, ...]:
    """Return one Statement for each linked phrase, in the order of the text."""
    starts = {entity.id: entity.span.start for entity in pair.report_side.entities}
    labels = {region.id: region.label for region in pair.image_side.regions}
    by_phrase: dict[str, list[Link]] = {}
    for link in links:
        if link.entity_id in starts:
            by_phrase.setdefault(link.entity_id, []).append(link)
    found = [_statement(group, starts[group[0].entity_id], labels) for group in by_phrase.values()]
    return tuple(sorted(found, key=lambda each: each.start))


def _statement(links: Sequence[Link], start: int, labels: Mapping[RegionId, str]) -> Statement:
    rules = {cue.rule for link in links for cue in link.cues}
    regions = frozenset(link.region_id for link in links if link.region_id is not None)
    return Statement(
        start=start,
        score=links[0].score,
        against=links[0].relation is LinkRelation.CONTRADICTS,
        regions=regions,
        labels=frozenset(labels[region] for region in regions if region in labels),
        errors=frozenset(name for name, against in ERRORS.items() if rules & against),
        fits=not rules.isdisjoint(_FITTING),
    )
