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
# Log-odds of rules that the annotated notes cannot teach: their notes are tied to their picture, and
# carry no codes of its file. Chosen by hand; ``weights.json`` overrides them.
ABOUT_PRIORS = {
    "same-identifier": 5.0,
    "wrong-identity": 4.0,
    "names-file": 6.0,
    "names-number": 4.0,
    "same-plate": 5.0,
    "wrong-plate": 3.0,
    "lung-of-side": 4.0,
    "wrong-time": 3.0,
    "same-time": 3.0,
    "loosely-tied": -1.5,
}
AGAINST_PRIORS = {
    "same-identifier": -4.0,
    "wrong-identity": 6.0,
    "names-file": -4.0,
    "names-number": -4.0,
    "same-plate": -4.0,
    "wrong-plate": 5.0,
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
    grouped: dict[EntityId, dict[RegionId | None, list[Cue]]] = defaultdict(lambda: defaultdict(list))
    for linker in linkers:
        for proposal in linker.propose(pair):
            grouped[proposal.entity_id][proposal.region_id].append(proposal.cue)
    phrases = read_phrases(pair.report_side.report, pair.report_side.entities)
    ties = _tie_cues(pair)
    taken: set[RegionId] = set()
    choices = []
    for phrase in phrases:
        if phrase.entity.id in grouped:
            for cues in grouped[phrase.entity.id].values():
                cues.extend(ties)
            choice = _choose(phrase, grouped[phrase.entity.id], weights, taken)
            choices.append(choice)
            if len(choice.regions) == 1:
                taken.update(region for region in choice.regions if region)
    return tuple(choices)


def _tie_cues(pair: Pair) -> tuple[Cue, ...]:
    """Return why this text belongs to this picture at all, or that nothing but shared things says so."""
    found = tuple(replace(cue, weight=1.0) for cue in pair.cues[:1])
    if any(cue.rule in FIRM_RULES for cue in pair.cues):
        return found
    detail = "nothing but what they are about ties the text to this picture"
    return (*found, Cue(rule="loosely-tied", detail=detail, weight=1.0))


def _choose(
    phrase: Phrase,
    cues: Mapping[RegionId | None, Sequence[Cue]],
    weights: Weights,
    taken: set[RegionId],
) -> Choice:
    scores = {
        region: _sum(_strengths(found), weights) - (weights.get("taken", 0.0) if region in taken else 0.0)
        for region, found in cues.items()
    }
    ranked = sorted(scores, key=lambda region: (-scores[region], str(region)))
    chosen = tuple(ranked[: _how_many(phrase, len(ranked))])
    total: dict[str, float] = defaultdict(float)
    for region in chosen:
        for rule, strength in _strengths(cues[region]).items():
            total[rule] += strength / len(chosen)
    return Choice(
        phrase=phrase, regions=chosen, strengths=total, cues=tuple(tuple(cues[region]) for region in chosen)
    )


def _how_many(phrase: Phrase, there: int) -> int:
    """Return how many Regions a phrase means: its count, all for a plural, one for a singular."""
    if phrase.number == 0 or (phrase.plural and phrase.number is None):
        return there
    if phrase.number is not None and phrase.number > 1:
        return min(phrase.number, there) if phrase.modified or phrase.other else there
    return 1


def _links(pair: Pair, choice: Choice, combiner: Combiner) -> list[Link]:
    about = probability(choice.strengths, combiner.about)
    against = probability(choice.strengths, combiner.against)
    if about < combiner.threshold:
        return []
    relation = LinkRelation.CONTRADICTS if against >= 0.5 else LinkRelation.SUPPORTS
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
                replace(cue, weight=round(weights.get(cue.rule, 0.0) * cue.weight, 4)) for cue in cues
            ),
        )
        for region, cues in zip(choice.regions, choice.cues, strict=True)
    ]


def probability(strengths: Mapping[str, float], weights: Weights) -> float:
    """Return the logistic of the bias and the weighted strengths."""
    logit = weights.get(BIAS, 0.0) + _sum(strengths, weights)
    return 1 / (1 + exp(-max(-30.0, min(30.0, logit))))


def _sum(strengths: Mapping[str, float], weights: Weights) -> float:
    return sum(weights.get(rule, 0.0) * strength for rule, strength in strengths.items())


def _strengths(cues: Sequence[Cue]) -> dict[str, float]:
    """Return the strength by rule: cues of one rule add up."""
    total: dict[str, float] = defaultdict(float)
    for cue in cues:
        total[cue.rule] += cue.weight
    return total
