"""Which lung a chest finding or place is said to be in: the side within reach of its words.

Sides are looked for in the phrase and before it ("bilateral peripheral | opacities"), then behind it,
where a preposition ties a place to it ("consolidation | in the left lower lobe"), never across the next
finding, clause or sentence. A plural place without a side ("the lower lobes") means both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.model.evidence import Laterality, Span
from engine.model.findings import Entity

_SIDE = re.compile(r"\b(left|right|both|bilateral|bilaterally|bibasal|bibasilar|biapical)\b", re.IGNORECASE)
_BOUNDARY = re.compile(
    r"[.;:\n]|,(?= (?:with|without|and|but|no|more|predominantly|mostly|mainly|except)\b)| but | while "
)
_BEFORE_MODIFIERS = re.compile(r"[.;:,\n(]|\b(?:in|at|of|with|to the|on|is|are|shows?)\b")
_TIE = re.compile(
    r"\b(?:in|at|within|on|of|over|involving|throughout|along|to|affecting|near|around|seen|noted|present|both|"
    r"bilaterally)\b",
    re.IGNORECASE,
)
_PLURAL_PLACE = re.compile(
    r"\b(?:lungs|lobes|bases|apices|lung fields|hila|hemithoraces|"
    r"(?:lung|mid|lower|upper|middle) (?:zones|fields))\b",
    re.IGNORECASE,
)
_REACH = 90
_LABELS = frozenset({"finding", "anatomy"})


def said_side(text: str, entity: Entity, others: Sequence[Entity]) -> Laterality | None:
    """Return the side that the words give an Entity, or None; ``others`` end its reach."""
    own = _sides(text[entity.span.start : entity.span.end])
    before = _sides(_before(text, entity, others))
    if own or before:
        return _joined(own or before[-1:])
    if entity.label == "anatomy":
        return _plural(entity.text)
    behind = _behind(text, entity, others)
    if _TIE.search(behind):
        found = _sides(behind)
        return _joined(found) if found else _plural(behind)
    return None


def _before(text: str, entity: Entity, others: Sequence[Entity]) -> str:
    """Return the modifiers before an Entity, back to the last clause mark, finding or preposition."""
    start = max(0, entity.span.start - _REACH)
    ends = [each.span.end for each in others if each.span.end <= entity.span.start]
    piece = text[max([start, *ends]) : entity.span.start]
    cut = max((match.end() for match in _BEFORE_MODIFIERS.finditer(piece)), default=0)
    return piece[cut:]


def _behind(text: str, entity: Entity, others: Sequence[Entity]) -> str:
    stop = min(len(text), entity.span.end + _REACH)
    findings = [each for each in others if each.label == "finding"]
    stop = min([stop, *(each.span.start for each in findings if each.span.start >= entity.span.end)])
    piece = text[entity.span.end : stop]
    end = _BOUNDARY.search(piece)
    return piece[: end.start()] if end else piece


def _sides(piece: str) -> list[Laterality]:
    words = [match.group(1).lower() for match in _SIDE.finditer(piece)]
    return [Laterality(word) if word in ("left", "right") else Laterality.BILATERAL for word in words]


def _joined(sides: Sequence[Laterality]) -> Laterality:
    return sides[0] if len(set(sides)) == 1 else Laterality.BILATERAL


def _plural(piece: str) -> Laterality | None:
    return Laterality.BILATERAL if _PLURAL_PLACE.search(piece) else None


def stand_apart(entity: Entity, other: Entity) -> bool:
    """Tell whether another Entity is a thing of its own, which the words of this one do not reach across."""
    return other.id != entity.id and other.label in _LABELS and not _touches(entity.span, other.span)


def _touches(one: Span, other: Span) -> bool:
    return abs(one.start - other.end) <= 1 or abs(other.start - one.end) <= 1 or one.overlaps(other)
