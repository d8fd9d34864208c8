"""Dependency trees from the vectors of words: biaffine scores, and the best tree that they allow.

Dozat and Manning 2017; Chu and Liu 1965, Edmonds 1967.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
Heads = NDArray[np.int64]
_IMPOSSIBLE = -1e4
_ROOTS_TRIED = 5


class DependencyScorer:
    """The trained matrices, by name; a word that heads itself is the root."""

    def __init__(self, weights: Mapping[str, Matrix]) -> None:
        self._weights = weights

    def tree(self, vectors: Matrix) -> tuple[Heads, NDArray[np.int64]]:
        """Return the head and the number of the relation of each word of a sentence, (words, 384) given."""
        heads = best_tree(self._arcs(vectors))
        return heads, self._relations(vectors, heads).argmax(axis=1)

    def _arcs(self, vectors: Matrix) -> Matrix:
        governor = _gelu(self._linear("governor", vectors))
        scores = _gelu(self._linear("dependent", vectors)) @ self._weights["arc"] @ governor.T
        scores += self._linear("arc_bias", governor).T
        np.fill_diagonal(scores, self._linear("root", vectors)[:, 0])
        return np.asarray(scores, dtype=np.float32)

    def _relations(self, vectors: Matrix, heads: Heads) -> Matrix:
        dependent = _gelu(self._linear("relation_dependent", vectors))
        governor = _gelu(self._linear("relation_governor", vectors))[heads]
        crossed = (dependent @ self._weights["relation.weight"].T).reshape(len(heads), -1, dependent.shape[1])
        both = np.concatenate([dependent, governor], axis=1)
        linear = self._linear("relation_linear", both)
        return np.asarray(np.einsum("wrd,wd->wr", crossed, governor) + linear, dtype=np.float32)

    def _linear(self, name: str, rows: Matrix) -> Matrix:
        return rows @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]


def best_tree(scores: Matrix) -> Heads:
    """Return each word's head in the best tree; ``scores`` (words, heads), the root heads itself."""
    roots = np.diagonal(scores)
    heads = scores.argmax(axis=1)
    own = np.flatnonzero(heads == np.arange(len(heads)))
    if len(own) == 1 and _is_tree(heads):
        return np.asarray(heads, dtype=np.int64)
    others = _without_diagonal(scores).astype(np.float64)
    likely = np.argsort(others.max(axis=1) - roots)[:_ROOTS_TRIED]
    trees = [_arborescence(others, int(root)) for root in likely]
    return max(trees, key=lambda tree: float(scores[np.arange(len(tree)), tree].sum()))


def _without_diagonal(scores: Matrix) -> Matrix:
    changed = scores.copy()
    np.fill_diagonal(changed, 2 * _IMPOSSIBLE)
    return changed


def _is_tree(heads: Heads) -> bool:
    reached = heads
    for _ in range(len(heads).bit_length()):
        reached = reached[reached]
    return bool((reached == reached[0]).all())


def _arborescence(scores: NDArray[np.float64], root: int) -> Heads:
    """Return the heads of the best tree under ``root`` by shrinking cycles one after the other."""
    heads = np.asarray(scores.argmax(axis=1), dtype=np.int64)
    heads[root] = root
    cycle = _cycle(heads, root)
    if not cycle:
        return heads
    inside = np.asarray(cycle)
    outside = np.setdiff1d(np.arange(len(heads)), inside)
    size = len(outside)
    kept = scores[inside, heads[inside]]
    smaller = np.full((size + 1, size + 1), 2.0 * _IMPOSSIBLE)
    smaller[:size, :size] = scores[np.ix_(outside, outside)]
    leaving = scores[np.ix_(outside, inside)]
    smaller[:size, size] = leaving.max(axis=1)
    entering = scores[np.ix_(inside, outside)] - kept[:, None]
    smaller[size, :size] = entering.max(axis=0) + kept.sum()
    np.fill_diagonal(smaller, 2.0 * _IMPOSSIBLE)
    found = _arborescence(smaller, int(np.flatnonzero(outside == root)[0]))
    for place, word in enumerate(outside):
        under = found[place]
        heads[word] = inside[leaving[place].argmax()] if under == size else outside[under]
    broken = entering[:, found[size]].argmax()
    heads[inside[broken]] = outside[found[size]]
    heads[root] = root
    return heads


def _cycle(heads: Heads, root: int) -> list[int]:
    state = np.zeros(len(heads), dtype=np.int64)
    state[root] = -1
    for start in range(len(heads)):
        path = []
        word = start
        while state[word] == 0:
            state[word] = start + 1
            path.append(word)
            word = int(heads[word])
        if state[word] == start + 1 and path:
            return path[path.index(word) :]
        state[path] = -1
    return []


def _gelu(values: Matrix) -> Matrix:
    from scipy.special import erf

    return np.asarray(values * 0.5 * (1 + erf(values / np.sqrt(2))), dtype=np.float32)
