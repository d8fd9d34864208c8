"""Draws a Line: a mark, a title over a subtitle, and a word at the end."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.item_models.lines import Line, LineRole
from desktop.theme import Colors, colors_of, icon

_MARK_PX = 18
_GAP_PX = 10
_PAD_PX = 7


class RowDelegate(QStyledItemDelegate):
    """Paints the ``LineRole`` of any list model."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line = index.data(LineRole)
        if not isinstance(line, Line):
            return
        colors = colors_of(option.palette)
        painter.save()
        _paint_ground(painter, option, colors)
        rect = option.rect.adjusted(_GAP_PX, _PAD_PX, -_GAP_PX, -_PAD_PX)
        color: str = getattr(colors, line.color)
        if line.mark:
            place = QRect(rect.left(), rect.center().y() - _MARK_PX // 2, _MARK_PX, _MARK_PX)
            icon(line.mark, color).paint(painter, place)
            rect.setLeft(rect.left() + _MARK_PX + _GAP_PX)
        taken_px = _paint_trailing(painter, option.font, line, rect, color)
        _paint_texts(painter, option.font, line, rect, colors, taken_px)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, _: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, row_height_px(option.font))


def row_height_px(font: QFont) -> int:
    """Return how high a row of two lines is."""
    return 2 * QFontMetrics(font).height() + 2 * _PAD_PX + 4


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, colors: Colors) -> None:
    state = option.state
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(option.rect, QColor(colors.tint))
        painter.fillRect(
            QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), QColor(colors.accent)
        )
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, QColor(colors.panel))
    painter.setPen(QColor(colors.border))
    painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())


def _paint_trailing(painter: QPainter, font: QFont, line: Line, rect: QRect, color: str) -> int:
    """Paint the word at the end and return the width that it took."""
    if not line.trailing:
        return 0
    metrics = QFontMetrics(font)
    width = min(metrics.horizontalAdvance(line.trailing) + 4, rect.width() // 2)
    painter.setFont(font)
    painter.setPen(QColor(color))
    place = QRect(rect.right() - width, rect.top(), width, metrics.height())
    text = metrics.elidedText(line.trailing, Qt.TextElideMode.ElideRight, width)
    painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    return width + _GAP_PX


def _paint_texts(
    painter: QPainter, font: QFont, line: Line, rect: QRect, colors: Colors, taken_px: int
) -> None:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    bold.setStrikeOut(line.is_struck)
    metrics = QFontMetrics(bold)
    height = metrics.height()
    painter.setFont(bold)
    painter.setPen(QColor(colors.muted if line.is_struck else colors.text))
    title = metrics.elidedText(line.title, Qt.TextElideMode.ElideRight, rect.width() - taken_px)
    painter.drawText(
        QRect(rect.left(), rect.top(), rect.width(), height), Qt.AlignmentFlag.AlignVCenter, title
    )
    painter.setFont(font)
    painter.setPen(QColor(colors.muted))
    subtitle = QFontMetrics(font).elidedText(line.subtitle, Qt.TextElideMode.ElideRight, rect.width())
    place = QRect(rect.left(), rect.top() + height + 3, rect.width(), height)
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, subtitle)
