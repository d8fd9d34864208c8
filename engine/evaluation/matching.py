"""Predicted areas against gold areas: overlap, matching, and average precision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IOU_LEVELS = np.linspace(0.5, 0.95, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One object of a picture: its label, score (1 for gold) and mask (bool, shape (height, width)).

    ``box``: left, top, right, bottom, in the mask's pixels; where ``mask`` is None it is the area.
    """

    label: str
    score: float
    box: tuple[float, float, float, float]
    mask: NDArray[np.bool_] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """The predictions of one picture, best first, with what they hit.

    ``hits``: bool, shape (predictions, 10), one column per IoU level. ``overlaps``: the IoU with
    the gold object matched at 0.5, else 0, and ``gold``: its number, else -1.
    """

    labels: tuple[str, ...]
    scores: NDArray[np.float64]
    hits: NDArray[np.bool_]
    overlaps: NDArray[np.float64]
    gold: NDArray[np.int64]
    gold_labels: tuple[str, ...]


def match(predicted: Sequence[Area], gold: Sequence[Area]) -> Matched:
    """Match as COCO does: best score first, each to the free gold object of its label with most overlap."""
    ordered = sorted(predicted, key=lambda area: -area.score)
    table = np.array([[overlap(p, g) if p.label == g.label else 0.0 for g in gold] for p in ordered])
    table = table.reshape(len(ordered), len(gold))
    hits = np.zeros((len(ordered), len(IOU_LEVELS)), np.bool_)
    overlaps = np.zeros(len(ordered))
    partners = np.full(len(ordered), -1, np.int64)
    for column, level in enumerate(IOU_LEVELS):
        free = np.ones(len(gold), np.bool_)
        for row in range(len(ordered)):
            candidates = np.where(free, table[row], 0.0)
            best = int(candidates.argmax()) if len(gold) else -1
            if best >= 0 and candidates[best] >= level:
                free[best] = False
                hits[row, column] = True
                if column == 0:
                    overlaps[row], partners[row] = candidates[best], best
    return Matched(
        labels=tuple(area.label for area in ordered),
        scores=np.array([area.score for area in ordered]),
        hits=hits,
        overlaps=overlaps,
        gold=partners,
        gold_labels=tuple(area.label for area in gold),
    )


def overlap(a: Area, b: Area) -> float:
    """Return intersection over union, of masks where both have one, else of boxes."""
    width = min(a.box[2], b.box[2]) - max(a.box[0], b.box[0])
    height = min(a.box[3], b.box[3]) - max(a.box[1], b.box[1])
    if width <= 0 or height <= 0:
        return 0.0
    if a.mask is not None and b.mask is not None:
        union = np.count_nonzero(a.mask | b.mask)
        return float(np.count_nonzero(a.mask & b.mask) / union) if union else 0.0
    areas = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (a.box, b.box))
    return width * height / (areas - width * height)


def average_precision(scores: NDArray[np.float64], hits: NDArray[np.bool_], gold_count: int) -> float:
    """Return the area under the precision envelope at 101 recall points, as COCO and ultralytics do."""
    if gold_count == 0 or len(scores) == 0:
        return 0.0
    found = np.cumsum(hits[np.argsort(-scores, kind="stable")])
    recall = found / gold_count
    precision = found / np.arange(1, len(found) + 1)
    recall = np.concatenate([[0.0], recall, [recall[-1], 1.0]])
    precision = np.concatenate([[1.0], precision, [0.0, 0.0]])
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    points = np.linspace(0, 1, 101)
    return float(np.trapz(np.interp(points, recall, envelope), points))


@dataclass(frozen=True, slots=True, kw_only=True)
class Operating:
    """Precision, recall and F1 over all objects when predictions below ``threshold`` are dropped."""

    threshold: float
    precision: float
    recall: float
    f1: float


def operating_curve(scores: NDArray[np.float64], hits: NDArray[np.bool_], gold_count: int) -> list[Operating]:
    """Return the operating point at each distinct score, highest threshold first."""
    order = np.argsort(-scores, kind="stable")
    found = np.cumsum(hits[order])
    points = []
    for index, number in enumerate(order):
        is_last_of_score = index + 1 == len(order) or scores[order[index + 1]] < scores[number]
        if is_last_of_score:
            precision, recall = found[index] / (index + 1), found[index] / max(gold_count, 1)
            f1 = 2 * precision * recall / (precision + recall) if found[index] else 0.0
            points.append(
                Operating(
                    threshold=float(scores[number]),
                    precision=float(precision),
                    recall=float(recall),
                    f1=float(f1),
                )
            )
    return points
