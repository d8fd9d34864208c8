"""Fits the joint model of CMI, SC and ABS by plain numpy: always the same result for the same data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.relations.joint import BIAS, COUPLES, OUTCOMES, VALUES, Outcome, couple_key, step_key

_TOGETHER_PENALTY = 0.3
_BIAS_PENALTY = 0.02
_STEPS = tuple((name, step) for name, steps in VALUES.items() for step in steps)
_PAIRS = tuple(
    (one, first, other, second) for one, other in COUPLES for first in VALUES[one] for second in VALUES[other]
)


def fit_joint(
    rows: Sequence[Mapping[str, float]], gold: Sequence[Outcome], *, penalty: float, rounds: int = 1500
) -> dict[str, Any]:
    """Return the document of a JointModel, by gradient descent with momentum and an L2 penalty.

    ``gold``: cmi, sc and abs of each row. The loss is convex, so that the start does not matter.
    """
    names = sorted({name for row in rows for name in row})
    raw = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    center, scale = raw.mean(axis=0), raw.std(axis=0)
    scale[scale < 1e-9] = 1.0
    inputs = np.hstack([(raw - center) / scale, np.ones((len(rows), 1))])
    position = {outcome: number for number, outcome in enumerate(OUTCOMES)}
    weights, together = _descend(inputs, np.array([position[each] for each in gold]), penalty, rounds)
    return {
        "center": _named(names, center),
        "scale": _named(names, scale),
        "weights": {
            step_key(name, step): _named([*names, BIAS], weights[:, number])
            for number, (name, step) in enumerate(_STEPS)
        },
        "together": _named([couple_key(*pair) for pair in _PAIRS], together),
    }


def _named(names: Sequence[str], values: NDArray[np.float64]) -> dict[str, float]:
    return {name: round(float(value), 5) for name, value in zip(names, values, strict=True)}


def _descend(
    inputs: NDArray[np.float64], gold: NDArray[np.int64], penalty: float, rounds: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return weights by feature (the bias last) and step, and by couple of steps (Nesterov 1983)."""
    steps, couples = _indicators()
    ridge = np.full((inputs.shape[1], 1), penalty)
    ridge[-1] = _BIAS_PENALTY
    weights, together = np.zeros((inputs.shape[1], steps.shape[1])), np.zeros(couples.shape[1])
    speed, speed_together = np.zeros_like(weights), np.zeros_like(together)
    # No curvature of the loss is steeper than this.
    rate = 1 / (len(VALUES) * np.linalg.norm(inputs, 2) ** 2 + len(COUPLES) * len(inputs) + penalty)
    for number in range(rounds):
        momentum = number / (number + 3)
        ahead, ahead_together = weights + momentum * speed, together + momentum * speed_together
        scores = inputs @ ahead @ steps.T + couples @ ahead_together
        excess = np.exp(scores - scores.max(axis=1, keepdims=True))
        excess /= excess.sum(axis=1, keepdims=True)
        excess[np.arange(len(gold)), gold] -= 1
        before, before_together = weights, together
        weights = ahead - rate * (inputs.T @ (excess @ steps) + ridge * ahead)
        together = ahead_together - rate * (excess.sum(axis=0) @ couples + _TOGETHER_PENALTY * ahead_together)
        speed, speed_together = weights - before, together - before_together
    return weights, together


def _indicators() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return which steps, and which couples of steps, each combination has: 0 or 1."""
    named = [dict(zip(VALUES, outcome, strict=True)) for outcome in OUTCOMES]
    steps = [[each[name] == step for name, step in _STEPS] for each in named]
    couples = [
        [each[one] == first and each[other] == last for one, first, other, last in _PAIRS] for each in named
    ]
    return np.array(steps, dtype=float), np.array(couples, dtype=float)
