"""Sentences whose sense is near to a topic's, by the vectors that the case has.

A first look compares few numbers per sentence, a second one all of them for what the first look found: so
a case of a hundred thousand reports is looked through in some milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from engine.jobs.embedding import chosen_embedder
from engine.store import CaseStore

LEAST = 0.3
_COARSE = 64  # numbers of the first look
_SECOND_LOOK = 8  # times as many as are asked for
_LEAST_SECOND_LOOK = 2000
_SAMPLE = 20_000
_BLOCK = 16_384


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """The vectors of a case: all numbers as signed bytes, and their strongest directions as floats."""

    version: tuple[int, int]
    numbers: NDArray[np.int64]
    fine: NDArray[np.int8]
    coarse: NDArray[np.float32]
    basis: NDArray[np.float32]


_KEPT: WeakKeyDictionary[CaseStore, _Kept] = WeakKeyDictionary()


def near_sentences(store: CaseStore, words: str, *, limit: int) -> dict[int, float]:
    """Return the cosine of the sentences nearest to ``words`` by sentence number, the nearest first.

    Empty where the case has no vectors or the encoder is not on this workstation.
    """
    embedder = chosen_embedder(store)
    kept = _vectors(store)
    if embedder is None or not len(kept.numbers):
        return {}
    asked = embedder.embed([words])[0]
    if len(asked) != len(kept.basis):  # all were encoded anew by another encoder
        del _KEPT[store]
        kept = _vectors(store)
    first = _largest(kept.coarse @ (kept.basis.T @ asked), max(_SECOND_LOOK * limit, _LEAST_SECOND_LOOK))
    similarity = _units(kept.fine[first]) @ asked
    best = _largest(similarity, limit)
    return {
        int(kept.numbers[first[index]]): float(similarity[index])
        for index in best
        if similarity[index] >= LEAST
    }


def _vectors(store: CaseStore) -> _Kept:
    """Return the case's vectors; what was read stays, only new sentences are read again."""
    version = store.connection.version
    kept = _KEPT.get(store)
    if kept is not None and kept.version == version:
        return kept
    numbers, fine = store.sentences.vectors(after=int(kept.numbers[-1]) if kept and len(kept.numbers) else 0)
    if kept is None or not len(kept.numbers):
        basis = _basis(fine)
        coarse = _coarse(fine, basis)
    else:
        basis = kept.basis
        coarse = np.concatenate([kept.coarse, _coarse(fine, basis)]) if len(numbers) else kept.coarse
        fine = np.concatenate([kept.fine, fine]) if len(numbers) else kept.fine
        numbers = np.concatenate([kept.numbers, numbers])
    _KEPT[store] = _Kept(version=version, numbers=numbers, fine=fine, coarse=coarse, basis=basis)
    return _KEPT[store]


def _basis(fine: NDArray[np.int8]) -> NDArray[np.float32]:
    """Return the directions in which sentences differ most, shape (dimensions, at most 64)."""
    if not len(fine):
        return np.zeros((0, 0), dtype=np.float32)
    sample = _units(fine[:: max(len(fine) // _SAMPLE, 1)])
    _, directions = np.linalg.eigh(sample.T @ sample)
    return np.ascontiguousarray(directions[:, ::-1][:, :_COARSE], dtype=np.float32)


def _coarse(fine: NDArray[np.int8], basis: NDArray[np.float32]) -> NDArray[np.float32]:
    coarse = np.empty((len(fine), basis.shape[1]), dtype=np.float32)
    for start in range(0, len(fine), _BLOCK):
        coarse[start : start + _BLOCK] = _units(fine[start : start + _BLOCK]) @ basis
    return coarse


def _units(rows: NDArray[np.int8]) -> NDArray[np.float32]:
    vectors = rows.astype(np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1.0)
    return vectors


def _largest(values: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """Return the places of the largest values, the largest first."""
    count = min(count, len(values))
    places = np.argpartition(-values, count - 1)[:count]
    return places[np.argsort(-values[places], kind="stable")]
