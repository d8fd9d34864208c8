"""The combiner's weights from annotated notes: which phrases are right, and which contradict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.linkers.combine import Choice, choose, grouped_cues, strengths_of, with_family
from engine.linkers.gold import GoldLink, GoldNote
from engine.linkers.logistic import fit_choice, fit_logistic
from engine.linkers.scoring import same_regions
from engine.model.findings import LinkRelation
from engine.protocols import Linker, Pair

# How the Regions of one phrase are ranked, log-odds by rule: a color or place that fits beats size.
CHOICE = {
    "same-color": 2.0,
    "wrong-color": -1.0,
    "same-trim-color": 1.0,
    "wrong-trim-color": -0.5,
    "same-side": 2.0,
    "wrong-side": -2.0,
    "same-level": 1.0,
    "wrong-level": -1.0,
    "same-depth": 1.0,
    "wrong-depth": -1.0,
    "prominent": 1.0,
    "small": 1.0,
    "large": 1.0,
    "order": 1.0,
    "taken": 1.5,
}
# Linked from this probability on: with it precision and recall are about even on held-out notes.
THRESHOLD = 0.33
# Contradictions are few and their cues plain, so that their weights are held back less.
_AGAINST_SHARE = 0.25


def fit_weights(
    notes: Sequence[GoldNote], pairs: Sequence[Pair], linkers: Sequence[Linker], *, penalty: float = 1.0
) -> dict[str, dict[str, float]]:
    """Fit both outcomes of the combiner by logistic regression; returns the weights by part and rule."""
    chosen = {**fit_choice(_offers(notes, pairs, linkers), _without_taken(CHOICE)), "taken": CHOICE["taken"]}
    rows = [
        (choice.strengths, _gold_of(choice, note, pair))
        for note, pair in zip(notes, pairs, strict=True)
        for choice in choose(pair, linkers, chosen)
    ]
    right = [(strengths, link) for strengths, link in rows if link is not None]
    about = fit_logistic(
        [_taught(strengths) for strengths, _ in rows], [link is not None for _, link in rows], penalty=penalty
    )
    against = fit_logistic(
        [_taught(strengths) for strengths, _ in right],
        [link.relation is LinkRelation.CONTRADICTS for _, link in right],
        penalty=penalty * _AGAINST_SHARE,
    )
    return {"choice": chosen, "about": about, "against": against, "threshold": {"about": THRESHOLD}}


def _offers(
    notes: Sequence[GoldNote], pairs: Sequence[Pair], linkers: Sequence[Linker]
) -> list[tuple[list[dict[str, float]], int]]:
    """Return for each gold link to one Region the features of all Regions that the phrase could mean."""
    offers = []
    for note, pair in zip(notes, pairs, strict=True):
        number = {region.id: line for line, region in enumerate(pair.image_side.regions)}
        spans = {entity.id: entity.span for entity in pair.report_side.entities}
        for entity, found in grouped_cues(pair, linkers).items():
            lines = [number[region] for region in found if region is not None]
            right = [
                lines.index(line)
                for link in note.links
                if link.span.overlaps(spans[entity]) and len(link.lines) == 1
                for line in link.lines
                if line in lines
            ]
            if right and len(lines) > 1:
                offers.append(([strengths_of(cues) for cues in found.values()], right[0]))
    return offers


def _without_taken(weights: Mapping[str, float]) -> dict[str, float]:
    return {rule: weight for rule, weight in weights.items() if rule != "taken"}


def _taught(strengths: Mapping[str, float]) -> dict[str, float]:
    """Leave out how a note is tied to its picture: annotated ones always are."""
    taught = {rule: strength for rule, strength in strengths.items() if not rule.startswith("tied-by-")}
    return with_family(taught)


def _gold_of(choice: Choice, note: GoldNote, pair: Pair) -> GoldLink | None:
    """Return the gold link that a choice is right about, or None."""
    number = {region.id: line for line, region in enumerate(pair.image_side.regions)}
    lines = frozenset(number[region] for region in choice.regions if region is not None)
    span = choice.phrase.entity.span
    for link in note.links:
        if link.relation is not None and link.span.overlaps(span) and same_regions(lines, link.lines):
            return link
    return None
