"""CMI, SC and ABS by a learned network alone: pixels and words, after Henning and Ewerth (2017).

A convolutional encoder of the picture and a hierarchical recurrent one of the text (words to sentences to
the whole, with attention) meet in one embedding, on which a classifier answers.
``casebook train relations --set estimator=autoencoder`` makes it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from engine.errors import UsageError
from engine.relations.joint import VALUES
from engine.relations.manner import SENTENCE_END
from engine.weights import ModelCard, open_network

SENTENCES, WORDS = 10, 28
PADDING, UNKNOWN = 0, 1
INPUTS = ("pictures", "words")
VOCABULARY = "vocabulary"
_WORD = re.compile(r"[a-z]+|\d|[£$€%]|[.,;:?!]")


def words_of(text: str) -> list[list[str]]:
    """Return the words of each sentence in lower case; each digit and mark is a word."""
    sentences = [_WORD.findall(each.lower()) for each in SENTENCE_END.split(text)]
    return [each for each in sentences if each]


class Words:
    """The words that a network knows, and texts as their numbers."""

    def __init__(self, known: Sequence[str]) -> None:
        self.known = tuple(known)
        self._numbers = {word: number for number, word in enumerate(self.known, UNKNOWN + 1)}

    def __len__(self) -> int:
        return len(self.known) + UNKNOWN + 1

    def encode(self, text: str) -> NDArray[np.int64]:
        """Return int64, shape (SENTENCES, WORDS): what is longer is cut, what is shorter padded with 0."""
        numbers = np.full((SENTENCES, WORDS), PADDING, dtype=np.int64)
        for row, sentence in enumerate(words_of(text)[:SENTENCES]):
            found = [self._numbers.get(word, UNKNOWN) for word in sentence[:WORDS]]
            numbers[row, : len(found)] = found
        return numbers


class Autoencoder:
    """A trained encoder with its classifier, on ONNX Runtime."""

    def __init__(self, session: Any, words: Words) -> None:
        self._session = session
        self._words = words

    @classmethod
    def load(cls, card: ModelCard) -> Self:
        """Load the weights of ``card``; raises ModelMismatch, or UsageError where they do not fit."""
        card.verify()
        return cls.of_file(card.path)

    @classmethod
    def of_file(cls, weights: Path) -> Self:
        """Load a network with the vocabulary inside its file; raises UsageError where it does not fit."""
        session = open_network(weights)
        known = session.get_modelmeta().custom_metadata_map.get(VOCABULARY)
        if known is None or tuple(each.name for each in session.get_inputs()) != INPUTS:
            raise UsageError(f"{weights.name} is not a network that relates pictures and texts")
        return cls(session, Words(known.split("\n")))

    def values(self, picture: NDArray[np.float32], text: str) -> dict[str, float]:
        """Return the likeliest cmi, sc and abs; ``picture``: (3, 96, 96) as the scene classifier takes it."""
        chances = self.probabilities(picture, text)
        return {name: VALUES[name][int(chances[name].argmax())] for name in VALUES}

    def probabilities(self, picture: NDArray[np.float32], text: str) -> Mapping[str, NDArray[np.float32]]:
        """Return the probability of each step of each value."""
        inputs = dict(zip(INPUTS, (picture[None], self._words.encode(text)[None]), strict=True))
        found = self._session.run(list(VALUES), inputs)
        return {name: row[0] for name, row in zip(VALUES, found, strict=True)}
