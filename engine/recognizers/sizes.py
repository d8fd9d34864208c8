"""Sizes as they are written, in millimeters: "2 x 3 cm", "a half-inch", "2 to 3 cm", "3 1/2 feet"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from engine.recognizers.lexicon import lexicon

_MM = {
    "mm": 1.0,
    "millimeter": 1.0,
    "millimetre": 1.0,
    "cm": 10.0,
    "centimeter": 10.0,
    "centimetre": 10.0,
    "m": 1000.0,
    "meter": 1000.0,
    "metre": 1000.0,
    "inch": 25.4,
    "inche": 25.4,
    "in": 25.4,
    '"': 25.4,
    "foot": 304.8,
    "feet": 304.8,
    "ft": 304.8,
    "yard": 914.4,
    "micron": 0.001,
    "um": 0.001,
    "µm": 0.001,
}
_FIGURES = r"\d{1,4}(?:[.,]\d{1,3})?(?:\s\d/\d)?|\d/\d"
_WORDS = (
    "half a|half an|half|quarter|one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    "twelve|fifteen|eighteen|twenty"
)
_NUMBER = rf"({_FIGURES}|\b(?:{_WORDS})\b)"
_UNIT = (
    r"(mm|millimet(?:er|re)s?|cm|centimet(?:er|re)s?|m|met(?:er|re)s?|inch(?:es)?|"
    r"in(?=\s+(?:long|wide|tall|high|deep|in)\b|\.\s|\s*(?:x|×|by)\s)|\"(?=[\s,.;)]|$)|feet|foot|ft|yards?|microns?|um|µm)"
)
_LOOSE_UNIT = r"(?:\s*-?(?:mm|cm|m|inch(?:es)?|in|ft|feet|foot|\"))?"
_BY = rf"(?:{_LOOSE_UNIT}\s*(x|×|by|to|-|–|and)\s*{_NUMBER})?"
# A size does not begin inside a number, a name or a date.
_SIZE = re.compile(rf"(?<![\w./])(?<!\d,){_NUMBER}{_BY}{_BY}[\s-]*{_UNIT}(?![\w/])", re.IGNORECASE)
_RANGE = frozenset({"to", "-", "–", "and"})


class Size(NamedTuple):
    """A size at ``text[start:end]``: its extents in millimeters, largest first; of a range the upper end."""

    start: int
    end: int
    values_mm: tuple[float, ...]


def find_sizes(text: str, start: int, end: int) -> Iterator[Size]:
    """Yield the sizes within ``text[start:end]`` in order."""
    for match in _SIZE.finditer(text, start, end):
        first, by, second, also_by, third, unit = match.groups()
        values = [_value(first)]
        for joint, value in ((by, second), (also_by, third)):
            if value is None:
                continue
            if joint.lower() in _RANGE:
                values[-1] = max(values[-1], _value(value))
            else:
                values.append(_value(value))
        factor = _factor(unit.lower())
        extents = sorted((round(value * factor, 4) for value in values), reverse=True)
        if extents[0] > 0:
            yield Size(match.start(), match.end(), tuple(extents))


def _factor(unit: str) -> float:
    return _MM[unit] if unit in _MM else _MM[unit.removesuffix("s")]


def _value(written: str) -> float:
    word = written.lower()
    if word.startswith("half"):
        return 0.5
    if word == "quarter":
        return 0.25
    known = lexicon("number")
    if word in known:
        return float(known[word])
    return sum(_fraction(part) for part in word.replace(",", ".").split())


def _fraction(part: str) -> float:
    above, slash, below = part.partition("/")
    if not slash:
        return float(above)
    return float(above) / float(below) if float(below) else 0.0
