"""Word pieces of a text for the shared encoder: ids, how the word is written, and where it stands."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

CLASS_PIECE, SEPARATOR_PIECE, PADDING_PIECE = 101, 102, 0
SHAPES = 16

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """The pieces of one text, as arrays: vocabulary ids, shapes, first and after-last character."""

    ids: Integers
    shapes: Integers
    starts: Integers
    ends: Integers

    def __len__(self) -> int:
        return len(self.ids)

    def part(self, start: int, end: int) -> Pieces:
        """Return the pieces ``start`` to ``end``."""
        chosen = slice(start, end)
        return Pieces(self.ids[chosen], self.shapes[chosen], self.starts[chosen], self.ends[chosen])

    def ranges(self, starts: Integers, ends: Integers) -> tuple[Integers, Integers]:
        """Return the first and the after-last piece of each word, given by its characters.

        A word within a piece ("do" and "n't" in "don't" may share one) has that piece; a word that the
        vocabulary drops (a control character) has the piece beside it.
        """
        first = np.minimum(np.searchsorted(self.ends, starts, side="right"), max(len(self) - 1, 0))
        after = np.searchsorted(self.starts, ends, side="left")
        return first, np.maximum(after, first + 1)


def shape_of(word: str) -> int:
    """Return how a word is written, 1 to 14: its letters' case and whether it has a digit.

    The vocabulary knows small letters only, and names and abbreviations are told by the large ones.
    """
    letters = [letter for letter in word if letter.isalpha()]
    digit = any(letter.isdigit() for letter in word)
    return 1 + 2 * _case(letters) + digit


def _case(letters: Sequence[str]) -> int:
    if not letters:
        return 0
    upper = [letter.isupper() for letter in letters]
    if not any(upper):
        return 1
    if all(upper):
        return 3 if len(upper) == 1 else 4
    if upper[0] and not any(upper[1:]):
        return 2
    return 6 if upper[0] else 5


@functools.lru_cache(maxsize=1 << 16)
def _known_shape(word: str) -> int:
    return shape_of(word)


class PieceTokenizer:
    """The uncased WordPiece vocabulary of the encoder."""

    def __init__(self, file: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(file))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def split(self, texts: Sequence[str]) -> list[Pieces]:
        """Return the pieces of each text, without marks of its start and end."""
        encodings = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [_pieces(text, encoding) for text, encoding in zip(texts, encodings, strict=True)]


def _pieces(text: str, encoding: Any) -> Pieces:
    offsets = np.asarray(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    words = np.asarray(encoding.word_ids, dtype=np.int64)
    shapes = np.zeros(len(words), dtype=np.int64)
    if len(words):
        begins = np.flatnonzero(np.diff(words, prepend=-1))
        stops = np.append(begins[1:], len(words))
        for begin, stop in zip(begins, stops, strict=True):
            written = text[offsets[begin, 0] : offsets[stop - 1, 1]]
            shapes[begin:stop] = _known_shape(written) if len(written) < 40 else shape_of(written[:40])
    return Pieces(np.asarray(encoding.ids, dtype=np.int64), shapes, offsets[:, 0], offsets[:, 1])
