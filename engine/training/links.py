"""``casebook train links``: the weights of the link combiner, by logistic regression on annotated notes."""

from __future__ import annotations

from pathlib import Path

from engine.linkers.combine import combiner_from, link_pair, load_combiner
from engine.linkers.fitting import fit_weights
from engine.linkers.gold import GoldNote
from engine.linkers.scoring import Predicted, join_links, score_predictions
from engine.linkers.shelf import all_linkers
from engine.progress import Progress, ReportProgress, silent
from engine.protocols import Linker, Pair
from engine.store import CaseKey
from engine.training.annotated import FOLDS, Notes, folds, load_notes
from engine.training.model_folder import CardText
from engine.training.reviewed_links import agreement, read_lessons, refit
from engine.training.weights_file import figures_text, write_weights
from engine.weights import ModelCard

CASE_SUFFIX = ".casebook"
Weights = dict[str, dict[str, float]]


def train(
    data: Path,
    out: Path,
    *,
    penalty: float = 1.0,
    version: str = "1",
    key: CaseKey | None = None,
    progress: ReportProgress = silent,
) -> ModelCard:
    """Fit the combiner on the notes of ``data``, cross-validate it by image, and write a model folder.

    ``data`` may also be a case: then the verdicts of its analysts move the weights of the combiner in use;
    ``key`` opens an encrypted one.
    """
    if data.suffix == CASE_SUFFIX:
        return _train_on_reviews(data, out, penalty=penalty, version=version, key=key)
    progress(Progress(step="read notes", done=0, total=FOLDS + 2))
    notes = load_notes(data)
    linkers = all_linkers()
    figures = cross_validate(notes, linkers, penalty=penalty, progress=progress)
    weights = fit(notes, linkers, penalty=penalty)
    progress(Progress(step="fit", done=FOLDS + 2, total=FOLDS + 2))
    text = CardText(
        name="links",
        task="links",
        labels=(),
        version=version,
        format="json",
        licence="AGPL-3.0-or-later",
        summary="Weighs the cues of a link: is the phrase about the region, and do they agree",
        data=f"{len(notes)} annotated notes of {data.name}: texts and links written for this project, "
        "polygons and classes of COCO annotations (CC BY 4.0); of the pictures color words, sides and areas.",
        training="casebook train links DATA --out MODEL",
        figures=f"Five folds by image, all notes together, gold regions: {figures_text(figures)}.",
        limits="Written English. Rules that the notes cannot teach (identifiers, file names, times) keep "
        "the weights set by hand in engine/linkers/combine.py. Probabilities are calibrated on notes that "
        "are known to belong to their picture.",
    )
    return write_weights(weights, out, text)


def _train_on_reviews(
    case: Path, out: Path, *, penalty: float, version: str, key: CaseKey | None
) -> ModelCard:
    combiner = load_combiner()
    lessons = read_lessons(case, combiner, key=key)
    weights = refit(lessons, combiner, penalty=penalty)
    before, after = agreement(lessons, combiner.about), agreement(lessons, weights["about"])
    text = CardText(
        name="links",
        task="links",
        labels=(),
        version=version,
        format="json",
        licence="AGPL-3.0-or-later",
        summary="Weighs the cues of a link: is the phrase about the region, and do they agree",
        data=f"{len(lessons)} links that analysts confirmed or rejected; starts from the weights in use.",
        training="casebook train links CASE --out MODEL",
        figures=f"Decides as the analysts on {after:.0%} of these links (in sample), before on {before:.0%}.",
        limits="Learned from the verdicts of one case; measure it on annotated notes before use elsewhere.",
    )
    return write_weights(weights, out, text)


def fit(notes: Notes, linkers: tuple[Linker, ...], *, penalty: float) -> Weights:
    return fit_weights([note for note, _ in notes], [pair for _, pair in notes], linkers, penalty=penalty)


def cross_validate(
    notes: Notes, linkers: tuple[Linker, ...], *, penalty: float, progress: ReportProgress = silent
) -> dict[str, float | None]:
    """Return the figures of ``evaluate links``, each note linked by weights of the other four folds."""
    linked: list[tuple[GoldNote, Pair, tuple[Predicted, ...]]] = []
    for number, (rest, held_out) in enumerate(folds(notes), 1):
        progress(Progress(step="cross-validate", done=number, total=FOLDS + 2))
        if held_out:
            combiner = combiner_from(fit(rest, linkers, penalty=penalty))
            linked += [
                (note, pair, join_links(pair, link_pair(pair, linkers, combiner))) for note, pair in held_out
            ]
    return score_predictions(
        [note for note, _, _ in linked], [pair for _, pair, _ in linked], [found for _, _, found in linked]
    )
