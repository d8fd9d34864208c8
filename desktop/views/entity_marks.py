"""How the marks in a Report look: what an Entity is said to be shows in its shape, and not only in color."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QTextCharFormat

from desktop.item_models.wording import concept_name, entity_words, probability_words
from desktop.theme import Colors
from engine.model.findings import Assertion, Entity

_Line = QTextCharFormat.UnderlineStyle
_UNDERLINES = {
    Assertion.PRESENT: _Line.SingleUnderline,
    Assertion.ABSENT: _Line.DashUnderline,
    Assertion.POSSIBLE: _Line.WaveUnderline,
    Assertion.HISTORICAL: _Line.DotLine,
    Assertion.HYPOTHETICAL: _Line.DashDotLine,
    Assertion.OTHER_PERSON: _Line.DashDotDotLine,
}


def entity_format(
    entity: Entity, colors: Colors, *, is_tied: bool, is_against: bool, is_lit: bool
) -> QTextCharFormat:
    """Return the look of a phrase: by its assertion, by what ties it to a picture, and whether it is lit."""
    denied = entity.assertion is Assertion.ABSENT
    made = QTextCharFormat()
    made.setUnderlineStyle(_UNDERLINES[entity.assertion])
    made.setUnderlineColor(
        QColor(colors.contradicts if is_against else colors.supports if is_tied else colors.muted)
    )
    made.setFontStrikeOut(denied)
    if denied:
        made.setForeground(QColor(colors.muted))
    if is_against:
        made.setBackground(QColor(colors.contradicts_tint))
    elif is_tied:
        made.setBackground(QColor(colors.tint))
    if is_lit:
        made.setBackground(QColor(colors.accent))
        made.setForeground(QColor(colors.on_accent))
    return made


def found_format(colors: Colors) -> QTextCharFormat:
    """Return the look of a place where a search in the Report found its words."""
    made = QTextCharFormat()
    made.setBackground(QColor(colors.notice))
    made.setForeground(QColor(colors.on_notice))
    made.setFontWeight(QFont.Weight.DemiBold)
    return made


def entity_tip(entity: Entity) -> str:
    said = [entity_words(entity), concept_name(entity), probability_words(entity.score)]
    return "\n".join(part for part in said if part)
