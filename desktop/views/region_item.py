"""A Region drawn on its Image: outline, ground, and a tag with its label.

What a machine found has a dashed outline; what a person confirmed a solid one with a check mark;
what a person drew or changed a solid one with a white line beside it and a pencil; what was rejected a
thin dotted one. A contradiction carries ≠ in its tag.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsPathItem, QStyleOptionGraphicsItem, QWidget

from desktop.item_models.wording import probability_words, region_words, verdict_words
from desktop.theme import region_color
from desktop.views.tag_item import TagItem
from engine.model.findings import Region, Review, Verdict

_BY_HAND = (Verdict.ADDED, Verdict.CORRECTED)
_MARKS = {Verdict.CONFIRMED: "✓ ", Verdict.REJECTED: "✗ "}


class RegionItem(QGraphicsPathItem):
    """One Region in the coordinates of its Image."""

    def __init__(self, region: Region, review: Review | None, *, is_contradicted: bool) -> None:
        super().__init__(outline_path(region))
        self.region = region
        self._review = review
        self._is_lit = False
        self._opacity = 0.25
        self._color = region_color(region.label)
        text = _tag_text(region, review, is_contradicted)
        self.tag = TagItem(text, self._color, self, framed=self.is_by_hand)
        box = self.path().boundingRect()
        self.tag.setPos(box.topLeft())
        self.area_px = box.width() * box.height()
        said = verdict_words(review) if review else probability_words(region.score)
        self.setToolTip(f"{region_words(region)}\n{said}")
        self._restyle()

    @property
    def is_rejected(self) -> bool:
        return self._review is not None and self._review.verdict is Verdict.REJECTED

    @property
    def is_lit(self) -> bool:
        return self._is_lit

    def set_fill(self, opacity: float) -> None:
        """Fill the ground with this opacity, 0 to 1."""
        self._opacity = opacity
        self._restyle()

    def set_lit(self, lit: bool) -> None:
        """Light the Region up, or let it step back."""
        self._is_lit = lit
        self._restyle()

    @property
    def is_by_hand(self) -> bool:
        return self._review is not None and self._review.verdict in _BY_HAND

    def _restyle(self) -> None:
        ground = QColor(self._color)
        opacity = self._opacity / 2 if self.region.parent_id else self._opacity
        ground.setAlphaF(0.0 if self.is_rejected else min(opacity + (0.2 if self._is_lit else 0), 1.0))
        self.setBrush(QBrush(ground))
        width = 3.5 if self._is_lit else 1.2 if self.region.parent_id else 1.8
        self.setPen(_pen(self._color, width, _pen_style(self._review)))
        self.setZValue(4 if self._is_lit else 3 if self.region.parent_id else 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self._is_lit or self.is_by_hand:
            painter.strokePath(self.path(), _pen(QColor("#ffffff"), 7.0 if self._is_lit else 4.5))
        super().paint(painter, option, widget)


def outline_path(region: Region) -> QPainterPath:
    """Return the outline of a Region, closed."""
    path = QPainterPath()
    for polygon in region.polygons:
        path.addPolygon(QPolygonF([QPointF(point.x, point.y) for point in polygon.points]))
        path.closeSubpath()
    return path


def _pen(color: QColor, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    pen = QPen(color, width, style)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _pen_style(review: Review | None) -> Qt.PenStyle:
    if review is None:
        return Qt.PenStyle.DashLine
    return Qt.PenStyle.DotLine if review.verdict is Verdict.REJECTED else Qt.PenStyle.SolidLine


def _tag_text(region: Region, review: Review | None, is_contradicted: bool) -> str:
    mark = _MARKS.get(review.verdict, "✎ ") if review else ""
    return f"{'≠ ' if is_contradicted else ''}{mark}{region.label}"
