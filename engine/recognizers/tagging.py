"""From the vectors of words to tags: a linear layer, and for entities the best sequence that IOB allows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
OUTSIDE = "O"


class EntityDecoder:
    """Best IOB sequences for one set of tags: ``I-X`` stands only after ``B-X`` or ``I-X``."""

    def __init__(self, tags: Sequence[str]) -> None:
        self.tags = tuple(tags)
        self._kinds = [tag.partition("-")[0] for tag in tags]
        self._labels = [tag.partition("-")[2] for tag in tags]
        self._may_follow = np.array(
            [[self._fits(before, tag) for before in range(len(tags))] for tag in range(len(tags))]
        )
        self._may_begin = np.array([kind != "I" for kind in self._kinds])

    def _fits(self, before: int, tag: int) -> bool:
        continues = self._kinds[before] in ("B", "I") and self._labels[before] == self._labels[tag]
        return self._kinds[tag] != "I" or continues

    def entities(self, scores: Scores) -> list[tuple[int, int, str]]:
        """Return (first word, word after the last, label) of one sentence with ``scores`` (words, tags)."""
        best = scores.argmax(axis=1)
        if not self._is_allowed(best):
            best = self._best_allowed(scores)
        return self._spans(best.tolist())

    def _is_allowed(self, sequence: NDArray[np.int64]) -> bool:
        """Tell whether the best tags of the single words can stand together: then no sequence is better."""
        if not len(sequence):
            return True
        follows = self._may_follow[sequence[1:], sequence[:-1]]
        return bool(self._may_begin[sequence[0]] and follows.all())

    def _best_allowed(self, scores: Scores) -> NDArray[np.int64]:
        logarithms = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
        reached = np.where(self._may_begin, logarithms[0], -np.inf)
        origins = []
        for row in logarithms[1:]:
            ways = np.where(self._may_follow, reached[None, :], -np.inf)
            origins.append(ways.argmax(axis=1))
            reached = ways.max(axis=1) + row
        path = [int(reached.argmax())]
        for origin in reversed(origins):
            path.append(int(origin[path[-1]]))
        return np.asarray(path[::-1], dtype=np.int64)

    def _spans(self, sequence: Sequence[int]) -> list[tuple[int, int, str]]:
        found = []
        start = 0
        for index, tag in enumerate(sequence):
            if self._kinds[tag] == "B":
                start = index
            following = sequence[index + 1] if index + 1 < len(sequence) else None
            if self._kinds[tag] != OUTSIDE and (following is None or self._kinds[following] != "I"):
                found.append((start, index + 1, self._labels[tag]))
        return found
