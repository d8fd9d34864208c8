"""How near a text is in meaning to what a picture shows, by sentence vectors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.relations.manner import SENTENCE_END

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
NAMES = ("like-best", "like-main", "like-shown", "like-each", "like-sentences")
_MAX_SENTENCES = 24
_KEPT = 16_384


class Likeness:
    """Compares texts with the labels of pictures; remembers the vectors of the last phrases."""

    def __init__(self, embed: Embed) -> None:
        self._embed = embed
        self._known: dict[str, NDArray[np.float32]] = {}

    def read(self, texts: Iterable[str]) -> None:
        """Encode the sentences of many texts together, which is quicker than text by text."""
        self._vectors([sentence for text in texts for sentence in _sentences(text)])

    def measure(self, text: str, shares: Mapping[str, float]) -> dict[str, float]:
        """Return cosines between the text and the labels in ``shares`` (label: its share of the picture)."""
        sentences = _sentences(text)
        if not shares or not sentences:
            return dict.fromkeys(NAMES, 0.0)
        labels = sorted(shares, key=lambda label: (-shares[label], label))
        cosines = self._vectors(labels) @ self._vectors(sentences).T
        nearest = cosines.max(axis=1)
        return {
            "like-best": float(nearest.max()),
            "like-main": float(cosines[0].mean()),
            "like-shown": float(nearest @ np.array([shares[label] for label in labels])),
            "like-each": float(nearest.mean()),
            "like-sentences": float(cosines.max(axis=0).mean()),
        }

    def _vectors(self, phrases: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, float32, shape (len(phrases), dimensions); each phrase is encoded once."""
        if len(self._known) > _KEPT:
            self._known.clear()
        new = [phrase for phrase in dict.fromkeys(phrases) if phrase not in self._known]
        if new:
            self._known.update(zip(new, self._embed(new), strict=True))
        return np.array([self._known[phrase] for phrase in phrases], dtype=np.float32)


def _sentences(text: str) -> list[str]:
    return [each for each in SENTENCE_END.split(text) if each.strip()][:_MAX_SENTENCES]
