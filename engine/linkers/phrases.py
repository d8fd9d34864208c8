"""What the text itself says about an Entity, word by word: number, colors, place, denial, and manner.

An Entity carries the attributes that its recognizer gave it; much that decides a link stands
around its span ("on the far left stands a player"), so the span's surroundings are read here by
the closed word classes of English.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.linkers.colors import color_words
from engine.linkers.noun_phrases import NounPhrase, read_noun_phrase, words_of
from engine.linkers.places import Place, find_places, place_of_modifiers
from engine.linkers.words import (
    COLLECTIVES,
    DEFINITE,
    DENIALS,
    INDEFINITE,
    MANY,
    MANY_NUMERALS,
    MODALS,
    NUMERALS,
    ORDINAL,
    OTHER,
    PAST,
    PRESENT,
    SIGHT,
    SPEECH,
)
from engine.model.evidence import Laterality, Report, Span
from engine.model.findings import Assertion, Entity
from engine.word_forms import is_plural

_SENTENCE_END = re.compile(
    r"(?<![A-Z])(?<!Mr)(?<!Mrs)(?<!Ms)(?<!Dr)(?<!St)(?<!no)(?<!No)[.!?][\"”’)]*\s+|\n+"
)
_NAME_AFTER = re.compile(r",? (?:(?:Mr|Mrs|Ms|Dr|PC)\.? )?(?:[A-Z][a-z]|[A-Z]\.|\d)")
_CLAUSE_END = re.compile(
    r"[;:]|,? (?:and|while|but|whereas|where|which|who) "
    r"(?=(?:(?:on|at|in|to|from|behind) )?(?:the|a|an|he|she|it|is|are|was|were|has|had)\b)"
)

# "a boat painted purple", "a train in dark green livery": the thing itself has that color.
_OF_THE_WHOLE = re.compile(r",? (?:all |both )?(?:in|painted|is|are|was|were)\b", re.IGNORECASE)
STAND_IN = "stand-in"
_COPULAS = frozenset({"is", "are", "was", "were", "be", "been", "called"})
_VERBS = (PRESENT | PAST) - frozenset(
    {"picture", "image", "frame", "camera", "photograph", "view", "foreground"}
)
# "A knife was not laid", "a television is nowhere in the frame".
_DENIED_AFTER = re.compile(r" (?:(?:is|are|was|were|has been|have been|had been) (?:not|nowhere|never))\b")
_MAX_SENTENCE_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """An Entity with what the words in and around it say.

    ``number`` is the stated count (0 for "no"), ``plural`` whether more than one is meant.
    ``colors`` belong to the thing itself, ``trim`` to what it wears or carries (``worn``). ``places`` are
    where in the picture it is said to be, ``around`` the words of its clause. The last ones tell how the
    sentence speaks.
    """

    entity: Entity
    noun: NounPhrase
    number: int | None
    plural: bool
    definite: bool
    indefinite: bool
    other: bool
    modified: bool
    colors: tuple[str, ...]
    trim: tuple[str, ...]
    worn: tuple[str, ...]
    places: tuple[Place, ...]
    denied: bool
    named: bool
    spoken: bool
    modal: bool
    sighted: bool
    now: bool
    around: frozenset[str]
    opens: bool
    agent: bool
    dependent: bool
    verbless: bool
    predicate: bool
    sentence: Span
    clause: Span

    @property
    def repeats(self) -> bool:
        """Tell whether the words take up a thing spoken of before: "the animal", and no word more."""
        plain = len(self.noun.words) <= 1 + len(self.entity.text.split()) and not self.noun.outer
        told_apart = self.colors or self.trim or self.places or self.other or self.number is not None
        return self.definite and plain and not told_apart and self.entity.label != STAND_IN


@functools.lru_cache(maxsize=4)  # every linker asks for the phrases of the same report, image after image
def read_phrases(report: Report, entities: tuple[Entity, ...]) -> tuple[Phrase, ...]:
    """Return a Phrase for each Entity, in the order of the text."""
    ordered = sorted(entities, key=lambda each: (each.span.start, -each.span.end))
    sentences = _sentences(report.text)
    starts = [sentence.start for sentence in sentences]
    owners = [sentences[bisect.bisect_right(starts, each.span.start) - 1] for each in ordered]
    inside: dict[Span, list[Span]] = {}
    for entity, sentence in zip(ordered, owners, strict=True):
        inside.setdefault(sentence, []).append(entity.span)
    places = {sentence: find_places(report.text, sentence, spans) for sentence, spans in inside.items()}
    return tuple(
        _read(report.text, entity, sentence, places[sentence].get(entity.span, ()))
        for entity, sentence in zip(ordered, owners, strict=True)
    )


def _sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of a text; one without an end is cut, so that no phrase reads all of it."""
    whole = split_spans(text, Span(start=0, end=len(text)), _SENTENCE_END)
    return tuple(
        Span(start=start, end=min(start + _MAX_SENTENCE_CHARACTERS, sentence.end))
        for sentence in whole
        for start in range(sentence.start, sentence.end, _MAX_SENTENCE_CHARACTERS)
    )


