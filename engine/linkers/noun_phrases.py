"""The noun phrase around a word, found by the closed word classes of English alone.

From the head leftwards over adjectives to the determiner ("a small green | ball"), across "of" to what
holds or counts it ("three segments of | mandarin orange"), and rightwards to what hangs on it
("a player | in a red tracksuit").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.linkers.words import DETERMINERS, NUMERALS, OUTSIDE
from engine.model.evidence import Span

_ONE_WORD = r"[A-Za-z]+(?:[-'’][A-Za-z]+)*|\d+(?:[.,:/]\d+|-[A-Za-z]+)*"
_WORD = re.compile(_ONE_WORD)
_LEFT_WORD = re.compile(rf"({_ONE_WORD})([ \t\n]+|, )$")
_TAIL_START = re.compile(
    r"^(?:,? (?:all |both |(?:dressed|clad|painted|topped|covered|coated|striped|finished|trimmed|"
    r"edged|marked|decorated|filled) )?(?:in|with|wearing|of|without|painted|having) |"
    r" (?:is|are|was|were) (?:all |mostly |laid |covered |painted |dressed |clad )?"
    r"(?:(?:in|with) )?(?=(?:(?:bright|light|dark|pale|deep) )?"
    r"(?:black|white|gr[ae]y|red|orange|yellow|green|blue|purple|pink|brown|beige)\b))",
    re.IGNORECASE,
)
# "Umpire Dale Rourke, in a black shirt", "the batter, number 51, in white": what is worn comes behind.
_NAME = re.compile(
    r",? (?:(?:(?:Mr|Mrs|Ms|Dr|PC)\.? )?[A-Z][\w'’-]*\.?(?: [A-Z][\w'’-]*\.?){0,2}|(?:number|no\.) \d+)"
    r"(?=,? (?:in|with|wearing|dressed|clad)\b)"
)
_TAIL_STOP = re.compile(
    r"[.;:,()\n]| (?:is|are|was|were|has|have|had|stands?|sits?|lies?|leans?|waits?|at|on|to|from|by|near|"
    r"under|above|behind|beside|next|that|which|who|as|for|into|over|through|beneath|holds?|walks?|runs?|looks?)\b"
)
_MAX_MODIFIERS = 5
_MAX_TAIL_WORDS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class NounPhrase:
    """A head word with its surroundings: ``words`` up to and with the head, ``outer`` before an "of"."""

    span: Span
    words: tuple[str, ...]
    outer: tuple[str, ...]
    tail: str

    @property
    def determiner(self) -> str:
        """The first word of the whole phrase, where it is a determiner, a numeral or a denial."""
        first = (*self.outer, *self.words)[:1]
        return first[0] if first and (first[0] in DETERMINERS or first[0] in NUMERALS) else ""


def read_noun_phrase(text: str, head: Span, sentence: Span) -> NounPhrase:
    """Return the noun phrase around ``head``, not reaching out of ``sentence``."""
    start = _walk_left(text, head.start, sentence.start)
    outer_start = start
    before = text[sentence.start : start]
    if re.search(r"[A-Za-z] of $", before):
        holder_end = start - len(" of ")
        holder_start = text.rfind(" ", sentence.start, holder_end) + 1
        outer_start = _walk_left(text, max(holder_start, sentence.start), sentence.start)
    return NounPhrase(
        span=Span(start=outer_start, end=head.end),
        words=words_of(text[start : head.end]),
        outer=words_of(text[outer_start : start - len(" of ")]) if outer_start < start else (),
        tail=_tail(text, head.end, sentence.end),
    )


def words_of(text: str) -> tuple[str, ...]:
    """Return the lower-case words and numbers of a text."""
    return tuple(word.lower().replace("’", "'") for word in _WORD.findall(text))


def _walk_left(text: str, start: int, stop: int) -> int:
    """Return where the modifiers before ``start`` begin; a determiner is the last one taken."""
    position = start
    for _ in range(_MAX_MODIFIERS + 1):
        match = _LEFT_WORD.search(text, stop, position)
        written = match.group(1) if match else ""
        word = written.lower()
        is_outside = word in OUTSIDE and written != "US"
        if match is None or is_outside or (match.group(2) == ", " and word in DETERMINERS):
            break
        position = match.start(1)
        if word in DETERMINERS:
            number = _LEFT_WORD.search(text, stop, position)
            if number and number.group(1).lower() in {"all", "both"}:
                position = number.start(1)
            break
    return position


def _tail(text: str, start: int, stop: int) -> str:
    """Return "in a black top" behind "a person", at most eight words, without what follows."""
    name = _NAME.match(text, start, stop)
    rest = text[name.end() if name else start : stop]
    opening = _TAIL_START.match(rest)
    if not opening:
        return ""
    end = _TAIL_STOP.search(rest, opening.end())
    return " ".join(rest[opening.end() : end.start() if end else len(rest)].split()[:_MAX_TAIL_WORDS])
