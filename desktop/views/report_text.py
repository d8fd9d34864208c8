"""A Report as text with its Entities marked: by kind, by assertion, and by what is tied to a picture.

A denial is struck through over a dashed line, a possibility has a wavy line, the past a dotted one
in italics; a contradiction has ≠ in the margin beside its line.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from desktop.item_models.wording import concept_name, entity_words, probability_words
from desktop.theme import Colors, colors_of
from engine.model.evidence import Report
from engine.model.findings import Assertion, Entity
from engine.model.ids import EntityId

_LINE_PERCENT = 135.0
_MARGIN_END_PX = 15.0
_Line = QTextCharFormat.UnderlineStyle
_UNDERLINES = {
    Assertion.PRESENT: _Line.SingleUnderline,
    Assertion.ABSENT: _Line.DashUnderline,
    Assertion.POSSIBLE: _Line.WaveUnderline,
    Assertion.HISTORICAL: _Line.DotLine,
    Assertion.HYPOTHETICAL: _Line.DashDotLine,
    Assertion.OTHER_PERSON: _Line.DashDotDotLine,
}


class ReportText(QTextEdit):
    """Shows one Report; ``entity_clicked`` carries the id of an Entity, or an empty string."""

    entity_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAccessibleName(self.tr("Report text"))
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.viewport().setMouseTracking(True)
        self.document().setDocumentMargin(16)
        self.setProperty("role", "report")
        self._text = ""
        self._entities: tuple[Entity, ...] = ()
        self._linked: frozenset[str] = frozenset()
        self._contradicted: frozenset[str] = frozenset()
        self._lit: frozenset[str] = frozenset()
        self._is_plain_plane = True

    @property
    def lit(self) -> frozenset[str]:
        """The Entities that are lit up."""
        return self._lit

    @property
    def contradicted(self) -> frozenset[str]:
        return self._contradicted

    def show_report(
        self,
        report: Report,
        entities: Iterable[Entity],
        *,
        linked: Collection[str] = (),
        contradicted: Collection[str] = (),
    ) -> None:
        """Show a Report; ``linked`` and ``contradicted`` are ids of Entities tied to the picture."""
        self._text = report.text
        self._is_plain_plane = all(ord(character) < 0x10000 for character in report.text)
        self._entities = tuple(entities)
        self._linked, self._contradicted = frozenset(linked), frozenset(contradicted)
        self._lit = frozenset()
        self.setPlainText(report.text)
        self._space_lines()
        self._mark_sections(report)
        self._mark()

    def clear_report(self, said: str) -> None:
        """Show no Report, and say why."""
        self._text, self._entities = "", ()
        self._lit = frozenset()
        self.setExtraSelections([])
        self.clear()
        self.setPlaceholderText(said)

    def light(self, entity_ids: Iterable[EntityId]) -> None:
        """Light these Entities up and bring the first into view."""
        self._lit = frozenset(entity_ids)
        self._mark()
        first = next((entity for entity in self._entities if entity.id in self._lit), None)
        if first is not None:
            cursor = self.textCursor()
            cursor.setPosition(self._place(first.span.start))
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def point_of(self, entity_id: str) -> QPointF | None:
        """Return where the margin beside an Entity's line ends, in the coordinates of the viewport."""
        for entity in self._entities:
            if entity.id == entity_id:
                return QPointF(_MARGIN_END_PX, self._rect(entity.span.start).center().y())
        return None

    def entity_at(self, position: int) -> Entity | None:
        """Return the shortest Entity around a character of the text."""
        around = [each for each in self._entities if each.span.start <= position < each.span.end]
        return min(around, key=lambda each: each.span.end - each.span.start, default=None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            entity = self._under(event)
            self.entity_clicked.emit(entity.id if entity else "")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        entity = self._under(event)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if entity else Qt.CursorShape.IBeamCursor)
        self.viewport().setToolTip(_tip(entity) if entity else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        painter.setPen(QColor(colors_of(self.palette()).contradicts))
        for entity in self._entities:
            if entity.id in self._contradicted:
                line = self._rect(entity.span.start)
                if line.intersects(event.rect().adjusted(-10_000, 0, 10_000, 0)):
                    painter.drawText(
                        QRect(2, line.top(), 14, line.height()), Qt.AlignmentFlag.AlignCenter, "≠"
                    )

    def _under(self, event: QMouseEvent) -> Entity | None:
        place = event.position().toPoint()
        position = self.cursorForPosition(place).position()
        for candidate in (position, position - 1):
            entity = self.entity_at(self._offset(candidate))
            if entity is not None and self._covers(entity, place.x(), place.y()):
                return entity
        return None

    def _covers(self, entity: Entity, x: int, y: int) -> bool:
        start, end = self._rect(entity.span.start), self._rect(entity.span.end)
        return start.top() <= y <= end.bottom() and (
            start.top() != end.top() or start.left() - 2 <= x <= end.right() + 2
        )

    def _space_lines(self) -> None:
        spaced = QTextBlockFormat()
        spaced.setLineHeight(_LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spaced)

    def _mark_sections(self, report: Report) -> None:
        heading = QTextCharFormat()
        heading.setFontWeight(QFont.Weight.DemiBold)
        cursor = QTextCursor(self.document())
        for section in report.sections:
            if not section.title:
                continue
            at = report.text.find(section.title, max(section.span.start - len(section.title) - 3, 0))
            if 0 <= at <= section.span.end:
                cursor.setPosition(self._place(at))
                cursor.setPosition(self._place(at + len(section.title)), QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(heading)

    def _mark(self) -> None:
        colors = colors_of(self.palette())
        marked = []
        for entity in self._entities:
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(self._place(entity.span.start))
            cursor.setPosition(self._place(entity.span.end), QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor
            selection.format = self._format(entity, colors)
            marked.append(selection)
        self.setExtraSelections(marked)

    def _format(self, entity: Entity, colors: Colors) -> QTextCharFormat:
        against, tied = entity.id in self._contradicted, entity.id in self._linked
        denied = entity.assertion is Assertion.ABSENT
        format_ = QTextCharFormat()
        format_.setUnderlineStyle(_UNDERLINES[entity.assertion])
        format_.setUnderlineColor(
            QColor(colors.contradicts if against else colors.supports if tied else colors.muted)
        )
        format_.setFontStrikeOut(denied)
        if denied:
            format_.setForeground(QColor(colors.muted))
        if against:
            format_.setBackground(QColor(colors.contradicts_tint))
        elif tied:
            format_.setBackground(QColor(colors.tint))
        if entity.id in self._lit:
            format_.setBackground(QColor(colors.accent))
            format_.setForeground(QColor(colors.on_accent))
        return format_

    def _rect(self, offset: int) -> QRect:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._place(offset))
        return self.cursorRect(cursor)

    def _place(self, offset: int) -> int:
        """Return Qt's position (UTF-16 units) of a character of the Report."""
        if self._is_plain_plane:
            return offset
        return offset + sum(ord(character) > 0xFFFF for character in self._text[:offset])

    def _offset(self, place: int) -> int:
        if self._is_plain_plane:
            return max(place, 0)
        return len(self._text.encode("utf-16-le")[: 2 * max(place, 0)].decode("utf-16-le", "ignore"))


def _tip(entity: Entity) -> str:
    said = [entity_words(entity), concept_name(entity), probability_words(entity.score)]
    return "\n".join(part for part in said if part)
