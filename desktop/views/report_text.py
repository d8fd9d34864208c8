"""A Report as text with its Entities marked: by kind, by assertion, and by what is tied to a picture.

A denial is struck through over a dashed line, a possibility has a wavy line, the past a dotted one
in italics; a contradiction has ≠ in the margin beside its line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from desktop.theme import Colors, colors_of
from desktop.views.entity_marks import entity_format, entity_tip, found_format
from engine.model.evidence import Report, Span
from engine.model.findings import Entity
from engine.model.ids import EntityId

# One letter may stand in a text fifty thousand times; so many are marked, all are counted.
_MOST_MARKED = 1_000
_LINE_PERCENT = 135.0
_MARGIN_END_PX = 15.0


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
        self._found: tuple[Span, ...] = ()
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
        self._lit, self._found = frozenset(), ()
        self.setPlainText(report.text)
        self._space_lines()
        self._mark_sections(report)
        self._mark()

    def clear_report(self, said: str) -> None:
        """Show no Report, and say why."""
        self._text, self._entities = "", ()
        self._lit, self._found = frozenset(), ()
        self.setExtraSelections([])
        self.clear()
        self.setPlaceholderText(said)

    def light(self, entity_ids: Iterable[EntityId]) -> None:
        """Light these Entities up and bring the first into view."""
        self._lit = frozenset(entity_ids)
        self._mark()
        first = next((entity for entity in self._entities if entity.id in self._lit), None)
        if first is not None:
            self.go_to(first.span.start)

    def go_to(self, offset: int, *, on_top: bool = False) -> None:
        """Bring a character of the Report into view, ``on_top`` to the top of it."""
        cursor = self.textCursor()
        cursor.setPosition(self._place(offset))
        self.setTextCursor(cursor)
        if on_top:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.cursorRect().top() - 8)
        self.ensureCursorVisible()

    def mark_words(self, words: str) -> tuple[Span, ...]:
        """Mark every place where ``words`` stand, in any case of letters, and return these places."""
        wanted = words.casefold()
        folded = self._text.casefold()
        # A letter that folds into two would shift all that follows.
        text = folded if len(folded) == len(self._text) else self._text.lower()
        text = text if len(text) == len(self._text) else self._text
        starts = (match.start() for match in re.finditer(re.escape(wanted), text)) if wanted else ()
        self._found = tuple(Span(start=start, end=start + len(wanted)) for start in starts)
        self._mark()
        return self._found

    def show_found(self, place: Span) -> None:
        """Select one of the found places."""
        cursor = self.textCursor()
        cursor.setPosition(self._place(place.start))
        cursor.setPosition(self._place(place.end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    @property
    def offset(self) -> int:
        """The character of the Report at the top of what is in view."""
        return self._offset(self.cursorForPosition(QPoint(4, 4)).position())

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: +1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier and self._entities:
            self._step(step)
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        """Go to the next or the previous marked phrase."""
        lit = [place for place, entity in enumerate(self._entities) if entity.id in self._lit]
        place = lit[0] + by if lit else 0 if by > 0 else len(self._entities) - 1
        if 0 <= place < len(self._entities):
            self.entity_clicked.emit(self._entities[place].id)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            entity = self._under(event)
            self.entity_clicked.emit(entity.id if entity else "")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        entity = self._under(event)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if entity else Qt.CursorShape.IBeamCursor)
        self.viewport().setToolTip(entity_tip(entity) if entity else "")

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
            selection.format = entity_format(
                entity,
                colors,
                is_tied=entity.id in self._linked,
                is_against=entity.id in self._contradicted,
                is_lit=entity.id in self._lit,
            )
            marked.append(selection)
        self.setExtraSelections(
            [*marked, *(self._found_mark(place, colors) for place in self._found[:_MOST_MARKED])]
        )

    def _found_mark(self, place: Span, colors: Colors) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._place(place.start))
        cursor.setPosition(self._place(place.end), QTextCursor.MoveMode.KeepAnchor)
        selection.cursor = cursor
        selection.format = found_format(colors)
        return selection

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
