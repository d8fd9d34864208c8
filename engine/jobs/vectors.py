"""Sentence vectors of the reports, made once per report and kept in the case for search."""

from __future__ import annotations

import re

from engine.embedders.minilm import MiniLmEmbedder
from engine.model.evidence import Report
from engine.progress import Progress, ReportProgress
from engine.store import CaseStore

SENTENCES = "sentences"
"""The kind of vectors; ids read ``report_id:start:end``."""

_SENTENCE = re.compile(r"[^\s.!?;][^.!?;\n]*(?:[.!?;](?=\d)[^.!?;\n]*)*")
_MIN_CHARACTERS = 4
_MAX_SENTENCES = 400
_BATCH_REPORTS = 64


def embed_reports(store: CaseStore, *, progress: ReportProgress) -> None:
    """Embed the sentences of every report that has no vectors yet; nothing where the model is missing."""
    if MiniLmEmbedder.availability() is not None:
        return
    known = {identifier.partition(":")[0] for identifier in store.vectors(SENTENCES)[0]}
    missing = [report for report in store.reports() if report.id not in known]
    if not missing:
        return
    (embedder,) = MiniLmEmbedder.load_all()
    for start in range(0, len(missing), _BATCH_REPORTS):
        progress(Progress(step="embed", done=start, total=len(missing)))
        spans = [span for report in missing[start : start + _BATCH_REPORTS] for span in _sentences(report)]
        if spans:
            texts = [text for _, text in spans]
            distinct = sorted(set(texts))
            row_of = {text: row for row, text in enumerate(distinct)}
            vectors = embedder.embed(distinct)
            store.save_vectors(
                SENTENCES, [identifier for identifier, _ in spans], vectors[[row_of[text] for text in texts]]
            )


def _sentences(report: Report) -> list[tuple[str, str]]:
    """Return ``(id, text)`` of each sentence; a very long report contributes its beginning."""
    matches = (match for match in _SENTENCE.finditer(report.text) if len(match[0]) >= _MIN_CHARACTERS)
    return [
        (f"{report.id}:{match.start()}:{match.end()}", match[0])
        for match, _ in zip(matches, range(_MAX_SENTENCES), strict=False)
    ]
