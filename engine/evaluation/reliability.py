"""Whether scores mean what they say: reliability table, expected error, and how to put it right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.matching import Matched
from engine.segmenters.calibration import Line, fit_line

LEAST_SCORE = 0.05
_BINS = 10
_FOLDS = 5
_LEAST_OF_LABEL = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Detections of similar score: their mean score, the share that is right, their number."""

    score: float
    right: float
    count: int


def reliability(scores: NDArray[np.float64], hits: NDArray[np.bool_]) -> list[Bin]:
    """Return the bins that hold anything, of equal width, of detections with a score of 0.05 or more."""
    kept = scores >= LEAST_SCORE
    scores, hits = scores[kept], hits[kept]
    numbers = np.minimum((scores * _BINS).astype(int), _BINS - 1)
    return [
        Bin(
            score=float(scores[numbers == number].mean()),
            right=float(hits[numbers == number].mean()),
            count=int((numbers == number).sum()),
        )
        for number in np.unique(numbers)
    ]


def bins_of(matched: Sequence[Matched]) -> list[Bin]:
    """Return the bins of all detections of all pictures."""
    scores, hits, _ = _detections(matched)
    return reliability(scores, hits)


def expected_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error: the bins' mean gap, weighted by their numbers."""
    total = sum(each.count for each in bins)
    return sum(abs(each.score - each.right) * each.count for each in bins) / total if total else 0.0


def fit_lines(matched: Sequence[Matched]) -> dict[str, Line]:
    """Return a line for each label, that of all labels together where one has too few detections."""
    scores, hits, labels = _detections(matched)
    if not len(scores):
        return {}
    pooled = fit_line(scores, hits)
    lines = {}
    for label in sorted(set(labels)):
        own = labels == label
        enough = own.sum() >= _LEAST_OF_LABEL and 0 < hits[own].sum() < own.sum()
        lines[str(label)] = fit_line(scores[own], hits[own]) if enough else pooled
    return lines


def cross_fitted(matched: Sequence[Matched]) -> list[Bin]:
    """Return the reliability under lines that were fitted without the picture's fold, five folds."""
    parts = []
    for fold in range(_FOLDS):
        lines = fit_lines([each for number, each in enumerate(matched) if number % _FOLDS != fold])
        scores, hits, labels = _detections(matched[fold::_FOLDS])
        chances = [
            lines.get(str(label), Line()).probabilities(np.array([score]))[0]
            for score, label in zip(scores, labels, strict=True)
        ]
        parts.append((np.array(chances), hits))
    return reliability(np.concatenate([p for p, _ in parts]), np.concatenate([h for _, h in parts]))


def _detections(
    matched: Sequence[Matched],
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.object_]]:
    """Return score, hit and label of all detections that are worth showing."""
    scores = np.concatenate([each.scores for each in matched]) if matched else np.zeros(0)
    hits = np.concatenate([each.hits[:, 0] for each in matched]) if matched else np.zeros(0, np.bool_)
    labels = np.array([label for each in matched for label in each.labels], dtype=object)
    kept = scores >= LEAST_SCORE
    return scores[kept], hits[kept], labels[kept]