def split_spans(text: str, within: Span, boundary: re.Pattern[str]) -> tuple[Span, ...]:
    """Cut a span at every match of ``boundary``; each piece keeps its closing mark."""
    pieces, start = [], within.start
    for match in boundary.finditer(text, within.start, within.end):
        pieces.append(Span(start=start, end=match.end()))
        start = match.end()
    if start < within.end:
        pieces.append(Span(start=start, end=within.end))
    return tuple(pieces)


def _read(text: str, entity: Entity, sentence: Span, places: tuple[Place, ...]) -> Phrase:
    clauses = split_spans(text, sentence, _CLAUSE_END)
    clause = next((each for each in clauses if each.overlaps(entity.span)), sentence)
    noun = read_noun_phrase(text, entity.span, sentence)
    before = text[sentence.start : noun.span.start].rstrip()
    last = (words_of(before) or ("",))[-1]
    around = frozenset(words_of(text[clause.start : clause.end]))
    said = (*noun.outer, *noun.words)
    stands_in = entity.label == STAND_IN
    number = _number(noun) if not stands_in or (noun.words[-1:] and noun.words[-1] in MANY_NUMERALS) else None
    tail_colors = color_words(words_of(noun.tail))
    dressed = entity.label == "person" or not _OF_THE_WHOLE.match(text[entity.span.end : sentence.end])
    return Phrase(
        entity=entity,
        noun=noun,
        number=number,
        plural=_is_many(number, said, entity),
        definite=noun.determiner in DEFINITE,
        indefinite=noun.determiner in INDEFINITE or number == 1,
        other=bool(OTHER & set(said)),
        modified=bool(ORDINAL & set(said))
        or bool(noun.outer)
        or _is_description(text, entity.span.end, noun),
        colors=color_words(_without_name(said, entity)) or (() if dressed else tail_colors),
        trim=tail_colors if dressed else (),
        worn=words_of(noun.tail),
        places=(*places, *place_of_modifiers(said[:-1], stands_in=stands_in)),
        denied=entity.assertion is Assertion.ABSENT
        or noun.determiner in DENIALS
        or bool(_DENIED_AFTER.match(text, entity.span.end, clause.end)),
        named=_is_named(text, noun.span.start, entity.span.end),
        spoken=bool(around & SPEECH),
        modal=bool(around & MODALS),
        sighted=bool(around & SIGHT),
        now=bool(around & PRESENT) and not around & PAST,
        around=around,
        opens=not before or before[-1] in {";", ":", ","} or text[noun.span.start - 1] in "\n",
        agent=last in {"by", "to", "for", "from", "between"},
        predicate=last in _COPULAS,
        verbless=not frozenset(words_of(text[sentence.start : sentence.end])) & _VERBS,
        dependent=last == "of" or last in {"with", "in", "without"},
        sentence=sentence,
        clause=clause,
    )


def _without_name(words: Sequence[str], entity: Entity) -> list[str]:
    """Leave out what belongs to the name of the thing: a wine glass is not the color of wine."""
    compound = words_of(entity.text)
    own = compound[:-1] if len(compound) > 1 else ()
    return [word for word in words if word not in own]


def _is_named(text: str, start: int, end: int) -> bool:
    """Tell whether a capital stands inside the phrase or a name or number follows it at once."""
    inside = any(word[:1].isupper() for word in text[start:end].split()[1:])
    return inside or bool(
        re.match(r",? (?:(?:Mr|Mrs|Ms|Dr|PC)\.? )?(?:[A-Z][a-z]|[A-Z]\.|\d)", text[end : end + 9])
    )


def _is_description(text: str, end: int, noun: NounPhrase) -> bool:
    """Tell whether what hangs on a noun describes it ("with pink icing"), not only where it is."""
    opening = text[end : end + 9].lstrip(" ,").lower()
    return bool(noun.tail) and (not opening.startswith("in ") or bool(color_words(words_of(noun.tail))))


def _number(noun: NounPhrase) -> int | None:
    """Return the stated count: 3 for "three segments of orange", 0 for "no dog", None where none is."""
    words = (*noun.outer, *noun.words)
    if noun.determiner == "no":
        return 0
    for word in words[:3]:
        if word in NUMERALS:
            return NUMERALS[word]
    if noun.words[-2:-1] and noun.words[-2].isdigit() and len(noun.words[-2]) < 3:
        return int(noun.words[-2])
    return None


def _is_many(number: int | None, said: Sequence[str], entity: Entity) -> bool:
    """Tell whether several things are meant: by number, "several", the form of the noun, or "a crowd"."""
    if number is not None:
        return number != 1
    head = entity.text.lower().split()[-1:]
    collective = bool(COLLECTIVES & {*head, *said[:-1]})
    return collective or bool(MANY & set(said[:2])) or is_plural(_head(entity))


def _head(entity: Entity) -> str:
    return next(reversed(entity.text.lower().split()), "")


def side_of(phrase: Phrase) -> Laterality | None:
    """Return the side of the picture that the words give the thing, if they give just one."""
    sides = {place.side for place in phrase.places if place.side is not None}
    return sides.pop() if len(sides) == 1 else phrase.entity.attributes.laterality
