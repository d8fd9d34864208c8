"""Chi-square of terms: against labels (Yang and Pedersen 1997) or against frequent terms (Matsuo 2004)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from engine.keywords.keyword import Keyword

_FREQUENT_TERMS = 30
_WINDOW_WORDS = 20


def chi_square_keywords(documents: Sequence[Sequence[str]], *, labels: Sequence[str] = ()) -> list[Keyword]:
    """Return terms with their chi-square; with ``labels``, each with the label it speaks for most."""
    return against_labels(documents, labels) if labels else against_frequent_terms(documents)


def against_labels(documents: Sequence[Sequence[str]], labels: Sequence[str]) -> list[Keyword]:
    """Return each term's largest N (AD - CB)^2 / ((A+C)(B+D)(A+B)(C+D)) over the labels it speaks for.

    A: documents of the label with the term, B: others with it, C: of the label without it, D: others without.
    """
    number = len(documents)
    in_label = Counter(labels)
    with_term: Counter[str] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    total = Counter(term for document in documents for term in document)
    for document, label in zip(documents, labels, strict=True):
        for term in set(document):
            with_term[term] += 1
            both[term, label] += 1
    best: dict[str, Keyword] = {}
    for (term, label), a in sorted(both.items()):
        b, c = with_term[term] - a, in_label[label] - a
        d = number - a - b - c
        bottom = (a + c) * (b + d) * (a + b) * (c + d)
        score = number * (a * d - c * b) ** 2 / bottom if bottom and a * d > c * b else 0.0
        if term not in best or score > best[term].score:
            best[term] = Keyword(term, score, total[term], label)
    return list(best.values())


def against_frequent_terms(documents: Sequence[Sequence[str]]) -> list[Keyword]:
    """Return for each term w the sum over frequent terms g of (freq(w, g) - n_w p_g)^2 / (n_w p_g).

    Two terms co-occur within a window of 20 words; p_g is g's share of all co-occurrences with frequent terms
    and n_w how many of them w has. Less its largest part, which the paper takes away for robustness.
    """
    total = Counter(term for document in documents for term in document)
    frequent = [
        term for term, _ in sorted(total.items(), key=lambda item: (-item[1], item[0]))[:_FREQUENT_TERMS]
    ]
    known = frozenset(frequent)
    together: Counter[tuple[str, str]] = Counter()
    for document in documents:
        for start in range(0, len(document), _WINDOW_WORDS):
            window = set(document[start : start + _WINDOW_WORDS])
            together.update((term, other) for term in window for other in window & known if other != term)
    of_term: Counter[str] = Counter()
    of_frequent: Counter[str] = Counter()
    for (term, other), count in together.items():
        of_term[term] += count
        of_frequent[other] += count
    pairs = together.total()
    return [
        Keyword(
            term, _without_largest(together, term, frequent, of_term[term], of_frequent, pairs), total[term]
        )
        for term in sorted(of_term)
    ]


def _without_largest(
    together: Counter[tuple[str, str]],
    term: str,
    frequent: Sequence[str],
    own: int,
    of_frequent: Counter[str],
    pairs: int,
) -> float:
    parts = [0.0]
    for other in frequent:
        expected = own * of_frequent[other] / pairs
        if expected and other != term:
            parts.append((together[term, other] - expected) ** 2 / expected)
    return sum(parts) - max(parts)
