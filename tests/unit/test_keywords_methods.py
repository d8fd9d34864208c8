"""Keywords equal what the published formulas give when they are written out by hand."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from engine.errors import UsageError
from engine.keywords import METHODS, find_keywords
from engine.keywords.hmm import FIRST_GUESS, fit, forward_backward
from engine.keywords.words import content_words

TEXTS = [
    "The sedan hit the bench. A sedan and a bicycle.",
    "Bicycle and bench; the bench was broken by the bicycle.",
    "A dog lay beside the bench.",
]


def scores(method: str, **options: object) -> dict[str, float]:
    return {item.term: item.score for item in find_keywords(TEXTS, method=method, top=99, **options)}  # type: ignore[arg-type]


def test_content_words_are_singular_nouns_without_function_words() -> None:
    assert content_words("The two sedans were at an old BENCH (4711)") == ["sedan", "bench"]


def test_tfidf_is_the_written_formula() -> None:
    documents = [content_words(text) for text in TEXTS]
    found = scores("tfidf")
    for term in {word for document in documents for word in document}:
        df = sum(term in document for document in documents)
        idf = math.log((1 + len(documents)) / (1 + df)) + 1
        expected = sum(document.count(term) / len(document) * idf for document in documents)
        assert found[term] == pytest.approx(expected, abs=1e-9)


def test_chi_square_against_labels_is_the_written_formula() -> None:
    labels = ["a", "b", "b"]
    found = {item.term: item for item in find_keywords(TEXTS, method="chi2", top=99, labels=labels)}
    # "sedan" stands in the one document of label a and in no other: A=1, B=0, C=0, D=2.
    assert found["sedan"].score == pytest.approx(3 * (1 * 2 - 0) ** 2 / (1 * 2 * 1 * 2), abs=1e-9)
    assert found["sedan"].label == "a"
    # "bench" stands in every document and tells nothing.
    assert found["bench"].score == 0.0


def test_mutual_information_is_the_written_formula() -> None:
    texts = ["pleural effusion pleural effusion pleural effusion dog"]
    words = content_words(texts[0])
    pairs = list(itertools.pairwise(words))
    (best,) = [item for item in find_keywords(texts, method="pmi") if item.term == "pleural effusion"]
    expected = math.log2(
        (pairs.count(("pleural", "effusion")) / len(pairs))
        / (words.count("pleural") / len(words) * words.count("effusion") / len(words))
    )
    assert best.score == pytest.approx(expected, abs=1e-9)


def test_the_hidden_markov_model_sums_over_all_paths() -> None:
    symbols = np.array([3, 0, 2, 1, 3])
    model = FIRST_GUESS
    total, ends = 0.0, np.zeros((5, 2))
    for path in itertools.product((0, 1), repeat=5):
        probability = model.start[path[0]] * model.emission[path[0], symbols[0]]
        for before, here, symbol in zip(path, path[1:], symbols[1:], strict=False):
            probability *= model.transition[before, here] * model.emission[here, symbol]
        total += probability
        for place, state in enumerate(path):
            ends[place, state] += probability
    found = forward_backward(model, symbols)
    assert found.log_likelihood == pytest.approx(math.log(total), abs=1e-9)
    assert np.allclose(found.gamma, ends / total, atol=1e-9)
    assert found.transitions.sum() == pytest.approx(4.0, abs=1e-9)


def test_learning_never_lowers_the_likelihood() -> None:
    rng = np.random.default_rng(1)
    sequences = [rng.integers(0, 4, size=30) for _ in range(5)]
    model, before = FIRST_GUESS, -math.inf
    for _ in range(6):
        likelihood = sum(forward_backward(model, symbols).log_likelihood for symbols in sequences)
        assert likelihood >= before - 1e-3
        before, model = likelihood, fit(model, sequences, 1)


@pytest.mark.parametrize("method", list(METHODS))
def test_empty_texts_have_no_keywords(method: str) -> None:
    assert find_keywords([], method=method) == ()
    assert find_keywords(["", "the of and"], method=method) == ()


def test_wrong_use_is_refused() -> None:
    with pytest.raises(UsageError, match="tfidf, chi2, pmi, hmm"):
        find_keywords(TEXTS, method="magic")
    with pytest.raises(UsageError, match="labels"):
        find_keywords(TEXTS, method="chi2", labels=["a"])
