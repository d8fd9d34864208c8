"""Draws one Image of the gallery: thumbnail, name, and badges with shape and number."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.item_models.images import Badges, BadgesRole
from desktop.item_models.paged import RowRole
from desktop.item_models.thumbnails import Thumbnails
from desktop.theme import Colors, colors_of, icon

_PAD_PX = 8
_BADGE_PX = 15
_DOT_PX = 9


class GalleryDelegate(QStyledItemDelegate):
    """Paints Images in cells for thumbnails of ``side_px`` and two lines of text."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self.side_px = 180

    def sizeHint(self, option: QStyleOptionViewItem, _: QModelIndex | QPersistentModelIndex) -> QSize:
        return self.cell_size(QFontMetrics(option.font).height())

    def cell_size(self, line_px: int) -> QSize:
        """Return the size of a cell for lines of text of this height."""
        return QSize(self.side_px + 2 * _PAD_PX + 6, self.side_px + line_px + _BADGE_PX + 4 * _PAD_PX + 6)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, badges = index.data(RowRole), index.data(BadgesRole)
        if row is None or badges is None:
            return
        colors = colors_of(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = option.rect.adjusted(3, 3, -3, -3)
        _paint_card(painter, option, cell, colors)
        frame = QRect(cell.left() + _PAD_PX, cell.top() + _PAD_PX, cell.width() - 2 * _PAD_PX, self.side_px)
        painter.fillRect(frame, QColor(colors.stage))
        pixmap = self._thumbnails.pixmap(row.image.id)
        if pixmap is not None:
            size = pixmap.size() / pixmap.devicePixelRatio()
            size.scale(size.boundedTo(frame.size()), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(frame.topLeft(), size)
            place.moveCenter(frame.center())
            painter.drawPixmap(place, pixmap)
        if not badges.is_seen:
            _paint_unseen(painter, frame, colors)
        below = QRect(frame.left(), frame.bottom() + _PAD_PX, frame.width(), cell.bottom() - frame.bottom())
        _paint_words(painter, option, badges, below, colors)
        painter.restore()


def _paint_card(painter: QPainter, option: QStyleOptionViewItem, cell: QRect, colors: Colors) -> None:
    is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
    is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    painter.setPen(QPen(QColor(colors.accent if is_selected else colors.border), 2 if is_selected else 1))
    painter.setBrush(QColor(colors.tint if is_selected or is_hovered else colors.raised))
    painter.drawRoundedRect(cell, 7, 7)
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(QColor(colors.text), 1, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cell.adjusted(3, 3, -3, -3), 5, 5)


def _paint_unseen(painter: QPainter, frame: QRect, colors: Colors) -> None:
    """Mark what the examiner has not looked at: a dot in the corner, as of unread mail."""
    painter.setPen(QPen(QColor("#ffffff"), 1.5))
    painter.setBrush(QColor(colors.accent))
    painter.drawEllipse(frame.right() - _DOT_PX - 4, frame.top() + 5, _DOT_PX, _DOT_PX)


def _paint_words(
    painter: QPainter, option: QStyleOptionViewItem, badges: Badges, rect: QRect, colors: Colors
) -> None:
    metrics = QFontMetrics(option.font)
    painter.setFont(option.font)
    painter.setPen(QColor(colors.text))
    name = metrics.elidedText(badges.name, Qt.TextElideMode.ElideMiddle, rect.width())
    painter.drawText(QRect(rect.left(), rect.top(), rect.width(), metrics.height()), 0, name)
    left, top = rect.left(), rect.top() + metrics.height() + 4
    for mark, number, color in (
        ("regions", badges.regions, colors.muted),
        ("contradictions", badges.contradictions, colors.contradicts),
        ("confirm", badges.decided, colors.decided),
    ):
        if number:
            icon(mark, color).paint(painter, QRect(left, top, _BADGE_PX, _BADGE_PX))
            painter.setPen(QColor(color))
            text = str(number)
            place = QRect(left + _BADGE_PX + 3, top - 2, 60, _BADGE_PX + 4)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
            left += _BADGE_PX + 3 + metrics.horizontalAdvance(text) + 12
