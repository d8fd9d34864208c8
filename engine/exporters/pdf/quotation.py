"""Text of a Report as it stands, with its phrases marked by color and by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.exporters import words
from engine.exporters.pdf.fonts import markup
from engine.model.evidence import Report
from engine.model.findings import Assertion, Entity

# A tint per assertion; the word beside the phrase says the same, so that a gray print loses nothing.
TINTS = {
    Assertion.PRESENT: "rgb(216,232,247)",
    Assertion.ABSENT: "rgb(236,236,236)",
    Assertion.POSSIBLE: "rgb(255,240,201)",
    Assertion.HISTORICAL: "rgb(232,224,242)",
    Assertion.HYPOTHETICAL: "rgb(227,241,238)",
    Assertion.OTHER_PERSON: "rgb(246,227,234)",
}
_LONGEST = 1_200
_ALARM_TINT = "rgb(251,211,201)"
_STOPS = ("\n\n", ". ", ".\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A phrase to be marked: its Entity, the sign printed after it, and whether a picture contradicts it."""

    entity: Entity
    sign: str
    disputed: bool = False


def quoted(text: str, marks: Sequence[Mark], start: int = 0, end: int | None = None) -> str:
    """Return ``text[start:end]`` as markup with its marks; of two that overlap the first is drawn."""
    end = len(text) if end is None else end
    parts, position = [], start
    for mark in sorted(marks, key=lambda row: (row.entity.span.start, -row.entity.span.end)):
        span = mark.entity.span
        if span.start < position or span.end > end:
            continue
        parts.append(markup(text[position : span.start]))
        parts.append(_marked(text[span.start : span.end], mark))
        position = span.end
    parts.append(markup(text[position:end]))
    return "".join(parts)


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


def _marked(text: str, mark: Mark) -> str:
    tint = _ALARM_TINT if mark.disputed else TINTS[mark.entity.assertion]
    words_after = mark.sign
    if mark.entity.assertion is not Assertion.PRESENT:
        words_after = f"{words_after} {words.assertion(mark.entity.assertion)}".strip()
    sign = f'<super size="6" rise="3.4">{markup(words_after)}</super>' if words_after else ""
    return f'<span backColor="{tint}">{markup(text)}</span>{sign}'
