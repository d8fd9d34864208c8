"""Text of a Report as it stands, with its phrases marked by color and by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.exporters import words
from engine.exporters.pdf.fonts import markup
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
_ALARM_TINT = "rgb(251,211,201)"


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


def _marked(text: str, mark: Mark) -> str:
    tint = _ALARM_TINT if mark.disputed else TINTS[mark.entity.assertion]
    words_after = mark.sign
    if mark.entity.assertion is not Assertion.PRESENT:
        words_after = f"{words_after} {words.assertion(mark.entity.assertion)}".strip()
    sign = f'<super size="6" rise="3.4">{markup(words_after)}</super>' if words_after else ""
    return f'<span backColor="{tint}">{markup(text)}</span>{sign}'
