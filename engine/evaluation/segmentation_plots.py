"""Curves of a segmentation evaluation as CSV tables, and as pictures where matplotlib is installed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from engine.evaluation.matching import Matched, Operating, operating_curve
from engine.settings import go_offline


def write_plots(matched: Sequence[Matched], folder: Path) -> None:
    """Write ``operating_points.csv``, ``confusion.csv`` and, with matplotlib, the curves as PNG."""
    folder.mkdir(parents=True, exist_ok=True)
    points = every_threshold(matched)
    lines = [f"{p.threshold:.4f},{p.precision:.4f},{p.recall:.4f},{p.f1:.4f}" for p in points]
    table = "\n".join(["confidence,precision,recall,f1", *lines]) + "\n"
    (folder / "operating_points.csv").write_text(table, encoding="utf-8")
    best = max(points, key=lambda point: point.f1, default=None)
    (folder / "confusion.csv").write_text(
        confusion_table(matched, best.threshold if best else 1.0), encoding="utf-8"
    )
    _draw(points, folder)


def every_threshold(matched: Sequence[Matched]) -> list[Operating]:
    """Return the operating points of all pictures together at IoU 0.5, highest threshold first."""
    scores = np.concatenate([each.scores for each in matched])
    hits = np.concatenate([each.hits[:, 0] for each in matched])
    return operating_curve(scores, hits, sum(len(each.gold_labels) for each in matched))


def confusion_table(matched: Sequence[Matched], threshold: float) -> str:
    """Return per label, as CSV: found, missed, and found where nothing of the label is."""
    found: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    for each in matched:
        gold.update(each.gold_labels)
        for label, score, hit in zip(each.labels, each.scores, each.hits[:, 0], strict=True):
            if score >= threshold:
                (found if hit else wrong)[label] += 1
    rows = [
        f"{label},{gold[label]},{found[label]},{gold[label] - found[label]},{wrong[label]}"
        for label in sorted({*gold, *wrong})
    ]
    return "\n".join(["label,gold,found,missed,wrong", *rows]) + "\n"


def _draw(points: Sequence[Operating], folder: Path) -> None:
    go_offline()
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError:
        return
    figure = Figure(figsize=(9, 4), layout="constrained")
    FigureCanvasAgg(figure)
    by_confidence, by_recall = figure.subplots(1, 2)
    thresholds = [point.threshold for point in points]
    for name in ("precision", "recall", "f1"):
        by_confidence.plot(thresholds, [getattr(point, name) for point in points], label=name)
    by_confidence.set(xlabel="confidence", ylim=(0, 1.02), xlim=(0, 1))
    by_confidence.legend()
    by_recall.plot([point.recall for point in points], [point.precision for point in points])
    by_recall.set(xlabel="recall", ylabel="precision", xlim=(0, 1.02), ylim=(0, 1.02))
    figure.savefig(folder / "curves.png", dpi=120)
