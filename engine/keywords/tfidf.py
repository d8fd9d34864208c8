"""TF-IDF (Spärck Jones 1972; Salton and Buckley 1988), summed over the documents."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from engine.keywords.keyword import Keyword


def tfidf_keywords(documents: Sequence[Sequence[str]], *, labels: Sequence[str] = ()) -> list[Keyword]:
    """Return every term with the sum of tf(t, d) idf(t) over the documents.

    tf(t, d) is the term's share of the words of d; idf(t) = ln((1 + N) / (1 + df(t))) + 1, smoothed so that
    the words of a single document still differ.
    """
    del labels
    counts = [Counter(document) for document in documents]
    document_frequency = Counter(term for count in counts for term in count)
    total = Counter(term for document in documents for term in document)
    number = len(documents)
    idf = {term: math.log((1 + number) / (1 + df)) + 1 for term, df in document_frequency.items()}
    share: Counter[str] = Counter()
    for count, document in zip(counts, documents, strict=True):
        for term, occurrences in count.items():
            share[term] += occurrences / len(document)  # type: ignore[assignment]
    return [Keyword(term, share[term] * idf[term], total[term]) for term in idf]
