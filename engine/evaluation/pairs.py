"""``casebook evaluate pairs``: does a text belong to a picture, or was it shuffled?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from engine.classifiers.modality import ModalityClassifier, network_input
from engine.embedders.remembered import shared_encoder
from engine.errors import UsageError
from engine.evaluation.sides import make_pairs
from engine.linkers.combine import link_pair, load_combiner
from engine.linkers.gold import LabeledPair, read_labeled_pairs, read_view
from engine.linkers.shelf import all_linkers
from engine.relations.matching import matcher_of
from engine.relations.pair_network import PairNetwork, Seen, picture_row
from engine.weights import ModelCard, card_at


def evaluate(
    data: Path, *, model: str = "", regions: str = "gold", plots: Path | None = None
) -> dict[str, float | None]:
    """Return accuracy, precision, recall, F1 and the area under the ROC curve."""
    path = data / "pairs.jsonl" if data.is_dir() else data
    labeled = read_labeled_pairs(path)
    if not labeled:
        raise UsageError(f"{path}: no pairs")
    card = card_at(model or "pairs")
    chances = (
        _by_network(card, path, labeled)
        if card.format == "onnx"
        else _by_features(card, path, labeled, regions)
    )
    answers = [(chance, each.label) for chance, each in zip(chances, labeled, strict=True)]
    if plots is not None:
        _write_curve(answers, plots / "pairs_roc.csv")
    return figures(answers)


def _by_features(card: ModelCard, path: Path, labeled: Sequence[LabeledPair], regions: str) -> list[float]:
    embedder = shared_encoder()
    matcher = matcher_of(card, embed=embedder.embed if embedder else None)
    linkers, combiner = all_linkers(), load_combiner()
    pairs = make_pairs(path.parent, [each.note for each in labeled], regions=regions)
    return [matcher.probability(pair, link_pair(pair, linkers, combiner)) for pair in pairs]


def _by_network(card: ModelCard, path: Path, labeled: Sequence[LabeledPair]) -> list[float]:
    classifier = next(iter(ModalityClassifier.load_all()), None)
    embedder = shared_encoder()
    if classifier is None or embedder is None:
        raise UsageError("the pair network needs the models `modality` and `sentences`")
    files = list(dict.fromkeys(path.parent / each.image_path for each in labeled))
    place = {file: number for number, file in enumerate(files)}
    views = [read_view(file) for file in files]
    images = np.array([place[path.parent / each.image_path] for each in labeled])
    rows = [
        picture_row(network_input(view), scene)
        for view, scene in zip(views, classifier.features(views), strict=True)
    ]
    seen = Seen(pictures=np.stack(rows)[images], texts=embedder.embed([each.note.text for each in labeled]))
    return [float(chance) for chance in PairNetwork.load(card).probabilities(seen)]


def figures(answers: Sequence[tuple[float, bool]]) -> dict[str, float | None]:
    """Return the figures of probabilities against truth, by the threshold of one half."""
    right = sum(score >= 0.5 and label for score, label in answers)
    said = sum(score >= 0.5 for score, _ in answers)
    true = sum(label for _, label in answers)
    agreeing = sum((score >= 0.5) == label for score, label in answers)
    return {
        "accuracy": agreeing / len(answers) if answers else None,
        "precision": right / said if said else None,
        "recall": right / true if true else None,
        "f1": 2 * right / (said + true) if said + true else None,
        "roc_auc": _area_under_curve(answers),
    }


def _area_under_curve(answers: Sequence[tuple[float, bool]]) -> float | None:
    """Return the chance that a true pair scores above a false one; ties count half."""
    true = [score for score, label in answers if label]
    false = [score for score, label in answers if not label]
    wins = sum((one > other) + 0.5 * (one == other) for one in true for other in false)
    return wins / (len(true) * len(false)) if true and false else None


def _write_curve(answers: Sequence[tuple[float, bool]], path: Path) -> None:
    """Write the ROC curve as a table: threshold, false and true positive rate."""
    true = sum(label for _, label in answers) or 1
    false = len(answers) - sum(label for _, label in answers) or 1
    lines = ["threshold,false_positive_rate,true_positive_rate"]
    for threshold in sorted({score for score, _ in answers}, reverse=True):
        hits = sum(score >= threshold and label for score, label in answers)
        alarms = sum(score >= threshold and not label for score, label in answers)
        lines.append(f"{threshold:.4f},{alarms / false:.4f},{hits / true:.4f}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
