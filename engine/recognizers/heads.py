"""How the heads of one model become one reading: what two heads say counts, what one says alone counts less.

The heads were trained on sets that annotate by different rules, all on abstracts of papers; on reports each
errs in its own way. Written rule: each label has a leading head, whose scheme is nearest to what a report
means by it. Of overlapping entities with one label the leading head's stays, else the longest. What two heads
say counts; what the leading head says alone yields to every other finding, and so does what only one head
could say; what another head says alone is dropped. The only head of a model is believed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# A finding that two heads see is more than the organ in it; else the longer phrase of terms and heads wins.
AGREED_FINDING_RANK, AGREED_RANK = 55, 50
ALONE_RANK = 40
LEADING: Mapping[str, str] = {
    "finding": "bc5cdr",
    "chemical": "bc5cdr",
    "anatomy": "anatem",
    "person": "names",
    "place": "names",
    "organization": "names",
}
_AGREED_SCORE = 0.85
_ALONE_SCORE = 0.6


@dataclass(frozen=True, slots=True)
class Said:
    """What one head says: ``text[start:end]`` is a ``label`` (already in our words)."""

    head: str
    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Merged:
    """One entity of all heads together, with how far it can be trusted."""

    start: int
    end: int
    label: str
    rank: int
    score: float


def merge_heads(said: Sequence[Said], able: Mapping[str, frozenset[str]], *, heads: int) -> list[Merged]:
    """Return one list of all ``heads``' entities; ``able`` names for each label the heads that know it."""
    by_label: dict[str, list[Said]] = defaultdict(list)
    for item in said:
        by_label[item.label].append(item)
    merged = []
    for label, items in by_label.items():
        for group in _overlapping(items):
            leading = [item for item in group if item.head == LEADING.get(label)]
            agreed = heads == 1 or len({item.head for item in group}) > 1
            if agreed or leading or len(able[label]) == 1:
                merged.append(_merged(leading or group, agreed=agreed))
    return merged


def _overlapping(items: Sequence[Said]) -> list[list[Said]]:
    groups: list[list[Said]] = []
    end = -1
    for item in sorted(items, key=lambda item: (item.start, item.end)):
        if item.start < end:
            groups[-1].append(item)
        else:
            groups.append([item])
        end = max(end, item.end)
    return groups


def _merged(group: Sequence[Said], *, agreed: bool) -> Merged:
    best = max(group, key=lambda item: item.end - item.start)
    if agreed:
        rank = AGREED_FINDING_RANK if best.label == "finding" else AGREED_RANK
        return Merged(best.start, best.end, best.label, rank, _AGREED_SCORE)
    return Merged(best.start, best.end, best.label, ALONE_RANK, _ALONE_SCORE)
