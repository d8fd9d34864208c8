"""CMI, SC and ABS of an Image and a Report from explainable features of their Links and words.

After Henning and Ewerth (2017). Each value is one of a few steps; a softmax over named features,
fitted by ``casebook train relations``, chooses it, and the features that spoke most are the cues.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log1p
from pathlib import Path

from engine.model.findings import Cue, Link, LinkRelation, Relation, relation_id
from engine.model.runs import Component, make_component
from engine.protocols import Pair
from engine.weights import find_model

CMI_STEPS = (0.0, 0.25, 0.5, 0.75, 1.0)
SC_STEPS = (-1.0, -0.5, 0.0, 0.5, 1.0)
ABS_STEPS = (-1.0, 0.0, 1.0)
BIAS = "bias"
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_GENERAL = re.compile(
    r"\b(?:must|may|should|shall|is any|are any|is a|are a|usually|typical|typically|every|"
    r"each|any|always|never)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:left|right|foreground|background|behind|beside|front|top|bottom|middle|centre|center|corner|edge|above|below)\b",
    re.IGNORECASE,
)
_DETAIL = re.compile(
    r"\b\d+(?:[.,]\d+)?\s?(?:kg|g|km|m|cm|mm|km/h|ml|mph|euros?|pounds?|dollars?|per cent|%)|[£$€]\s?\d|"
    r"\b\d{1,2}:\d{2}\b|\bno\. ?\d|\b(?:19|20)\d{2}\b",
)
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+")
_WORDS_FOR = {
    "covered": "{value:.0%} of what fills the picture is named in the text",
    "kinds": "{value:.0%} of the kinds of things in the picture are named",
    "supports": "{count} phrases agree with the picture",
    "contradicts": "{count} phrases contradict the picture",
    "none": "no phrase is about anything in the picture",
    "share-against": "{value:.0%} of the linked phrases contradict",
    "main-against": "what fills the picture most is contradicted",
    "general": "the text speaks in general terms",
    "places": "the text says where things are",
    "details": "the text gives times, sizes, sums and numbers",
    "names": "the text gives names",
    "described": "phrases describe what things look like",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimator:
    """Weights by value (``cmi``, ``sc``, ``abs``), step and feature."""

    weights: Mapping[str, Mapping[str, Mapping[str, float]]]
    component: Component


@functools.cache
def load_estimator(name: str = "relations") -> Estimator:
    """Return the shipped or the user's estimator; raises ModelMissing or ModelMismatch."""
    card = find_model(name)
    card.verify()
    weights = json.loads(Path(card.path).read_text(encoding="utf-8"))
    return estimator_from(weights, card.sha256)


def estimator_from(weights: Mapping[str, Mapping[str, Mapping[str, float]]], sha256: str = "") -> Estimator:
    component = make_component("relation", "relations", "1", weights_sha256=sha256)
    return Estimator(weights=weights, component=component)


def measure(pair: Pair, links: Sequence[Link], estimator: Estimator | None = None) -> Relation:
    """Return how the two relate as wholes, with the reasons."""
    estimator = estimator or load_estimator()
    found = features(pair, links)
    values = {name: _choose(found, estimator.weights[name]) for name in ("cmi", "sc", "abs")}
    image, report = pair.key
    return Relation(
        id=relation_id(image, report),
        image_id=image,
        report_id=report,
        cmi=values["cmi"],
        sc=values["sc"],
        abs=round(values["abs"]),
        component_id=estimator.component.id,
        cues=tuple(
            cue
            for name, value in values.items()
            for cue in _reasons(name, value, found, estimator.weights[name])
        ),
    )


def features(pair: Pair, links: Sequence[Link]) -> dict[str, float]:
    """Return the named features of a pair, each about 0 to 1."""
    text = pair.report_side.report.text
    words = max(len(text.split()), 1)
    by_entity = {link.entity_id: link for link in links}
    against = [link for link in by_entity.values() if link.relation is LinkRelation.CONTRADICTS]
    agreeing = len(by_entity) - len(against)
    shares = _shares(pair)
    labels = {region.id: region.label for region in pair.image_side.regions}
    named = {labels[link.region_id] for link in links if link.region_id in labels}
    wrong = {
        labels[link.region_id]
        for link in links
        if link.region_id in labels and link.relation is LinkRelation.CONTRADICTS
    }
    main = max(shares, key=lambda label: shares[label], default="")
    described = sum(
        any(cue.rule in {"described", "placed"} for cue in link.cues) for link in by_entity.values()
    )
    return {
        "covered": sum(shares[label] for label in named),
        "kinds": len(named) / max(len(shares), 1),
        "supports": log1p(agreeing) / 2,
        "contradicts": log1p(len(against)) / 2,
        "none": float(not by_entity),
        "share-against": len(against) / max(len(by_entity), 1),
        "main-against": float(main in wrong),
        "general": min(1.0, 10 * len(_GENERAL.findall(text)) / words),
        "places": min(1.0, 10 * len(_PLACE.findall(text)) / words),
        "details": min(1.0, 10 * len(_DETAIL.findall(text)) / words),
        "numbers": min(1.0, 10 * len(_NUMBER.findall(text)) / words),
        "names": min(1.0, 10 * len(_NAME.findall(text)) / words),
        "described": described / max(len(by_entity), 1),
    }


def _shares(pair: Pair) -> dict[str, float]:
    """Return the share of each kind of thing in all that was found, by the root of its area."""
    areas: dict[str, float] = {}
    for region in pair.image_side.regions:
        if region.polygons:
            area = sum(polygon.area_px for polygon in region.polygons)
            areas[region.label] = areas.get(region.label, 0.0) + area
    roots = {label: area**0.5 for label, area in areas.items()}
    total = sum(roots.values()) or 1.0
    return {label: root / total for label, root in roots.items()}


def probabilities(
    found: Mapping[str, float], weights: Mapping[str, Mapping[str, float]]
) -> dict[float, float]:
    """Return the softmax over the steps of one value."""
    scores = {float(step): _score(found, each) for step, each in weights.items()}
    top = max(scores.values())
    total = sum(exp(score - top) for score in scores.values())
    return {step: exp(score - top) / total for step, score in scores.items()}


def _choose(found: Mapping[str, float], weights: Mapping[str, Mapping[str, float]]) -> float:
    chances = probabilities(found, weights)
    return max(sorted(chances), key=lambda step: chances[step])


def _score(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return weights.get(BIAS, 0.0) + sum(weights.get(name, 0.0) * value for name, value in found.items())


def _reasons(
    name: str, value: float, found: Mapping[str, float], weights: Mapping[str, Mapping[str, float]]
) -> list[Cue]:
    """Return the two features that spoke most for the chosen step, in words."""
    chosen = next(each for step, each in weights.items() if float(step) == value)
    shares = {
        key: chosen.get(key, 0.0) * amount for key, amount in found.items() if key in _WORDS_FOR and amount
    }
    best = sorted(shares, key=lambda key: -shares[key])[:2]
    return [
        Cue(
            rule=f"{name}-{key}",
            detail=_WORDS_FOR[key].format(value=found[key], count=round(exp(2 * found[key]) - 1)),
            weight=round(shares[key], 4),
            supports=shares[key] >= 0,
        )
        for key in best
    ]
