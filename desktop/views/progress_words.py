"""How far a job is and what came of it, in words."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from desktop.item_models.wording import duration_words, mark, number_words
from desktop.session.jobs import JobEnd, JobProgress

_MOST_NAMES = 3


def progress_words(progress: JobProgress) -> tuple[str, ...]:
    """Return count, rate and time left, as far as they are known."""
    parts = []
    if progress.total:
        parts.append(f"{number_words(progress.done)} / {number_words(progress.total)}")
    if progress.rate_per_s > 0:
        parts.append(_say(mark("Progress", "{0} per second")).format(f"{progress.rate_per_s:.1f}"))
    if progress.remaining_s is not None and progress.remaining_s > 1:
        left = duration_words(progress.remaining_s)
        parts.append(_say(mark("Progress", "about {0} left")).format(left))
    return tuple(parts)


def about_words(end: JobEnd) -> str:
    """Return what a job was about: folders, a file, a model."""
    words = end.arguments
    if "paths" in words:
        names = [Path(path).name for path in words["paths"]]
        more = ["…"] if len(names) > _MOST_NAMES else []
        return ", ".join([*names[:_MOST_NAMES], *more])
    for key in ("out", "folder", "file"):
        if key in words:
            return Path(str(words[key])).name
    return str(words.get("name", ""))


def end_sentence(end: JobEnd) -> str:
    """Return what an ingest brought, as one sentence."""
    said = _say(mark("Progress", "Done in {0}. Images: {1}, reports: {2}, links: {3}, issues: {4}."))
    took = duration_words(float(end.body.get("seconds", 0.0)))
    numbers = [number_words(int(end.body.get(key, 0))) for key in ("images", "reports", "links", "issues")]
    return said.format(took, *numbers)


def _say(text: str) -> str:
    return QCoreApplication.translate("Progress", text)
