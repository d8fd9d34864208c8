"""How near a text is in meaning to what a picture shows, by sentence vectors."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.relations.manner import SENTENCE_END

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
NAMES = ("like-best", "like-main", "like-shown", "like-each", "like-sentences")
_MAX_SENTENCES = 24
_KEPT_REPORTS = 16
_KEPT_LABELS = 4096


class Likeness:
    """Compares texts with the labels of pictures; remembers the vectors of the last ones."""

    def __init__(self, embed: Embed) -> None:
        self._embed = embed
        self._of_label = functools.lru_cache(maxsize=_KEPT_LABELS)(self._read_label)
        self._of_text = functools.lru_cache(maxsize=_KEPT_REPORTS)(self._read_text)

    def measure(self, text: str, shares: Mapping[str, float]) -> dict[str, float]:
        """Return cosines between the text and the labels in ``shares`` (label: its share of the picture)."""
        if not shares or not text.strip():
            return dict.fromkeys(NAMES, 0.0)
        labels = sorted(shares, key=lambda label: (-shares[label], label))
        sentences = self._of_text(text)
        cosines = np.stack([self._of_label(label) for label in labels]) @ sentences.T
        nearest = cosines.max(axis=1)
        return {
            "like-best": float(nearest.max()),
            "like-main": float(cosines[0].mean()),
            "like-shown": float(nearest @ np.array([shares[label] for label in labels])),
            "like-each": float(nearest.mean()),
            "like-sentences": float(cosines.max(axis=0).mean()),
        }

    def _read_label(self, label: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self._embed([label])[0]
        return vector

    def _read_text(self, text: str) -> NDArray[np.float32]:
        sentences = [each for each in SENTENCE_END.split(text) if each.strip()]
        return self._embed(sentences[:_MAX_SENTENCES])
