"""A sentence ready to be asked about its phrases: words, sizes and dates, found once."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from engine.model.evidence import Span
from engine.recognizers.sizes import Size, find_sizes
from engine.recognizers.words import Word, find_words

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = re.compile(
    r"\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b|"
    rf"\b(?:\d{{1,2}}\s+)?{_MONTH}(?:\s+\d{{1,2}}(?:st|nd|rd|th)?,?)?\s+\d{{4}}\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """Words, sizes and dates of a sentence."""

    text: str
    span: Span
    words: tuple[Word, ...]
    sizes: tuple[Size, ...]
    dates: tuple[re.Match[str], ...]

    @classmethod
    def of(cls, text: str, span: Span) -> SentenceWords:
        return cls(
            text,
            span,
            words=find_words(text, span.start, span.end),
            sizes=tuple(find_sizes(text, span.start, span.end)),
            dates=tuple(_DATE.finditer(text, span.start, span.end)),
        )

    def place(self, phrase: Span) -> tuple[int, int]:
        """Return the first word of the phrase and the word after its last."""
        first = bisect_right(self.words, phrase.start, key=lambda word: word.end)
        last = bisect_left(self.words, phrase.end, key=lambda word: word.start)
        return (first, last) if first < last else (0, 0)
