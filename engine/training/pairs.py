"""``casebook train pairs``: whether a text belongs to a picture, from matching pairs and shuffled ones."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from engine.linkers.combine import link_pair, load_combiner
from engine.linkers.gold import read_labeled_pairs
from engine.linkers.shelf import all_linkers
from engine.progress import Progress, ReportProgress, silent
from engine.protocols import Pair
from engine.relations.matching import STEPS, PairMatcher, pair_features
from engine.relations.softmax import fit_softmax
from engine.training.annotated import FOLDS, Notes, folds, make_pairs
from engine.training.model_folder import CardText
from engine.training.weights_file import figures_text, write_weights
from engine.weights import ModelCard

_STRANGERS = 4


def train(
    data: Path,
    out: Path,
    *,
    penalty: float = 1.0,
    seed: int = 0,
    version: str = "1",
    progress: ReportProgress = silent,
) -> ModelCard:
    """Fit the pair matcher on the matching pairs of ``data`` and seeded shuffles of them.

    ``data``: a folder with ``pairs.jsonl`` and label files, or the file; only its label-1 rows are used.
    """
    path = data / "pairs.jsonl" if data.is_dir() else data
    progress(Progress(step="read pairs", done=0, total=3))
    own = [each.note for each in read_labeled_pairs(path) if each.label]
    matching: Notes = list(zip(own, make_pairs(path.parent, own), strict=True))
    figures = _cross_validate(matching, penalty=penalty, seed=seed)
    progress(Progress(step="fit", done=2, total=3))
    weights = _fit(matching, penalty=penalty, seed=seed)
    text = CardText(
        name="pairs",
        task="pairs",
        labels=(),
        version=version,
        format="json",
        licence="AGPL-3.0-or-later",
        summary="Tells whether a text was written about a picture, from features of their links",
        data=f"{len(own)} notes of {path.parent.name} with their pictures; {_STRANGERS} strangers each.",
        training="casebook train pairs DATA --out MODEL",
        figures=f"Five folds by image, one stranger for each pair: {figures_text(figures)}. The combiner "
        "below it has seen these notes.",
        limits="Written English notes of scenes whose things a segmenter can find.",
    )
    return write_weights(weights, out, text)


def _fit(matching: Notes, *, penalty: float, seed: int) -> dict[str, dict[str, float]]:
    rows, labels = _examples(matching, strangers=_STRANGERS, seed=seed)
    # Strangers are many and pairs few; each side counts the same.
    doubled = [(row, label) for row, label in zip(rows, labels, strict=True) for _ in range(_copies(label))]
    return fit_softmax([row for row, _ in doubled], [label for _, label in doubled], STEPS, penalty=penalty)


def _copies(label: float) -> int:
    return _STRANGERS if label else 1


def _examples(matching: Notes, *, strangers: int, seed: int) -> tuple[list[dict[str, float]], list[float]]:
    linkers, combiner = all_linkers(), load_combiner()
    pairs = [(pair, 1.0) for _, pair in matching] + [
        (pair, 0.0) for pair in _shuffled([pair for _, pair in matching], strangers, seed)
    ]
    rows = [pair_features(pair, link_pair(pair, linkers, combiner)) for pair, _ in pairs]
    return rows, [label for _, label in pairs]


def _shuffled(pairs: Sequence[Pair], strangers: int, seed: int) -> list[Pair]:
    """Give each image texts of other images."""
    chance = random.Random(seed)
    found = []
    for pair in pairs:
        others = [other for other in pairs if other.key[0] != pair.key[0]]
        for other in chance.sample(others, min(strangers, len(others))):
            found.append(replace(pair, report_side=other.report_side))
    return found


def _cross_validate(matching: Notes, *, penalty: float, seed: int) -> dict[str, float | None]:
    right = total = 0
    for rest, held_out in folds(matching):
        matcher = PairMatcher(weights=_fit(rest, penalty=penalty, seed=seed))
        rows, labels = _examples(held_out, strangers=1, seed=seed)
        chances = [matcher.chance(row) for row in rows]
        right += sum((chance >= 0.5) == bool(label) for chance, label in zip(chances, labels, strict=True))
        total += len(labels)
    return {"accuracy": right / total if total else None, "folds": float(FOLDS)}
