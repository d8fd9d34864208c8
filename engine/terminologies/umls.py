"""UMLS Metathesaurus in Rich Release Format (UMLS Reference Manual, chapter 3: MRCONSO, MRREL, MRSTY)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from engine.errors import UsageError
from engine.terminologies.term_row import TermRow

_FINDING = "T019 T020 T033 T034 T037 T046 T047 T048 T049 T050 T184 T190 T191"
_ANATOMY = "T017 T018 T021 T022 T023 T024 T025 T026 T029 T030 T031"
_PROCEDURE = "T058 T059 T060 T061 T062 T063"
_DEVICE = "T073 T074 T075 T203"
_CHEMICAL = "T103 T104 T109 T114 T116 T120 T121 T122 T123 T125 T126 T127 T129 T130 T131 T195 T196 T197 T200"
LABELS = {
    kind: label
    for label, kinds in (
        ("finding", _FINDING),
        ("anatomy", _ANATOMY),
        ("procedure", _PROCEDURE),
        ("device", _DEVICE),
        ("chemical", _CHEMICAL),
    )
    for kind in kinds.split()
}
"""Semantic types (TUI) with the Entity label they have; terms of other types are left out."""


def read_umls(folder: Path, sources: frozenset[str], label: str) -> Iterator[TermRow]:
    """Yield the English concepts, in the order of MRCONSO; without MRSTY.RRF all get ``label``."""
    labels = _labels(folder / "MRSTY.RRF")
    parents = _parents(folder / "MRREL.RRF", sources)
    names: dict[str, dict[str, bool]] = {}
    for number, fields in _rows(folder / "MRCONSO.RRF", 17):
        concept, language, status, _, form, _, preferred = fields[:7]
        source, text, suppressed = fields[11], fields[14], fields[16]
        wanted = (not sources or source in sources) and (not labels or concept in labels)
        if not wanted or language != "ENG" or suppressed not in ("N", ""):
            continue
        if not text:
            raise UsageError(f"{folder / 'MRCONSO.RRF'}, line {number}: no term")
        best = status == "P" and form == "PF" and preferred == "Y"
        known = names.setdefault(concept, {})
        known[text] = known.get(text, False) or best
    for concept, texts in names.items():
        ordered = sorted(texts, key=lambda text: not texts[text])
        yield TermRow(
            id=concept,
            label=labels.get(concept, label),
            name=ordered[0],
            synonyms=tuple(ordered[1:]),
            parents=tuple(sorted(parents.get(concept, ()))),
        )


def _labels(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    return {fields[0]: LABELS[fields[1]] for _, fields in _rows(path, 2) if fields[1] in LABELS}


def _parents(path: Path, sources: frozenset[str]) -> dict[str, set[str]]:
    """Return the broader concepts of each: REL says what the second concept is to the first."""
    parents: dict[str, set[str]] = defaultdict(set)
    if not path.is_file():
        return parents
    for _, fields in _rows(path, 11):
        first, relation, second, source = fields[0], fields[3], fields[4], fields[10]
        if first == second or (sources and source not in sources):
            continue
        if relation in ("PAR", "RB"):
            parents[first].add(second)
        elif relation in ("CHD", "RN"):
            parents[second].add(first)
    return parents


def _rows(path: Path, least: int) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding="utf-8-sig", newline="\n") as stream:
        for number, line in enumerate(stream, start=1):
            fields = line.rstrip("\r\n").split("|")
            if len(fields) < least:
                raise UsageError(f"{path}, line {number}: {len(fields)} fields, not {least} or more")
            yield number, fields
