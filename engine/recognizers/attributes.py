"""What the words around a phrase say of it: side, position, count, color, size, date."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.model.evidence import Laterality, Span
from engine.model.findings import EntityAttributes, Measurement
from engine.recognizers.dates import normal_date
from engine.recognizers.lexicon import lexicon, words_of
from engine.recognizers.words import Word, find_words

_CLAUSE_SIDE = re.compile(
    r"\b(?:on|to|at|in|from|along|towards?)\s+(?:the|its|his|her|their|far|extreme)?\s*(?:the\s+|far\s+|extreme\s+|near\s+)*"
    r"(left|right)\b(?!\s+(?!side|hand|of|edge|part|half|foreground|background|corner|-)[a-z])|"
    r"\b(left|right)[\s-]hand\b|\b(left|right)\s+(?:foreground|background|corner|edge|half)\b|"
    r"\bon\s+(?:its|his|her)\s+(left|right)\b",
    re.IGNORECASE,
)
_UNITS_MM = {
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
    "foot": 304.8,
    "feet": 304.8,
    "ft": 304.8,
    "micron": 0.001,
    "um": 0.001,
    "µm": 0.001,
}
_NUMBER = r"(\d{1,4}(?:\.\d{1,3})?)"
_BY = rf"(?:\s*(?:mm|cm|m)?\s*(?:x|×|by)\s*{_NUMBER})?"
_UNIT = (
    r"(mm|millimet(?:er|re)s?|cm|centimet(?:er|re)s?|m|met(?:er|re)s?|inch(?:es)?|"
    r"in(?=\s+(?:long|wide|tall|high|deep))|feet|foot|ft|microns?|um|µm)"
)
_SIZE = re.compile(rf"(?<![\w.]){_NUMBER}{_BY}{_BY}[\s-]*{_UNIT}\b", re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = re.compile(
    r"\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b|"
    rf"\b(?:\d{{1,2}}\s+)?{_MONTH}(?:\s+\d{{1,2}}(?:st|nd|rd|th)?,?)?\s+\d{{4}}\b",
    re.IGNORECASE,
)
_MEASURE_REACH_WORDS = 8
_MODIFIERS = 6
_AFTER_PREPOSITION = 9


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """A sentence ready to be asked about its phrases."""

    text: str
    span: Span
    words: tuple[Word, ...]
    sizes: tuple[re.Match[str], ...]
    dates: tuple[re.Match[str], ...]

    @classmethod
    def of(cls, text: str, span: Span) -> SentenceWords:
        return cls(
            text,
            span,
            words=tuple(find_words(text, span.start, span.end)),
            sizes=tuple(_SIZE.finditer(text, span.start, span.end)),
            dates=tuple(_DATE.finditer(text, span.start, span.end)),
        )

    def place(self, phrase: Span) -> tuple[int, int]:
        """Return the first word of the phrase and the word after its last."""
        inside = [
            index
            for index, word in enumerate(self.words)
            if word.start < phrase.end and word.end > phrase.start
        ]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)


def attributes_of(sentence: SentenceWords, phrase: Span, *, section: str = "") -> EntityAttributes:
    """Return what is said of the phrase: inside it, directly before it, or hung on by a preposition."""
    first, last = sentence.place(phrase)
    before = _modifiers(sentence.words, first)
    inside = [word.text for word in sentence.words[first:last]]
    after = _attached(sentence.words, last)
    near = [*before, *inside]
    laterality = _side(near) or _side(after) or _clause_side(sentence, first, last)
    return EntityAttributes(
        laterality=laterality,
        position=_position(near) or _position(after),
        colors=_colors([*near, *_predicate(sentence.words, last)]),
        count=_count(near),
        measurement=_measurement(sentence, first, last),
        date=_date(sentence, phrase),
        section=section,
    )


def _modifiers(words: Sequence[Word], first: int) -> list[str]:
    found: list[str] = []
    for word in reversed(words[max(0, first - _MODIFIERS) : first]):
        # "pair of gloves" and "red and white tie" go on beyond their little words.
        goes_on = (word.text == "of" and not found) or (
            word.text in ("and", "or", ",") and found and found[0] in words_of("color")
        )
        if word.text in words_of("modifier-stop") and not goes_on:
            break
        found.insert(0, word.text)
    return found


def _attached(words: Sequence[Word], last: int) -> list[str]:
    """Return the words of the prepositional phrase that follows: "opacity | in the left lower lobe"."""
    if last >= len(words) or words[last].text not in words_of("preposition"):
        return [words[last].text] if last < len(words) and words[last].text == "bilaterally" else []
    found = []
    for word in words[last : last + _AFTER_PREPOSITION]:
        if word.text in words_of("clause-end") or word.text == ",":
            break
        found.append(word.text)
    return found


def _predicate(words: Sequence[Word], last: int) -> list[str]:
    """Return what is said by a copula: "the car | was dark blue"."""
    if last >= len(words) or words[last].text not in ("is", "was", "are", "were", ","):
        return []
    found = [word.text for word in words[last + 1 : last + 4]]
    return [] if "not" in found else found


def _side(words: Sequence[str]) -> Laterality | None:
    known = lexicon("side")
    sides = {known[word] for word in words if word in known}
    if not sides:
        return None
    return Laterality(sides.pop()) if len(sides) == 1 else Laterality.BILATERAL


def _clause_side(sentence: SentenceWords, first: int, last: int) -> Laterality | None:
    """Return the side named for the clause: "On the left, beside the car, stands a man"."""
    start = next(
        (
            index + 1
            for index in range(first - 1, -1, -1)
            if sentence.words[index].text in words_of("clause-end")
        ),
        0,
    )
    stop = next(
        (
            index
            for index in range(last, len(sentence.words))
            if sentence.words[index].text in words_of("clause-end")
        ),
        len(sentence.words),
    )
    if start >= stop:
        return None
    return _side_of_clause(sentence.text[sentence.words[start].start : sentence.words[stop - 1].end])


@functools.lru_cache(maxsize=16)  # the phrases of one clause ask one after the other
def _side_of_clause(clause: str) -> Laterality | None:
    sides = {
        next(group for group in match.groups() if group).lower() for match in _CLAUSE_SIDE.finditer(clause)
    }
    return Laterality(sides.pop()) if len(sides) == 1 else None


def _position(words: Sequence[str]) -> str:
    known = lexicon("position")
    return " ".join(dict.fromkeys(known[word] for word in words if word in known))


def _colors(words: Sequence[str]) -> tuple[str, ...]:
    known = lexicon("color")
    return tuple(dict.fromkeys(known[word] for word in words if word in known))


def _count(words: Sequence[str]) -> int | None:
    known = lexicon("number")
    for word in words:
        if word in known:
            return int(known[word])
        if word.isdecimal() and len(word) < 4:
            return int(word)
    return None


def _measurement(sentence: SentenceWords, first: int, last: int) -> Measurement | None:
    nearest: tuple[int, Measurement] | None = None
    for match in sentence.sizes:
        place = sentence.place(Span(start=match.start(), end=match.end()))
        distance = max(first - place[1], place[0] - last, 0)
        if distance <= _MEASURE_REACH_WORDS and (nearest is None or distance < nearest[0]):
            unit = match[4].lower()
            factor = _UNITS_MM[unit] if unit in _UNITS_MM else _UNITS_MM[unit.removesuffix("s")]
            values = sorted((float(value) * factor for value in match.groups()[:3] if value), reverse=True)
            nearest = distance, Measurement(values_mm=tuple(round(value, 4) for value in values))
    return nearest[1] if nearest else None


def _date(sentence: SentenceWords, phrase: Span) -> str:
    for match in sentence.dates:
        if match.end() <= phrase.start or match.start() >= phrase.end:
            return normal_date(match.group())
    return ""
