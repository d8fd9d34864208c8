"""Curves of a segmentation evaluation as CSV tables, and as pictures where matplotlib is installed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.confusion_picture import draw_confusion
from engine.evaluation.matching import Matched, Operating, operating_curve
from engine.evaluation.reliability import Bin, bins_of, expected_error
from engine.evaluation.training_curves import Rows, draw_training
from engine.settings import go_offline


def write_plots(matched: Sequence[Matched], folder: Path, *, raw: Sequence[Matched]) -> None:
    """Write tables of operating points, confusion and reliability, and their curves as a picture.

    ``raw``: the same with the scores as the network gives them, before their calibration.
    """
    folder.mkdir(parents=True, exist_ok=True)
    points = every_threshold(matched)
    lines = [f"{p.threshold:.4f},{p.precision:.4f},{p.recall:.4f},{p.f1:.4f}" for p in points]
    table = "\n".join(["confidence,precision,recall,f1", *lines]) + "\n"
    (folder / "operating_points.csv").write_text(table, encoding="utf-8")
    best = max(points, key=lambda point: point.f1, default=None)
    names, counts = confusion(matched, best.threshold if best else 1.0)
    rows = [",".join([name, *map(str, row)]) for name, row in zip(names, counts, strict=True)]
    (folder / "confusion.csv").write_text("\n".join([",".join(["is", *names]), *rows, ""]), encoding="utf-8")
    before, shown = bins_of(raw), bins_of(matched)
    bins = {"before calibration": before, "as shown": shown} if before != shown else {"as shown": shown}
    lines = [
        f"{name},{each.score:.4f},{each.right:.4f},{each.count}" for name, row in bins.items() for each in row
    ]
    (folder / "reliability.csv").write_text(
        "\n".join(["scores,score,right,count", *lines, ""]), encoding="utf-8"
    )
    _draw(points, bins, names, counts, folder)


def every_threshold(matched: Sequence[Matched]) -> list[Operating]:
    """Return the operating points of all pictures together at IoU 0.5, highest threshold first."""
    scores = np.concatenate([each.scores for each in matched])
    hits = np.concatenate([each.hits[:, 0] for each in matched])
    return operating_curve(scores, hits, sum(len(each.gold_labels) for each in matched))


def confusion(matched: Sequence[Matched], threshold: float) -> tuple[list[str], NDArray[np.int64]]:
    """Return label names with ``nothing`` last, and how often each (row) was found as each (column).

    Objects that no detection of their own label matched were found as nothing; detections that
    matched nothing are in the row of ``nothing``.
    """
    labels = sorted({label for each in matched for label in (*each.gold_labels, *each.labels)})
    numbers = {label: number for number, label in enumerate(labels)}
    counts = np.zeros((len(labels) + 1, len(labels) + 1), np.int64)
    for each in matched:
        shown = each.scores >= threshold
        for label, gold in zip(np.array(each.labels, dtype=object)[shown], each.gold[shown], strict=True):
            counts[numbers[label] if gold >= 0 else -1, numbers[label]] += 1
        found = set(each.gold[shown].tolist())
        for number, label in enumerate(each.gold_labels):
            if number not in found:
                counts[numbers[label], -1] += 1
    return [*labels, "nothing"], counts


def _draw(
    points: Sequence[Operating],
    bins: Mapping[str, Sequence[Bin]],
    names: Sequence[str],
    counts: NDArray[np.int64],
    folder: Path,
) -> None:
    go_offline()
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError:
        return
    figure = Figure(figsize=(10, 8), layout="constrained")
    FigureCanvasAgg(figure)
    (by_confidence, by_recall), (by_score, by_label) = figure.subplots(2, 2)
    thresholds = [point.threshold for point in points]
    for name in ("precision", "recall", "f1"):
        by_confidence.plot(thresholds, [getattr(point, name) for point in points], label=name)
    by_confidence.set(xlabel="confidence", ylim=(0, 1.02), xlim=(0, 1))
    by_confidence.legend()
    by_recall.plot([point.recall for point in points], [point.precision for point in points])
    by_recall.set(xlabel="recall", ylabel="precision", xlim=(0, 1.02), ylim=(0, 1.02))
    by_score.plot([0, 1], [0, 1], color="0.7")
    for name, row in bins.items():
        label = f"{name}, ECE {expected_error(row):.3f}"
        by_score.plot([each.score for each in row], [each.right for each in row], marker="o", label=label)
    by_score.set(xlabel="score", ylabel="share that is right", xlim=(0, 1), ylim=(0, 1.02))
    by_score.legend(loc="lower right")
    draw_confusion(by_label, counts, names, names)
    by_label.set(xlabel="found as", ylabel="is")
    figure.savefig(folder / "curves.png", dpi=100)


def write_training_curve(table: Path, picture: Path) -> None:
    """Draw the losses of a ``training.csv`` by epoch, where matplotlib is installed."""
    draw_training(table, picture, lambda rows: {"loss": _losses(rows)})


def _losses(rows: Rows) -> list[str]:
    """Return the columns of losses that were measured, which is not zero, in more than one epoch."""
    columns = rows[0] if rows else ()
    return [
        name
        for name in columns
        if "loss" in name and sum(float(row[name]) != 0 for row in rows) > min(1, len(rows) - 1)
    ]
