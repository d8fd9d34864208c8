"""What a scene model makes of pictures, as pictures: confusion, and a map of its features."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.confusion_picture import draw_confusion
from engine.evaluation.training_curves import draw_training
from engine.settings import go_offline

_MOST_ON_MAP = 1500
_LEAST_ON_MAP = 10


def write_plots(
    gold: Sequence[str],
    predicted: Sequence[str],
    names: Sequence[str],
    features: NDArray[np.float32],
    folder: Path,
) -> None:
    """Write ``features.csv`` and, where matplotlib is installed, ``confusion.png`` and ``features.png``."""
    go_offline()
    shown = np.random.default_rng(0).permutation(len(gold))[:_MOST_ON_MAP]
    places = neighbor_map(features[shown])
    lines = [
        f"{names[number]},{gold[number]},{predicted[number]},{x:.3f},{y:.3f}"
        for number, (x, y) in zip(shown, places, strict=True)
    ]
    header = "picture,gold,predicted,x,y"
    (folder / "features.csv").write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError:
        return
    figure = Figure(figsize=(7, 6), layout="constrained")
    FigureCanvasAgg(figure)
    _draw_confusion(figure.subplots(), gold, predicted)
    figure.savefig(folder / "confusion.png", dpi=100)
    figure = Figure(figsize=(7, 6), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    for label in sorted(set(gold)):
        own = [place for number, place in zip(shown, places, strict=True) if gold[number] == label]
        if own:
            axes.scatter(np.array(own)[:, 0], np.array(own)[:, 1], s=9, label=label)
    axes.set(title="features of the network (t-SNE), by gold class", xticks=[], yticks=[])
    axes.legend()
    figure.savefig(folder / "features.png", dpi=100)


def neighbor_map(features: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return a place in the plane for each row of features: t-SNE (van der Maaten and Hinton 2008).

    Neighbors stay neighbors; distances between groups mean little. A few rows are all at the origin.
    """
    if len(features) < _LEAST_ON_MAP:
        return np.zeros((len(features), 2))
    from sklearn.manifold import TSNE

    perplexity = min(30.0, (len(features) - 1) / 3)
    flat = TSNE(perplexity=perplexity, init="pca", random_state=0, n_jobs=1).fit_transform(features)
    return np.asarray(flat, np.float64)


def _draw_confusion(axes: Any, gold: Sequence[str], predicted: Sequence[str]) -> None:
    rows, columns = sorted(set(gold)), sorted({*gold, *predicted})
    pairs = list(zip(gold, predicted, strict=True))
    counts = np.array([[pairs.count((row, column)) for column in columns] for row in rows])
    draw_confusion(axes, counts, rows, columns)
    axes.set(xlabel="predicted", ylabel="gold")


def write_training_curves(table: Path, picture: Path) -> None:
    """Draw loss and accuracy of a ``training.csv`` by epoch, where matplotlib is installed."""
    draw_training(
        table, picture, lambda _: {each: (each, f"held_out_{each}") for each in ("loss", "accuracy")}
    )
