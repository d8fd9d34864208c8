"""What the words around a phrase say of it: side, position, count, color, size, date."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

from engine.model.evidence import Laterality, Span
from engine.model.findings import EntityAttributes, Measurement
from engine.recognizers.changes import comparison_of
from engine.recognizers.counts import count_of
from engine.recognizers.dates import normal_date
from engine.recognizers.lexicon import lexicon, words_of
from engine.recognizers.sentence_words import SentenceWords
from engine.recognizers.words import Word

_CLAUSE_SIDE = re.compile(
    r"\b(?:on|to|at|in|from|along|towards?)\s+(?:the|its|his|her|their|far|extreme)?\s*(?:the\s+|far\s+|extreme\s+|near\s+)*"
    r"(left|right)\b(?!\s+(?!side|hand|of|edge|part|half|foreground|background|corner|-)[a-z])|"
    r"\b(left|right)[\s-]hand\b|\b(left|right)\s+(?:foreground|background|corner|edge|half)\b|"
    r"\bon\s+(?:its|his|her)\s+(left|right)\b",
    re.IGNORECASE,
)
_MODIFIERS = 6
_AFTER_PREPOSITION = 9
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_SAID_WORDS = 12


def attributes_of(
    sentence: SentenceWords, phrase: Span, *, section: str = "", measurement: Measurement | None = None
) -> EntityAttributes:
    """Return what is said of the phrase: inside it, directly before it, or hung on by a preposition.

    Its size comes from ``measurements``, which shares the sizes of a sentence out among all its phrases.
    """
    first, last = sentence.place(phrase)
    before = _modifiers(sentence.words, first)
    inside = [word.text for word in sentence.words[first:last]]
    after = _attached(sentence.words, last)
    near = [*before, *inside]
    said = _predicate(sentence.words, last)
    laterality = _side(near) or _side(after) or _clause_side(sentence, first, last)
    return EntityAttributes(
        laterality=laterality,
        position=_position(near) or _position(after),
        colors=_colors([*near, *said]),
        count=count_of(_counting(sentence, first, last)),
        measurement=measurement,
        date=_date(sentence, phrase),
        section=section,
        degree=_first(lexicon("degree"), [*near, *said]),
        comparison=comparison_of(
            near, _said_later(sentence.words, first, last), _ahead(sentence.words, first)
        ),
        materials=_materials([*near, *_made_of(sentence.words, last)]),
    )


def _counting(sentence: SentenceWords, first: int, last: int) -> list[str]:
    """Return the words before and in the phrase that are no part of a size or a date."""
    start = first - len(_modifiers(sentence.words, first))
    taken = [(size.start, size.end) for size in sentence.sizes]
    taken += [(match.start(), match.end()) for match in sentence.dates]
    return [
        word.text
        for word in sentence.words[start:last]
        if not any(begin <= word.start < end for begin, end in taken) and not _names(sentence, word)
    ]


def _names(sentence: SentenceWords, word: Word) -> bool:
    """Tell whether a number is part of a name, an amount or an order: "Glock 17", "250 g", "7th rib"."""
    if not word.text.isdecimal():
        return False
    before = re.search(r"(\w+)\s*$", sentence.text[max(sentence.span.start, word.start - 30) : word.start])
    after = re.match(r"[\s-]?([a-zµ%]+)", sentence.text[word.end : word.end + 12])
    named = before is not None and before[1][:1].isupper() and before.start() > 0
    return named or (after is not None and (after[1] in words_of("amount") or after[1] in _ORDINALS))


def _said_later(words: Sequence[Word], first: int, last: int) -> list[str]:
    """Return the next words of the clause: "the effusion | in the left lung has increased".

    Of the lung nothing is said there: it only tells where the effusion is.
    """
    found: list[str] = []
    ahead = first - len(_modifiers(words, first)) - 1
    if ahead > 0 and words[ahead].text in words_of("preposition"):
        return found
    for word in words[last : last + _SAID_WORDS]:
        if word.text in words_of("clause-end") and word.text != "which":
            break
        found.append(word.text)
    return found


def _ahead(words: Sequence[Word], first: int) -> list[str]:
    """Return the words that lead to the phrase: "no increase in the right pleural | effusion"."""
    found: list[str] = []
    for word in reversed(words[max(0, first - _SAID_WORDS) : first]):
        if word.text in words_of("clause-end") or word.text == ",":
            break
        found.insert(0, word.text)
    return found if {"in", "of"} & set(found) else []


def _made_of(words: Sequence[Word], last: int) -> list[str]:
    following = [word.text for word in words[last : last + 5]]
    start = following.index("of") + 1 if "of" in following[:3] else len(following)
    return following[start : start + 2]


def _first(known: Mapping[str, str], words: Sequence[str]) -> str:
    return next((known[word] for word in words if word in known), "")


def _materials(words: Sequence[str]) -> tuple[str, ...]:
    known = lexicon("material")
    return tuple(dict.fromkeys(known[word] for word in words if word in known))


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


def _date(sentence: SentenceWords, phrase: Span) -> str:
    for match in sentence.dates:
        if match.end() <= phrase.start or match.start() >= phrase.end:
            return normal_date(match.group())
    return ""
