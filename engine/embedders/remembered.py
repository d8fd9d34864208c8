"""One sentence encoder for all who compare words in this process; it encodes each text once."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.embedders.minilm import MODEL, MiniLmEmbedder
from engine.weights import ModelCard, find_model

_KEPT = 16_384


class RememberingEmbedder(MiniLmEmbedder):
    """The shipped encoder, with the vectors of the texts that it was asked for last."""

    def __init__(self, card: ModelCard) -> None:
        super().__init__(card, threads=1)
        self._known: dict[str, NDArray[np.float32]] = {}

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, float32, shape (len(texts), 384)."""
        if len(self._known) > _KEPT:
            self._known.clear()
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, super().embed(new), strict=True))
        return np.array([self._known[text] for text in texts], dtype=np.float32)


def shared_encoder() -> RememberingEmbedder | None:
    """Return the encoder, or None where it can't run: what only gains by it does without."""
    return None if MiniLmEmbedder.availability() else _encoder_of(find_model(MODEL))


@functools.cache
def _encoder_of(card: ModelCard) -> RememberingEmbedder:
    return RememberingEmbedder(card)
