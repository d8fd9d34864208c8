"""How a text speaks: in general or of one scene, with places, colors, names and figures, or without."""

from __future__ import annotations

import functools
import re

# An endless text tells no more about its manner than its beginning.
_MAX_CHARACTERS = 20_000


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


_RATES = {
    "general": _words(
        *("must", "may", "should", "shall", "is any", "are any", "is a", "are a", "usually", "typical"),
        *("typically", "every", "each", "any", "always", "never", "can", "cannot", "commonly", "generally"),
        *("often", "has to", "have to", "need to", "ought"),
    ),
    "habits": _words(
        *("usually", "typically", "commonly", "generally", "often", "every", "each", "any", "always"),
        *("never", "most", "many", "all", "whoever", "where", "when", "until", "since", "than", "between"),
    ),
    "duties": _words(
        *("must", "may", "should", "shall", "can", "cannot", "could", "has to", "have to", "need to"),
        *("is to", "are to"),
    ),
    "places": _words(
        *("left", "right", "foreground", "background", "behind", "beside", "front", "top", "bottom"),
        *("middle", "centre", "center", "corner", "edge", "above", "below", "nearest", "farther", "beyond"),
        *("next to", "under", "on the", "lower", "upper"),
    ),
    "near": _words(
        *("beside", "behind", "between", "next to", "in front", "in the", "on the", "at the", "above"),
        *("below", "under", "beyond", "towards?", "near", "to the"),
    ),
    "postures": _words(
        *("stands?", "sits?", "lies?", "hangs?", "leans?", "waits?", "faces?", "holds?", "looks?", "rests?"),
        *("wears?", "carries", "sitting", "standing", "lying", "holding", "wearing", "parked", "is", "are"),
    ),
    "colors": _words(
        *("red", "blue", "green", "yellow", "white", "black", "brown", "grey", "gray", "orange", "pink"),
        *("purple", "beige", "dark", "light", "pale", "bright", "silver", "golden", "striped"),
    ),
    "indefinite": _words("a", "an", "one", "two", "three", "several", "another", "some"),
    "denials": _words("no", "not", "without", "none", "nothing", "neither", "nor"),
    "past": _words("was", "were", "had", "has been", "have been"),
    "numbers": re.compile(r"\d+(?:[.,:/]\d+)*"),
    "details": re.compile(
        r"\b\d+(?:[.,]\d+)?\s?(?:kg|g|km|m|cm|mm|km/h|ml|mph|euros?|pounds?|dollars?|per cent|%)|[£$€]\s?\d|"
        r"\b\d{1,2}:\d{2}\b|\bno\. ?\d|\b(?:19|20)\d{2}\b"
    ),
    "names": re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+"),
}
_FIGURE = re.compile(r"\d+")
_LOWER = re.compile(r"\b[a-z]+\b")
_LONG = 8
_MOST_WORDS, _MOST_FIGURES = 200, 50
_DEFINES = re.compile(r"\b(?:is|are) (?:a|an|the|any)\b", re.IGNORECASE)
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


@functools.lru_cache(maxsize=16)
def manner(text: str) -> dict[str, float]:
    """Return how often each kind of word stands in a text, per ten words, and how long it is."""
    text = text[:_MAX_CHARACTERS]
    count = max(len(text.split()), 1)
    lower = _LOWER.findall(text)
    return {
        **{name: 10 * len(pattern.findall(text)) / count for name, pattern in _RATES.items()},
        "figures": min(len(_FIGURE.findall(text)), _MOST_FIGURES) ** 0.5,
        "long-words": sum(len(word) > _LONG for word in lower) / max(len(lower), 1),
        "length": min(count, _MOST_WORDS) / 100,
    }


def defines(text: str, start: int) -> bool:
    """Tell whether the sentence around a place says what a thing is."""
    before = SENTENCE_END.finditer(text, max(0, start - 500), start)
    begin = max((match.end() for match in before), default=max(0, start - 500))
    end = SENTENCE_END.search(text, start)
    return _DEFINES.search(text, begin, end.start() if end else len(text)) is not None
