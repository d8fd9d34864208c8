"""Fit an entity head on the vectors of the shared encoder: a linear layer, seconds even for a large set."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.progress import Progress, ReportProgress
from engine.recognizers.encoder import WIDTH
from engine.recognizers.iob import TaggedSentence
from engine.recognizers.tagging import OUTSIDE, EntityDecoder
from engine.training.fitting import FitOptions, Fitted
from engine.weights import find_model

if TYPE_CHECKING:
    from spacy.language import Language

ENCODER = "text-encoder"
_BATCH_WORDS = 256
_RATE, _DECAY = 0.01, 1e-4

Matrix = NDArray[np.float32]


def add_vector_head(
    nlp: Language,
    name: str,
    train_part: Sequence[TaggedSentence],
    dev_part: Sequence[TaggedSentence],
    *,
    options: FitOptions,
    progress: ReportProgress,
) -> Fitted:
    """Add the encoder's vectors and the head ``name`` to ``nlp``; return how well it did on the dev part.

    Softmax regression by Adam (Kingma and Ba 2015); the state with the best dev F1 stays. Raises ModelMissing
    where the encoder is not on this workstation.
    """
    from engine.recognizers.components import ENTITIES, WORDS

    card = find_model(ENCODER)
    nlp.add_pipe(WORDS, name="words", config={"encoder": card.name, "sha256": card.sha256})
    labels = sorted({label for item in train_part for *_, label in item.entities})
    tags = [OUTSIDE, *(f"{mark}-{label}" for label in labels for mark in "BI")]
    layer = _Layer(len(tags), options.seed)
    rows = np.concatenate(_vectors(nlp, train_part))
    targets = np.concatenate([_numbers(item, tags) for item in train_part])
    dev_rows, decoder = _vectors(nlp, dev_part), EntityDecoder(tags)
    best, kept = Fitted(score=-1.0, best_pass=0, figures={}), layer.state()
    started = time.monotonic()
    for number in range(1, options.passes + 1):
        layer.learn(rows, targets)
        figures = _figures(decoder, layer, dev_rows, dev_part)
        if figures["ents_f"] > best.score:
            best, kept = Fitted(score=figures["ents_f"], best_pass=number, figures=figures), layer.state()
        progress(
            Progress(
                step="vectors",
                done=number,
                total=options.passes,
                item=f"dev {figures['ents_f']:.4f}",
                metrics=(("dev score", figures["ents_f"]),),
            )
        )
        if number - best.best_pass >= options.patience or time.monotonic() - started > options.seconds:
            break
    head: Any = nlp.add_pipe(ENTITIES, name=name)
    head.set_weights({"tags": np.asarray(tags), "matrix": kept[0], "bias": kept[1]})
    return best


class _Layer:
    """A linear layer that learns by Adam."""

    def __init__(self, tags: int, seed: int) -> None:
        self._source = np.random.default_rng(seed)
        self._parts = [np.zeros((tags, WIDTH), np.float32), np.zeros(tags, np.float32)]
        self._means = [np.zeros_like(part) for part in self._parts]
        self._squares = [np.zeros_like(part) for part in self._parts]
        self._steps = 0

    def state(self) -> tuple[Matrix, Matrix]:
        return self._parts[0].copy(), self._parts[1].copy()

    def scores(self, rows: Matrix) -> Matrix:
        return np.asarray(rows @ self._parts[0].T + self._parts[1], dtype=np.float32)

    def learn(self, rows: Matrix, targets: NDArray[np.int64]) -> None:
        """Go once over all rows in random order."""
        order = self._source.permutation(len(rows))
        for first in range(0, len(order), _BATCH_WORDS):
            chosen = order[first : first + _BATCH_WORDS]
            batch, scores = rows[chosen], self.scores(rows[chosen])
            shares = np.exp(scores - scores.max(axis=1, keepdims=True))
            shares /= shares.sum(axis=1, keepdims=True)
            shares[np.arange(len(chosen)), targets[chosen]] -= 1
            slopes = [shares.T @ batch / len(chosen) + _DECAY * self._parts[0], shares.mean(axis=0)]
            self._step(slopes)

    def _step(self, slopes: Sequence[Matrix]) -> None:
        self._steps += 1
        for index, slope in enumerate(slopes):
            self._means[index] += 0.1 * (slope - self._means[index])
            self._squares[index] += 0.001 * (slope * slope - self._squares[index])
            mean = self._means[index] / (1 - 0.9**self._steps)
            square = self._squares[index] / (1 - 0.999**self._steps)
            self._parts[index] -= _RATE * mean / (np.sqrt(square) + 1e-8)


def _vectors(nlp: Language, sentences: Sequence[TaggedSentence]) -> list[Matrix]:
    from spacy.tokens import Doc

    docs = (Doc(nlp.vocab, words=list(item.words)) for item in sentences)
    words: Any = nlp.get_pipe("words")
    return [np.asarray(doc.tensor, dtype=np.float32) for doc in words.pipe(docs)]


def _numbers(sentence: TaggedSentence, tags: Sequence[str]) -> NDArray[np.int64]:
    numbers = np.zeros(len(sentence.words), dtype=np.int64)
    for start, end, label in sentence.entities:
        numbers[start:end] = tags.index(f"I-{label}")
        numbers[start] = tags.index(f"B-{label}")
    return numbers


def _figures(
    decoder: EntityDecoder, layer: _Layer, rows: Sequence[Matrix], sentences: Sequence[TaggedSentence]
) -> dict[str, float]:
    found = [set(decoder.entities(layer.scores(row))) for row in rows]
    hits = sum(len(got & item.entities) for got, item in zip(found, sentences, strict=True))
    said, wanted = sum(map(len, found)), sum(len(item.entities) for item in sentences)
    return {
        "ents_p": hits / max(said, 1),
        "ents_r": hits / max(wanted, 1),
        "ents_f": 2 * hits / max(said + wanted, 1),
    }
