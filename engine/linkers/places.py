"""Places in the picture that a text names ("on the far left", "in the right foreground"), and for what.

A place that opens a clause belongs to the thing that follows it, any other to the thing whose
clause it closes. "To the left of the carton" and "his left arm" name no place in the picture.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.model.evidence import Laterality, Span
from engine.model.geometry import Box

_SIDE = r"left|right"
_LEVEL = r"upper|top|lower|bottom"
_DEPTH = r"foreground|background"
_MIDDLE = r"middle|centre|center"
_SPOT = r"side|edge|margin|corner|end|half|part|third|hand|column|border|foreground|background|rim"
_FRAME = r"picture|image|frame|photograph|photo|view|shot|scene|room|print|still|cut|group"
_PLACE = re.compile(
    rf"\b(?:(?:on|at|in|to|from|near|along|towards?|by|into|of) )?"
    rf"(?:(?:the|its|their|far|extreme|very|immediate|rear) )*"
    rf"(?P<core>(?:(?:{_LEVEL}|{_SIDE}|{_MIDDLE}|far|near|opposite)[- ]?)*(?:hand[- ])?"
    rf"(?:{_SIDE}|{_LEVEL}|{_MIDDLE}|{_DEPTH}|{_SPOT}))\b"
    rf"(?P<after>(?: (?:{_SPOT}))?(?: (?:of|in) the (?:{_FRAME}))?)",
    re.IGNORECASE,
)
_FARTHEST = re.compile(
    rf"\b(?:furthest|farthest|far|extreme|further) (?:to the )?(?P<core>{_SIDE})\b", re.IGNORECASE
)
# How far off something is said to be, from the camera or behind what was named before.
_FAR_OFF = re.compile(
    r"\b(?:in the (?:far )?distance|(?:farther|further) (?:back|away|off|behind|out)|far (?:back|off|away)|"
    r"(?:at|in|to|towards?) the (?:back|rear)(?! of)|beyond|out of focus|behind (?=it|him|her|them))\b",
    re.IGNORECASE,
)
_CLOSE_BY = re.compile(
    r"\b(?:(?:nearest|closest|nearer|closer|close|near) to (?:the (?:camera|viewer|lens|photographer)|us)|"
    r"in front(?! of))\b",
    re.IGNORECASE,
)
# "The nearest is a long craft": what follows is the nearest.
_PREDICATED = re.compile(
    r"\bthe (?P<word>nearest|nearer|closest|foremost|farthest|furthest|leftmost|rightmost|topmost|uppermost|"
    r"lowest)(?: one| of (?:them|these|all))? (?:is|was|being) (?=an? )",
    re.IGNORECASE,
)
_RELATIVE = re.compile(rf"^ of (?!(?:the|this) (?:{_FRAME})|(?:centre|center))", re.IGNORECASE)
_OPENS_CLAUSE = re.compile(r"(?:^|[.;:,]\s*|\b(?:and|while|but) )$")
_OWN_SIDE = re.compile(
    rf"\b(?:to|at|on|by) (?:its|his|her|their) (?:immediate )?(?:{_SIDE})\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in the picture: side, ``level`` -1 top to 1 bottom, ``depth`` 1 for the foreground."""

    words: str
    side: Laterality | None = None
    level: int = 0
    depth: int = 0
    middle: bool = False


def find_places(text: str, sentence: Span, things: Sequence[Span]) -> dict[Span, tuple[Place, ...]]:
    """Return the places named in a sentence by the span of the thing each belongs to."""
    found: dict[Span, tuple[Place, ...]] = {}
    inside = [thing for thing in things if sentence.start <= thing.start < sentence.end]
    for match in _PLACE.finditer(text, sentence.start, sentence.end):
        place = _place_of(text, match, sentence.end)
        owner = _owner(text, sentence, inside, match) if place else None
        if place is not None and owner is not None:
            found[owner] = (*found.get(owner, ()), place)
    for depth, pattern in ((-1, _FAR_OFF), (1, _CLOSE_BY)):
        for match in pattern.finditer(text, sentence.start, sentence.end):
            owner = _owner(text, sentence, inside, match)
            if owner is not None:
                found[owner] = (*found.get(owner, ()), Place(words=match.group(0), depth=depth))
    for match in _PREDICATED.finditer(text, sentence.start, sentence.end):
        owner = next((thing for thing in inside if thing.start >= match.end()), None)
        if owner is not None:
            found[owner] = (*found.get(owner, ()), _MODIFIERS[match["word"].lower()])
    return found


