"""A few words on a picture, in letters of constant size whatever the zoom."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

_PAD_PX = 4.0
_INK = QColor("#10141a")
_POINTS = 8.5


class TagItem(QGraphicsItem):
    """Stands with its lower left corner on its place; ``framed`` puts a white line around it."""

    def __init__(
        self, text: str, color: QColor, parent: QGraphicsItem | None = None, *, framed: bool = False
    ) -> None:
        super().__init__(parent)
        self._text = ""
        self._color = color
        self._is_framed = framed
        self._font = QFont()
        self._font.setPointSizeF(_POINTS)
        self._font.setWeight(QFont.Weight.DemiBold)
        self._box = QRectF()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.set_text(text)

    @property
    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        self.prepareGeometryChange()
        self._text = text
        metrics = QFontMetricsF(self._font)
        width = metrics.horizontalAdvance(text) + 2 * _PAD_PX
        self._box = QRectF(0, -metrics.height() - 3, width, metrics.height() + 2)
        self.setVisible(bool(text))

    def place_at(self, corner: QPoint) -> QRect:
        """Return the pixels of the screen that the tag covers when it stands at ``corner``."""
        return self._box.toAlignedRect().translated(corner)

    def boundingRect(self) -> QRectF:
        return self._box.adjusted(-1, -1, 1, 1)

    def paint(self, painter: QPainter, _: QStyleOptionGraphicsItem, __: QWidget | None = None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor("#ffffff") if self._is_framed else Qt.PenStyle.NoPen)
        painter.setBrush(self._color)
        painter.drawRoundedRect(self._box, 3, 3)
        painter.setFont(self._font)
        # Dark ink reads on every color of the Region palette but the darkest.
        painter.setPen(_INK if self._color.lightness() > 95 else QColor("#ffffff"))
        painter.drawText(self._box, Qt.AlignmentFlag.AlignCenter, self._text)
