"""Proposals become Links: which Regions a phrase means, whether they agree, and how sure that is.

One logistic model with two outcomes. The cues of a phrase and a Region are summed, each rule with
its own weight (log-odds per unit of strength): ``choice`` picks the Regions, ``about`` gives the
probability that the phrase speaks of them at all, ``against`` that it contradicts them. All weights
are in ``resources/models/links/weights.json``, fitted by ``casebook train links``; a Link carries its
cues with their share of the log-odds, so that every probability can be added up by hand.
"""

from __future__ import annotations

import functools
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp
from pathlib import Path

from engine.linkers.candidates import FIRM_RULES
from engine.linkers.phrases import Phrase, read_phrases
from engine.model.findings import Cue, Link, LinkRelation, link_id
from engine.model.ids import EntityId, RegionId
from engine.model.runs import Component, make_component
from engine.protocols import Linker, Pair
from engine.weights import ModelCard, find_model

Weights = Mapping[str, float]
BIAS = "bias"
# Cues of a phrase that means every Region they were proposed for.
_MEANT_FOR_ALL = frozenset({"general-note", "lung-of-side"})
# Log-odds of rules that the annotated notes cannot teach: their notes are tied to their picture, and
# carry no codes of its file. Chosen by hand; ``weights.json`` overrides them.
ABOUT_PRIORS = {
    "same-identifier": 5.0,
    "wrong-identity": 4.0,
    "names-file": 6.0,
    "names-figure": 6.0,
    "names-number": 4.0,
    "same-plate": 5.0,
    "wrong-plate": 3.0,
    "same-exhibit": 4.0,
    "wrong-exhibit": 3.0,
    "lung-of-side": 4.0,
    "wrong-time": 3.0,
    "same-time": 3.0,
    "loosely-tied": -1.5,
}
AGAINST_PRIORS = {
    "same-identifier": -4.0,
    "wrong-identity": 6.0,
    "names-file": -4.0,
    "names-figure": -4.0,
    "names-number": -4.0,
    "same-plate": -4.0,
    "wrong-plate": 5.0,
    "same-exhibit": -4.0,
    "wrong-exhibit": 5.0,
    "lung-of-side": -3.0,
    "wrong-time": 5.0,
    "same-time": -4.0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Combiner:
    """The weights per rule of cue, and the component that the case file records."""

    choice: Weights
    about: Weights
    against: Weights
    threshold: float
    component: Component


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The Regions that one phrase is taken to mean: the mean strength of each rule, and each one's cues."""

    phrase: Phrase
    regions: tuple[RegionId | None, ...]
    strengths: Mapping[str, float]
    cues: tuple[tuple[Cue, ...], ...]


@functools.cache
def load_combiner(name: str = "links") -> Combiner:
    """Return the shipped or the user's combiner; raises ModelMissing or ModelMismatch."""
    return combiner_of(find_model(name))


def combiner_of(card: ModelCard) -> Combiner:
    """Read a combiner's weights from its model folder."""
    card.verify()
    return combiner_from(json.loads(Path(card.path).read_text(encoding="utf-8")), card.sha256)


def combiner_from(weights: Mapping[str, Mapping[str, float]], sha256: str = "") -> Combiner:
    """Make a combiner of weights by part and rule."""
    return Combiner(
        choice=weights["choice"],
        about={**ABOUT_PRIORS, **weights["about"]},
        against={**AGAINST_PRIORS, **weights["against"]},
        threshold=weights["threshold"]["about"],
        component=make_component("linker", "links", "1", weights_sha256=sha256),
    )


def link_pair(pair: Pair, linkers: Sequence[Linker], combiner: Combiner) -> tuple[Link, ...]:
    """Return the Links of one Image and one Report, by place in the text."""
    return tuple(
        link for choice in choose(pair, linkers, combiner.choice) for link in _links(pair, choice, combiner)
    )


def choose(pair: Pair, linkers: Sequence[Linker], weights: Weights) -> tuple[Choice, ...]:
    """Decide for every phrase with proposals which Regions it means."""
    grouped = grouped_cues(pair, linkers)
    phrases = read_phrases(pair.report_side.report, pair.report_side.entities)
    ties = _tie_cues(pair)
    scores = {
        phrase.entity.id: {region: _sum(strengths_of(cues), weights) for region, cues in found.items()}
        for phrase in phrases
        if (found := grouped.get(phrase.entity.id))
    }
    singles = [
        each for each in phrases if each.entity.id in scores and _is_single(each, grouped[each.entity.id])
    ]
    assigned = _assign(singles, scores, weights.get("taken", 0.0))
    choices = []
    for phrase in phrases:
        if phrase.entity.id in scores:
            cues = {region: (*found, *ties) for region, found in grouped[phrase.entity.id].items()}
            choices.append(_choose(phrase, cues, scores[phrase.entity.id], assigned))
    return tuple(choices)


def _tie_cues(pair: Pair) -> tuple[Cue, ...]:
    """Return why this text belongs to this picture at all, or that nothing but shared things says so."""
    found = tuple(replace(cue, weight=1.0) for cue in pair.cues[:1])
    if any(cue.rule in FIRM_RULES for cue in pair.cues):
        return found
    detail = "nothing but what they are about ties the text to this picture"
    return (*found, Cue(rule="loosely-tied", detail=detail, weight=1.0))


def _assign(
    phrases: Sequence[Phrase], scores: Mapping[EntityId, Mapping[RegionId | None, float]], taken_cost: float
) -> dict[EntityId, RegionId | None]:
    """Give each phrase for one thing its Region, best first; one already spoken of costs something."""
    assigned: dict[EntityId, RegionId | None] = {}
    taken: set[RegionId | None] = set()
    waiting = list(phrases)
    while waiting:
        offers = [
            (score - taken_cost * (region in taken and region is not None), number, region)
            for number, phrase in enumerate(waiting)
            for region, score in scores[phrase.entity.id].items()
        ]
        _, number, region = max(offers, key=lambda offer: (offer[0], -offer[1], str(offer[2])))
        assigned[waiting.pop(number).entity.id] = region
        taken.add(region)
    return assigned


def _choose(
    phrase: Phrase,
    cues: Mapping[RegionId | None, Sequence[Cue]],
    scores: Mapping[RegionId | None, float],
    assigned: Mapping[EntityId, RegionId | None],
) -> Choice:
    ranked = sorted(scores, key=lambda region: (-scores[region], str(region)))
    chosen = tuple(ranked[: _how_many(phrase, len(ranked))])
    if phrase.entity.id in assigned:
        chosen = (assigned[phrase.entity.id],)
    total: dict[str, float] = defaultdict(float)
    for region in chosen:
        for rule, strength in strengths_of(cues[region]).items():
            total[rule] += strength / len(chosen)
    return Choice(
        phrase=phrase, regions=chosen, strengths=total, cues=tuple(tuple(cues[region]) for region in chosen)
    )


def grouped_cues(pair: Pair, linkers: Sequence[Linker]) -> dict[EntityId, dict[RegionId | None, list[Cue]]]:
    """Return all linkers' cues by Entity and Region."""
    grouped: dict[EntityId, dict[RegionId | None, list[Cue]]] = defaultdict(lambda: defaultdict(list))
    for linker in linkers:
        for proposal in linker.propose(pair):
            grouped[proposal.entity_id][proposal.region_id].append(proposal.cue)
    return grouped


def _is_single(phrase: Phrase, cues: Mapping[RegionId | None, Sequence[Cue]]) -> bool:
    """Tell whether a phrase means one thing in the picture: a singular that is not meant in general."""
    general = any(cue.rule in _MEANT_FOR_ALL for found in cues.values() for cue in found)
    if phrase.number == 0:
        return phrase.modified and not general
    return not phrase.plural and not general


def _how_many(phrase: Phrase, there: int) -> int:
    """Return how many Regions a plural or general phrase means: its count, or all."""
    if phrase.number is not None and phrase.number > 1 and (phrase.modified or phrase.other):
        return min(phrase.number, there)
    return there


def _links(pair: Pair, choice: Choice, combiner: Combiner) -> list[Link]:
    about = probability(choice.strengths, combiner.about)
    against = probability(choice.strengths, combiner.against)
    if about < combiner.threshold:
        return []
    relation = LinkRelation.CONTRADICTS if against >= 0.5 else LinkRelation.SUPPORTS
    family = family_of(choice.strengths)
    weights = combiner.against if relation is LinkRelation.CONTRADICTS else combiner.about
    return [
        Link(
            id=link_id(pair.image_side.image.id, region, choice.phrase.entity.id, relation),
            image_id=pair.image_side.image.id,
            region_id=region,
            entity_id=choice.phrase.entity.id,
            report_id=pair.report_side.report.id,
            relation=relation,
            score=round(about * max(against, 1 - against), 4),
            component_id=combiner.component.id,
            cues=tuple(
                replace(cue, weight=round(_weight(cue.rule, family, weights) * cue.weight, 4)) for cue in cues
            ),
        )
        for region, cues in zip(choice.regions, choice.cues, strict=True)
    ]


def probability(strengths: Mapping[str, float], weights: Weights) -> float:
    """Return the logistic of the bias and the weighted strengths."""
    logit = weights.get(BIAS, 0.0) + _sum(with_family(strengths), weights)
    return 1 / (1 + exp(-max(-30.0, min(30.0, logit))))


def family_of(strengths: Mapping[str, float]) -> str:
    """Return which of three kinds of phrase this is; each has weights of its own beside the shared ones."""
    if "not-seen" in strengths or "wrong-kind" in strengths:
        return "missing"
    return "person" if "person" in strengths else "thing"


def with_family(strengths: Mapping[str, float]) -> dict[str, float]:
    """Add each strength once more under its rule's name within the family."""
    family = family_of(strengths)
    return {**strengths, **{f"{family}/{rule}": strength for rule, strength in strengths.items()}}


def _weight(rule: str, family: str, weights: Weights) -> float:
    return weights.get(rule, 0.0) + weights.get(f"{family}/{rule}", 0.0)


def _sum(strengths: Mapping[str, float], weights: Weights) -> float:
    return sum(weights.get(rule, 0.0) * strength for rule, strength in strengths.items())


def strengths_of(cues: Sequence[Cue]) -> dict[str, float]:
    """Return the strength by rule: cues of one rule add up."""
    total: dict[str, float] = defaultdict(float)
    for cue in cues:
        total[cue.rule] += cue.weight
    return total
