"""Short forms that a report defines itself, "deep vein thrombosis (DVT)": they mean what the long form means.

The pairs are found by scispaCy's detector (Schwartz and Hearst 2003).
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from engine.model.evidence import Span
from engine.recognizers.found import Found

# Only a sentence with such brackets can define one; the detector is not asked about others.
_BRACKETS = re.compile(r"\([^\W\d_][\w-]{1,8}\)")
_MOST_SENTENCES = 500
_NEARBY = 40


@dataclass(frozen=True, slots=True)
class Definition:
    """A short form and where its long form stands in the report."""

    short: str
    long: Span


def find_definitions(text: str, sentences: Sequence[Span]) -> list[Definition]:
    """Return the definitions of a report in text order, the first of each short form."""
    asked = [span for span in sentences if _BRACKETS.search(text, span.start, span.end)][:_MOST_SENTENCES]
    found: dict[str, Definition] = {}
    for sentence in asked:
        for definition in _in_sentence(text, sentence):
            found.setdefault(definition.short, definition)
    return list(found.values())


def spelled_out(text: str, definitions: Sequence[Definition], found: Sequence[Found]) -> list[Found]:
    """Return for each place of a short form what was found at the end of its long form."""
    added = []
    for definition in definitions:
        meant = [item for item in found if _means(item, definition.long)]
        if not meant:
            continue
        best = max(meant, key=lambda item: (item.rank, item.end - item.start))
        for place in re.finditer(rf"(?<!\w){re.escape(definition.short)}(?!\w)", text):
            rank = best.rank + 1  # more than what the letters mean elsewhere
            added.append(dataclasses.replace(best, start=place.start(), end=place.end(), rank=rank))
    return added


def is_abbreviation(text: str, start: int, end: int) -> bool:
    """Tell whether a word in capitals stands among words that are not: "a patient with WAS", not "NO WAS"."""
    around = text[max(0, start - _NEARBY) : start] + text[end : end + _NEARBY]
    capitals = sum(map(str.isupper, around))
    return end - start > 1 and text[start:end].isupper() and sum(map(str.islower, around)) > capitals


def _means(item: Found, long: Span) -> bool:
    """Tell whether an entity is what the long form says: its head word and at least half of it."""
    return (
        item.end == long.end
        and item.start >= long.start
        and 2 * (item.end - item.start) >= long.end - long.start
    )


def _in_sentence(text: str, sentence: Span) -> Iterator[Definition]:
    from scispacy.abbreviation import filter_matches, find_abbreviation

    nlp, detector = _detector()
    doc = nlp.make_doc(text[sentence.start : sentence.end])
    # The detector's own call looks for the short form everywhere; here a report is searched once, below.
    inside = [(name, first + 1, last - 1) for name, first, last in detector.matcher(doc)]
    for candidate, short in filter_matches(inside, doc):
        _, long = find_abbreviation(candidate, short)
        if long is not None and len(long):
            span = Span(start=sentence.start + long.start_char, end=sentence.start + long.end_char)
            yield Definition(short.text, span)


@functools.cache
def _detector() -> tuple[Any, Any]:
    import spacy
    from scispacy.abbreviation import AbbreviationDetector

    nlp = spacy.blank("en")
    return nlp, AbbreviationDetector(nlp)
