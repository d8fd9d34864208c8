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

_SIDE = re.compile(
    r"\b(left|right|both|bilateral|bilaterally|bibasal|bibasilar|biapical|LUL|LLL|RUL|RML|RLL)\b",
    re.IGNORECASE,
)
_LOBES = {"lul": "left", "lll": "left", "rul": "right", "rml": "right", "rll": "right"}
_BOUNDARY = re.compile(
    r"[.;:\n]|,(?= (?:with|without|and(?! (?:in|at|on) )|but|no|more|predominantly|mostly|mainly|except)\b)|"
    r" but | while "
)
_BEFORE_MODIFIERS = re.compile(
    r"[.;:\n(]|\b(?:in|at|(?<!area )(?<!areas )(?<!foci )(?<!patches )of|with|to the|on|is|are|shows?)\b"
)
_ADJECTIVES = re.compile(r" (?:(?!in |at |of |with |and |on |is |are |no )[\w-]+ ){1,2}")
# Findings that are but an adjective part nothing from its side.
_ADJECTIVE = re.compile(r"\w+(?:al|ar|ic|ous|ive|use)", re.IGNORECASE)
_TIE = re.compile(
    r"\b(?:in|at|within|on|of|over|above|below|involving|throughout|along|to|affecting|near|around|seen|noted|"
    r"present|both|suggest(?:s|ing|ive)|"
    r"bilaterally)\b",
    re.IGNORECASE,
)
_PLURAL_PLACE = re.compile(
    r"\b(?:lungs|lobes|bases|apices|lung fields|hila|hemithoraces|"
    r"(?:lung|mid|lower|upper|middle) (?:zones|fields))\b",
    re.IGNORECASE,
)
# Words that hand on the side of one finding to the next, and marks that end all reach.
_CARRIES = re.compile(
    r"\b(?:consistent|compatible|suggest\w*|represent\w*|indicat\w*|keeping|due to|related|suspicious|"
    r"concerning|with|and|or)\b|/|\($",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.;\n]|\b(?:no|without|but|left|right|both|bilateral)\b", re.IGNORECASE)
# Adjectives of place alone: the "bilateral peripheral" of "bilateral peripheral consolidation".
_PLACED = re.compile(r"\b(?:peripheral|central|perihilar|parahilar|basal|apical|diffuse)$", re.IGNORECASE)
_BARE_LUNG = re.compile(r"(?:lung|pulmonary|hilar)$", re.IGNORECASE)
_REACH = 90
_LABELS = frozenset({"finding", "anatomy"})


def said_side(text: str, entity: Entity, others: Sequence[Entity]) -> Laterality | None:
    """Return the side that the words give an Entity, or None; ``others`` end its reach."""
    own = _sides(text[entity.span.start : entity.span.end])
    before = _sides(_before(text, entity, others)) or _place_before(text, entity, others)
    if own or before:
        return _joined(own or before[-1:])
    if entity.label == "anatomy":
        return _plural(entity.text)
    behind = _behind(text, entity, others)
    if _TIE.search(behind):
        found = _sides(behind)
        return _joined(found) if found else _plural(behind)
    return None


def carried_side(text: str, entity: Entity, sided: Sequence[tuple[Entity, Laterality]]) -> Laterality | None:
    """Return the side of the finding before or behind that this one is joined to or interprets, or None.

    "Right upper lobe opacity consistent with | consolidation": the opacity's side is the consolidation's.
    """
    before = [each for each in sided if each[0].span.end <= entity.span.start]
    if before:
        last, side = max(before, key=lambda each: each[0].span.end)
        if _is_carried(text[last.span.end : entity.span.start]):
            return side
    behind = [each for each in sided if each[0].span.start >= entity.span.end and each[0].label == "finding"]
    if behind:
        following, side = min(behind, key=lambda each: each[0].span.start)
        if _is_carried(text[entity.span.end : following.span.start]):
            return side
    return None


def _is_carried(between: str) -> bool:
    return len(between) <= _REACH and bool(_CARRIES.search(between)) and not _ENDS.search(between)


def _place_before(text: str, entity: Entity, others: Sequence[Entity]) -> list[Laterality]:
    """Return the sides of a place before an Entity, with adjectives at most between."""
    if entity.label != "finding":
        return []
    for other in others:
        between = text[other.span.end : entity.span.start]
        if (
            other.label == "anatomy"
            and other.span.end <= entity.span.start
            and _ADJECTIVES.fullmatch(between)
        ):
            return _sides(other.text)
    return []


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
    words = [_LOBES.get(word, word) for word in (match.group(1).lower() for match in _SIDE.finditer(piece))]
    return [Laterality(word) if word in ("left", "right") else Laterality.BILATERAL for word in words]


def _joined(sides: Sequence[Laterality]) -> Laterality:
    return sides[0] if len(set(sides)) == 1 else Laterality.BILATERAL


def _plural(piece: str) -> Laterality | None:
    return Laterality.BILATERAL if _PLURAL_PLACE.search(piece) else None


def stand_apart(entity: Entity, other: Entity) -> bool:
    """Tell whether another Entity is a thing of its own, which the words of this one do not reach across."""
    is_adjective = other.label == "finding" and _ADJECTIVE.fullmatch(other.text) is not None
    return (
        other.id != entity.id
        and other.label in _LABELS
        and not is_adjective
        and not _touches(entity.span, other.span)
    )


def _touches(one: Span, other: Span) -> bool:
    return abs(one.start - other.end) <= 1 or abs(other.start - one.end) <= 1 or one.overlaps(other)


def is_modifier(text: str, entity: Entity, entities: Sequence[Entity]) -> bool:
    """Tell whether a word only describes the finding right behind it: "nodular" before "opacity"."""
    end = entity.span.end
    if entity.label == "anatomy" and not (_BARE_LUNG.search(entity.text) or _PLACED.search(entity.text)):
        return False  # "right upper lobe" is a place by itself
    return not entity.text.endswith("s") and any(
        other.label == "finding" and other.span.start == end + 1 and text[end] in " -" for other in entities
    )
