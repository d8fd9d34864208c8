"""Categories of words, in a table that people edit: ``glacier: glacier, ice, snow, arctic``."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import UsageError
from engine.settings import config_dir, resources_dir
from engine.vocabulary import normal_form

TABLE = "keyword_categories.txt"
Categories = Mapping[str, frozenset[str]]
"""The words and phrases of each category, in normal form."""


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """How often words of a category occur, in how many texts, and which of them most often."""

    category: str
    count: int
    texts: int
    words: tuple[str, ...]


def load_categories(file: Path | None = None) -> Categories:
    """Return the shipped categories; lines of the user's own and of ``file`` replace those of the same name.

    Raises UsageError with the line that is wrong.
    """
    categories = dict(_shipped())
    own = config_dir() / TABLE
    for path in (own if own.is_file() else None, file):
        if path is not None:
            categories |= _read(path)
    return {name: words for name, words in categories.items() if words}


def count_categories(texts: Sequence[Sequence[str]], categories: Categories) -> tuple[CategoryCount, ...]:
    """Return the categories that occur in ``texts``, lists of words in normal form, most frequent first."""
    longest = max((phrase.count(" ") + 1 for words in categories.values() for phrase in words), default=1)
    of_phrase: dict[str, list[str]] = {}
    for name, words in categories.items():
        for phrase in words:
            of_phrase.setdefault(phrase, []).append(name)
    found: dict[str, Counter[str]] = {name: Counter() for name in categories}
    texts_with: Counter[str] = Counter()
    for text in texts:
        here: set[str] = set()
        for length in range(1, longest + 1):
            for start in range(len(text) - length + 1):
                phrase = " ".join(text[start : start + length])
                for name in of_phrase.get(phrase, ()):
                    found[name][phrase] += 1
                    here.add(name)
        texts_with.update(here)
    counts = [
        CategoryCount(name, words.total(), texts_with[name], tuple(_frequent(words)))
        for name, words in found.items()
        if words
    ]
    return tuple(sorted(counts, key=lambda each: (-each.count, each.category)))


def category_of(term: str, categories: Categories) -> str:
    """Return the first category that a keyword or one of its words belongs to, empty where there is none."""
    candidates = [term, *term.split()]
    return next((name for each in candidates for name, words in categories.items() if each in words), "")


def _frequent(words: Counter[str]) -> list[str]:
    return [word for word, _ in sorted(words.items(), key=lambda item: (-item[1], item[0]))[:5]]


@functools.cache
def _shipped() -> Categories:
    return _read(resources_dir() / TABLE)


def _read(path: Path) -> dict[str, frozenset[str]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {path}: {error}") from error
    categories: dict[str, frozenset[str]] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, colon, words = line.partition(":")
        if not colon or not name.strip():
            raise UsageError(f"{path}, line {number}: not 'category: word, word'")
        normal = {normal_form(word) for word in words.split(",")}
        categories[name.strip()] = frozenset(word for word in normal if word)
    return categories
