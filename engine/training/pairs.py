"""``casebook train pairs``: whether a text belongs to a picture, by features of links or by a network."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from engine.embedders.remembered import shared_encoder
from engine.errors import UsageError
from engine.linkers.combine import link_pair, load_combiner
from engine.linkers.gold import read_labeled_pairs
from engine.linkers.shelf import all_linkers
from engine.progress import Progress, ReportProgress, silent
from engine.protocols import Pair
from engine.relations.likeness import Likeness
from engine.relations.matching import STEPS, PairMatcher, pair_features
from engine.relations.softmax import fit_softmax
from engine.training.annotated import FOLDS, fold_of, make_pairs
from engine.training.model_folder import CardText
from engine.training.stopping import Schedule
from engine.training.weights_file import figures_text, write_weights
from engine.weights import ModelCard

MATCHERS = ("features", "network")
_STRANGERS = 4
Example = tuple[str, dict[str, float], bool]
Weights = dict[str, dict[str, float]]


def train(  # noqa: PLR0913 # each one is an option of the command line
    data: Path,
    out: Path,
    *,
    matcher: str = "features",
    more: tuple[str, ...] = (),
    penalty: float = 1.0,
    epochs: int = 60,
    patience: int = 10,
    seed: int = 0,
    threads: int = 1,
    version: str = "2",
    progress: ReportProgress = silent,
) -> ModelCard:
    """Fit a pair matcher on the matching pairs of ``data`` and seeded shuffles of them.

    ``data``: a folder with ``pairs.jsonl``, or the file; only its label-1 rows are used. ``matcher`` is
    "features" (of links; label files are needed, ``penalty`` counts) or "network" (pixels and sentence
    vectors; ``epochs``, ``patience`` and ``threads`` count, and ``more`` names further files of pairs).
    """
    if matcher not in MATCHERS:
        raise UsageError(f"no matcher {matcher!r}; there are: {', '.join(MATCHERS)}")
    path = data / "pairs.jsonl" if data.is_dir() else data
    if matcher == "network":
        from engine.training.pair_network import train as train_network

        schedule = Schedule(epochs=epochs, patience=patience, seed=seed, threads=threads)
        paths = (path, *(Path(each) for each in more))
        return train_network(paths, out, schedule, version=version, progress=progress)
    return _train_features(path, out, penalty=penalty, seed=seed, version=version, progress=progress)


def _train_features(
    path: Path, out: Path, *, penalty: float, seed: int, version: str, progress: ReportProgress
) -> ModelCard:
    progress(Progress(step="read pairs", done=0, total=4))
    notes = [each.note for each in read_labeled_pairs(path) if each.label]
    if len({note.image_name for note in notes}) < FOLDS:
        raise UsageError(f"{path}: needs matching pairs (label 1) of at least {FOLDS} images")
    pairs = make_pairs(path.parent, notes)
    progress(Progress(step="link", done=1, total=4))
    names = [note.image_name for note in notes]
    examples = _examples(pairs, names, seed=seed)
    progress(Progress(step="cross-validate", done=2, total=4))
    figures = cross_validate(examples, penalty=penalty)
    progress(Progress(step="fit", done=3, total=4))
    text = CardText(
        name="pairs",
        task="pairs",
        labels=(),
        version=version,
        format="json",
        licence="AGPL-3.0-or-later",
        summary="Tells whether a text was written about a picture, from features of their links",
        data=f"{len(notes)} notes of {path.parent.name} with their pictures; {_STRANGERS} strangers each.",
        training="casebook train pairs DATA --out MODEL",
        figures=f"Five folds by image, as many strangers as pairs: {figures_text(figures)}. The combiner "
        "below it has seen these notes.",
        limits="Written English notes of scenes whose things a segmenter can find.",
    )
    return write_weights(_fit(examples, penalty=penalty), out, text)


def _examples(pairs: Sequence[Pair], names: Sequence[str], *, seed: int) -> list[Example]:
    """Return image name, features and whether they belong together: pairs, then strangers."""
    embedder = shared_encoder()
    likeness = Likeness(embedder.embed) if embedder else None
    linkers, combiner = all_linkers(), load_combiner()
    labeled = [(name, pair, True) for name, pair in zip(names, pairs, strict=True)]
    labeled += [(name, pair, False) for name, pair in _strangers(pairs, names, seed)]
    return [
        (name, pair_features(pair, link_pair(pair, linkers, combiner), likeness), label)
        for name, pair, label in labeled
    ]


def _strangers(pairs: Sequence[Pair], names: Sequence[str], seed: int) -> list[tuple[str, Pair]]:
    """Give each image texts of other images of its fold, so that no text is both learned and asked."""
    chance = random.Random(seed)
    found = []
    for name, pair in zip(names, pairs, strict=True):
        others = [
            other
            for each, other in zip(names, pairs, strict=True)
            if each != name and fold_of(each) == fold_of(name)
        ]
        for other in chance.sample(others, min(_STRANGERS, len(others))):
            found.append((name, replace(pair, report_side=other.report_side)))
    return found


def _fit(examples: Sequence[Example], *, penalty: float) -> Weights:
    # Strangers are many and pairs few; each side counts the same.
    copies = {True: _STRANGERS, False: 1}
    rows = [(found, float(label)) for _, found, label in examples for _ in range(copies[label])]
    return fit_softmax([found for found, _ in rows], [label for _, label in rows], STEPS, penalty=penalty)


def cross_validate(examples: Sequence[Example], *, penalty: float) -> dict[str, float | None]:
    """Return the figures over five folds by image; each stranger counts a share of a pair."""
    right = said = true = agreeing = 0.0
    weight = {True: 1.0, False: 1 / _STRANGERS}
    for fold in range(FOLDS):
        rest = [each for each in examples if fold_of(each[0]) != fold]
        matcher = PairMatcher(weights=_fit(rest, penalty=penalty))
        for name, found, label in examples:
            if fold_of(name) == fold:
                answer = matcher.chance(found) >= 0.5
                right += answer and label
                said += answer * weight[label]
                true += label
                agreeing += (answer == label) * weight[label]
    return {
        "accuracy": agreeing / (2 * true) if true else None,
        "precision": right / said if said else None,
        "recall": right / true if true else None,
    }
