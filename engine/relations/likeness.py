"""How near a text is in meaning to what a picture shows, by sentence vectors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.relations.manner import SENTENCE_END

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
NAMES = ("like-best", "like-main", "like-shown", "like-each", "like-sentences")
_MAX_SENTENCES = 24


class Likeness:
    """Compares texts with the labels of pictures."""

    def __init__(self, embed: Embed) -> None:
        self._embed = embed

    def read(self, texts: Iterable[str]) -> None:
        """Encode the sentences of many texts together, quicker than text by text if the encoder remembers."""
        self._embed([sentence for text in texts for sentence in _sentences(text)])

    def measure(self, text: str, shares: Mapping[str, float]) -> dict[str, float]:
        """Return cosines between the text and the labels in ``shares`` (label: its share of the picture)."""
        sentences = _sentences(text)
        if not shares or not sentences:
            return dict.fromkeys(NAMES, 0.0)
        labels = sorted(shares, key=lambda label: (-shares[label], label))
        cosines = self._embed(labels) @ self._embed(sentences).T
        nearest = cosines.max(axis=1)
        return {
            "like-best": float(nearest.max()),
            "like-main": float(cosines[0].mean()),
            "like-shown": float(nearest @ np.array([shares[label] for label in labels])),
            "like-each": float(nearest.mean()),
            "like-sentences": float(cosines.max(axis=0).mean()),
        }


def _sentences(text: str) -> list[str]:
    return [each for each in SENTENCE_END.split(text) if each.strip()][:_MAX_SENTENCES]
