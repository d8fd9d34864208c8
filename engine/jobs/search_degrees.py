"""Words of degree: how much, how large, how old, how many, how spread."""

from __future__ import annotations

from dataclasses import dataclass

# Words of degree, by scale: words of one group say the same, those of other groups of the scale deny it.
# General English of reports, made for no special query.
_SCALES = (
    (
        frozenset(["borderline"]),
        frozenset(["mild", "mildly", "slight", "slightly", "minimal", "minimally", "subtle", "trace"]),
        frozenset(["moderate", "moderately"]),
        frozenset(["severe", "severely", "marked", "markedly", "massive", "extensive", "gross", "grossly"]),
    ),
    (
        frozenset(["small", "tiny", "trace", "minimal", "minute", "little", "minor"]),
        frozenset(["moderate", "moderately", "moderate-sized"]),
        frozenset(["large", "big", "massive", "huge", "sizable"]),
    ),
    (
        frozenset(["chronic", "chronically", "longstanding", "old", "remote", "healed", "prior"]),
        frozenset(["acute", "new", "recent", "fresh"]),
    ),
    (
        frozenset(["multiple", "many", "numerous", "several", "innumerable", "few", "multifocal"]),
        frozenset(["single", "solitary"]),
    ),
    (
        frozenset(["diffuse", "diffusely", "widespread"]),
        frozenset(["focal", "localized"]),
        frozenset(["patchy"]),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Degree:
    """A word of degree, those that say the same, and those that say something else instead."""

    word: str
    same: frozenset[str]
    opposite: frozenset[str]


def is_degree(word: str) -> bool:
    """Tell whether a word says how much, how large, how old, how many or how spread something is."""
    return any(word in group for scale in _SCALES for group in scale)


def degree_of(word: str) -> Degree:
    """Return what a word of degree says and denies."""
    scales = [scale for scale in _SCALES if any(word in group for group in scale)]
    same = frozenset().union(*(group for scale in scales for group in scale if word in group))
    return Degree(word=word, same=same, opposite=frozenset().union(*(g for s in scales for g in s)) - same)
