"""``casebook train relations``: the explainable estimator of CMI, SC and ABS, on annotated notes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.errors import UsageError
from engine.linkers.combine import Combiner, combiner_from, link_pair
from engine.linkers.shelf import all_linkers
from engine.model.findings import Link
from engine.progress import Progress, ReportProgress, silent
from engine.protocols import Linker
from engine.relations.features import ABS_STEPS, CMI_STEPS, SC_STEPS, estimator_from, features, measure
from engine.relations.softmax import fit_softmax
from engine.training.annotated import FOLDS, Notes, folds, load_notes
from engine.training.links import fit as fit_links
from engine.training.model_folder import CardText
from engine.training.weights_file import figures_text, write_weights
from engine.weights import ModelCard

Weights = dict[str, dict[str, dict[str, float]]]
STEPS = {"cmi": CMI_STEPS, "sc": SC_STEPS, "abs": ABS_STEPS}
_LINK_PENALTY = 2.0


def train(
    data: Path, out: Path, *, penalty: float = 1.0, version: str = "1", progress: ReportProgress = silent
) -> ModelCard:
    """Fit the estimator on the notes of ``data``, cross-validate it by image, and write a model folder."""
    progress(Progress(step="read notes", done=0, total=FOLDS + 2))
    notes = load_notes(data)
    if any(note.cmi is None or note.sc is None or note.abs is None for note, _ in notes):
        raise UsageError(f"{data}: every note needs cmi, sc and abs")
    linkers = all_linkers()
    links = held_out_links(notes, linkers, progress)
    figures = cross_validate(notes, links, penalty=penalty)
    weights = fit(notes, links, penalty=penalty)
    progress(Progress(step="fit", done=FOLDS + 2, total=FOLDS + 2))
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
        figures=f"Five folds by image, links by weights of the other folds: {figures_text(figures)}.",
        limits="Written English notes of scenes; values are one of five (ABS: three) steps.",
    )
    return write_weights(weights, out, text)


def held_out_links(
    notes: Notes, linkers: tuple[Linker, ...], progress: ReportProgress = silent
) -> list[tuple[Link, ...]]:
    """Link every note by a combiner that has not learned from its image, as a new note would be."""
    found: dict[int, tuple[Link, ...]] = {}
    position = {id(pair): number for number, (_, pair) in enumerate(notes)}
    for number, (rest, held_out) in enumerate(folds(notes), 1):
        progress(Progress(step="link", done=number, total=FOLDS + 2))
        if held_out:
            combiner: Combiner = combiner_from(fit_links(rest, linkers, penalty=_LINK_PENALTY))
            for _, pair in held_out:
                found[position[id(pair)]] = link_pair(pair, linkers, combiner)
    return [found[number] for number in range(len(notes))]


def fit(notes: Notes, links: Sequence[tuple[Link, ...]], *, penalty: float) -> Weights:
    """Fit one softmax per value."""
    rows = [features(pair, found) for (_, pair), found in zip(notes, links, strict=True)]
    return {
        name: fit_softmax(rows, [float(getattr(note, name)) for note, _ in notes], steps, penalty=penalty)
        for name, steps in STEPS.items()
    }


def cross_validate(notes: Notes, links: Sequence[tuple[Link, ...]], *, penalty: float) -> dict[str, float]:
    """Return the share of exactly right values over five folds by image."""
    by_pair = {id(pair): found for (_, pair), found in zip(notes, links, strict=True)}
    right = dict.fromkeys(STEPS, 0)
    for rest, held_out in folds(notes):
        estimator = estimator_from(fit(rest, [by_pair[id(pair)] for _, pair in rest], penalty=penalty))
        for note, pair in held_out:
            relation = measure(pair, by_pair[id(pair)], estimator)
            for name in right:
                right[name] += float(getattr(relation, name)) == float(getattr(note, name))
    return {f"{name}_accuracy": count / len(notes) for name, count in right.items()}
