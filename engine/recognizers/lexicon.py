"""Small closed sets of words with what they stand for, read from ``resources/terms/lexicon.csv``."""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping

from engine.settings import resources_dir


@functools.cache
def lexicon(kind: str) -> Mapping[str, str]:
    """Return the value of each word of one kind: ``lexicon("color")["grey"]`` is ``gray``."""
    return {word: row["value"] for row in _rows() if row["kind"] == kind for word in row["words"].split()}


@functools.cache
def word_lists(kind: str) -> Mapping[str, frozenset[str]]:
    """Return the words of each value of one kind: ``word_lists("function-word")["de"]``."""
    return {row["value"]: frozenset(row["words"].split()) for row in _rows() if row["kind"] == kind}


@functools.cache
def words_of(kind: str) -> frozenset[str]:
    """Return all words of one kind."""
    return frozenset(lexicon(kind))


@functools.cache
def _rows() -> tuple[dict[str, str], ...]:
    with (resources_dir() / "terms" / "lexicon.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))