_MODIFIERS: dict[str, Place] = {
    word: place
    for words, place in (
        ("left-hand leftmost", Place(words="on the left", side=Laterality.LEFT)),
        ("right-hand rightmost", Place(words="on the right", side=Laterality.RIGHT)),
        ("upper topmost uppermost", Place(words="upper", level=-1)),
        ("lower bottom lowest lowermost", Place(words="lower", level=1)),
        ("nearest nearer near closest closer foremost front", Place(words="nearer", depth=1)),
        (
            "farthest furthest farther further far rear rearmost hindmost distant",
            Place(words="farther", depth=-1),
        ),
        ("middle central centre center", Place(words="in the middle", middle=True)),
    )
    for word in words.split()
}
_SIDES = {"left": _MODIFIERS["left-hand"], "right": _MODIFIERS["right-hand"]}


def place_of_modifiers(words: Sequence[str], *, stands_in: bool) -> tuple[Place, ...]:
    """Return the places that adjectives give a thing: "the upper one", "the nearest car".

    "left" and "right" alone count only for a word that stands for a thing: "her left arm" is no place.
    """
    known = {**_MODIFIERS, **_SIDES} if stands_in else _MODIFIERS
    return tuple(known[word] for word in words if word in known)


def place_agreements(place: Place, box: Box, width_px: int, height_px: int) -> dict[str, float]:
    """Return by ``side``, ``level`` and ``depth`` how well a box lies where the words say, in [-1, 1]."""
    x = box.center.x / max(width_px, 1)
    y = box.center.y / max(height_px, 1)
    scores = {}
    if place.side is Laterality.LEFT:
        scores["side"] = _ramp(0.5 - x)
    if place.side is Laterality.RIGHT:
        scores["side"] = _ramp(x - 0.5)
    if place.middle:
        scores["side"] = _ramp(0.25 - abs(x - 0.5))
    if place.level:
        scores["level"] = _ramp(place.level * (y - 0.5))
    if place.depth:
        scores["depth"] = _ramp(place.depth * (box.bottom / max(height_px, 1) - 0.7))
    return scores


def _ramp(distance: float) -> float:
    """Return 1 from a fifth of the picture inside, -1 from a fifth outside, linear between."""
    return max(-1.0, min(1.0, distance * 5))


def _place_of(text: str, match: re.Match[str], stop: int) -> Place | None:
    words = match.group(0).lower()
    core = (match.group("core") + (match.group("after") or "")).lower()
    if _RELATIVE.match(text[match.end() : stop]) or _OWN_SIDE.search(words) or not _is_place(words, core):
        return None
    parts = set(re.split(r"[ -]", core))
    sides = [side for side in Laterality if side.value in parts]
    level = -1 if parts & {"upper", "top"} else 1 if parts & {"lower", "bottom"} else 0
    depth = 1 if "foreground" in parts else -1 if "background" in parts else 0
    middle = bool(parts & {"middle", "centre", "center"})
    if len(sides) != 1 and not level and not depth and not middle:
        return None
    return Place(
        words=match.group(0).strip(),
        side=sides[0] if len(sides) == 1 else None,
        level=level,
        depth=depth,
        middle=middle,
    )


def _is_place(words: str, core: str) -> bool:
    """Tell a place from an adjective ("his left arm", "the right answer") or the verb "left"."""
    if words.startswith(("to the left", "to the right")) and "hand" not in core:
        return False  # where somebody looks or goes, or beside what
    opened = re.match(
        r"(?:on|at|in|to|from|near|along|towards?|by|into) |(?:far|extreme|its|the far)\b", words
    )
    return bool(opened) or "hand" in core or "foreground" in core or "background" in core


def _owner(text: str, sentence: Span, things: Sequence[Span], match: re.Match[str]) -> Span | None:
    """Return the thing a place belongs to: what follows an opening place, else what it closes."""
    within = [thing for thing in things if thing.start <= match.start() and match.end() <= thing.end]
    if within:
        return within[0]
    before = text[sentence.start : match.start()]
    behind = [thing for thing in things if thing.start >= match.end()]
    ahead = [thing for thing in things if thing.end <= match.start()]
    if _OPENS_CLAUSE.search(before) and behind:
        closes = text[match.end() : match.end() + 1] in {".", ";", ")"} or (
            before.rstrip().endswith(",") and text[match.end() : match.end() + 1] == "," and bool(ahead)
        )
        if not closes:
            return behind[0]
    return _subject(text, sentence, ahead) or (behind[0] if behind else None)


def _subject(text: str, sentence: Span, ahead: Sequence[Span]) -> Span | None:
    """Return the thing that the clause before a place is about: its first one."""
    if not ahead:
        return None
    last = ahead[-1]
    for mark in (";", ":", ",", " and ", " while "):
        start = text.rfind(mark, sentence.start, last.start)
        inside = [thing for thing in ahead if thing.start > start]
        if start >= 0 and inside:
            return inside[0]
    return ahead[0]
