"""Logistic regression on named features by plain numpy: small, seeded by nothing, always the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

BIAS = "bias"


def fit_logistic(
    rows: Sequence[Mapping[str, float]],
    outcomes: Sequence[bool],
    *,
    penalty: float = 1.0,
    prior: Mapping[str, float] | None = None,
    rounds: int = 60,
) -> dict[str, float]:
    """Return a weight per feature and the bias, by Newton's method with an L2 penalty.

    ``rows``: features that are not named count as 0. The bias is not penalized. With a ``prior``
    only its features are used, and the penalty holds the weights near it, the bias too where the
    prior names it.
    """
    known = prior if prior is not None else {name: 0.0 for row in rows for name in row}
    names = sorted(name for name in known if name != BIAS)
    features = np.array([[row.get(name, 0.0) for name in names] + [1.0] for row in rows])
    target = np.array(outcomes, dtype=np.float64)
    ridge = np.full(len(names) + 1, penalty)
    ridge[-1] = penalty if BIAS in known else 1e-3
    start = np.array([known.get(name, 0.0) for name in [*names, BIAS]])
    weights = start.copy()
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-np.clip(features @ weights, -30, 30)))
        gradient = features.T @ (chance - target) + ridge * (weights - start)
        curvature = (features.T * (chance * (1 - chance))) @ features + np.diag(ridge)
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if float(np.abs(step).max()) < 1e-6:
            break
    return {name: round(float(weight), 4) for name, weight in zip([*names, BIAS], weights, strict=True)}


def fit_choice(
    offers: Sequence[tuple[Sequence[Mapping[str, float]], int]],
    prior: Mapping[str, float],
    *,
    penalty: float = 2.0,
    rounds: int = 400,
    rate: float = 0.05,
) -> dict[str, float]:
    """Return a weight per feature by which the right one of several is chosen (conditional logit).

    Each offer is the features of all there were, and the number of the right one. Weights are held
    near ``prior`` by an L2 penalty; features outside of it are not used.
    """
    names = sorted(prior)
    start = np.array([prior[name] for name in names])
    tables = [
        (np.array([[row.get(name, 0.0) for name in names] for row in rows]), right) for rows, right in offers
    ]
    weights = start.copy()
    for _ in range(rounds):
        gradient = penalty * (weights - start)
        for table, right in tables:
            scores = table @ weights
            chances = np.exp(scores - scores.max())
            gradient += chances @ table / chances.sum() - table[right]
        weights = weights - rate / max(len(tables), 1) * 10 * gradient
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}
