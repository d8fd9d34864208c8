"""Which thing of the picture a phrase is about, and which Regions of it the phrase means.

Linkers propose; a phrase may have offers of several labels, of which the one that weighs most stays. The
phrases for one thing then get the Regions by which all of them together fit best, each Region once while
there are others; "the animal" goes to the one spoken of before; plurals and general words mean all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

import numpy as np

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
_NEVER = -1e6  # the score of a Region that a phrase can't mean


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
    *,
    is_spoken: Callable[[Strengths], bool] = lambda _: True,
) -> tuple[Choice, ...]:
    """Decide for every phrase with offers which thing and which Regions it means, in text order.

    ``weights`` rank the Regions of one offer, ``offer_weights`` the offers of one phrase; ``ties``
    are the cues of the pair as a whole, added to each choice. Phrases for which ``is_spoken`` says no to
    the strengths of their cues (the owner, the officer) take no Region from others.
    """
    best = [
        max(found, key=lambda offer: weigh(alone(offer, weights).strengths, offer_weights))
        for found in offers_of(pair, linkers)
    ]
    rivals = [offer for offer in best if offer.is_single and is_spoken(alone(offer, weights, ties).strengths)]
    assigned = _assign(rivals, weights)
    taken = frozenset(assigned.values()) - {None}
    return tuple(
        _choice(offer, (assigned[offer.phrase.entity.id],), ties)
        if offer.phrase.entity.id in assigned
        else alone(offer, weights, ties, taken)
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


def alone(
    offer: Offer,
    weights: Strengths,
    ties: Sequence[Cue] = (),
    taken: frozenset[RegionId | None] = frozenset(),
) -> Choice:
    """Choose within one offer; of other phrases no more than the Regions ``taken`` by them counts."""
    cost = weights.get("taken", 0.0)
    scores = {region: score - cost * (region in taken) for region, score in offer.scores(weights).items()}
    ranked = sorted(scores, key=lambda region: (-scores[region], str(region)))
    if offer.is_single:
        return _choice(offer, ranked[:1], ties)
    free = [region for region in ranked if region not in taken]
    if offer.phrase.other and free:  # "the others"
        ranked = free
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


def _assign(singles: Sequence[Offer], weights: Strengths) -> dict[EntityId, RegionId | None]:
    """Give the phrases for one thing their Regions, so that all together fit best.

    A Region that is spoken of more than once costs something each further time.
    """
    follows = _antecedents(singles)
    leading = [offer for offer in singles if offer.phrase.entity.id not in follows]
    assigned = _best_together([offer.scores(weights) for offer in leading], weights.get("taken", 0.0))
    found = {offer.phrase.entity.id: region for offer, region in zip(leading, assigned, strict=True)}
    return {**found, **{follower: found[antecedent] for follower, antecedent in follows.items()}}


def _best_together(scores: Sequence[Mapping[RegionId | None, float]], cost: float) -> list[RegionId | None]:
    """Return a Region for each phrase with the highest sum of scores; ``cost`` is that of sharing one.

    Each Region is a column of the table, and so is for each phrase its best Region once more, shared.
    """
    from scipy.optimize import linear_sum_assignment

    if not scores:
        return []
    regions = sorted({region for found in scores for region in found if region is not None})
    column_of = {region: column for column, region in enumerate(regions)}
    table = np.full((len(scores), len(regions) + len(scores)), _NEVER)
    shared: list[RegionId | None] = []
    for row, found in enumerate(scores):
        for region, score in found.items():
            if region is not None:
                table[row, column_of[region]] = score
        prices = {region: score - cost * (region is not None) for region, score in found.items()}
        shared.append(min(prices, key=lambda region: (-prices[region], str(region))))
        table[row, len(regions) + row] = prices[shared[-1]]
    _, columns = linear_sum_assignment(table, maximize=True)
    return [(*regions, *shared)[column] for column in columns]


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
