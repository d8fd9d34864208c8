"""Which language a report is in, by its function words: enough to say that it is not English."""

from __future__ import annotations

import re
from collections import Counter

from engine.recognizers.lexicon import word_lists

_SCRIPTS = (
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
)
_LETTERS = re.compile(r"[^\W\d_]+")
_SAMPLE_CHARACTERS = 20_000
_ENGLISH_MARGIN = 1.5


def detect_language(text: str) -> str:
    """Return an ISO 639-1 code; English unless another language's words or script clearly prevail.

    Looks at the first 20,000 characters. Telegraphic English has few function words: in doubt it is English.
    """
    sample = text[:_SAMPLE_CHARACTERS]
    letters = sum(1 for mark in sample if mark.isalpha())
    for code, script in _SCRIPTS:
        if letters and len(script.findall(sample)) > letters / 2:
            return code
    words = Counter(word.lower() for word in _LETTERS.findall(sample))
    counts = {code: sum(words[word] for word in known) for code, known in word_lists("function-word").items()}
    best = max(counts, key=lambda code: (counts[code], code == "en"))
    clearly = counts[best] >= 3 and counts[best] > _ENGLISH_MARGIN * counts["en"]
    return best if clearly else "en"
