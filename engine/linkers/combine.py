"""Proposals become Links: which Regions a phrase means, whether they agree, and how sure that is.

One logistic model in five parts. The cues of a phrase and a Region are summed, each rule with its own
weight (log-odds per unit of strength): ``choice`` picks the Regions of a label, ``offer`` the label,
``about`` gives the probability that the phrase speaks of that thing of the picture at all, ``exact``
that it means just these Regions, ``against`` that it contradicts them. All weights are in
``resources/models/links/weights.json``, fitted by ``casebook train links``; a Link carries its cues
with their share of the log-odds, so that every probability can be added up by hand.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp
from pathlib import Path

from engine.errors import ModelMismatch
from engine.linkers.candidates import FIRM_RULES
from engine.linkers.choosing import Choice, choose, weigh
from engine.model.findings import Cue, Link, LinkRelation, link_id
from engine.model.runs import Component, make_component
from engine.protocols import Linker, Pair
from engine.weights import ModelCard, model_for

Weights = Mapping[str, float]
BIAS = "bias"
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
    "wrong-place": 3.0,
    "same-place": 3.0,
    "loosely-tied": -1.5,
    "same-size": 1.5,
    "wrong-size": 0.5,
}
# The bias beside which those that name or measure by themselves were chosen. Links by them have no cue of
# words whose weight could make up for another bias that was learned, so they move along with it.
_BESIDE_BIAS = -1.36
# Of several Regions of a kind, the one of the size that is said is meant.
CHOICE_PRIORS = {"same-size": 2.5, "wrong-size": -2.5}
# An identifier leaves no doubt which Regions are meant.
_NAMED_EXACTLY = 4.0
_NAMING = ABOUT_PRIORS.keys() - {"loosely-tied", "same-size", "wrong-size"}
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
    "wrong-place": 5.0,
    "same-place": -4.0,
    "same-size": -2.0,
    "wrong-size": 5.0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Combiner:
    """The weights per rule of cue, and the component that the case file records."""

    choice: Weights
    offer: Weights
    about: Weights
    exact: Weights
    against: Weights
    threshold: float
    component: Component


def load_combiner(name: str = "links") -> Combiner:
    """Return the shipped or the user's combiner; raises ModelMissing or ModelMismatch."""
    return combiner_of(model_for(name))


@functools.cache
def combiner_of(card: ModelCard) -> Combiner:
    """Read a combiner's weights from its model folder."""
    card.verify()
    weights = json.loads(Path(card.path).read_text(encoding="utf-8"))
    missing = [
        part for part in ("choice", "offer", "about", "exact", "against", "threshold") if part not in weights
    ]
    if missing:
        raise ModelMismatch(f"the model {card.name} has no weights {missing[0]!r}; train it again")
    return combiner_from(weights, card.sha256)


def combiner_from(weights: Mapping[str, Mapping[str, float]], sha256: str = "") -> Combiner:
    """Make a combiner of weights by part and rule."""
    return Combiner(
        choice={**CHOICE_PRIORS, **weights["choice"]},
        offer=weights["offer"],
        exact={**dict.fromkeys(_NAMING, _NAMED_EXACTLY), **weights["exact"]},
        about={**_about_priors(weights["about"][BIAS]), **weights["about"]},
        against={**AGAINST_PRIORS, **weights["against"]},
        threshold=weights["threshold"]["about"],
        component=make_component("linker", "links", "1", weights_sha256=sha256),
    )


def _about_priors(bias: float) -> dict[str, float]:
    """Return the weights chosen by hand for this bias: what names a thing stays as sure as it was meant."""
    shift = _BESIDE_BIAS - bias
    return {rule: weight + shift if rule in _NAMING else weight for rule, weight in ABOUT_PRIORS.items()}


def link_pair(pair: Pair, linkers: Sequence[Linker], combiner: Combiner) -> tuple[Link, ...]:
    """Return the Links of one Image and one Report, by place in the text."""

    def is_spoken(strengths: Mapping[str, float]) -> bool:
        return probability(strengths, combiner.about) >= combiner.threshold

    choices = choose(pair, linkers, combiner.choice, combiner.offer, tie_cues(pair), is_spoken=is_spoken)
    return tuple(link for choice in choices for link in _links(pair, choice, combiner))


def tie_cues(pair: Pair) -> tuple[Cue, ...]:
    """Return why this text belongs to this picture at all, or that nothing but shared things says so."""
    found = tuple(replace(cue, weight=1.0) for cue in pair.cues[:1])
    if any(cue.rule in FIRM_RULES for cue in pair.cues):
        return found
    detail = "nothing but what they are about ties the text to this picture"
    return (*found, Cue(rule="loosely-tied", detail=detail, weight=1.0))


def _links(pair: Pair, choice: Choice, combiner: Combiner) -> list[Link]:
    about = probability(choice.strengths, combiner.about) * probability(choice.strengths, combiner.exact)
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
    logit = weights.get(BIAS, 0.0) + weigh(with_family(strengths), weights)
    return 1 / (1 + exp(-max(-30.0, min(30.0, logit))))


def family_of(strengths: Mapping[str, float]) -> str:
    """Return which of six kinds of phrase this is; each has weights of its own beside the shared ones."""
    if "denied-but-visible" in strengths:
        return "denied"
    if "wrong-kind" in strengths:
        return "confused"
    if "not-seen" in strengths:
        return "missing"
    if "stand-in" in strengths or "taken-up" in strengths:
        return "again"
    return "person" if "person" in strengths else "thing"


def with_family(strengths: Mapping[str, float]) -> dict[str, float]:
    """Add each strength once more under its rule's name within the family."""
    family = family_of(strengths)
    return {**strengths, **{f"{family}/{rule}": strength for rule, strength in strengths.items()}}


def _weight(rule: str, family: str, weights: Weights) -> float:
    return weights.get(rule, 0.0) + weights.get(f"{family}/{rule}", 0.0)
