"""``casebook train relations``: CMI, SC and ABS from annotated notes, by named features or by a network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.embedders.remembered import shared_encoder
from engine.errors import UsageError
from engine.linkers.combine import Combiner, combiner_from, link_pair
from engine.linkers.shelf import all_linkers
from engine.model.findings import Link
from engine.progress import Progress, ReportProgress, silent
from engine.protocols import Linker, Pair
from engine.relations.features import features
from engine.relations.joint import VALUES, JointModel
from engine.relations.joint_fit import fit_joint
from engine.relations.likeness import Likeness
from engine.training.annotated import FOLDS, Notes, folds, load_notes, outcome_of, with_gold_links
from engine.training.links import fit as fit_links
from engine.training.model_folder import CardText
from engine.training.stopping import Schedule
from engine.training.weights_file import figures_text, write_weights
from engine.weights import ModelCard

ESTIMATORS = ("features", "autoencoder")
_LINK_PENALTY = 1.0
_WITHIN = {"cmi": 0.25, "sc": 0.5}
Rows = list[dict[str, float]]


def train(  # noqa: PLR0913 # each one is an option of the command line
    data: Path,
    out: Path,
    *,
    estimator: str = "features",
    penalty: float = 20.0,
    classifier: str = "finetuned",
    more: tuple[str, ...] = (),
    epochs: int = 60,
    patience: int = 8,
    measured_folds: int = 1,
    seed: int = 0,
    threads: int = 1,
    version: str = "2",
    progress: ReportProgress = silent,
) -> ModelCard:
    """Fit an estimator on the notes of ``data``, cross-validate it by image, and write a model folder.

    ``estimator`` is "features" (``penalty`` counts) or "autoencoder" (all others count, see there).
    """
    if estimator not in ESTIMATORS:
        raise UsageError(f"no estimator {estimator!r}; there are: {', '.join(ESTIMATORS)}")
    if estimator == "features":
        return _train_features(data, out, penalty=penalty, version=version, progress=progress)
    from engine.training.autoencoder import train as train_autoencoder

    return train_autoencoder(
        data,
        out,
        Schedule(epochs=epochs, patience=patience, seed=seed, threads=threads),
        classifier=classifier,
        more=tuple(Path(each) for each in more),
        measured_folds=measured_folds,
        version=version,
        progress=progress,
    )


def _train_features(
    data: Path, out: Path, *, penalty: float, version: str, progress: ReportProgress
) -> ModelCard:
    progress(Progress(step="read notes", done=0, total=FOLDS + 3))
    notes = load_notes(data)
    for note, _ in notes:
        outcome_of(note)
    links = held_out_links(notes, all_linkers(), progress)
    likeness = _likeness()
    rows = _rows([pair for _, pair in notes], links, likeness)
    progress(Progress(step="cross-validate", done=FOLDS + 1, total=FOLDS + 3))
    figures = cross_validate(notes, rows, penalty=penalty)
    true_pairs, true_links = zip(*(with_gold_links(note, pair) for note, pair in notes), strict=True)
    ceiling = cross_validate(notes, _rows(true_pairs, true_links, likeness), penalty=penalty)
    progress(Progress(step="fit", done=FOLDS + 2, total=FOLDS + 3))
    document = _fit(notes, rows, penalty)
    progress(Progress(step="fit", done=FOLDS + 3, total=FOLDS + 3))
    text = CardText(
        name="relations",
        task="relations",
        labels=(),
        version=version,
        format="json",
        licence="AGPL-3.0-or-later",
        summary="CMI, SC and ABS of an image and a report from features of their links and words",
        data=f"{len(notes)} annotated notes of {data.name}: texts, links and values made for this project, "
        "polygons and classes from COCO annotations (CC BY 4.0); of the pictures only measured scalars.",
        training="casebook train relations DATA --out MODEL",
        figures=f"Five folds by image, links by weights of the other folds: {figures_text(figures)}.\n\n"
        f"The same with the annotators' links, the ceiling for this model: {figures_text(ceiling)}.",
        limits="Written English notes of scenes; values are one of five (ABS: three) steps. What the text "
        "means is compared by the sentence encoder `sentences`; where it can't run, they are left out.",
    )
    return write_weights(document, out, text)


def _likeness() -> Likeness | None:
    embedder = shared_encoder()
    return Likeness(embedder.embed) if embedder else None


def held_out_links(
    notes: Notes, linkers: tuple[Linker, ...], progress: ReportProgress = silent
) -> list[tuple[Link, ...]]:
    """Link every note by a combiner that has not learned from its image, as a new note would be."""
    found: dict[int, tuple[Link, ...]] = {}
    position = {id(pair): number for number, (_, pair) in enumerate(notes)}
    for number, (rest, held_out) in enumerate(folds(notes), 1):
        progress(Progress(step="link", done=number, total=FOLDS + 3))
        if held_out:
            combiner: Combiner = combiner_from(fit_links(rest, linkers, penalty=_LINK_PENALTY))
            for _, pair in held_out:
                found[position[id(pair)]] = link_pair(pair, linkers, combiner)
    return [found[number] for number in range(len(notes))]


def _rows(pairs: Sequence[Pair], links: Sequence[Sequence[Link]], likeness: Likeness | None) -> Rows:
    return [features(pair, found, likeness) for pair, found in zip(pairs, links, strict=True)]


def _fit(notes: Notes, rows: Rows, penalty: float) -> dict[str, Any]:
    return fit_joint(rows, [outcome_of(note) for note, _ in notes], penalty=penalty)


def cross_validate(notes: Notes, rows: Rows, *, penalty: float) -> dict[str, float]:
    """Return the shares of exactly right values, and of those within one step, over five folds by image."""
    row_of = {id(pair): row for (_, pair), row in zip(notes, rows, strict=True)}
    distances: dict[str, list[float]] = {name: [] for name in VALUES}
    for rest, held_out in folds(notes):
        if not rest or not held_out:
            continue
        model = JointModel.from_document(_fit(rest, [row_of[id(pair)] for _, pair in rest], penalty))
        for note, pair in held_out:
            chosen = model.choose(row_of[id(pair)])
            for name, value in chosen.items():
                distances[name].append(abs(value - float(getattr(note, name))))
    exact = {f"{name}_accuracy": _share(each, 0.0) for name, each in distances.items()}
    return {
        **exact,
        **{f"{name}_within_one": _share(distances[name], step) for name, step in _WITHIN.items()},
    }


def _share(distances: Sequence[float], most: float) -> float:
    return sum(distance <= most + 1e-9 for distance in distances) / max(len(distances), 1)
