"""Concepts and their names: clinical terms for medical cases, things of the world for forensic ones.

The tables in ``resources/terms`` are made by ``resources/terms/build.py`` from public vocabularies; a
concept of another vocabulary keeps its id there (``HP:0001640``), a WordNet synset reads ``WN:02961779``.
A phrase is looked up in its normal form: lower case, marks as blanks, each word in its singular.
"""

from __future__ import annotations

import csv
import functools
import gzip
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.hashing import bytes_sha256, file_sha256
from engine.model.evidence import CaseKind
from engine.settings import resources_dir

_TABLES = {CaseKind.MEDICAL: ("clinical",), CaseKind.FORENSIC: ("objects",)}
# A word as phrases are compared: marks part words, a possessive belongs to its noun.
TERM_WORD = re.compile(r"[^\W_]+(?:'s\b)?")
_KEPT_ENDINGS = ("ss", "us", "is", "ous")


@dataclass(frozen=True, slots=True)
class Concept:
    """One meaning: ``label`` is the Entity label it has in a Report, empty for a mere ancestor."""

    id: str
    name: str
    label: str
    synonyms: tuple[str, ...]
    parents: tuple[str, ...]


class Vocabulary:
    """Concepts by phrase and by id, with their ancestors; made once and only read."""

    def __init__(self, rows: list[str], phrases: dict[str, str]) -> None:
        """Take rows ``id, label, name, synonyms, parents`` and the row numbers of each phrase."""
        self._rows = rows
        self._phrases = phrases
        self._by_id = {row[: row.index("\t")]: number for number, row in enumerate(rows)}
        self._ancestors: dict[str, frozenset[str]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def phrases(self) -> Iterator[str]:
        """Yield every phrase of the vocabulary in its normal form."""
        yield from self._phrases

    def labels(self) -> frozenset[str]:
        """Return all Entity labels that its concepts have."""
        return frozenset(row.split("\t", 2)[1] for row in self._rows)

    def has_phrase(self, normal: str) -> bool:
        """Tell whether ``normal``, already in normal form, names a concept."""
        return normal in self._phrases

    def concepts(self, phrase: str) -> tuple[Concept, ...]:
        """Return the concepts that ``phrase`` names, the likeliest first."""
        return self.concepts_of_normal(normal_form(phrase))

    def concepts_of_normal(self, normal: str) -> tuple[Concept, ...]:
        """Return the concepts of a phrase that is already in normal form."""
        numbers = self._phrases.get(normal, "")
        return tuple(self._read(int(number)) for number in numbers.split(",")) if numbers else ()

    def concept(self, concept_id: str) -> Concept | None:
        """Return the concept with this id, or None."""
        number = self._by_id.get(concept_id)
        return None if number is None else self._read(number)

    def ancestors(self, concept_id: str) -> frozenset[str]:
        """Return the ids of all concepts above, without the concept itself."""
        known = self._ancestors.get(concept_id)
        if known is None:
            known = self._ancestors[concept_id] = frozenset(self._climb(concept_id))
        return known

    def is_a(self, concept_id: str, ancestor_id: str) -> bool:
        """Tell whether one concept is the other or lies below it."""
        return concept_id == ancestor_id or ancestor_id in self.ancestors(concept_id)

    def _climb(self, concept_id: str) -> Iterator[str]:
        seen = {concept_id}
        waiting = [concept_id]
        while waiting:
            concept = self.concept(waiting.pop())
            for parent in concept.parents if concept else ():
                if parent not in seen:
                    seen.add(parent)
                    waiting.append(parent)
                    yield parent

    def _read(self, number: int) -> Concept:
        concept_id, label, name, synonyms, parents = self._rows[number].split("\t")
        return Concept(concept_id, name, label, _split(synonyms), _split(parents))


@functools.cache
def load_vocabulary(kind: CaseKind) -> Vocabulary:
    """Return the vocabulary that cases of ``kind`` use."""
    folder = resources_dir() / "terms"
    rows: list[str] = []
    phrases: dict[str, str] = {}
    for table in _TABLES[kind]:
        rows += _lines(folder / f"{table}.tsv.gz")
        phrases.update(_pairs(_lines(folder / f"{table}_phrases.tsv.gz")))
    return Vocabulary(rows, phrases)


@dataclass(frozen=True, slots=True)
class Everyday:
    """One sense of an everyday word: the ``thing`` that detectors are trained on, and how it names it.

    ``how`` is ``same``, ``kinds`` (one kind of it), ``general`` (it and others), or ``parts``.
    """

    thing: str
    how: str


@functools.cache
def everyday_words() -> Mapping[str, tuple[Everyday, ...]]:
    """Return the everyday names of photographed things by their normal form (``everyday.csv``)."""
    words: dict[str, list[Everyday]] = {}
    with (resources_dir() / "terms" / "everyday.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            for how in ("same", "kinds", "general", "parts"):
                names = [row["thing"], *_split(row[how])] if how == "same" else _split(row[how])
                for name in names:
                    words.setdefault(normal_form(name), []).append(Everyday(row["thing"], how))
    return {word: tuple(dict.fromkeys(senses)) for word, senses in words.items()}


@functools.cache
def rarely_nouns() -> frozenset[str]:
    """Return the words that English prose uses as something else than a noun most of the time."""
    return frozenset(_lines(resources_dir() / "terms" / "rarely_nouns.tsv.gz"))


@functools.cache
def tables_sha256() -> str:
    """Return one SHA-256 over all tables of terms: what is recognized depends on them."""
    tables = sorted((resources_dir() / "terms").glob("*sv*"))
    return bytes_sha256("".join(f"{table.name} {file_sha256(table)}\n" for table in tables).encode())


def normal_form(phrase: str) -> str:
    """Return the form in which phrases are compared: "Enlarged hearts" becomes "enlarged heart"."""
    return " ".join(lemma(word) for word in TERM_WORD.findall(phrase.lower()))


@functools.lru_cache(maxsize=1 << 16)
def lemma(word: str) -> str:
    """Return the singular of a noun in lower case; other words come back as they are.

    Irregular nouns come from a table, the rest from three suffix rules.
    """
    word = word.lower().removesuffix("'s")
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


@functools.cache
def _irregular_nouns() -> dict[str, str]:
    return dict(_pairs(_lines(resources_dir() / "terms" / "irregular_nouns.tsv.gz")))


def forget_nouns() -> None:
    """Read the table of irregular nouns anew; for the script that writes it."""
    _irregular_nouns.cache_clear()
    lemma.cache_clear()


def _lines(path: Path) -> list[str]:
    return gzip.decompress(path.read_bytes()).decode("utf-8").rstrip("\n").split("\n")


def _pairs(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((key, value) for key, _, value in (line.partition("\t") for line in lines))


def _split(joined: str) -> tuple[str, ...]:
    return tuple(joined.split("|")) if joined else ()
