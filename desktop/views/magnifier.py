"""A lens over the picture that follows the pointer and shows what is under it larger."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.views.image_canvas import ImageCanvas

_SIDE_PX = 240
_FACTOR = 3.0


class Magnifier(QWidget):
    """Shows the picture three times as large, Regions included, and takes no clicks."""

    def __init__(self, canvas: ImageCanvas) -> None:
        super().__init__(canvas.viewport())
        self._canvas = canvas
        self._place = QPointF()
        self.setAccessibleName(self.tr("Magnifier"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.resize(QSize(_SIDE_PX, _SIDE_PX))
        self.hide()
        canvas.pointed.connect(self.look_at)
        canvas.moved.connect(self.update)

    @property
    def factor(self) -> float:
        return _FACTOR

    def set_shown(self, shown: bool) -> None:
        """Show the lens over the pointer, or over the middle of the view."""
        if shown:
            middle = self._canvas.viewport().rect().center()
            pointer = self._canvas.viewport().mapFromGlobal(self._canvas.cursor().pos())
            is_over = self._canvas.viewport().rect().contains(pointer)
            self.look_at(self._canvas.mapToScene(pointer if is_over else middle))
        self.setVisible(shown)

    def look_at(self, place: QPointF) -> None:
        """Enlarge around this place of the Image."""
        self._place = place
        self.move(self._canvas.mapFromScene(place) - QPoint(_SIDE_PX // 2, _SIDE_PX // 2))
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        if self._canvas.zoom <= 0:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        lens = QPainterPath()
        lens.addEllipse(QRectF(self.rect()).adjusted(2, 2, -2, -2))
        painter.setClipPath(lens)
        painter.fillPath(lens, QColor("#20242b"))
        side = _SIDE_PX / (self._canvas.zoom * _FACTOR)
        source = QRectF(self._place.x() - side / 2, self._place.y() - side / 2, side, side)
        self._canvas.scene().render(painter, QRectF(self.rect()), source)
        painter.setClipping(False)
        for color, width in ((QColor("#10141a"), 4.0), (QColor("#ffffff"), 2.0)):
            painter.setPen(QPen(color, width))
            painter.drawPath(lens)
