"""Softmax regression on named features by plain numpy: always the same result for the same data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp

import numpy as np

BIAS = "bias"


def probabilities(
    found: Mapping[str, float], weights: Mapping[str, Mapping[str, float]]
) -> dict[float, float]:
    """Return the probability of each step; a feature that was not measured adds nothing."""
    scores = {
        float(step): each.get(BIAS, 0.0) + sum(each.get(name, 0.0) * value for name, value in found.items())
        for step, each in weights.items()
    }
    top = max(scores.values())
    total = sum(exp(score - top) for score in scores.values())
    return {step: exp(score - top) / total for step, score in scores.items()}


def fit_softmax(
    rows: Sequence[Mapping[str, float]],
    outcomes: Sequence[float],
    steps: Sequence[float],
    *,
    penalty: float = 0.3,
    rounds: int = 4000,
    rate: float = 0.5,
) -> dict[str, dict[str, float]]:
    """Return weights by step and feature, by gradient descent with an L2 penalty (not on the bias)."""
    names = sorted({name for row in rows for name in row})
    features = np.array([[row.get(name, 0.0) for name in names] + [1.0] for row in rows])
    target = np.array([[float(step == outcome) for step in steps] for outcome in outcomes])
    ridge = np.full((len(names) + 1, 1), penalty / max(len(rows), 1))
    ridge[-1] = 0.0
    weights = np.zeros((len(names) + 1, len(steps)))
    for _ in range(rounds):
        scores = features @ weights
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        weights -= rate * (features.T @ (chances - target) / len(rows) + ridge * weights)
    return {
        str(step): {
            name: round(float(weight), 4)
            for name, weight in zip([*names, BIAS], weights[:, number], strict=True)
        }
        for number, step in enumerate(steps)
    }
