"""A hidden Markov model with two states, keyword and other word, over how telling each word is.

Observations are four levels of a word's TF-IDF; the model is fitted by Baum-Welch and read by the
posterior of the keyword state (Rabiner 1989), with scaled forward and backward probabilities.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.keywords.keyword import Keyword
from engine.keywords.tfidf import tfidf_keywords

LEVELS = 4
KEYWORD = 1
_PASSES = 8
_FLOOR = 1e-6

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Hmm:
    """Start (states), transition (states, states) and emission (states, symbols) probabilities."""

    start: Floats
    transition: Floats
    emission: Floats


# Where learning starts: keywords come in short runs and are of the more telling levels.
FIRST_GUESS = Hmm(
    start=np.array([0.7, 0.3]),
    transition=np.array([[0.75, 0.25], [0.6, 0.4]]),
    emission=np.array([[0.4, 0.3, 0.2, 0.1], [0.05, 0.15, 0.3, 0.5]]),
)


def hmm_keywords(documents: Sequence[Sequence[str]], *, labels: Sequence[str] = ()) -> list[Keyword]:
    """Return every term with the mean posterior probability of the keyword state where it stands."""
    del labels
    chosen = [document for document in documents if document]
    if not chosen:
        return []
    levels = word_levels(chosen)
    sequences = [np.array([levels[word] for word in document]) for document in chosen]
    model = fit(FIRST_GUESS, sequences)
    posteriors: dict[str, list[float]] = defaultdict(list)
    for document, sequence in zip(chosen, sequences, strict=True):
        gamma = forward_backward(model, sequence).gamma
        for word, probability in zip(document, gamma[:, KEYWORD], strict=True):
            posteriors[word].append(float(probability))
    # A word seen once proves little: its mean is drawn toward the overall share by one more sighting.
    overall = float(np.mean([value for values in posteriors.values() for value in values]))
    counts = Counter({word: len(values) for word, values in posteriors.items()})
    return [
        Keyword(word, (sum(values) + overall) / (len(values) + 1), counts[word])
        for word, values in posteriors.items()
    ]


def word_levels(documents: Sequence[Sequence[str]]) -> dict[str, int]:
    """Return the quarter, 0 to 3, that each word's TF-IDF score falls into."""
    scores = {item.term: item.score for item in tfidf_keywords(documents)}
    edges = np.quantile(list(scores.values()), [0.25, 0.5, 0.75])
    return {term: int(np.searchsorted(edges, score, side="right")) for term, score in scores.items()}


@dataclass(frozen=True, slots=True)
class Posterior:
    """State probabilities (words, states), summed transition expectations and the log-likelihood."""

    gamma: Floats
    transitions: Floats
    log_likelihood: float


def forward_backward(model: Hmm, symbols: Integers) -> Posterior:
    """Return the posterior of one sequence of at least one symbol."""
    length, states = len(symbols), len(model.start)
    likely = model.emission[:, symbols].T
    alpha, scale = np.empty((length, states)), np.empty(length)
    for t in range(length):
        row = (model.start if t == 0 else alpha[t - 1] @ model.transition) * likely[t]
        scale[t] = row.sum()
        alpha[t] = row / scale[t]
    beta = np.ones((length, states))
    for t in range(length - 2, -1, -1):
        beta[t] = model.transition @ (likely[t + 1] * beta[t + 1]) / scale[t + 1]
    transitions = np.zeros((states, states))
    if length > 1:
        after = likely[1:] * beta[1:] / scale[1:, None]
        transitions = model.transition * (alpha[:-1].T @ after)
    return Posterior(alpha * beta, transitions, float(sum(math.log(value) for value in scale)))


def fit(model: Hmm, sequences: Sequence[Integers], passes: int = _PASSES) -> Hmm:
    """Return the model after Baum-Welch re-estimation; its likelihood never falls."""
    for _ in range(passes):
        start = np.full(len(model.start), _FLOOR)
        transition = np.full(model.transition.shape, _FLOOR)
        emission = np.full(model.emission.shape, _FLOOR)
        for symbols in sequences:
            found = forward_backward(model, symbols)
            start += found.gamma[0]
            transition += found.transitions
            for symbol in range(emission.shape[1]):
                emission[:, symbol] += found.gamma[symbols == symbol].sum(axis=0)
        model = Hmm(
            start / start.sum(),
            transition / transition.sum(axis=1, keepdims=True),
            emission / emission.sum(axis=1, keepdims=True),
        )
    return model
