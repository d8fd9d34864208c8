"""Gold links of a note against predicted ones, by the rules of ``casebook evaluate links``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.linkers.combine import Combiner, link_pair
from engine.linkers.gold import GoldLink, GoldNote
from engine.model.evidence import Span
from engine.model.findings import Link, LinkRelation
from engine.protocols import Linker, Pair


class Tally:
    """Counts right, false and missed answers."""

    def __init__(self) -> None:
        self.right = self.false = self.missed = 0

    def add(self, right: int, predicted: int, gold: int) -> None:
        self.right += right
        self.false += predicted - right
        self.missed += gold - right

    def figures(self, prefix: str = "") -> dict[str, float | None]:
        """Return precision, recall and F1; None where there was nothing to count."""
        return {
            f"{prefix}precision": _ratio(self.right, self.right + self.false),
            f"{prefix}recall": _ratio(self.right, self.right + self.missed),
            f"{prefix}f1": _ratio(2 * self.right, 2 * self.right + self.false + self.missed),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicted:
    """All Links of one phrase and relation, joined: the line numbers of their Regions."""

    span: Span
    relation: LinkRelation
    lines: frozenset[int]
    score: float


def join_links(pair: Pair, links: Sequence[Link]) -> tuple[Predicted, ...]:
    """Join the Links of the same phrase and relation into one with all their Regions."""
    number = {region.id: line for line, region in enumerate(pair.image_side.regions)}
    spans = {entity.id: entity.span for entity in pair.report_side.entities}
    lines: dict[tuple[int, int, LinkRelation], set[int]] = {}
    scores: dict[tuple[int, int, LinkRelation], float] = {}
    for link in links:
        span = spans[link.entity_id]
        key = (span.start, span.end, link.relation)
        lines.setdefault(key, set()).update([number[link.region_id]] if link.region_id else [])
        scores.setdefault(key, link.score)
    return tuple(
        Predicted(
            span=Span(start=key[0], end=key[1]), relation=key[2], lines=frozenset(found), score=scores[key]
        )
        for key, found in lines.items()
    )


def score_links(
    notes: Sequence[GoldNote], pairs: Sequence[Pair], linkers: Sequence[Linker], combiner: Combiner
) -> dict[str, float | None]:
    """Link every pair and compare with its note's gold links (see ``score_predictions``)."""
    predictions = [join_links(pair, link_pair(pair, linkers, combiner)) for pair in pairs]
    return score_predictions(notes, pairs, predictions)


def score_predictions(
    notes: Sequence[GoldNote], pairs: Sequence[Pair], predictions: Sequence[Sequence[Predicted]]
) -> dict[str, float | None]:
    """Compare predicted links with the gold ones, over all notes together.

    ``calibration_error`` is the mean gap of probability and truth over ten bins (ECE),
    ``right_<why>`` the share of the contradictions of one kind that were found.
    """
    links, contradictions, labels = Tally(), Tally(), Tally()
    answers: list[tuple[float, bool]] = []
    found_by_why: dict[str, list[bool]] = {}
    for note, pair, predicted in zip(notes, pairs, predictions, strict=True):
        gold = [link for link in note.links if link.relation is not None]
        matched = right_pairs(gold, predicted)
        links.add(len(matched), len(predicted), len(gold))
        against = [mine for mine, link in enumerate(predicted) if _contradicts(link.relation)]
        contradictions.add(
            sum(mine in matched for mine in against),
            len(against),
            sum(_contradicts(link.relation) for link in gold),
        )
        answers += [(link.score, mine in matched) for mine, link in enumerate(predicted)]
        for number, target in enumerate(gold):
            if target.why:
                found_by_why.setdefault(target.why, []).append(number in matched.values())
        regions = pair.image_side.regions
        mine = {regions[n].label for link in predicted if not _contradicts(link.relation) for n in link.lines}
        its = affirmed_labels(pair, note)
        labels.add(len(mine & its), len(mine), len(its))
    return {
        **links.figures(),
        **contradictions.figures("contradiction_"),
        **labels.figures("label_"),
        "calibration_error": expected_calibration_error(answers),
        **{f"right_{why}": sum(found) / len(found) for why, found in sorted(found_by_why.items())},
    }


def expected_calibration_error(answers: Sequence[tuple[float, bool]], bins: int = 10) -> float | None:
    """Return the mean gap between probability and truth over bins of equal width; None without answers."""
    gaps = [
        abs(sum(right - score for score, right in inside))
        for number in range(bins)
        if (inside := [each for each in answers if min(int(each[0] * bins), bins - 1) == number])
    ]
    return sum(gaps) / len(answers) if answers else None


def right_pairs(gold: Sequence[GoldLink], predicted: Sequence[Predicted]) -> dict[int, int]:
    """Match predicted links one to one with gold ones: by index, best overlap first."""
    candidates = [
        (-overlap, mine, its)
        for mine, link in enumerate(predicted)
        for its, target in enumerate(gold)
        if (overlap := _overlap(link.span, target.span)) > 0
        and link.relation == target.relation
        and same_regions(link.lines, target.lines)
    ]
    matched: dict[int, int] = {}
    for _, mine, its in sorted(candidates):
        if mine not in matched and its not in matched.values():
            matched[mine] = its
    return matched


def same_regions(one: frozenset[int], other: frozenset[int]) -> bool:
    """Tell whether two sets of regions share more than half of their union; two empty ones do."""
    return one == other or len(one & other) / len(one | other) > 0.5


def affirmed_labels(pair: Pair, note: GoldNote) -> frozenset[str]:
    """Return the class names in the gold links that support."""
    regions = pair.image_side.regions
    return frozenset(
        regions[line].label
        for link in note.links
        if link.relation is LinkRelation.SUPPORTS
        for line in link.lines
    )


def _overlap(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _contradicts(relation: LinkRelation | None) -> bool:
    return relation is LinkRelation.CONTRADICTS


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
