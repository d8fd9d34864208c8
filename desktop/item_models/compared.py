"""What two examiners decided about a finding, as a line."""

from __future__ import annotations

from desktop.item_models.lines import Line
from desktop.item_models.wording import mark, say
from desktop.session.second_examiner import AGREED, DISAGREED, ONLY_OTHER, ONLY_OWN, Compared, Opinion

_ACCORDS = {
    DISAGREED: mark("Wording", "≠ they disagree"),
    AGREED: mark("Wording", "= they agree"),
    ONLY_OWN: mark("Wording", "only decided here"),
    ONLY_OTHER: mark("Wording", "only decided by the other"),
}
_MARKS = {DISAGREED: "contradictions", AGREED: "confirm", ONLY_OWN: "person", ONLY_OTHER: "person"}
_COLORS = {DISAGREED: "contradicts", AGREED: "supports"}
_VERDICTS = {
    "confirmed": mark("Wording", "confirmed"),
    "rejected": mark("Wording", "rejected"),
    "corrected": mark("Wording", "corrected"),
    "added": mark("Wording", "added"),
    "withdrawn": mark("Wording", "taken back"),
}


def accord_words(accord: str) -> str:
    return say(_ACCORDS[accord])


def compared_line(row: Compared) -> Line:
    """Return a finding as a line: what it is, what each examiner decided, whether they agree."""
    opinions = [_opinion_words(each) for each in (row.own, row.other) if each is not None]
    return Line(
        title=f"{row.what} — {', '.join(row.where)}" if row.where else row.what,
        subtitle="  |  ".join(opinions),
        trailing=accord_words(row.accord),
        mark=_MARKS[row.accord],
        color=_COLORS.get(row.accord, "muted"),
    )


def _opinion_words(opinion: Opinion) -> str:
    label = f" → {opinion.label}" if opinion.label else ""
    note = f" ({opinion.note})" if opinion.note else ""
    name = opinion.examiner or say(mark("Wording", "an unnamed examiner"))
    return f"{name}: {say(_VERDICTS.get(opinion.verdict, opinion.verdict))}{label}{note}"
