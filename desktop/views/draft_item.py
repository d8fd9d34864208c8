"""What is being drawn or measured: corners, the line between them, where the next one would be."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from desktop.views.tag_item import TagItem

# Black on white on violet is seen on every picture.
_LINE, _HALO, _ACTIVE = QColor("#8a63ff"), QColor("#ffffff"), QColor("#ffd21e")
_HANDLE_PX = 4.5
_ON_TOP = 10.0


class DraftItem(QGraphicsItem):
    """Draws corners with handles of constant size; ``active`` is the corner that keys move."""

    def __init__(self, around: QRectF) -> None:
        super().__init__()
        self._around = around.adjusted(-around.width(), -around.height(), around.width(), around.height())
        self._corners: tuple[QPointF, ...] = ()
        self._cursor: QPointF | None = None
        self._is_closed = False
        self._active = -1
        self._tag = TagItem("", _LINE, self, framed=True)
        self.setZValue(_ON_TOP)

    def show_corners(
        self,
        corners: Sequence[QPointF],
        *,
        closed: bool,
        cursor: QPointF | None = None,
        active: int = -1,
        words: str = "",
    ) -> None:
        """Draw these corners, joined; ``cursor`` is where the next one would be, ``words`` stand beside."""
        self._corners, self._is_closed = tuple(corners), closed
        self._cursor, self._active = cursor, active
        self._tag.set_text(words)
        if words and self._corners:
            self._tag.setPos(max(self._corners, key=lambda corner: (corner.x(), -corner.y())))
        self.update()

    @property
    def words(self) -> str:
        return self._tag.text

    def boundingRect(self) -> QRectF:
        return self._around

    def paint(self, painter: QPainter, _: QStyleOptionGraphicsItem, __: QWidget | None = None) -> None:
        path = self._path()
        for color, width in ((_HALO, 4.5), (_LINE, 2.2)):
            pen = QPen(color, width)
            pen.setCosmetic(True)
            painter.strokePath(path, pen)
        scale = painter.worldTransform().m11() or 1.0
        for number, corner in enumerate(self._corners):
            _draw_handle(painter, corner, scale, is_active=number == self._active)
        if self._cursor is not None:
            _draw_cross(painter, self._cursor, scale)

    def _path(self) -> QPainterPath:
        path = QPainterPath()
        line = [*self._corners, *([self._cursor] if self._cursor is not None and self._corners else [])]
        if not line:
            return path
        path.moveTo(line[0])
        for corner in line[1:]:
            path.lineTo(corner)
        if self._is_closed and len(line) > 2:
            path.closeSubpath()
        return path


def _draw_handle(painter: QPainter, corner: QPointF, scale: float, *, is_active: bool) -> None:
    radius = (_HANDLE_PX + (2 if is_active else 0)) / scale
    pen = QPen(_LINE if not is_active else QColor("#10141a"), 1.6)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.setBrush(_ACTIVE if is_active else _HALO)
    painter.drawEllipse(corner, radius, radius)


def _draw_cross(painter: QPainter, place: QPointF, scale: float) -> None:
    arm = 11 / scale
    for color, width in ((_HALO, 4.0), (QColor("#10141a"), 1.4)):
        pen = QPen(color, width)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.drawLine(place - QPointF(arm, 0), place + QPointF(arm, 0))
        painter.drawLine(place - QPointF(0, arm), place + QPointF(0, arm))
