"""Sentences whose sense is near to a topic's, by MiniLM vectors."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

import numpy as np

from engine.embedders.minilm import MiniLmEmbedder
from engine.model.evidence import Span
from engine.model.ids import ReportId
from engine.store import CaseStore

SENTENCES = "sentences"
LEAST = 0.3
NEAR_ENOUGH = 0.65
"""The cosine from which a sentence alone makes its Report an answer, set on the dev queries."""


def near_sentences(
    store: CaseStore, words: str, *, limit: int
) -> Mapping[ReportId, Sequence[tuple[float, Span]]]:
    """Return (cosine, span) of the sentences nearest to ``words``, by Report, best first.

    Empty where the case has no vectors or the encoder is not on this workstation.
    """
    ids, matrix = store.vectors(SENTENCES)
    embedder = _embedder()
    if not ids or embedder is None:
        return {}
    similarity = matrix @ embedder.embed([words])[0]
    count = min(3 * limit, len(ids))
    nearest = np.argpartition(-similarity, count - 1)[:count]
    found: dict[ReportId, list[tuple[float, Span]]] = {}
    for index in nearest[np.argsort(-similarity[nearest], kind="stable")]:
        if similarity[index] < LEAST:
            break
        report, start, end = ids[index].split(":")
        span = Span(start=int(start), end=int(end))
        found.setdefault(ReportId(report), []).append((float(similarity[index]), span))
    return found


@functools.cache
def _embedder() -> MiniLmEmbedder | None:
    if MiniLmEmbedder.availability() is not None:
        return None
    return MiniLmEmbedder.load_all()[0]
