"""Lines from the selected phrase to its Regions, drawn over the two sides of a pair."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.theme import colors_of
from desktop.views.image_canvas import ImageCanvas
from desktop.views.report_text import ReportText
from engine.model.findings import Link, LinkRelation


class Ties(QWidget):
    """A pane over both sides that only draws: agreement as a plain curve, contradiction crossed out."""

    def __init__(self, canvas: ImageCanvas, text: ReportText, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas, self._text, self._ground = canvas, text, parent
        self._links: tuple[Link, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setAccessibleName(self.tr("Lines between phrase and region"))
        parent.installEventFilter(self)
        for bar in (text.verticalScrollBar(), canvas.verticalScrollBar(), canvas.horizontalScrollBar()):
            bar.valueChanged.connect(self._follow)
        canvas.zoomed.connect(self._follow)
        self.setGeometry(parent.rect())
        self.raise_()

    def show_links(self, links: Sequence[Link]) -> None:
        """Draw these; those about the whole Image have no end to draw to."""
        self._links = tuple(link for link in links if link.region_id is not None)
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._ground.rect())
            self.raise_()
        return super().eventFilter(watched, event)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = colors_of(self.palette())
        for link in self._links:
            ends = self._ends(link)
            if ends is not None:
                against = link.relation is LinkRelation.CONTRADICTS
                _draw(painter, *ends, QColor(colors.contradicts if against else colors.supports), against)

    def _ends(self, link: Link) -> tuple[QPointF, QPointF] | None:
        assert link.region_id is not None
        region, phrase = self._canvas.point_of(link.region_id), self._text.point_of(link.entity_id)
        if region is None or phrase is None:
            return None
        for point, view in ((region, self._canvas), (phrase, self._text)):
            if not view.viewport().rect().contains(point.toPoint()):
                return None
        return (
            QPointF(self._canvas.viewport().mapTo(self._ground, region.toPoint())),
            QPointF(self._text.viewport().mapTo(self._ground, phrase.toPoint())),
        )

    def _follow(self) -> None:
        if self._links:
            self.update()


def _draw(painter: QPainter, start: QPointF, end: QPointF, color: QColor, against: bool) -> None:
    path = QPainterPath(start)
    half = QPointF((end.x() - start.x()) / 2, 0)
    path.cubicTo(start + half, end - half, end)
    for pen_color, width in ((QColor(255, 255, 255, 190), 5.0), (color, 2.4)):
        style = Qt.PenStyle.DashLine if against and width < 5 else Qt.PenStyle.SolidLine
        painter.setPen(QPen(pen_color, width, style, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(start, 4, 4)
    if against:
        middle = path.pointAtPercent(0.5)
        painter.setPen(QPen(QColor(255, 255, 255), 1.5))
        painter.drawEllipse(middle, 10, 10)
        painter.drawText(
            round(middle.x()) - 10, round(middle.y()) - 10, 20, 20, Qt.AlignmentFlag.AlignCenter, "≠"
        )
