"""One reading of each stretch of text: of overlapping findings the better one stays."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left, insort
from collections.abc import Iterable

from engine.recognizers.found import Found


def with_longer_names(found: Iterable[Found]) -> list[Found]:
    """Return findings where a model's phrase that ends in a named one of its label counts as much as that.

    "Spinal cord injury" is an injury and more: the longer phrase then wins, and its last words still
    name the concept. Other phrases of a model that overlap a named one keep their lower rank.
    """
    items = list(found)
    named: dict[tuple[int, str], Found] = {}
    for item in items:
        if item.concept:
            known = named.get((item.end, item.label))
            if known is None or item.rank > known.rank:
                named[item.end, item.label] = item
    return [_raised(item, named.get((item.end, item.label))) for item in items]


def _raised(item: Found, term: Found | None) -> Found:
    if item.concept or term is None or term.start <= item.start or term.rank <= item.rank:
        return item
    return dataclasses.replace(item, rank=term.rank)


def without_overlaps(found: Iterable[Found]) -> list[Found]:
    """Return findings of which no two overlap, in text order; higher rank wins, then length, then score.

    Takes O(n log n) comparisons: the kept ones are sorted, so that only two neighbors can be in the way.
    """
    best_first = sorted(
        found,
        key=lambda item: (-item.rank, item.start - item.end, -item.score, item.start, item.label),
    )
    starts: list[tuple[int, int]] = []
    kept: list[Found] = []
    for item in best_first:
        place = bisect_left(starts, (item.start, item.end))
        after_previous = place == 0 or starts[place - 1][1] <= item.start
        before_next = place == len(starts) or item.end <= starts[place][0]
        if after_previous and before_next and item.start < item.end:
            insort(starts, (item.start, item.end))
            kept.append(item)
    return sorted(kept, key=lambda item: (item.start, item.end))
