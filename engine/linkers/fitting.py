"""The combiner's weights from annotated notes: which phrases are right, and which contradict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.linkers.combine import Choice, choose
from engine.linkers.gold import GoldLink, GoldNote
from engine.linkers.logistic import fit_logistic
from engine.linkers.scoring import same_regions
from engine.model.findings import LinkRelation
from engine.protocols import Linker, Pair

# How the Regions of one phrase are ranked, log-odds by rule: a color or place that fits beats size.
CHOICE = {
    "same-color": 2.0,
    "wrong-color": -1.0,
    "same-trim-color": 1.0,
    "wrong-trim-color": -0.5,
    "same-place": 2.0,
    "wrong-place": -2.0,
    "prominent": 1.0,
    "taken": 1.5,
}
THRESHOLD = 0.4


def fit_weights(
    notes: Sequence[GoldNote], pairs: Sequence[Pair], linkers: Sequence[Linker], *, penalty: float = 1.0
) -> dict[str, dict[str, float]]:
    """Fit both outcomes of the combiner by logistic regression; returns the weights by part and rule."""
    rows = [
        (choice.strengths, _gold_of(choice, note, pair))
        for note, pair in zip(notes, pairs, strict=True)
        for choice in choose(pair, linkers, CHOICE)
    ]
    right = [(strengths, link) for strengths, link in rows if link is not None]
    about = fit_logistic(
        [_taught(strengths) for strengths, _ in rows], [link is not None for _, link in rows], penalty=penalty
    )
    against = fit_logistic(
        [_taught(strengths) for strengths, _ in right],
        [link.relation is LinkRelation.CONTRADICTS for _, link in right],
        penalty=penalty,
    )
    return {"choice": CHOICE, "about": about, "against": against, "threshold": {"about": THRESHOLD}}


def _taught(strengths: Mapping[str, float]) -> dict[str, float]:
    """Leave out how a note is tied to its picture: annotated ones always are."""
    return {rule: strength for rule, strength in strengths.items() if not rule.startswith("tied-by-")}


def _gold_of(choice: Choice, note: GoldNote, pair: Pair) -> GoldLink | None:
    """Return the gold link that a choice is right about, or None."""
    number = {region.id: line for line, region in enumerate(pair.image_side.regions)}
    lines = frozenset(number[region] for region in choice.regions if region is not None)
    span = choice.phrase.entity.span
    for link in note.links:
        if link.relation is not None and link.span.overlaps(span) and same_regions(lines, link.lines):
            return link
    return None
