"""Annotated sentences in IOB: ``token<TAB>tag`` lines, a blank line between sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.errors import UsageError


@dataclass(frozen=True, slots=True)
class TaggedSentence:
    """Tokens with one IOB tag each (``O``, ``B-Disease``, ``I-Disease``)."""

    words: tuple[str, ...]
    tags: tuple[str, ...]

    @property
    def entities(self) -> frozenset[tuple[int, int, str]]:
        """Return (first token, token after the last, label) of each entity.

        An ``I-`` that continues nothing starts an entity, as conlleval counts it.
        """
        found: list[tuple[int, int, str]] = []
        start, label = 0, ""
        for index, tag in enumerate((*self.tags, "O")):
            kind, _, name = tag.partition("-")
            if label and (kind != "I" or name != label):
                found.append((start, index, label))
                label = ""
            if kind in ("B", "I") and not label:
                start, label = index, name
        return frozenset(found)


def read_iob(path: Path) -> tuple[TaggedSentence, ...]:
    """Read a file of tagged sentences; raises UsageError with the line that is not of that form."""
    try:
        # Files that were joined carry a byte-order mark in their middle too.
        lines = path.read_text(encoding="utf-8").replace("\ufeff", "").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {path}: {error}") from error
    sentences = tuple(_sentences(lines, path))
    if not sentences:
        raise UsageError(f"{path} holds no tagged sentence (token, tabulator, tag on each line)")
    return sentences


def _sentences(lines: list[str], path: Path) -> Iterator[TaggedSentence]:
    words: list[str] = []
    tags: list[str] = []
    for number, line in enumerate((*lines, ""), start=1):
        if line.strip():
            word, _, tag = line.rstrip("\r").rpartition("\t")
            if not word or not (tag == "O" or tag[:2] in ("B-", "I-")):
                raise UsageError(f"{path}, line {number}: not a token and an IOB tag: {line[:60]!r}")
            words.append(word)
            tags.append(tag)
        elif words:
            yield TaggedSentence(tuple(words), tuple(tags))
            words, tags = [], []
