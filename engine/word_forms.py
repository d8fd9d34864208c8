"""The forms in which words and phrases are compared: singular, American spelling, one word for its kin.

Two forms of a phrase: the normal form keeps order and wording ("enlarged hearts" is "enlarged heart");
the key is a set of stems, in which "cardiac enlargement", "enlargement of the heart" and "the heart is
enlarged" are the same. The tables are ``irregular_nouns``, ``spelling`` and ``word_forms`` in
``resources/terms``.
"""

from __future__ import annotations

import csv
import functools
import gzip
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.settings import resources_dir

# A word as phrases are compared: marks part words, a possessive belongs to its noun.
TERM_WORD = re.compile(r"[^\W_]+(?:'s\b)?")
MOST_KEY_WORDS = 5
"""How many stems the key of a phrase may have: longer names are found as they are written."""

_KEPT_ENDINGS = ("ss", "us", "is", "ous")
_CONNECTORS = frozenset(
    ["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"]
)


@dataclass(frozen=True, slots=True)
class WordForms:
    """Which words stand for which stem.

    ``stems``: form to stem. ``states``: forms that may follow a copula ("is enlarged"). ``alone``: forms that
    name their stem without another word ("hypertensive").
    """

    stems: Mapping[str, str]
    states: frozenset[str]
    alone: Mapping[str, str]


def normal_form(phrase: str) -> str:
    """Return the form in which phrases are compared: "Enlarged hearts" becomes "enlarged heart"."""
    return " ".join(lemma(word) for word in TERM_WORD.findall(phrase.lower()))


def key_form(normal: str) -> str:
    """Return the sorted stems of a phrase in normal form; empty where it has fewer than two, or too many."""
    words = normal.split()
    if len(words) < 2 or "without" in words or "no" in words:
        return ""
    stems = {stem(word) for word in words if word not in _CONNECTORS}
    return " ".join(sorted(stems)) if 2 <= len(stems) <= MOST_KEY_WORDS else ""


def stem(word: str) -> str:
    """Return the word that stands for all its kin: "pulmonary" is "lung", "enlarged" is "enlargement"."""
    return word_forms().stems.get(word, word)


def is_plural(word: str) -> bool:
    """Tell whether a noun, not in the possessive, is written in another form than its singular."""
    return not word.endswith(("'s", "’s")) and lemma(word) != american(word.lower())


@functools.lru_cache(maxsize=1 << 16)
def lemma(word: str) -> str:
    """Return the singular of a noun in lower case and American spelling; other words stay as they are.

    Irregular nouns come from a table, the rest from three suffix rules.
    """
    word = american(word.lower().removesuffix("'s"))
    irregular = _irregular_nouns().get(word)
    if irregular is not None:
        return irregular
    if len(word) < 4 or not word.endswith("s") or word.endswith(_KEPT_ENDINGS):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("sses", "ches", "shes", "xes", "zzes")):
        return word[:-2]
    return word[:-1]


def american(word: str) -> str:
    """Return a lower-case word in American spelling: "haemorrhage" becomes "hemorrhage"."""
    pattern, table = _spelling()
    return pattern.sub(lambda match: table[match.group()], word)


@functools.cache
def word_forms() -> WordForms:
    """Return the table of words and their kin."""
    stems: dict[str, str] = {}
    states: set[str] = set()
    alone: dict[str, str] = {}
    for row in _csv_rows("word_forms.csv"):
        for form in row["forms"].split():
            if row["kind"] == "alone":
                alone[form] = row["stem"]
            else:
                stems[form] = row["stem"]
            if row["kind"] == "state":
                states.add(form)
    return WordForms(stems, frozenset(states), alone)


@functools.cache
def _spelling() -> tuple[re.Pattern[str], Mapping[str, str]]:
    table = {row["british"]: row["american"] for row in _csv_rows("spelling.csv")}
    return re.compile("|".join(sorted(table, key=len, reverse=True))), table


@functools.cache
def _irregular_nouns() -> dict[str, str]:
    return dict(pairs(lines(resources_dir() / "terms" / "irregular_nouns.tsv.gz")))


def forget_nouns() -> None:
    """Read the table of irregular nouns anew; for the script that writes it."""
    _irregular_nouns.cache_clear()
    lemma.cache_clear()


def lines(path: Path) -> list[str]:
    """Return the lines of a packed table; an empty one has none."""
    text = gzip.decompress(path.read_bytes()).decode("utf-8").rstrip("\n")
    return text.split("\n") if text else []


def pairs(table: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield what stands before and behind the first tab of each line."""
    return ((key, value) for key, _, value in (line.partition("\t") for line in table))


def _csv_rows(name: str) -> list[dict[str, str]]:
    with (resources_dir() / "terms" / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
