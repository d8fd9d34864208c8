"""``casebook evaluate links``: predicted Links against hand-made ones, phrase by phrase."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.evaluation.sides import load_pairs
from engine.linkers.combine import Combiner, link_pair, load_combiner
from engine.linkers.gold import GoldNote
from engine.linkers.scoring import join_links, right_pairs, score_links
from engine.linkers.shelf import all_linkers
from engine.protocols import Linker, Pair


def evaluate(
    data: Path, *, model: str = "", regions: str = "gold", plots: Path | None = None
) -> dict[str, float | None]:
    """Return precision, recall and F1 of links, of contradictions and of labels (see docs/validation.md)."""
    notes, pairs = load_pairs(data, regions=regions)
    combiner = load_combiner(model or "links")
    linkers = all_linkers()
    if plots is not None:
        write_calibration(calibration(notes, pairs, linkers, combiner), plots / "links_calibration.csv")
    figures = score_links(notes, pairs, linkers, combiner)
    return figures


def calibration(
    notes: Sequence[GoldNote], pairs: Sequence[Pair], linkers: Sequence[Linker], combiner: Combiner
) -> list[tuple[float, bool]]:
    """Return for each predicted link its probability and whether it is right."""
    found: list[tuple[float, bool]] = []
    for note, pair in zip(notes, pairs, strict=True):
        predicted = join_links(pair, link_pair(pair, linkers, combiner))
        matched = right_pairs([link for link in note.links if link.relation is not None], predicted)
        found.extend((link.score, number in matched) for number, link in enumerate(predicted))
    return found


def write_calibration(answers: Sequence[tuple[float, bool]], path: Path, bins: int = 10) -> None:
    """Write a table for a reliability diagram: each bin's links, mean probability and share of right ones."""
    lines = ["from,to,links,mean_probability,share_right"]
    for number in range(bins):
        inside = [each for each in answers if min(int(each[0] * bins), bins - 1) == number]
        if inside:
            mean, share = (sum(column) / len(inside) for column in zip(*inside, strict=True))
            lines.append(
                f"{number / bins:.1f},{(number + 1) / bins:.1f},{len(inside)},{mean:.4f},{share:.4f}"
            )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
