"""``casebook evaluate relations``: CMI, SC and ABS against the annotators' values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from engine.classifiers.modality import network_input
from engine.embedders.remembered import shared_encoder
from engine.errors import UsageError
from engine.evaluation.sides import load_pairs
from engine.linkers.combine import link_pair, load_combiner
from engine.linkers.gold import GoldNote, read_notes, read_view
from engine.linkers.shelf import all_linkers
from engine.relations.autoencoder import Autoencoder
from engine.relations.estimator import estimator_of
from engine.relations.joint import VALUES
from engine.weights import ModelCard, card_at

_STEP = {"cmi": 0.25, "sc": 0.5}
# By value: what the annotators say and what was found, for each note.
Answers = Mapping[str, Sequence[tuple[float, float]]]


def evaluate(
    data: Path, *, model: str = "", regions: str = "gold", plots: Path | None = None
) -> dict[str, float | None]:
    """Return exact accuracy, the share within one step, and the most frequent value's share beside.

    ``model`` may be one of named features, for which ``regions`` count, or a trained autoencoder.
    """
    notes = read_notes(data / "notes.jsonl" if data.is_dir() else data)
    if any(note.cmi is None or note.sc is None or note.abs is None for note in notes):
        raise UsageError(f"{data}: every note needs cmi, sc and abs")
    card = card_at(model or "relations")
    found = _by_network(card, data, notes) if card.format == "onnx" else _by_features(card, data, regions)
    answers = {
        name: [(float(getattr(note, name)), values[name]) for note, values in zip(notes, found, strict=True)]
        for name in VALUES
    }
    if plots is not None:
        _write_confusions(answers, plots)
    return figures(answers)


def _by_features(card: ModelCard, data: Path, regions: str) -> list[dict[str, float]]:
    estimator = estimator_of(card, embedder=shared_encoder())
    linkers, combiner = all_linkers(), load_combiner()
    _, pairs = load_pairs(data, regions=regions)
    found = [estimator.measure(pair, link_pair(pair, linkers, combiner)) for pair in pairs]
    return [{name: float(getattr(relation, name)) for name in VALUES} for relation in found]


def _by_network(card: ModelCard, data: Path, notes: Sequence[GoldNote]) -> list[dict[str, float]]:
    network = Autoencoder.load(card)
    folder = (data if data.is_dir() else data.parent) / "images"
    names = dict.fromkeys(note.image_name for note in notes)
    pictures = {name: network_input(read_view(folder / name)) for name in names}
    return [network.values(pictures[note.image_name], note.text) for note in notes]


def figures(answers: Answers) -> dict[str, float | None]:
    """Return the figures of values found against gold ones."""
    return {
        **{f"{name}_accuracy": _within(each, 0.0) for name, each in answers.items()},
        **{f"{name}_within_one": _within(answers[name], step) for name, step in _STEP.items()},
        **{f"{name}_majority": _majority([gold for gold, _ in each]) for name, each in answers.items()},
    }


def _within(answers: Sequence[tuple[float, float]], step: float) -> float | None:
    right = sum(abs(gold - found) <= step + 1e-9 for gold, found in answers)
    return right / len(answers) if answers else None


def _majority(gold: Sequence[float]) -> float | None:
    return Counter(gold).most_common(1)[0][1] / len(gold) if gold else None


def _write_confusions(answers: Answers, folder: Path) -> None:
    """Write one table per value: gold, predicted, how often."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, each in answers.items():
        lines = [f"{gold},{found},{count}" for (gold, found), count in sorted(Counter(each).items())]
        text = "\n".join(["gold,predicted,notes", *lines]) + "\n"
        (folder / f"relations_{name}.csv").write_text(text, encoding="utf-8")
