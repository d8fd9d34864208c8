"""Where two examiners of one case agree and where they do not: a pure comparison of their Reviews."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.model.findings import FindingKind, Review, Verdict


class Accord(enum.StrEnum):
    """How two examiners stand to each other about one finding."""

    AGREED = "agreed"
    DISAGREED = "disagreed"
    ONLY_OWN = "only-own"
    ONLY_OTHER = "only-other"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedVerdicts:
    """What each examiner decided last about one finding; at least one of the two is there."""

    target_kind: FindingKind
    target_id: str
    own: Review | None
    other: Review | None

    @property
    def accord(self) -> Accord:
        """Agreed means the same verdict and, where both corrected, the same label and outline."""
        if self.other is None:
            return Accord.ONLY_OWN
        if self.own is None:
            return Accord.ONLY_OTHER
        return Accord.AGREED if _decided(self.own) == _decided(self.other) else Accord.DISAGREED


def compare_verdicts(own: Iterable[Review], other: Iterable[Review]) -> tuple[ComparedVerdicts, ...]:
    """Return every finding that either examiner decided, disagreements first, else in the order given.

    Both are histories, oldest first: the last Review of a finding counts, and one that takes an earlier
    one back leaves it undecided. Regions that an examiner added are no verdicts, and are left out.
    """
    mine, theirs = _standing(own), _standing(other)
    compared = [_pair(target, mine.get(target), theirs.get(target)) for target in {**mine, **theirs}]
    return tuple(sorted(compared, key=lambda each: each.accord is not Accord.DISAGREED))


def kappa(compared: Iterable[ComparedVerdicts]) -> float | None:
    """Return how far the verdicts agree beyond chance, in [-1, 1]; None where chance alone explains all.

    Over the findings that both decided; Cohen (1960), A Coefficient of Agreement for Nominal Scales.
    """
    pairs = [(each.own.verdict, each.other.verdict) for each in compared if each.own and each.other]
    if not pairs:
        return None
    same = sum(own == other for own, other in pairs) / len(pairs)
    rows, columns = Counter(own for own, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(rows[verdict] * columns[verdict] for verdict in rows) / len(pairs) ** 2
    return (same - chance) / (1 - chance) if chance < 1 else None


def is_added(review: Review) -> bool:
    """Tell whether a Review adds a Region instead of judging a finding."""
    return review.verdict is Verdict.ADDED


def _pair(target: tuple[FindingKind, str], own: Review | None, other: Review | None) -> ComparedVerdicts:
    kind, identity = target
    return ComparedVerdicts(target_kind=kind, target_id=identity, own=own, other=other)


def _standing(reviews: Iterable[Review]) -> dict[tuple[FindingKind, str], Review]:
    last = {(review.target_kind, review.target_id): review for review in _verdicts(reviews)}
    return {target: review for target, review in last.items() if review.verdict is not Verdict.WITHDRAWN}


def _verdicts(reviews: Iterable[Review]) -> Iterator[Review]:
    return (review for review in reviews if not is_added(review))


def _decided(review: Review) -> tuple[object, ...]:
    if review.verdict is Verdict.CORRECTED:
        return review.verdict, review.label, review.polygons
    return (review.verdict,)
