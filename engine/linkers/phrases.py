"""What the text itself says about an Entity, word by word: number, colors, place, denial, and manner.

An Entity carries the attributes that its recognizer gave it; much that decides a link stands
around its span ("on the far left stands a player"), so the span's surroundings are read here by
the closed word classes of English.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.linkers.colors import color_words
from engine.linkers.places import Place, find_places
from engine.linkers.words import (
    DEFINITE,
    DENIALS,
    INDEFINITE,
    MANY,
    MODALS,
    NUMERALS,
    ORDINAL,
    OTHER,
    POSSESSIVE,
    SIGHT,
    SPEECH,
)
from engine.model.evidence import Laterality, Report, Span
from engine.model.findings import Assertion, Entity

_WORD = re.compile(r"[A-Za-z]+(?:[-'’][A-Za-z]+)*|\d+(?:[.,]\d+)*")
_SENTENCE_END = re.compile(
    r"(?<![A-Z])(?<!Mr)(?<!Mrs)(?<!Ms)(?<!Dr)(?<!St)(?<!no)(?<!No)[.!?][\"”’)]*\s+|\n+"
)
_CLAUSE_END = re.compile(
    r"[;:]|,? (?:and|while|but|whereas|where|which|who) "
    r"(?=(?:(?:on|at|in|to|from|behind) )?(?:the|a|an|he|she|it|is|are|was|were|has|had)\b)"
)
_TAIL_START = re.compile(
    r"^(?:,? (?:all |both |dressed |clad )?(?:in|with|wearing|of|without|painted|topped with) )"
)
_TAIL_STOP = re.compile(
    r"[.;:,()\n]| (?:is|are|was|were|has|have|had|stands?|sits?|lies?|leans?|waits?|at|on|to|from|by|near|"
    r"under|above|behind|beside|next|that|which|who|as|for|into|over|through|beneath|holds?|walks?|runs?|looks?)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """An Entity with what the words in and around it say.

    ``number`` is the stated count (0 for "no"), ``plural`` whether more than one is meant.
    ``colors`` belong to the thing itself, ``trim`` to what it wears or carries. ``places`` are
    where in the picture it is said to be. The last five tell how the sentence speaks.
    """

    entity: Entity
    words: tuple[str, ...]
    number: int | None
    plural: bool
    definite: bool
    indefinite: bool
    possessed: bool
    other: bool
    modified: bool
    colors: tuple[str, ...]
    trim: tuple[str, ...]
    tail: str
    places: tuple[Place, ...]
    denied: bool
    named: bool
    spoken: bool
    modal: bool
    sighted: bool
    sentence: Span
    clause: Span


def read_phrases(report: Report, entities: Sequence[Entity]) -> tuple[Phrase, ...]:
    """Return a Phrase for each Entity, in the order of the text."""
    ordered = sorted(entities, key=lambda each: (each.span.start, -each.span.end))
    sentences = split_spans(report.text, Span(start=0, end=len(report.text)), _SENTENCE_END)
    places = {
        sentence: find_places(report.text, sentence, [each.span for each in ordered])
        for sentence in sentences
    }
    return tuple(_read(report.text, entity, sentences, places) for entity in ordered)


def words_of(text: str) -> tuple[str, ...]:
    """Return the lower-case words and numbers of a text."""
    return tuple(word.lower().replace("’", "'") for word in _WORD.findall(text))


def split_spans(text: str, within: Span, boundary: re.Pattern[str]) -> tuple[Span, ...]:
    """Cut a span at every match of ``boundary``; each piece keeps its closing mark."""
    pieces, start = [], within.start
    for match in boundary.finditer(text, within.start, within.end):
        pieces.append(Span(start=start, end=match.end()))
        start = match.end()
    if start < within.end:
        pieces.append(Span(start=start, end=within.end))
    return tuple(pieces)


def _read(
    text: str, entity: Entity, sentences: Sequence[Span], places: dict[Span, dict[Span, tuple[Place, ...]]]
) -> Phrase:
    sentence = next((each for each in sentences if each.overlaps(entity.span)), entity.span)
    clauses = split_spans(text, sentence, _CLAUSE_END)
    clause = next((each for each in clauses if each.overlaps(entity.span)), sentence)
    words = words_of(entity.text)
    tail = _tail(text, entity.span.end, sentence.end)
    around = frozenset(words_of(text[clause.start : clause.end]))
    first = words[0] if words else ""
    before = words_of(text[max(sentence.start, entity.span.start - 24) : entity.span.start])
    determiner = first if first in DEFINITE | INDEFINITE | DENIALS else (before[-1] if before else "")
    number = _number(words, entity)
    inner = [word for word in words[1:] if word in {"in", "with", "of"}]
    cut = words.index(inner[0]) if inner else len(words)
    said = tuple(color for color in entity.attributes.colors if color in words[:cut])
    return Phrase(
        entity=entity,
        words=words,
        number=number,
        plural=(number is not None and number != 1)
        or first in MANY
        or _is_plural(words[:cut], entity.normal),
        definite=determiner in DEFINITE,
        indefinite=determiner in INDEFINITE or number == 1,
        possessed=determiner in POSSESSIVE or "'s" in entity.text or "’s" in entity.text,
        other=bool(OTHER & set(words)),
        modified=bool(ORDINAL & set(words)) or bool(tail) or bool(inner),
        colors=said or color_words(words[:cut]),
        trim=color_words((*words[cut:], *words_of(tail))),
        tail=tail,
        places=places[sentence].get(entity.span, ()) if sentence in places else (),
        denied=entity.assertion is Assertion.ABSENT
        or first in DENIALS
        or bool(before and before[-1] in DENIALS),
        named=any(word[:1].isupper() for word in entity.text.split()[1:]),
        spoken=bool(around & SPEECH),
        modal=bool(around & MODALS),
        sighted=bool(around & SIGHT),
        sentence=sentence,
        clause=clause,
    )


def _tail(text: str, start: int, stop: int) -> str:
    """Return "in a black top" behind "a person", at most eight words, without what follows."""
    rest = text[start:stop]
    opening = _TAIL_START.match(rest)
    if not opening:
        return ""
    end = _TAIL_STOP.search(rest, opening.end())
    return " ".join(rest[opening.end() : end.start() if end else len(rest)].split()[:8])


def _number(words: Sequence[str], entity: Entity) -> int | None:
    if words and words[0] == "no":
        return 0
    if entity.attributes.count is not None:
        return entity.attributes.count
    for word in words[:2]:
        if word in NUMERALS:
            return NUMERALS[word]
        if word.isdigit() and len(word) < 3:
            return int(word)
    return None


def _is_plural(words: Sequence[str], lemma: str) -> bool:
    """Tell whether the head, the last word before any "of", is a plural of its lemma."""
    if not words:
        return False
    head = words[-1]
    base = lemma.rsplit(maxsplit=1)[-1].lower() if lemma else ""
    return (
        head not in {base, "glass", "bus", "grass", "dress"}
        and head != base
        and head.endswith(("s", "men", "people", "children", "mice", "ves", "ones"))
        and not head.endswith(("ss", "'s"))
    )


def side_of(phrase: Phrase) -> Laterality | None:
    """Return the side of the picture that the words give the thing, if they give just one."""
    sides = {place.side for place in phrase.places if place.side is not None}
    return sides.pop() if len(sides) == 1 else phrase.entity.attributes.laterality
