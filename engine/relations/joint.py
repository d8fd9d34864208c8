"""One model of CMI, SC and ABS together: named features speak for each value, and values for each other.

A log-linear model over all combinations of the three values. The score of a combination is the sum of
its values' weighted features and of how well the values go together; its softmax is the probability.
Features are standardized, so that a weight times a feature says how much what is unusual about this
pair speaks for a value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import exp
from typing import Any

VALUES: Mapping[str, tuple[float, ...]] = {
    "cmi": (0.0, 0.25, 0.5, 0.75, 1.0),
    "sc": (-1.0, -0.5, 0.0, 0.5, 1.0),
    "abs": (-1.0, 0.0, 1.0),
}
Outcome = tuple[float, ...]
OUTCOMES: tuple[Outcome, ...] = tuple(product(*VALUES.values()))
COUPLES = tuple(combinations(VALUES, 2))
BIAS = "bias"


def step_key(name: str, step: float) -> str:
    """Return how the weights file calls a value: ``cmi=0.25``."""
    return f"{name}={step:g}"


def couple_key(one: str, first: float, other: str, second: float) -> str:
    return f"{step_key(one, first)} {step_key(other, second)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class JointModel:
    """Weights by value (``cmi=0.5``) and feature; how well the values of each outcome go ``together``.

    ``center`` and ``scale`` are the mean and the spread of each feature where the model was fitted.
    """

    center: Mapping[str, float]
    scale: Mapping[str, float]
    weights: Mapping[str, Mapping[str, float]]
    together: tuple[float, ...]

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> JointModel:
        """Read the parts of a weights file; raises KeyError where one is missing."""
        return cls(
            center=document["center"],
            scale=document["scale"],
            weights=document["weights"],
            together=tuple(
                sum(document["together"].get(key, 0.0) for key in _couples(outcome)) for outcome in OUTCOMES
            ),
        )

    def standardized(self, found: Mapping[str, float]) -> dict[str, float]:
        """Return the features as distances from their mean; one that was not measured is left out."""
        return {
            name: (found[name] - center) / self.scale[name]
            for name, center in self.center.items()
            if name in found
        }

    def parts(self, key: str, unusual: Mapping[str, float]) -> dict[str, float]:
        """Return what each standardized feature adds to the score of one value."""
        return dict(zip(unusual, self._weighted(key, unusual), strict=True))

    def _weighted(self, key: str, unusual: Mapping[str, float]) -> Iterator[float]:
        weights = self.weights[key]
        return (weights.get(name, 0.0) * amount for name, amount in unusual.items())

    def probabilities(self, found: Mapping[str, float]) -> dict[Outcome, float]:
        """Return the probability of every combination of the three values."""
        unusual = self.standardized(found)
        scores = {
            (name, step): self.weights[step_key(name, step)].get(BIAS, 0.0)
            + sum(self._weighted(step_key(name, step), unusual))
            for name, steps in VALUES.items()
            for step in steps
        }
        totals = [
            sum(scores[each] for each in zip(VALUES, outcome, strict=True)) + bonus
            for outcome, bonus in zip(OUTCOMES, self.together, strict=True)
        ]
        top = max(totals)
        shares = [exp(total - top) for total in totals]
        whole = sum(shares)
        return {outcome: share / whole for outcome, share in zip(OUTCOMES, shares, strict=True)}

    def choose(self, found: Mapping[str, float]) -> dict[str, float]:
        """Return the likeliest value of each of the three."""
        chances = self.probabilities(found)
        chosen = {}
        for number, (name, steps) in enumerate(VALUES.items()):
            totals = dict.fromkeys(steps, 0.0)
            for outcome, chance in chances.items():
                totals[outcome[number]] += chance
            chosen[name] = max(steps, key=lambda step: totals[step])
        return chosen


def _couples(outcome: Outcome) -> Sequence[str]:
    values = dict(zip(VALUES, outcome, strict=True))
    return [couple_key(one, values[one], other, values[other]) for one, other in COUPLES]
