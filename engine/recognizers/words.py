"""Words and marks of a text with their places; what all rules run over."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

# "doesn't", "x-ray" and "w/o" are one word, so that rules can name them; "3.5" is one, and so is "no." of
# "dessert no. 9", which denies nothing; "pain: no. 3 days" does.
_WORD = re.compile(
    r"(?<![:-] )\bnos?\.(?= ?\d)|"
    r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)+|\b(?:w/o|[hsrc]/[opr]|x-rays?)\b|[^\W_]+|[^\w\s]|_",
    re.IGNORECASE,
)


class Word(NamedTuple):
    """A lower-case word or a single mark, and where it lies: ``text[start:end]``."""

    text: str
    start: int
    end: int


# Assertion and attributes read the same sentence one after the other.
@functools.lru_cache(maxsize=2)
def find_words(text: str, start: int = 0, end: int | None = None) -> tuple[Word, ...]:
    """Return the words and marks of ``text[start:end]`` in order, with typographic apostrophes made plain."""
    stop = len(text) if end is None else end
    return tuple(
        [
            Word(match.group().lower().replace("’", "'"), match.start(), match.end())
            for match in _WORD.finditer(text, start, stop)
        ]
    )
