"""Vocabularies on people's disks: UMLS, SNOMED CT, MeSH, OBO, tables, scispaCy's linker data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.errors import UsageError
from engine.terminologies.listed import read_linker_data, read_table
from engine.terminologies.mesh import read_mesh_text, read_mesh_xml
from engine.terminologies.obo import read_obo
from engine.terminologies.snomed import read_snomed
from engine.terminologies.term_row import TermRow
from engine.terminologies.umls import read_umls

__all__ = ["FORMATS", "Choice", "TermRow", "read_terms"]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which terms of a vocabulary are wanted.

    ``sources``: UMLS source names (SAB), all where empty. ``label``: the Entity label of what a file gives
    no kind of.
    """

    sources: frozenset[str] = frozenset()
    label: str = "finding"


FORMATS = (
    "UMLS (MRCONSO.RRF, MRREL.RRF, MRSTY.RRF), SNOMED CT RF2, MeSH (.bin, .xml), OBO (.obo), "
    "a table (.csv, .tsv: RadLex and other BioPortal exports too) or scispaCy's linker data (.jsonl)"
)


def read_terms(path: Path, choice: Choice) -> Iterable[TermRow]:
    """Return the concepts of a file or folder; raises UsageError for what is no vocabulary."""
    if not path.exists():
        raise UsageError(f"there is no file or folder {path}")
    try:
        yield from _reader(path)(path, choice)
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 text: {error}") from error
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error}") from error


def _reader(path: Path) -> Callable[[Path, Choice], Iterator[TermRow]]:
    if path.is_dir() or path.name == "MRCONSO.RRF":
        return _folder_reader(path)
    readers: dict[str, Callable[[Path, Choice], Iterator[TermRow]]] = {
        ".obo": lambda file, choice: read_obo(file, choice.label),
        ".bin": lambda file, _: read_mesh_text(file),
        ".xml": lambda file, _: read_mesh_xml(file),
        ".jsonl": lambda file, choice: read_linker_data(file, choice.label),
        ".csv": lambda file, choice: read_table(file, choice.label),
        ".tsv": lambda file, choice: read_table(file, choice.label),
        ".txt": lambda file, choice: read_table(file, choice.label),
    }
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise UsageError(f"{path.name} is no vocabulary; there are: {FORMATS}")
    return reader


def _folder_reader(path: Path) -> Callable[[Path, Choice], Iterator[TermRow]]:
    folder = path if path.is_dir() else path.parent
    conso = next(iter(sorted(folder.rglob("MRCONSO.RRF"))), None)
    if conso is not None:
        return lambda _, choice: read_umls(conso.parent, choice.sources, choice.label)
    if any(folder.rglob("sct2_Description_*.txt")):
        return lambda _, choice: read_snomed(folder, choice.label)
    raise UsageError(f"{folder} holds neither MRCONSO.RRF nor SNOMED CT RF2 files (sct2_Description_*.txt)")
