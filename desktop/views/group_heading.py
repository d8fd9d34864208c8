"""The heading of a group in the gallery: an arrow, what the group shares, and how many there are."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter

from desktop.item_models.grid_layout import Group
from desktop.item_models.wording import number_words
from desktop.theme import Colors, icon

_ARROW_PX = 16


def paint_heading(
    painter: QPainter, rect: QRect, group: Group, colors: Colors, *, is_closed: bool, is_focused: bool
) -> None:
    """Paint the heading into ``rect``; ``is_focused`` draws the frame of the keyboard around it."""
    painter.save()
    painter.fillRect(rect.adjusted(0, 3, 0, -3), QColor(colors.panel))
    if is_focused:
        painter.setPen(QColor(colors.accent))
        painter.drawRect(rect.adjusted(1, 3, -2, -4))
    arrow = QRect(rect.left() + 8, rect.center().y() - _ARROW_PX // 2, _ARROW_PX, _ARROW_PX)
    icon("closed" if is_closed else "opened", colors.muted).paint(painter, arrow)
    font = painter.font()
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor(colors.text))
    words, metrics = rect.adjusted(arrow.right() + 6, 0, -8, 0), painter.fontMetrics()
    count = number_words(group.count)
    room = words.width() - metrics.horizontalAdvance(f"    {count}")
    title = metrics.elidedText(group.title, Qt.TextElideMode.ElideMiddle, room)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, title)
    painter.setPen(QColor(colors.muted))
    after = words.adjusted(metrics.horizontalAdvance(f"{title}   "), 0, 0, 0)
    painter.drawText(after, Qt.AlignmentFlag.AlignVCenter, count)
    painter.restore()
