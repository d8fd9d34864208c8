"""SNOMED CT in Release Format 2 (SNOMED CT Release File Specifications, sections 4.2.2 and 4.2.3)."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from engine.errors import UsageError
from engine.terminologies.term_row import TermRow

_FULL_NAME, _SYNONYM, _IS_A = "900000000000003001", "900000000000013009", "116680003"
_TAG = re.compile(r"\s*\(([^()]+)\)$")
LABELS = {
    "disorder": "finding",
    "finding": "finding",
    "morphologic abnormality": "finding",
    "event": "finding",
    "body structure": "anatomy",
    "cell structure": "anatomy",
    "procedure": "procedure",
    "regime/therapy": "procedure",
    "physical object": "device",
    "substance": "chemical",
    "product": "chemical",
    "medicinal product": "chemical",
    "clinical drug": "chemical",
}
"""Semantic tags of fully specified names with their Entity labels; other concepts are left out."""


def read_snomed(folder: Path, label: str) -> Iterator[TermRow]:
    """Yield the active concepts of the Snapshot (or the only) release below ``folder``."""
    full: dict[str, str] = {}
    others: dict[str, list[str]] = defaultdict(list)
    for path in _files(folder, "sct2_Description_*.txt"):
        for row in _active(path, "term", "conceptId", "typeId"):
            if row["typeId"] == _FULL_NAME:
                full[row["conceptId"]] = row["term"]
            elif row["typeId"] == _SYNONYM:
                others[row["conceptId"]].append(row["term"])
    parents: dict[str, set[str]] = defaultdict(set)
    for path in _files(folder, "sct2_Relationship_*.txt"):
        for row in _active(path, "sourceId", "destinationId", "typeId"):
            if row["typeId"] == _IS_A:
                parents[row["sourceId"]].add(f"SCTID:{row['destinationId']}")
    for concept, name in sorted(full.items()):
        tag = _TAG.search(name)
        kind = LABELS.get(tag[1]) if tag else label
        if kind:
            plain = _TAG.sub("", name)
            yield TermRow(
                f"SCTID:{concept}", kind, plain, tuple(others[concept]), tuple(sorted(parents[concept]))
            )


def _files(folder: Path, pattern: str) -> list[Path]:
    found = sorted(folder.rglob(pattern))
    return [path for path in found if "Snapshot" in path.name] or found


def _active(path: Path, *needed: str) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        if not {"active", *needed} <= set(rows.fieldnames or ()):
            raise UsageError(f"{path} lacks one of the columns active, {', '.join(needed)}")
        yield from (row for row in rows if row["active"] == "1")
