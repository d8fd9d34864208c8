"""Word vectors trained on the words of one case (skip-gram with negative sampling, Mikolov et al. 2013).

What all words have in common is taken away (Mu and Viswanath 2018), so that words of no kinship have a cosine
near zero. A sentence is the mean of its content words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.util import find_spec
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from engine.errors import UsageError
from engine.hashing import bytes_sha256
from engine.model.runs import Component, make_component
from engine.vocabulary import lemma, rarely_nouns

DIMENSIONS = 100
VERSION = "1"
_WINDOW_WORDS = 5
_LEAST_COUNT = 3
_PASSES_OVER = 200_000  # words that are seen in all, so that a small case is read more often
_MOST_PASSES = 400
_LEAST_PASSES = 5
_SEED = 1
_WORD = re.compile(r"[^\W\d_]{2,}")


class Word2VecEmbedder:
    """The words of a case with their unit vectors; a text of none of them has the vector of zeros."""

    name: ClassVar[str] = "word2vec"

    def __init__(self, words: Sequence[str], matrix: NDArray[np.float32]) -> None:
        """Take unit vectors (``matrix``: float32, one row per word)."""
        self.words = tuple(words)
        self._rows = {word: row for row, word in enumerate(words)}
        self._matrix = matrix

    @staticmethod
    def availability() -> str | None:
        """Return why no vectors can be trained here, or None."""
        return None if find_spec("gensim") else "needs gensim: not installed"

    @classmethod
    def train(cls, texts: Sequence[str]) -> Word2VecEmbedder:
        """Train on the texts of a case; equal texts give equal vectors.

        Raises UsageError where they hold too few words.
        """
        from gensim.models import Word2Vec

        sentences = [words for text in texts if (words := content_words(text))]
        count = sum(map(len, sentences))
        try:
            model = Word2Vec(
                sentences,
                vector_size=DIMENSIONS,
                window=_WINDOW_WORDS,
                min_count=_LEAST_COUNT,
                sg=1,
                negative=5,
                epochs=min(max(_PASSES_OVER // max(count, 1), _LEAST_PASSES), _MOST_PASSES),
                seed=_SEED,
                workers=1,
            )
        except RuntimeError as error:
            raise UsageError(f"the case has too few words to learn vectors from: {error}") from error
        return cls(model.wv.index_to_key, _centered(np.asarray(model.wv.vectors)))

    @property
    def matrix(self) -> NDArray[np.float32]:
        """Return the unit vectors, one row per word."""
        return self._matrix

    @property
    def component(self) -> Component:
        digest = bytes_sha256("\n".join(self.words).encode() + self._matrix.tobytes())
        return make_component("embedder", self.name, VERSION, weights_sha256=digest)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, float32, shape (len(texts), 100)."""
        vectors = np.zeros((len(texts), self._matrix.shape[1]), dtype=np.float32)
        for number, text in enumerate(texts):
            rows = [self._rows[word] for word in content_words(text) if word in self._rows]
            if rows:
                vectors[number] = self._matrix[rows].mean(axis=0)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors /= np.where(lengths > 0, lengths, 1.0)
        return vectors

    def neighbors(self, word: str, *, most: int = 10) -> tuple[tuple[str, float], ...]:
        """Return the words that are used most like ``word`` with their cosines; none for an unknown word."""
        row = self._rows.get(lemma(word))
        if row is None:
            return ()
        cosines = self._matrix @ self._matrix[row]
        order = [index for index in np.argsort(-cosines, kind="stable") if index != row][:most]
        return tuple((self.words[index], float(cosines[index])) for index in order)


def content_words(text: str) -> list[str]:
    """Return the words that mean something by themselves, in the singular."""
    words = (lemma(match.group()) for match in _WORD.finditer(text))
    return [word for word in words if word not in rarely_nouns()]


def _centered(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    rest = vectors - vectors.mean(axis=0)
    lengths = np.linalg.norm(rest, axis=1, keepdims=True)
    return np.ascontiguousarray(rest / np.where(lengths > 0, lengths, 1.0), dtype=np.float32)
