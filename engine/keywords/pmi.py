"""Pointwise mutual information of neighboring words (Church and Hanks 1990)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from engine.keywords.keyword import Keyword

MIN_COUNT = 3


def pmi_keywords(
    documents: Sequence[Sequence[str]], *, labels: Sequence[str] = (), min_count: int = MIN_COUNT
) -> list[Keyword]:
    """Return word pairs with log2(p(x, y) / (p(x) p(y))); pairs rarer than ``min_count`` say nothing.

    p(x) is x's share of all words, p(x, y) the pair's share of all neighboring pairs.
    """
    del labels
    words = Counter(word for document in documents for word in document)
    pairs = Counter(pair for document in documents for pair in pairwise(document))
    all_words, all_pairs = words.total(), pairs.total()
    return [
        Keyword(
            f"{first} {second}",
            math.log2((count / all_pairs) / ((words[first] / all_words) * (words[second] / all_words))),
            count,
        )
        for (first, second), count in pairs.items()
        if count >= min_count and first != second
    ]
