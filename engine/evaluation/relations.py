"""``casebook evaluate relations``: CMI, SC and ABS against the annotators' values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from engine.errors import UsageError
from engine.evaluation.sides import load_pairs
from engine.linkers.combine import link_pair, load_combiner
from engine.linkers.shelf import all_linkers
from engine.relations.features import load_estimator, measure

_STEP = {"cmi": 0.25, "sc": 0.5}


def evaluate(
    data: Path, *, model: str = "", regions: str = "gold", plots: Path | None = None
) -> dict[str, float | None]:
    """Return exact accuracy, the share within one step, and the most frequent value's share beside."""
    notes, pairs = load_pairs(data, regions=regions)
    notes = tuple(notes)
    if any(note.cmi is None or note.sc is None or note.abs is None for note in notes):
        raise UsageError(f"{data}: every note needs cmi, sc and abs")
    linkers, combiner, estimator = all_linkers(), load_combiner(), load_estimator(model or "relations")
    found = [measure(pair, link_pair(pair, linkers, combiner), estimator) for pair in pairs]
    answers = {
        "cmi": [(float(note.cmi or 0.0), each.cmi) for note, each in zip(notes, found, strict=True)],
        "sc": [(float(note.sc or 0.0), each.sc) for note, each in zip(notes, found, strict=True)],
        "abs": [(float(note.abs or 0), float(each.abs)) for note, each in zip(notes, found, strict=True)],
    }
    if plots is not None:
        _write_confusions(answers, plots)
    return {
        **{f"{name}_accuracy": _within(pairs_of, 0.0) for name, pairs_of in answers.items()},
        **{f"{name}_within_one": _within(answers[name], step) for name, step in _STEP.items()},
        **{f"{name}_majority": _majority([gold for gold, _ in each]) for name, each in answers.items()},
    }


def _within(answers: Sequence[tuple[float, float]], step: float) -> float | None:
    right = sum(abs(gold - found) <= step + 1e-9 for gold, found in answers)
    return right / len(answers) if answers else None


def _majority(gold: Sequence[float]) -> float | None:
    return Counter(gold).most_common(1)[0][1] / len(gold) if gold else None


def _write_confusions(answers: dict[str, list[tuple[float, float]]], folder: Path) -> None:
    """Write one table per value: gold, predicted, how often."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, each in answers.items():
        lines = [f"{gold},{found},{count}" for (gold, found), count in sorted(Counter(each).items())]
        text = "\n".join(["gold,predicted,notes", *lines]) + "\n"
        (folder / f"relations_{name}.csv").write_text(text, encoding="utf-8")
