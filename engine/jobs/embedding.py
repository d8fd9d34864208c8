"""Which vectors the sentences of a case are compared by: MiniLM's, or those of its own words."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from engine.embedders.minilm import MODEL, MiniLmEmbedder
from engine.embedders.word2vec import Word2VecEmbedder
from engine.errors import UsageError
from engine.progress import Progress, ReportProgress
from engine.protocols import Embedder
from engine.store import CaseStore
from engine.weights import find_model

_KIND = "word2vec"


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorSummary:
    """What the case's sentences are compared by, and how many words and sentences that are."""

    vectors: str
    words: int
    sentences: int


def chosen_embedder(store: CaseStore, *, for_many: bool = False) -> Embedder | None:
    """Return the encoder of the case; None where it is MiniLM and that is not on this workstation."""
    words, matrix = store.vectors(_KIND)
    if words:
        return Word2VecEmbedder(words, matrix)
    if MiniLmEmbedder.availability() is not None:
        return None
    return MiniLmEmbedder.load_for_many() if for_many else _for_few_words()


def choose_vectors(store: CaseStore, name: str, *, progress: ReportProgress) -> VectorSummary:
    """Encode all sentences anew, by MiniLM or by word vectors that are trained on them.

    Later ingests keep to the choice. Raises UsageError where the case has too few words.
    """
    from engine.jobs.sentences import index_sentences

    trained = None
    if name == _KIND:
        reason = Word2VecEmbedder.availability()
        if reason is not None:
            raise UsageError(reason)
        progress(Progress(step="train word vectors", done=0, total=1))
        trained = Word2VecEmbedder.train([report.text for report in store.reports()])
    store.forget_vectors(_KIND)
    if trained is not None:
        store.save_vectors(_KIND, trained.words, trained.matrix)
    store.sentences.forget_vectors()
    index_sentences(store, progress=progress)
    numbers, _ = store.sentences.vectors()
    return VectorSummary(vectors=name, words=len(trained.words) if trained else 0, sentences=len(numbers))


@functools.cache
def _for_few_words() -> MiniLmEmbedder:
    # A few words are encoded sooner by one thread than many threads have met.
    return MiniLmEmbedder(find_model(MODEL), threads=1)
