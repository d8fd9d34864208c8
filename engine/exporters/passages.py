"""Where a phrase stands in its Report, and the words around it."""

from __future__ import annotations

from engine.model.evidence import Report
from engine.model.findings import Entity

_LONGEST = 1_200
_STOPS = ("\n\n", ". ", ".\n")


def passage(report: Report, entity: Entity, around: int = 220) -> tuple[int, int]:
    """Return the bounds of the lines or sentences around a phrase, at most ``around`` characters each way.

    An endless phrase is cut: a card must fit on a page.
    """
    text, span = report.text, entity.span
    low, high = max(span.start - around, 0), min(span.end + around, span.start + _LONGEST, len(text))
    starts = [text.rfind(stop, low, span.start) for stop in _STOPS]
    before = max(
        (found + len(stop) for found, stop in zip(starts, _STOPS, strict=True) if found >= 0), default=low
    )
    ends = [text.find(stop, span.end, high) for stop in _STOPS]
    after = min((found + 1 for found in ends if found >= 0), default=high)
    return before, after


def place(report: Report, entity: Entity) -> str:
    """Return where a phrase stands: page (if known), line, and characters."""
    span = entity.span
    pages = [page.number for page in report.pages if page.span.start <= span.start < page.span.end]
    page = f"page {pages[0]}, " if pages else ""
    line = report.text.count("\n", 0, span.start) + 1
    return f"{page}line {line}, characters {span.start}–{span.end}"
