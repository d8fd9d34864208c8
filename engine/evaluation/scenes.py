"""How well scenes are told apart: ``casebook evaluate scenes``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from engine.classifiers.class_folders import load_folders
from engine.classifiers.eigen_images import FILE_NAME, EigenImages
from engine.classifiers.modality import ModalityClassifier
from engine.errors import ModelMissing
from engine.evaluation.scene_plots import write_plots
from engine.weights import CARD_FILE, ModelCard, all_models, find_model, read_card

_STORED_PX = 160


def evaluate(
    data: Path,
    *,
    model: str = "",
    regions: str = "gold",
    plots: Path | None = None,
    include: Path | None = None,
) -> dict[str, float | None]:
    """Return accuracy and macro averages of a scene model on one folder of pictures per class.

    The macro averages are over the classes that ``data`` has. ``pca_accuracy`` is that of the
    eigen-image baseline, fitted on the model's own training pictures; None where the model has
    none. ``model``: a name or the path of a model folder. ``include``: a text file of names
    ``LABEL/FILE``. ``plots``: a folder that gets ``confusion.csv``, gold classes as rows,
    ``report.csv``, the figures of each class, ``features.csv``, where each picture lies on a map of
    the network's features, and pictures of them.
    """
    del regions
    card = _card(model)
    pictures = load_folders(data, _STORED_PX)
    if include is not None:
        pictures = pictures.only(frozenset(include.read_text(encoding="utf-8").splitlines()))
    classifier = ModalityClassifier.load(card)
    predicted = [card.labels[int(row.argmax())] for row in classifier.probabilities(pictures.views)]
    gold = [pictures.labels[number] for number in pictures.classes]
    baseline = None
    if (card.path.parent / FILE_NAME).is_file():
        eigen_images = EigenImages.load(card.path.parent)
        baseline = _accuracy(gold, [eigen_images.classify(view) for view in pictures.views])
    if plots is not None:
        plots.mkdir(parents=True, exist_ok=True)
        (plots / "confusion.csv").write_text(confusion_table(gold, predicted), encoding="utf-8")
        (plots / "report.csv").write_text(report_table(gold, predicted), encoding="utf-8")
        write_plots(gold, predicted, pictures.names, classifier.features(pictures.views), plots)
    return {**figures(gold, predicted), "pca_accuracy": baseline}


def figures(gold: Sequence[str], predicted: Sequence[str]) -> dict[str, float | None]:
    """Return accuracy, and precision, recall and F1 as means over the gold classes."""
    rows = [row[:3] for row in per_class(gold, predicted).values()]
    precision, recall, f1 = (float(value) for value in np.mean(rows, axis=0))
    return {
        "accuracy": _accuracy(gold, predicted),
        "macro_precision": precision,
        "macro_recall": recall,
        "macro_f1": f1,
    }


def per_class(gold: Sequence[str], predicted: Sequence[str]) -> dict[str, tuple[float, float, float, int]]:
    """Return precision, recall, F1 and the number of pictures of each gold class."""
    rows = {}
    for label in sorted(set(gold)):
        hits = sum(g == p == label for g, p in zip(gold, predicted, strict=True))
        count = list(gold).count(label)
        precision, recall = hits / max(list(predicted).count(label), 1), hits / count
        rows[label] = (precision, recall, 2 * precision * recall / max(precision + recall, 1e-9), count)
    return rows


def report_table(gold: Sequence[str], predicted: Sequence[str]) -> str:
    """Return the figures of each class as CSV."""
    lines = ["class,precision,recall,f1,pictures"]
    for label, (precision, recall, f1, count) in per_class(gold, predicted).items():
        lines.append(f"{label},{precision:.4f},{recall:.4f},{f1:.4f},{count}")
    return "\n".join([*lines, ""])


def confusion_table(gold: Sequence[str], predicted: Sequence[str]) -> str:
    """Return the counts as CSV, gold classes as rows and predicted ones as columns."""
    columns = sorted({*gold, *predicted})
    pairs = list(zip(gold, predicted, strict=True))
    lines = [",".join(["gold", *columns])]
    lines += [
        ",".join([label, *(str(pairs.count((label, column))) for column in columns)])
        for label in sorted(set(gold))
    ]
    return "\n".join(lines) + "\n"


def _accuracy(gold: Sequence[str], predicted: Sequence[str]) -> float:
    return sum(g == p for g, p in zip(gold, predicted, strict=True)) / max(len(gold), 1)


def _card(model: str) -> ModelCard:
    if model:
        path = Path(model)
        return read_card(path, origin="path") if (path / CARD_FILE).is_file() else find_model(model)
    cards = [card for card in all_models() if card.task == "scenes"]
    if not cards:
        raise ModelMissing("no model of task scenes is on this workstation")
    return cards[0]
