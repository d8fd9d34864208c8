"""Curves of a training as they grow: a line per figure, drawn with axes, a legend and the last values."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme import REGION_COLORS, colors_of

_LEFT_PX, _RIGHT_PX, _TOP_PX, _BOTTOM_PX = 56, 14, 10, 34
# Of the legend: the piece of a line, the gap between two names, the height of a row.
_SAMPLE_PX, _GAP_PX, _LINE_PX = 36, 14, 20
_TICKS = 5
# Lines differ by their stroke as well, for those who do not see the colors.
_STROKES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
    Qt.PenStyle.DashDotDotLine,
)


class CurveChart(QWidget):
    """``add`` takes the figures reached at a point of the training; ``clear`` begins anew."""

    def __init__(self, across: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._across = across
        self._curves: dict[str, list[tuple[float, float]]] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(200)
        self.setAccessibleName(self.tr("Curves of the training"))

    @property
    def curves(self) -> Mapping[str, Sequence[tuple[float, float]]]:
        return self._curves

    def clear(self) -> None:
        self._curves = {}
        self.update()

    def add(self, at: float, figures: Mapping[str, float]) -> None:
        """Add one point to the curve of each figure; what is no finite number is left out."""
        for name, value in figures.items():
            if math.isfinite(value):
                curve = self._curves.setdefault(name, [])
                if curve and at < curve[-1][0]:
                    curve.clear()  # the next part of the training counts from the beginning
                curve.append((at, value))
        said = ", ".join(f"{name} {curve[-1][1]:.3g}" for name, curve in self._curves.items() if curve)
        self.setAccessibleDescription(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(520, 280)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = colors_of(self.palette())
        painter.fillRect(self.rect(), QColor(colors.base))
        points = [point for curve in self._curves.values() for point in curve]
        if not points:
            painter.setPen(QColor(colors.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("Curves appear here."))
            return
        top = self._draw_legend(painter, self.width() - _RIGHT_PX) + _TOP_PX
        field = QRectF(self.rect()).adjusted(_LEFT_PX, top, -_RIGHT_PX, -_BOTTOM_PX)
        right = max(*(x for x, _ in points), 1.0)
        low, high = _span([y for _, y in points])
        self._draw_axes(painter, field, right, (low, high))
        for number, curve in enumerate(self._curves.values()):
            painter.setPen(self._pen(number))
            places = [
                QPointF(
                    field.left() + field.width() * x / right,
                    field.bottom() - field.height() * (y - low) / (high - low),
                )
                for x, y in curve
            ]
            painter.drawPolyline(QPolygonF(places))
            painter.drawEllipse(places[-1], 2.5, 2.5)

    def _draw_axes(self, painter: QPainter, field: QRectF, right: float, span: tuple[float, float]) -> None:
        colors = colors_of(self.palette())
        low, high = span
        for tick in range(_TICKS + 1):
            share = tick / _TICKS
            y = field.bottom() - field.height() * share
            painter.setPen(QPen(QColor(colors.border), 1))
            painter.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))
            painter.setPen(QColor(colors.muted))
            label = QRectF(0, y - 9, _LEFT_PX - 8, 18)
            right_middle = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(label, right_middle, f"{low + (high - low) * share:.3g}")
        bottom = QRectF(field.left(), field.bottom() + 4, field.width(), 20)
        painter.drawText(bottom, Qt.AlignmentFlag.AlignLeft, "0")
        painter.drawText(bottom, Qt.AlignmentFlag.AlignHCenter, self._across)
        painter.drawText(bottom, Qt.AlignmentFlag.AlignRight, f"{right:g}")

    def _pen(self, number: int) -> QPen:
        color = QColor(REGION_COLORS[number % len(REGION_COLORS)])
        if colors_of(self.palette()).base == "#ffffff":
            color = color.darker(140)
        return QPen(color, 2, _STROKES[number % len(_STROKES)])

    def _draw_legend(self, painter: QPainter, width: float) -> float:
        """Name the lines with their last values, side by side above them; return where they end."""
        text_color, left, top = QColor(colors_of(self.palette()).text), float(_LEFT_PX), 4.0
        for number, (name, curve) in enumerate(self._curves.items()):
            text = f"{name.replace('_', ' ')}  {curve[-1][1]:.4g}"
            text_width = painter.fontMetrics().horizontalAdvance(text) + 8
            if left > _LEFT_PX and left + _SAMPLE_PX + text_width > width:
                left, top = float(_LEFT_PX), top + _LINE_PX
            middle = top + _LINE_PX / 2
            painter.setPen(self._pen(number))
            painter.drawLine(QPointF(left, middle), QPointF(left + _SAMPLE_PX - 8, middle))
            painter.setPen(text_color)
            place = QRectF(left + _SAMPLE_PX, top, text_width, _LINE_PX)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
            left += _SAMPLE_PX + text_width + _GAP_PX
        return top + _LINE_PX


def _span(values: Sequence[float]) -> tuple[float, float]:
    """Return a range around the values that leaves some room, also where all are equal.

    It does not go below zero where no value does: losses and shares do not.
    """
    low, high = min(values), max(values)
    room = (high - low) * 0.08 or max(abs(high) * 0.1, 0.1)
    return (max(low - room, 0.0) if low >= 0 else low - room), high + room
