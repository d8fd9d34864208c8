"""Which thing of the picture a phrase is about, and which Regions of it the phrase means.

Linkers propose; a phrase may have offers of several labels, of which the one that weighs most stays. A
phrase for one thing then gets the Region whose cues weigh most, each Region once while there are others;
"the animal" goes to the one spoken of before; plurals and general words mean all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2

from engine.linkers.phrases import Phrase, read_phrases
from engine.model.findings import Cue
from engine.model.ids import EntityId, RegionId
from engine.protocols import Linker, Pair

Strengths = Mapping[str, float]
# Cues of a phrase that means every Region they were proposed for.
_LUNGS = "lung-of-side"
_MEANT_FOR_ALL = frozenset({"general-note", _LUNGS})
# Of several that a plural with a place, color or size may mean, one with such a cue is not meant.
_MISFITS = frozenset({"wrong-side", "wrong-level", "wrong-color", "wrong-size"})


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that a phrase may be about: the cues for each of its Regions (None: the whole picture)."""

    phrase: Phrase
    label: str
    cues: Mapping[RegionId | None, tuple[Cue, ...]]

    @property
    def is_single(self) -> bool:
        """Tell whether one Region is meant: a singular that is not said in general."""
        if any(cue.rule in _MEANT_FOR_ALL for found in self.cues.values() for cue in found):
            return False
        if self.phrase.number == 0:
            return self.phrase.modified
        return not self.phrase.plural

    @property
    def is_missing(self) -> bool:
        return any(cue.rule in ("not-seen", "wrong-kind") for found in self.cues.values() for cue in found)

    def scores(self, weights: Strengths) -> dict[RegionId | None, float]:
        """Return how well each Region fits the words, in log-odds."""
        return {region: weigh(strengths_of(cues), weights) for region, cues in self.cues.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The Regions that one phrase is taken to mean: the mean strength of each rule, and each one's cues."""

    phrase: Phrase
    regions: tuple[RegionId | None, ...]
    strengths: Strengths
    cues: tuple[tuple[Cue, ...], ...]


def choose(
    pair: Pair,
    linkers: Sequence[Linker],
    weights: Strengths,
    offer_weights: Strengths,
    ties: Sequence[Cue] = (),
) -> tuple[Choice, ...]:
    """Decide for every phrase with offers which thing and which Regions it means, in text order.

    ``weights`` rank the Regions of one offer, ``offer_weights`` the offers of one phrase; ``ties``
    are the cues of the pair as a whole, added to each choice.
    """
    best = [
        max(found, key=lambda offer: weigh(alone(offer, weights).strengths, offer_weights))
        for found in offers_of(pair, linkers)
    ]
    assigned = _assign(best, weights)
    return tuple(
        _choice(offer, (assigned[offer.phrase.entity.id],), ties)
        if offer.phrase.entity.id in assigned
        else alone(offer, weights, ties)
        for offer in best
    )


def offers_of(pair: Pair, linkers: Sequence[Linker]) -> list[list[Offer]]:
    """Return for each phrase that linkers propose something for its offers by label, in text order."""
    grouped: dict[EntityId, dict[str, dict[RegionId | None, list[Cue]]]] = defaultdict(dict)
    labels: dict[RegionId | None, str] = {region.id: region.label for region in pair.image_side.regions}
    for linker in linkers:
        for proposal in linker.propose(pair):
            label = _LUNGS if proposal.cue.rule == _LUNGS else labels.get(proposal.region_id, "")
            regions = grouped[proposal.entity_id].setdefault(label, {})
            regions.setdefault(proposal.region_id, []).append(proposal.cue)
    phrases = read_phrases(pair.report_side.report, pair.report_side.entities)
    return [
        [
            Offer(phrase, label, {region: tuple(cues) for region, cues in regions.items()})
            for label, regions in sorted(grouped[phrase.entity.id].items())
        ]
        for phrase in phrases
        if phrase.entity.id in grouped
    ]


def alone(offer: Offer, weights: Strengths, ties: Sequence[Cue] = ()) -> Choice:
    """Choose within one offer, whatever other phrases mean."""
    scores = offer.scores(weights)
    ranked = sorted(scores, key=lambda region: (-scores[region], str(region)))
    if offer.is_single:
        return _choice(offer, ranked[:1], ties)
    return _choice(offer, ranked[: _how_many(offer, ranked)], ties)


def _choice(offer: Offer, regions: Sequence[RegionId | None], ties: Sequence[Cue]) -> Choice:
    rivals = len(offer.cues) - len(regions)
    told = (Cue(rule="rivals", detail=f"{rivals} more of its kind are there", weight=log2(1 + rivals)),)
    cues = tuple((*offer.cues[region], *(told if rivals else ()), *ties) for region in regions)
    total: dict[str, float] = defaultdict(float)
    for found in cues:
        for rule, strength in strengths_of(found).items():
            total[rule] += strength / len(cues)
    return Choice(phrase=offer.phrase, regions=tuple(regions), strengths=total, cues=cues)


def _how_many(offer: Offer, ranked: Sequence[RegionId | None]) -> int:
    """Return how many of the Regions, best first, a plural means: its count, those that fit, or all."""
    phrase, there = offer.phrase, len(ranked)
    told_apart = bool(phrase.places or phrase.colors or phrase.trim)
    if phrase.number is not None and phrase.number > 1:
        return min(phrase.number, there) if phrase.modified or phrase.other or told_apart else there
    fitting = sum(not any(cue.rule in _MISFITS for cue in offer.cues[region]) for region in ranked)
    return fitting or there


def _assign(offers: Sequence[Offer], weights: Strengths) -> dict[EntityId, RegionId | None]:
    """Give each phrase for one thing its Region, the clearest case first.

    A Region already spoken of costs something.
    """
    singles = [offer for offer in offers if offer.is_single]
    follows = _antecedents(singles)
    scores = {offer.phrase.entity.id: offer.scores(weights) for offer in singles}
    assigned: dict[EntityId, RegionId | None] = {}
    taken: set[RegionId | None] = set()
    waiting = [offer for offer in singles if offer.phrase.entity.id not in follows]
    while waiting:
        ranked = [_ranked(scores[offer.phrase.entity.id], taken, weights) for offer in waiting]
        number = max(range(len(waiting)), key=lambda each: (_lead(ranked[each]), -each))
        region = ranked[number][0][1]
        assigned[waiting.pop(number).phrase.entity.id] = region
        taken.add(region)
    for follower, antecedent in follows.items():
        assigned[follower] = assigned[antecedent]
    return assigned


def _ranked(
    scores: Mapping[RegionId | None, float], taken: set[RegionId | None], weights: Strengths
) -> list[tuple[float, RegionId | None]]:
    cost = weights.get("taken", 0.0)
    offers = [
        (score - cost * (region in taken and region is not None), region) for region, score in scores.items()
    ]
    return sorted(offers, key=lambda each: (-each[0], str(each[1])))


def _lead(ranked: Sequence[tuple[float, RegionId | None]]) -> float:
    """Return by how much the best Region leads; one without a rival leads by far."""
    return ranked[0][0] - ranked[1][0] if len(ranked) > 1 else 100.0


def _antecedents(offers: Sequence[Offer]) -> dict[EntityId, EntityId]:
    """Return for each "the animal" the phrase before it that means the same thing, itself no such one."""
    follows: dict[EntityId, EntityId] = {}
    earlier: dict[str, EntityId] = {}
    for offer in offers:
        phrase = offer.phrase
        before = earlier.get(offer.label)
        if before is not None and phrase.repeats and not offer.is_missing:
            follows[phrase.entity.id] = follows.get(before, before)
        elif not offer.is_missing:
            earlier[offer.label] = phrase.entity.id
    return follows


def weigh(strengths: Strengths, weights: Strengths) -> float:
    """Return the weighted sum of strengths; rules without a weight count nothing."""
    return sum(weights.get(rule, 0.0) * strength for rule, strength in strengths.items())


def strengths_of(cues: Sequence[Cue]) -> dict[str, float]:
    """Return the strength by rule: cues of one rule add up."""
    total: dict[str, float] = defaultdict(float)
    for cue in cues:
        total[cue.rule] += cue.weight
    return total
