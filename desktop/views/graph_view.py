"""Draws what stands around one thing: cards in columns, with a line for each tie.

Ties differ in color and in shape: support is a solid line, contradiction a thick dashed one with
≠ on it, a comparison without links is dotted, a name or a subject is a thin line.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QKeyEvent, QPainter, QPainterPath, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsScene,
    QGraphicsSceneMouseEvent,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)

from desktop.item_models.things import KIND_MARKS, kind_words, tie_words
from desktop.theme import Colors, colors_of, icon
from desktop.views.graph_layout import CARD_HEIGHT_PX, CARD_WIDTH_PX, lay_out
from engine.store.surroundings import Surroundings, Thing, Tie, TieKind

_HEADING_PX = 34
_BADGE_PX = 9.0
# Two things can be tied in both ways at once.
_SHIFTS_PX = {TieKind.SUPPORTS: -6.0, TieKind.CONTRADICTS: 8.0}
_MOST_ZOOM, _LEAST_ZOOM = 2.5, 0.3


class GraphView(QGraphicsView):
    """``chosen`` carries the Thing that the user moved to, ``centered`` the one to put into the middle."""

    chosen = Signal(object)
    centered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setScene(QGraphicsScene(self))
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setAccessibleName(self.tr("Graph"))
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self._found: Surroundings | None = None
        self._names: Mapping[Thing, str] = {}
        self._cards: dict[Thing, _Card] = {}
        self._lines: list[_TieLine] = []
        self.current: Thing | None = None

    @property
    def ties(self) -> tuple[Tie, ...]:
        """The ties of the current thing; all of them where none is chosen."""
        if self._found is None:
            return ()
        current = self.current
        return tuple(tie for tie in self._found.ties if current is None or current in (tie.first, tie.second))

    def show_graph(self, found: Surroundings | None, names: Mapping[Thing, str]) -> None:
        """Show other surroundings, all of them in view."""
        self._found, self._names, self.current = found, names, None
        self._draw()
        self._fit()

    def choose(self, thing: Thing | None) -> None:
        """Make a thing the current one; its ties stand out."""
        self.current = thing
        for each, card in self._cards.items():
            card.is_current = each == thing
            card.update()
        for line in self._lines:
            line.mark(is_faint=thing is not None and thing not in (line.tie.first, line.tie.second))
        if thing in self._cards:
            self.ensureVisible(self._cards[thing], 20, 20)
            self.setAccessibleDescription(self._names.get(thing, ""))

    def _draw(self) -> None:
        scene = self.scene()
        scene.clear()
        self._cards, self._lines = {}, []
        # The style sheet gives views of pictures a dark ground; a graph stands on that of the window.
        colors = colors_of(QApplication.palette())
        self.setBackgroundBrush(QColor(colors.base))
        if self._found is None:
            return
        places = lay_out(self._found, self._names)
        for tie in self._found.ties:
            line = _TieLine(tie, places[tie.first], places[tie.second], colors)
            line.setToolTip(f"{self._names.get(tie.first)} – {self._names.get(tie.second)}: {tie_words(tie)}")
            scene.addItem(line)
            self._lines.append(line)
        for thing, (left, top) in places.items():
            is_center = thing == self._found.center
            card = _Card(self, thing, self._names.get(thing, ""), colors, is_center=is_center)
            card.setPos(left, top)
            scene.addItem(card)
            self._cards[thing] = card
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        for kind, left in {thing.kind: left for thing, (left, _) in places.items()}.items():
            heading = scene.addSimpleText(kind_words(kind), font)
            heading.setBrush(QColor(colors.muted))
            heading.setPos(left + 2, -_HEADING_PX)
        scene.setSceneRect(scene.itemsBoundingRect().adjusted(-20, -16, 20, 20))

    def _fit(self) -> None:
        """Show all at once, but no card larger than it is meant to be."""
        self.resetTransform()
        if not self._cards:
            return
        room, needed = self.viewport().rect(), self.sceneRect()
        scale = min(room.width() / needed.width(), room.height() / needed.height(), 1.0)
        self.scale(max(scale, _LEAST_ZOOM), max(scale, _LEAST_ZOOM))
        self.centerOn(needed.center())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._found is not None:
            self._draw()
            self.choose(self.current)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        factor = 1.2 ** (event.angleDelta().y() / 120)
        if _LEAST_ZOOM <= self.transform().m11() * factor <= _MOST_ZOOM:
            self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
            self.scale(factor, factor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        steps = {
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
        }
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.centered.emit(self.current)
        elif (step := steps.get(Qt.Key(key))) is not None:
            self._step(*step)
        else:
            super().keyPressEvent(event)

    def _step(self, columns: int, rows: int) -> None:
        """Move to the next card of the column, or to the nearest one of the next column."""
        if self._found is None or not self._cards:
            return
        card = self._cards.get(self.current or self._found.center)
        if self.current is None or card is None:
            self.chosen.emit(self._found.center)
            return
        here = card.pos()
        if rows:
            ahead = [
                each for each in self._cards.values()
                if each.x() == here.x() and (each.y() - here.y()) * rows > 0
            ]  # fmt: skip
        else:
            beyond = {each.x() for each in self._cards.values() if (each.x() - here.x()) * columns > 0}
            column = min(beyond, key=lambda x: abs(x - here.x()), default=None)
            ahead = [each for each in self._cards.values() if each.x() == column]
        nearest = min(ahead, key=lambda each: abs(each.y() - here.y()), default=None)
        if nearest is not None:
            self.chosen.emit(nearest.thing)


class _Card(QGraphicsItem):
    """One thing: its kind as an icon and its name."""

    def __init__(self, view: GraphView, thing: Thing, name: str, colors: Colors, *, is_center: bool) -> None:
        super().__init__()
        self.thing = thing
        self.is_current = False
        self._view, self._name, self._colors, self._is_center = view, name, colors, is_center
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setZValue(1)

    def boundingRect(self) -> QRectF:
        return QRectF(-2, -2, CARD_WIDTH_PX + 4, CARD_HEIGHT_PX + 4)

    def paint(self, painter: QPainter, _: QStyleOptionGraphicsItem, __: QWidget | None = None) -> None:
        colors, card = self._colors, QRectF(0, 0, CARD_WIDTH_PX, CARD_HEIGHT_PX)
        edge = colors.accent if self.is_current or self._is_center else colors.strong_border
        painter.setPen(QPen(QColor(edge), 2.5 if self.is_current else 2 if self._is_center else 1))
        painter.setBrush(QColor(colors.tint if self.is_current or self._is_center else colors.raised))
        painter.drawRoundedRect(card, 7, 7)
        icon(KIND_MARKS[self.thing.kind], colors.muted).paint(painter, 10, (CARD_HEIGHT_PX - 18) // 2, 18, 18)
        font = QFont(self._view.font())
        font.setWeight(QFont.Weight.DemiBold if self._is_center else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(colors.text))
        place = card.adjusted(36, 0, -8, 0)
        name = painter.fontMetrics().elidedText(
            " ".join(self._name.split()), Qt.TextElideMode.ElideMiddle, int(place.width())
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._view.chosen.emit(self.thing)

    def mouseDoubleClickEvent(self, _: QGraphicsSceneMouseEvent) -> None:
        self._view.centered.emit(self.thing)


class _TieLine(QGraphicsPathItem):
    """One tie as a curve between two cards."""

    def __init__(
        self, tie: Tie, first: tuple[float, float], second: tuple[float, float], colors: Colors
    ) -> None:
        super().__init__()
        self.tie = tie
        self._colors = colors
        start, end = sorted((QPointF(*first), QPointF(*second)), key=lambda point: point.x())
        middle = QPointF(0, CARD_HEIGHT_PX / 2 + _SHIFTS_PX.get(tie.kind, 0.0))
        start, end = start + middle + QPointF(CARD_WIDTH_PX, 0), end + middle
        if start.x() > end.x():
            start -= QPointF(CARD_WIDTH_PX / 2, 0)
            end += QPointF(CARD_WIDTH_PX / 2, 0)
        bend = QPointF(max(abs(end.x() - start.x()) / 2, 30), 0)
        path = QPainterPath(start)
        path.cubicTo(start + bend, end - bend, end)
        self.setPath(path)
        color = {TieKind.SUPPORTS: colors.supports, TieKind.CONTRADICTS: colors.contradicts}
        pen = QPen(QColor(color.get(tie.kind, colors.strong_border)), 1.0)
        if tie.kind is TieKind.CONTRADICTS:
            pen.setWidthF(2.6)
            pen.setStyle(Qt.PenStyle.DashLine)
        elif tie.kind is TieKind.SUPPORTS:
            pen.setWidthF(1.8)
        elif tie.kind is TieKind.RELATED:
            pen.setStyle(Qt.PenStyle.DotLine)
        self.setPen(pen)

    def mark(self, *, is_faint: bool) -> None:
        self.setOpacity(0.22 if is_faint else 1.0)

    def boundingRect(self) -> QRectF:
        return super().boundingRect().adjusted(-_BADGE_PX, -_BADGE_PX, _BADGE_PX, _BADGE_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        super().paint(painter, option, widget)
        if self.tie.kind is TieKind.CONTRADICTS:
            middle = self.path().pointAtPercent(0.5)
            painter.setPen(QPen(QColor(self._colors.contradicts), 1.4))
            painter.setBrush(QBrush(QColor(self._colors.base)))
            painter.drawEllipse(middle, _BADGE_PX, _BADGE_PX)
            place = QRectF(middle.x() - _BADGE_PX, middle.y() - _BADGE_PX, 2 * _BADGE_PX, 2 * _BADGE_PX)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "≠")
