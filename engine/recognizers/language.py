"""Which language a report is in, by script, little words and letters: enough to tell it from English."""

from __future__ import annotations

import re
from collections import Counter

from engine.recognizers.lexicon import word_lists
from engine.vocabulary import rarely_nouns

# The Japanese and the Ukrainian come first: what they share with others decides nothing.
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]"), 0.15),
    ("uk", re.compile(r"[іїєґІЇЄҐ]"), 0.02),
    ("ru", re.compile(r"[\u0400-\u04ff]"), 0.5),
    ("el", re.compile(r"[\u0370-\u03ff]"), 0.5),
    ("ar", re.compile(r"[\u0600-\u06ff]"), 0.5),
    ("he", re.compile(r"[\u0590-\u05ff]"), 0.5),
    ("hi", re.compile(r"[\u0900-\u097f]"), 0.5),
    ("th", re.compile(r"[\u0e00-\u0e7f]"), 0.5),
    ("zh", re.compile(r"[\u4e00-\u9fff]"), 0.5),
    ("ko", re.compile(r"[\uac00-\ud7af]"), 0.5),
)
LANGUAGES = {
    "ar": "Arabic",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "es": "Spanish",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sv": "Swedish",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
"""The languages that are told from English, by their ISO 639-1 codes."""

_WORD = re.compile(r"[^\W\d_]+")
_ENDS = frozenset(".!?:;")
_LETTERS = re.compile(r"[^\W\d_]")
_SAMPLE_CHARACTERS = 20_000
_ENGLISH_MARGIN = 1.5
_LEAST_EVIDENCE = 2.0
_LETTER_WEIGHT = 0.6


def detect_language(text: str) -> str:
    """Return an ISO 639-1 code; English unless another language's words or script clearly prevail.

    Looks at the first 20,000 characters. Names ("Los Angeles") and telegraphic English have few little
    words: in doubt it is English.
    """
    sample = text[:_SAMPLE_CHARACTERS]
    if script := _script(sample):
        return script
    words = Counter(_plain_words(sample))
    scores = _scores(words)
    english = scores.pop("en") + 0.3 * sum(count for word, count in words.items() if word in rarely_nouns())
    best = max(scores, key=lambda code: scores[code])
    clearly = scores[best] >= _LEAST_EVIDENCE and scores[best] > _ENGLISH_MARGIN * english
    return best if clearly else "en"


def _script(sample: str) -> str:
    """Return the language whose own letters prevail, "" where none do."""
    letters = 0 if sample.isascii() else len(_LETTERS.findall(sample))
    if not letters:
        return ""
    own = (code for code, script, share in _SCRIPTS if len(script.findall(sample)) > letters * share)
    return next(own, "")


def _scores(words: Counter[str]) -> dict[str, float]:
    """Return for each language how many words are its little ones, and how many have its letters."""
    scores = {
        code: float(sum(words[word] for word in known)) for code, known in word_lists("function-word").items()
    }
    special = word_lists("letter")
    for word, count in words.items():
        if word.isascii():
            continue
        marks = set(word)
        for code, letters in special.items():
            if marks & letters:
                scores[code] += _LETTER_WEIGHT * count
    return scores


def _plain_words(text: str) -> list[str]:
    """Return the words in lower case, without capitalized ones inside a sentence: those are names."""
    found = []
    for match in _WORD.finditer(text):
        word = match.group()
        before = text[max(match.start() - 3, 0) : match.start()]
        begins = match.start() == 0 or "\n" in before or before.strip()[-1:] in _ENDS
        if begins or word[0].islower():
            found.append(word.lower())
    return found
