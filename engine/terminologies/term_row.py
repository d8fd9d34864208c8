"""One concept of a vocabulary, and how tables of them are written."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.word_forms import key_form, normal_form

LONGEST_PHRASE = 80

Named = Mapping[str, list[tuple[float, int]]]
"""Phrases with the row numbers of their concepts, each with its place in the order: lowest first."""


@dataclass(frozen=True, slots=True)
class TermRow:
    """A concept: ``label`` is the Entity label it has in a Report."""

    id: str
    label: str
    name: str
    synonyms: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()


def write_rows(table: Path, rows: Iterable[TermRow]) -> tuple[int, int]:
    """Write the three tables of a vocabulary beside ``table``; returns how many concepts and phrases."""
    lines: list[str] = []
    named: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for number, row in enumerate(rows):
        others = (name.replace("|", "/") for name in row.synonyms if name != row.name)
        synonyms = tuple(dict.fromkeys(others))
        fields = (row.id, row.label, row.name, "|".join(synonyms), "|".join(row.parents))
        lines.append("\t".join(" ".join(field.split()) for field in fields))
        for position, name in enumerate((row.name, *synonyms)):
            normal = normal_form(name)
            if 1 < len(normal) <= LONGEST_PHRASE:
                named[normal].append((float(position), number))
    pack(table.with_name(f"{table.name}.tsv.gz"), lines)
    pack(table.with_name(f"{table.name}_phrases.tsv.gz"), numbered(named))
    pack(table.with_name(f"{table.name}_keys.tsv.gz"), numbered(keyed(named)))
    return len(lines), len(named)


def keyed(named: Named) -> Named:
    """Return the concepts by the sorted stems of their names of two words or more."""
    keys: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for phrase, found in named.items():
        key = key_form(phrase)
        if key:
            keys[key] += found
    return keys


def numbered(named: Named) -> list[str]:
    """Return ``phrase<TAB>numbers`` in the order of phrases, the likeliest concept first."""
    return [
        f"{phrase}\t{','.join(dict.fromkeys(str(number) for _, number in sorted(found)))}"
        for phrase, found in sorted(named.items())
    ]


def pack(path: Path, lines: Iterable[str]) -> None:
    """Write lines, gzipped; equal lines give equal bytes."""
    text = "".join(f"{line}\n" for line in lines)
    path.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
