"""A label of one line that ends in … where there is no room, and says all in its tool tip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget


class ElidedLabel(QLabel):
    """Its text is never taken for markup; at least ``least_chars`` of it can be read."""

    def __init__(self, parent: QWidget | None = None, *, least_chars: int = 6) -> None:
        super().__init__(parent)
        self._least_chars = least_chars
        self.setTextFormat(Qt.TextFormat.PlainText)

    def minimumSizeHint(self) -> QSize:
        size = super().minimumSizeHint()
        least = self.fontMetrics().averageCharWidth() * self._least_chars
        return QSize(min(size.width(), least), size.height())

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        metrics = self.fontMetrics()
        text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), Qt.AlignmentFlag.AlignVCenter, text)
