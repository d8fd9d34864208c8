"""The words that can be keywords: lower case, singular, without function words and numbers."""

from __future__ import annotations

import re

from engine.vocabulary import lemma, rarely_nouns

_WORD = re.compile(r"[^\W\d_]{3,}(?:-[^\W\d_]+)*")


def content_words(text: str) -> list[str]:
    """Return the content words of ``text`` in order."""
    words = (lemma(match.group()) for match in _WORD.finditer(text))
    return [word for word in words if word not in rarely_nouns() and len(word) > 2]
