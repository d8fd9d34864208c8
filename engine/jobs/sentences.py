"""The sentences of all Reports, each distinct one kept once with its vector: what search looks through."""

from __future__ import annotations

import re
from collections.abc import Iterable

from engine.jobs.embedding import chosen_embedder
from engine.model.evidence import Report
from engine.progress import Progress, ReportProgress
from engine.protocols import Embedder
from engine.recognizers.sentences import split_sentences
from engine.store import CaseStore

# "FINDINGS: The heart is enlarged." says the same as the sentence without its heading.
_HEADING = re.compile(r"[A-Z][A-Z /&-]{2,40}:\s*")
_MIN_CHARACTERS = 4
_MAX_SENTENCES = 2000
_BATCH_REPORTS = 256
_BATCH_SENTENCES = 1024


def index_sentences(store: CaseStore, *, progress: ReportProgress) -> None:
    """Keep the sentences of Reports that are new, and encode those that no Report has said before.

    Without the encoder they are kept all the same, and encoded when it is there.
    """
    _keep_missing(store, progress)
    embedder = chosen_embedder(store, for_many=True) if store.sentences.count_unread() else None
    if embedder is not None:
        _encode(store, embedder, progress)


def keep_sentences(store: CaseStore, reports: Iterable[Report]) -> None:
    """Keep the sentences of Reports that were just saved, so that search finds them at once."""
    store.sentences.keep({report.id: sentences_of(report) for report in reports})


def _keep_missing(store: CaseStore, progress: ReportProgress) -> None:
    """Keep the sentences that an older program, or a run that was cut short, did not."""
    missing = store.sentences.missing()
    for start in range(0, len(missing), _BATCH_REPORTS):
        progress(Progress(step="sentences", done=start, total=len(missing)))
        reports = [store.report(identity) for identity in missing[start : start + _BATCH_REPORTS]]
        keep_sentences(store, [report for report in reports if report])


def _encode(store: CaseStore, embedder: Embedder, progress: ReportProgress) -> None:
    total = store.sentences.count_unread()
    done = 0
    while unread := store.sentences.unread(limit=_BATCH_SENTENCES):
        progress(Progress(step="embed", done=done, total=total))
        store.sentences.save_vectors(unread, embedder.embed([each.text for each in unread]))
        done += len(unread)


def sentences_of(report: Report) -> list[tuple[int, str]]:
    """Return ``(start, text)`` of each sentence; an endless report contributes its beginning."""
    found = []
    for span in split_sentences(report.text)[:_MAX_SENTENCES]:
        heading = _HEADING.match(report.text, span.start, span.end)
        start = heading.end() if heading else span.start
        text = report.text[start : span.end]
        if len(text) >= _MIN_CHARACTERS and any(map(str.isalpha, text)):
            found.append((start, text))
    return found
