"""A network's scores become probabilities: for each label a line in log-odds (Platt 1999)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelMismatch

_LEAST = 1e-6
_ROUNDS = 50
# As if this many detections had shown that the scores are right as they are.
_PRIOR = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """``log-odds of being right = slope * log-odds of the score + offset``."""

    slope: float = 1.0
    offset: float = 0.0

    def probabilities(self, scores: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
        return _sigmoid(self.slope * _log_odds(scores) + self.offset)


def read_lines(text: str) -> dict[str, Line]:
    """Read a card's parameter ``RBC 1.1 -0.2, WBC 0.9 0.3``; raises ModelMismatch at anything else."""
    lines = {}
    try:
        for item in text.split(",") if text else ():
            label, slope, offset = item.strip().rsplit(" ", 2)
            lines[label] = Line(slope=float(slope), offset=float(offset))
    except ValueError as error:
        raise ModelMismatch(f"calibration {text[:80]!r} does not read LABEL SLOPE OFFSET, …") from error
    return lines


def write_lines(lines: Mapping[str, Line]) -> str:
    return ", ".join(f"{label} {line.slope:.4f} {line.offset:.4f}" for label, line in lines.items())


def calibrated(
    class_scores: NDArray[np.float32], labels: Sequence[str], lines: Mapping[str, Line]
) -> NDArray[np.float32]:
    """Return the scores, shape (labels, anchors), as probabilities of being right."""
    rows = [
        lines.get(label, Line()).probabilities(row) for label, row in zip(labels, class_scores, strict=True)
    ]
    return np.stack(rows).astype(np.float32)


def calibrated_of(
    scores: NDArray[np.float32], labels: Sequence[str], lines: Mapping[str, Line]
) -> NDArray[np.float32]:
    """Return scores of things with these labels, one each, as probabilities of being right."""
    chosen = [lines.get(label, Line()) for label in labels]
    slopes, offsets = np.array([(line.slope, line.offset) for line in chosen]).reshape(-1, 2).T
    return _sigmoid(slopes * _log_odds(scores) + offsets).astype(np.float32)


def fit_line(scores: NDArray[np.floating[Any]], hits: NDArray[np.bool_]) -> Line:
    """Return the line under which ``hits`` are most likely, held near the scores as they are (Newton)."""
    inputs = np.stack([_log_odds(scores), np.ones(len(scores))], axis=1)
    start = np.array([1.0, 0.0])
    values = start.copy()
    for _ in range(_ROUNDS):
        chances = _sigmoid(inputs @ values)
        slope = inputs.T @ (chances - hits) + _PRIOR * (values - start)
        curve = (inputs * (chances * (1 - chances))[:, None]).T @ inputs + _PRIOR * np.eye(2)
        step = np.linalg.solve(curve, slope)
        values -= step
        if np.abs(step).max() < 1e-8:
            break
    return Line(slope=max(0.05, float(values[0])), offset=float(values[1]))


def _log_odds(scores: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    clipped = np.clip(np.asarray(scores, np.float64), _LEAST, 1 - _LEAST)
    return np.asarray(np.log(clipped / (1 - clipped)))


def _sigmoid(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-values)))
