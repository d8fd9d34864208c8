"""A Region drawn on its Image: outline, ground, and a tag with its label.

What a machine found has a dashed outline; what a person confirmed a solid one with a check mark;
what was rejected a thin dotted one. A contradiction carries ≠ in its tag.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPathItem,
    QStyleOptionGraphicsItem,
    QWidget,
)

from desktop.item_models.wording import probability_words, region_words, verdict_words
from desktop.theme import region_color
from engine.model.findings import Region, Review, Verdict

_TAG_PAD_PX = 4.0
_INK = QColor("#10141a")


class RegionItem(QGraphicsPathItem):
    """One Region in the coordinates of its Image."""

    def __init__(self, region: Region, review: Review | None, *, is_contradicted: bool) -> None:
        super().__init__(_path(region))
        self.region = region
        self._review = review
        self._is_lit = False
        self._opacity = 0.25
        self._color = region_color(region.label)
        self._tag = _Tag(_tag_text(region, review, is_contradicted), self._color, self)
        box = self.path().boundingRect()
        self._tag.setPos(box.topLeft())
        said = verdict_words(review) if review else probability_words(region.score)
        self.setToolTip(f"{region_words(region)}\n{said}")
        self._restyle()

    @property
    def is_rejected(self) -> bool:
        return self._review is not None and self._review.verdict is Verdict.REJECTED

    def set_fill(self, opacity: float) -> None:
        """Fill the ground with this opacity, 0 to 1."""
        self._opacity = opacity
        self._restyle()

    def set_lit(self, lit: bool) -> None:
        """Light the Region up, or let it step back."""
        self._is_lit = lit
        self._restyle()

    def set_tagged(self, shown: bool) -> None:
        self._tag.setVisible(shown)

    def _restyle(self) -> None:
        ground = QColor(self._color)
        ground.setAlphaF(0.0 if self.is_rejected else min(self._opacity + (0.2 if self._is_lit else 0), 1.0))
        self.setBrush(QBrush(ground))
        pen = QPen(self._color, 3.5 if self._is_lit else 1.8, _pen_style(self._review))
        pen.setCosmetic(True)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self.setPen(pen)
        self.setZValue(2 if self._is_lit else 1)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self._is_lit:
            halo = QPen(QColor("#ffffff"), 7.0)
            halo.setCosmetic(True)
            halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.strokePath(self.path(), halo)
        super().paint(painter, option, widget)


class _Tag(QGraphicsItem):
    """A label in letters of constant size, whatever the zoom."""

    def __init__(self, text: str, color: QColor, parent: QGraphicsItem) -> None:
        super().__init__(parent)
        self._text = text
        self._color = color
        self._font = QFont()
        self._font.setPointSizeF(8.5)
        self._font.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetricsF(self._font)
        width = metrics.horizontalAdvance(text) + 2 * _TAG_PAD_PX
        self._box = QRectF(0, -metrics.height() - 3, width, metrics.height() + 2)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def boundingRect(self) -> QRectF:
        return self._box

    def paint(self, painter: QPainter, _: QStyleOptionGraphicsItem, __: QWidget | None = None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._color)
        painter.drawRoundedRect(self._box, 3, 3)
        painter.setFont(self._font)
        # Dark ink reads on every color of the Region palette but the darkest.
        painter.setPen(_INK if self._color.lightness() > 95 else QColor("#ffffff"))
        painter.drawText(self._box, Qt.AlignmentFlag.AlignCenter, self._text)


def _path(region: Region) -> QPainterPath:
    path = QPainterPath()
    for polygon in region.polygons:
        path.addPolygon(QPolygonF([QPointF(point.x, point.y) for point in polygon.points]))
        path.closeSubpath()
    return path


def _pen_style(review: Review | None) -> Qt.PenStyle:
    if review is None:
        return Qt.PenStyle.DashLine
    return Qt.PenStyle.DotLine if review.verdict is Verdict.REJECTED else Qt.PenStyle.SolidLine


def _tag_text(region: Region, review: Review | None, is_contradicted: bool) -> str:
    marks = {Verdict.CONFIRMED: "✓ ", Verdict.REJECTED: "✗ "}
    mark = marks.get(review.verdict, "✎ ") if review else ""
    label = review.label if review and review.label else region.label
    return f"{'≠ ' if is_contradicted else ''}{mark}{label}"
