"""Vocabularies as plain lists: tables with a header (BioPortal's exports too), and scispaCy's linker data."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.errors import UsageError
from engine.terminologies.term_row import TermRow
from engine.terminologies.umls import LABELS

_COLUMNS = {
    "id": ("id", "class id", "code", "concept id", "concept_id", "rid", "ui", "identifier", "cui"),
    "name": ("name", "preferred label", "preferred name", "preferred_label", "label", "term", "title"),
    "synonyms": ("synonyms", "synonym", "exact_synonyms", "alternative labels", "lay_synonyms", "aliases"),
    "parents": ("parents", "parent", "subclass of", "broader", "is a", "is_a"),
    "label": ("entity label", "kind", "type", "category"),
    "obsolete": ("obsolete", "deprecated"),
}
_MANY = re.compile(r"\s*[|;]\s*")


def read_table(path: Path, label: str) -> Iterator[TermRow]:
    """Yield the rows of a table whose header names at least an id and a name.

    ``synonyms`` and ``parents`` hold several values parted by ``|`` or ``;``.
    """
    with path.open(encoding="utf-8-sig", newline="") as stream:
        delimiter = "," if path.suffix.lower() == ".csv" else "\t"
        rows = csv.reader(stream, delimiter=delimiter)
        header = [column.strip().lower() for column in next(rows, [])]
        places = {key: _place(header, names) for key, names in _COLUMNS.items()}
        if places["name"] is None:
            raise UsageError(f"{path} has no column for the name: one of {', '.join(_COLUMNS['name'])}")
        for number, row in enumerate(rows, start=2):
            values = {key: _value(row, place) for key, place in places.items()}
            if not values["name"] or values["obsolete"].lower() == "true":
                continue
            yield TermRow(
                _short(values["id"]) or f"{path.stem}:{number}",
                values["label"] or label,
                values["name"],
                tuple(filter(None, _MANY.split(values["synonyms"]))),
                tuple(_short(parent) for parent in _MANY.split(values["parents"]) if parent),
            )


def read_linker_data(path: Path, label: str) -> Iterator[TermRow]:
    """Yield the concepts of a scispaCy knowledge base, JSON lines of its linkers (``umls_….jsonl``).

    Its approximate search needs nmslib; here the same names are found exactly and by their stems.
    """
    with path.open(encoding="utf-8-sig") as stream:
        for number, line in enumerate(stream, start=1):
            try:
                record = json.loads(line)
                kinds = [LABELS[kind] for kind in record.get("types", ()) if kind in LABELS]
                yield TermRow(
                    "".join(record["concept_id"].split()),
                    kinds[0] if kinds else label,
                    record["canonical_name"],
                    tuple(record.get("aliases", ())),
                )
            except (ValueError, KeyError, AttributeError, TypeError) as error:
                raise UsageError(
                    f"{path}, line {number}: no concept of scispaCy's linkers: {error}"
                ) from error


def _place(header: Sequence[str], names: Sequence[str]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)


def _value(row: Sequence[str], place: int | None) -> str:
    return row[place].strip() if place is not None and place < len(row) else ""


def _short(identifier: str) -> str:
    """Return an id without blanks: of an address its last two parts ("RID:RID1301")."""
    if "://" in identifier:
        parts = re.split(r"[/#]", identifier.rstrip("/"))
        return ":".join(parts[-2:])
    return "".join(identifier.split())
