"""Concepts and their names: clinical terms for medical cases, things of the world for forensic ones.

The tables in ``resources/terms`` are made by ``resources/terms/build.py`` from public vocabularies; a
concept of another vocabulary keeps its id there (``HP:0001640``), a WordNet synset reads ``WN:02961779``.
Vocabularies that the user added (``casebook terms add``) lie in the user's data folder, in the same form,
and come on top. A phrase is looked up in its normal form, or by its key (``engine.word_forms``).
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.hashing import bytes_sha256, file_sha256
from engine.model.evidence import CaseKind
from engine.settings import resources_dir, user_terms_dir
from engine.word_forms import (
    TERM_WORD,
    forget_nouns,
    key_form,
    lemma,
    lines,
    normal_form,
    pairs,
    word_forms,
)

__all__ = [
    "TERM_WORD",
    "Concept",
    "Everyday",
    "Vocabulary",
    "everyday_words",
    "forget_nouns",
    "lemma",
    "load_vocabulary",
    "normal_form",
    "rarely_nouns",
    "tables_sha256",
    "user_tables",
]

_TABLES = {CaseKind.MEDICAL: ("clinical",), CaseKind.FORENSIC: ("objects",)}


@dataclass(frozen=True, slots=True)
class Concept:
    """One meaning: ``label`` is the Entity label it has in a Report, empty for a mere ancestor."""

    id: str
    name: str
    label: str
    synonyms: tuple[str, ...]
    parents: tuple[str, ...]


class Vocabulary:
    """Concepts by phrase, by key and by id, with their ancestors; made once and only read."""

    def __init__(self, rows: list[str], phrases: dict[str, str], keys: dict[str, str]) -> None:
        """Take rows ``id, label, name, synonyms, parents`` and the row numbers of each phrase and key."""
        self._rows = rows
        self._phrases = phrases
        self._keys = keys
        self._by_id: dict[str, int] = {}
        for number, row in enumerate(rows):
            self._by_id.setdefault(row[: row.index("\t")], number)
        self._ancestors: dict[str, frozenset[str]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def phrases(self) -> Iterator[str]:
        """Yield every phrase of the vocabulary in its normal form."""
        yield from self._phrases

    def key_stems(self) -> frozenset[str]:
        """Return every stem that stands in the key of a name of two words or more."""
        return frozenset(stem for key in self._keys for stem in key.split())

    def has_phrase(self, normal: str) -> bool:
        """Tell whether ``normal``, already in normal form, names a concept."""
        return normal in self._phrases

    def has_key(self, key: str) -> bool:
        """Tell whether these sorted stems are those of a name."""
        return key in self._keys

    def concepts(self, phrase: str) -> tuple[Concept, ...]:
        """Return the concepts that ``phrase`` names in these or other words, the likeliest first."""
        normal = normal_form(phrase)
        return self.concepts_of_normal(normal) or self.concepts_of_kin(normal)

    def concepts_of_normal(self, normal: str) -> tuple[Concept, ...]:
        """Return the concepts of a phrase that is already in normal form, as it is written."""
        return self._read_all(self._phrases.get(normal, ""))

    def concepts_of_key(self, key: str) -> tuple[Concept, ...]:
        """Return the concepts that have a name of these sorted stems."""
        return self._read_all(self._keys.get(key, ""))

    def concepts_of_kin(self, normal: str) -> tuple[Concept, ...]:
        """Return the concepts whose names have the same stems: "cardiac enlargement" for "enlarged heart"."""
        alone = word_forms().alone.get(normal)
        if alone is not None:
            return self.concepts_of_normal(alone)
        return self.concepts_of_key(key_form(normal))

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

    def _read_all(self, numbers: str) -> tuple[Concept, ...]:
        return tuple(self._read(int(number)) for number in numbers.split(",")) if numbers else ()

    def _read(self, number: int) -> Concept:
        concept_id, label, name, synonyms, parents = self._rows[number].split("\t")
        return Concept(concept_id, name, label, _split(synonyms), _split(parents))


@functools.cache
def labels_of_tables(kind: CaseKind) -> tuple[str, ...]:
    """Return the labels that the concepts of ``kind`` have, sorted; the vocabulary itself is not loaded."""
    tables = [*(resources_dir() / "terms" / name for name in _TABLES[kind]), *user_tables(kind)]
    rows = (row for table in tables for row in lines(table.with_name(f"{table.name}.tsv.gz")))
    return tuple(sorted({row.split("\t", 2)[1] for row in rows} - {""}))


@functools.cache
def load_vocabulary(kind: CaseKind) -> Vocabulary:
    """Return the vocabulary that cases of ``kind`` use: the shipped tables, and below them the user's."""
    rows: list[str] = []
    phrases: dict[str, str] = {}
    keys: dict[str, str] = {}
    shipped = [resources_dir() / "terms" / name for name in _TABLES[kind]]
    for table in [*shipped, *user_tables(kind)]:
        first = len(rows)
        rows += lines(table.with_name(f"{table.name}.tsv.gz"))
        for known, suffix in ((phrases, "phrases"), (keys, "keys")):
            for name, numbers in pairs(lines(table.with_name(f"{table.name}_{suffix}.tsv.gz"))):
                moved = _moved(numbers, first)
                known[name] = f"{known[name]},{moved}" if name in known else moved
    return Vocabulary(rows, phrases, keys)


def user_tables(kind: CaseKind) -> tuple[Path, ...]:
    """Return the tables that the user added for cases of ``kind``, each as its path without the suffix."""
    tables = sorted(user_terms_dir().glob(f"*/{kind.value}.tsv.gz"))
    return tuple(table.with_name(kind.value) for table in tables)


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
    return frozenset(lines(resources_dir() / "terms" / "rarely_nouns.tsv.gz"))


@functools.cache
def tables_sha256() -> str:
    """Return one SHA-256 over all tables of terms: what is recognized depends on them."""
    tables = [*sorted((resources_dir() / "terms").glob("*sv*")), *sorted(user_terms_dir().glob("*/*sv*"))]
    return bytes_sha256("".join(f"{table.name} {file_sha256(table)}\n" for table in tables).encode())


def _moved(numbers: str, first: int) -> str:
    return ",".join(str(int(number) + first) for number in numbers.split(",")) if first else numbers


def _split(joined: str) -> tuple[str, ...]:
    return tuple(joined.split("|")) if joined else ()
