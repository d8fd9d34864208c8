"""Vectors of words in their context, by the one encoder that entities, names and syntax share."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelMismatch
from engine.recognizers.pieces import (
    CLASS_PIECE,
    PADDING_PIECE,
    SEPARATOR_PIECE,
    Integers,
    Pieces,
    PieceTokenizer,
)
from engine.settings import go_offline
from engine.weights import ModelCard, compile_on_openvino, find_model

WIDTH = 384
LAYERS = ("entities", "syntax")
# Neighboring sentences are read together up to this many pieces, as in training.
_WINDOW_PIECES = 94
_ROUND_TO = 16
_BATCH_SIZES = (8, 4, 2, 1)

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text and the characters at which its sentences begin, where that is known."""

    text: str
    begins: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Hidden:
    """The pieces of a passage, and by layer a row for each and an empty one where the last sum ends."""

    pieces: Pieces
    layers: Mapping[str, Vectors]

    def words(self, layer: str, starts: Integers, ends: Integers) -> Vectors:
        """Return the mean over the pieces of each word, given by its characters."""
        if not len(self.pieces) or not len(starts):
            return np.zeros((len(starts), WIDTH), dtype=np.float32)
        first, after = self.pieces.ranges(starts, ends)
        bounds = np.stack([first, after], axis=1).reshape(-1)
        total = np.add.reduceat(self.layers[layer], bounds, axis=0)[::2]
        return np.asarray(total / (after - first)[:, None], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class _Window:
    passage: int
    first: int
    after: int

    def __len__(self) -> int:
        return self.after - self.first


class WordEncoder:
    """The encoder of one model card; the same passage always has the same vectors, whatever it comes with."""

    def __init__(self, card: ModelCard) -> None:
        self._network = _network(card)
        self._tokenizer = PieceTokenizer(card.path.parent / "tokenizer.json")
        # Pipelines that read the same passages one after the other share one pass of the network.
        self._last: dict[Passage, _Hidden] = {}

    def read(self, passages: Sequence[Passage]) -> list[_Hidden]:
        """Return what the network makes of each passage."""
        missing = [passage for passage in dict.fromkeys(passages) if passage not in self._last]
        known = self._last | dict(zip(missing, self._read(missing), strict=True))
        self._last = {passage: known[passage] for passage in passages}
        return [self._last[passage] for passage in passages]

    def _read(self, passages: Sequence[Passage]) -> Iterator[_Hidden]:
        pieces = self._tokenizer.split([passage.text for passage in passages])
        hidden = [{layer: np.zeros((len(row) + 1, WIDTH), np.float32) for layer in LAYERS} for row in pieces]
        windows = [
            window
            for number, (passage, row) in enumerate(zip(passages, pieces, strict=True))
            for window in _windows(number, passage, row)
        ]
        for batch in _batches(windows):
            for window, found in zip(batch, self._run(batch, pieces), strict=True):
                for layer, rows in zip(LAYERS, found, strict=True):
                    hidden[window.passage][layer][window.first : window.after] = rows
        return map(_Hidden, pieces, hidden)

    def _run(self, batch: Sequence[_Window], pieces: Sequence[Pieces]) -> Iterator[list[Vectors]]:
        longest = _rounded(len(batch[0]))
        ids = np.full((len(batch), longest), PADDING_PIECE, dtype=np.int64)
        shapes, mask = np.zeros_like(ids), np.zeros_like(ids)
        for row, window in enumerate(batch):
            part, size = pieces[window.passage].part(window.first, window.after), len(window)
            ids[row, : size + 2] = [CLASS_PIECE, *part.ids, SEPARATOR_PIECE]
            shapes[row, 1 : size + 1] = part.shapes
            mask[row, : size + 2] = 1
        outputs = self._network({"ids": ids, "shapes": shapes, "mask": mask})
        for row, window in enumerate(batch):
            yield [outputs[layer][row, 1 : len(window) + 1] for layer in range(len(LAYERS))]


def find_encoder(name: str, sha256: str) -> WordEncoder:
    """Return the encoder ``name`` of this workstation, loaded once.

    Raises ModelMissing, and ModelMismatch where its weights are not those that heads were trained on.
    """
    card = find_model(name)
    if card.sha256 != sha256:
        raise ModelMismatch(
            f"the encoder {name!r} has SHA-256 {card.sha256[:12]}…, the model was trained on {sha256[:12]}…; "
            "install the two of one release"
        )
    return _loaded(card)


@functools.cache
def _loaded(card: ModelCard) -> WordEncoder:
    return WordEncoder(card)


def _network(card: ModelCard) -> Any:
    go_offline()
    import openvino

    settings = {"INFERENCE_PRECISION_HINT": "f32", "PERFORMANCE_HINT": "LATENCY"}
    return compile_on_openvino(openvino.Core(), card.path, settings)


def _windows(number: int, passage: Passage, pieces: Pieces) -> Iterator[_Window]:
    """Yield runs of whole sentences that fit together; a longer sentence is read in parts."""
    begins = np.searchsorted(pieces.ends, _integers(passage.begins), side="right")
    cuts = np.unique(np.append(begins, len(pieces)))
    first = previous = 0
    for cut in cuts.tolist():
        if cut - first > _WINDOW_PIECES and previous > first:
            yield _Window(number, first, previous)
            first = previous
        while cut - first > _WINDOW_PIECES:
            yield _Window(number, first, first + _WINDOW_PIECES)
            first += _WINDOW_PIECES
        previous = cut
    if previous > first:
        yield _Window(number, first, previous)


def _batches(windows: Sequence[_Window]) -> Iterator[list[_Window]]:
    """Yield windows of like length together, in few sizes: the network prepares itself for each new one."""
    ordered = sorted(windows, key=lambda item: (_rounded(len(item)), item.passage, item.first))
    for _, group in itertools.groupby(ordered, key=lambda item: _rounded(len(item))):
        alike = list(group)
        for size in _BATCH_SIZES:
            while len(alike) >= size:
                yield alike[:size]
                del alike[:size]


def _rounded(pieces: int) -> int:
    """Return the length of a window with its marks of start and end, and padding."""
    return pieces + 2 + -(pieces + 2) % _ROUND_TO


def _integers(values: Sequence[int]) -> Integers:
    return np.asarray(values, dtype=np.int64)
