"""Keywords of texts: by TF-IDF, chi-square, mutual information, or a hidden Markov model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from engine.errors import UsageError
from engine.keywords.chi_square import chi_square_keywords
from engine.keywords.hmm import hmm_keywords
from engine.keywords.keyword import Keyword
from engine.keywords.pmi import pmi_keywords
from engine.keywords.tfidf import tfidf_keywords
from engine.keywords.words import content_words

__all__ = ["METHODS", "Keyword", "find_keywords"]

METHODS: Mapping[str, Callable[..., list[Keyword]]] = {
    "tfidf": tfidf_keywords,
    "chi2": chi_square_keywords,
    "pmi": pmi_keywords,
    "hmm": hmm_keywords,
}


def find_keywords(
    texts: Sequence[str], *, method: str = "tfidf", top: int = 20, labels: Sequence[str] = ()
) -> tuple[Keyword, ...]:
    """Return the ``top`` keywords of ``texts``, best first; equal scores in alphabetical order.

    ``labels``, one for each text, are what ``chi2`` tells apart; without them it looks for words that stand
    unevenly beside the frequent ones.
    """
    if method not in METHODS:
        raise UsageError(f"no keyword method {method!r}; there are: {', '.join(METHODS)}")
    if labels and len(labels) != len(texts):
        raise UsageError(f"{len(texts)} texts have {len(labels)} labels; each needs one")
    documents = [content_words(text) for text in texts]
    found = METHODS[method](documents, labels=labels)
    return tuple(sorted(found, key=lambda item: (-item.score, item.term))[: max(top, 0)])
