"""Treebank sentences in CoNLL-U, the format of Universal Dependencies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.errors import UsageError


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word; ``head`` is the index of its head in the sentence, or its own for the root."""

    text: str
    lemma: str
    upos: str
    xpos: str
    morph: str
    head: int
    relation: str
    space_after: bool

    @property
    def universal_relation(self) -> str:
        """The relation without its language-specific subtype: ``nmod:desc`` becomes ``nmod``."""
        return self.relation.partition(":")[0]


def read_conllu(path: Path) -> tuple[tuple[Word, ...], ...]:
    """Read all sentences; empty nodes are left out, ranges only tell where no space follows."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {path}: {error}") from error
    try:
        sentences = tuple(_sentences(text))
    except (ValueError, IndexError) as error:
        raise UsageError(f"{path} is not CoNLL-U: {error}") from error
    if not sentences:
        raise UsageError(f"{path} holds no sentence in CoNLL-U")
    return sentences


def _sentences(text: str) -> Iterator[tuple[Word, ...]]:
    for block in text.replace("\r", "").split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line and not line.startswith("#")]
        words = tuple(_words(rows))
        if words:
            yield words


def _words(rows: list[list[str]]) -> Iterator[Word]:
    # The words of a range ("dont") stand without spaces; only after its last word may one follow.
    range_end, space_after_range = 0, True
    for row in rows:
        number, misc = row[0], row[9]
        if "-" in number:
            range_end, space_after_range = int(number.partition("-")[2]), "SpaceAfter=No" not in misc
            continue
        if "." in number:
            continue
        index = int(number)
        space = "SpaceAfter=No" not in misc
        if index <= range_end:
            space = index == range_end and space_after_range
        head = int(row[6])
        yield Word(
            text=row[1],
            lemma=row[2],
            upos=row[3],
            xpos=row[4],
            morph="" if row[5] == "_" else row[5],
            head=head - 1 if head else index - 1,
            relation=row[7],
            space_after=space,
        )
