"""Drawing by corners, with the mouse or with keys: an outline, a box, a distance, an area."""

from __future__ import annotations

import enum

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop.item_models.measures import Spacing, area_words, distance_words
from desktop.views.draft_item import DraftItem
from desktop.views.image_canvas import ImageCanvas
from engine.model.geometry import Box, Point, Polygon

_NEAR_PX = 9.0
_STEP_PX, _FINE_PX = 10.0, 1.0
_FREEHAND_PX = 12.0
_ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OTHERS = (Qt.Key.Key_Space, Qt.Key.Key_Backspace, Qt.Key.Key_Escape)


class Stroke(enum.Enum):
    """What is drawn; a box and a distance have two corners, the others as many as one likes."""

    OUTLINE = enum.auto()
    BOX = enum.auto()
    DISTANCE = enum.auto()
    AREA = enum.auto()


_PAIRS = (Stroke.BOX, Stroke.DISTANCE)
_MEASURES = (Stroke.DISTANCE, Stroke.AREA)


class StrokeTool(QObject):
    """Takes corners until there are enough; ``drawn`` carries the Polygon of a Region that is complete.

    A measure stays on the picture until the next one begins. ``left`` when the user wants no more.
    """

    drawn = Signal(object)
    left = Signal()

    def __init__(self, canvas: ImageCanvas, stroke: Stroke, spacing: Spacing | None) -> None:
        super().__init__(canvas)
        self._canvas, self._stroke, self._spacing = canvas, stroke, spacing
        self._within = canvas.sceneRect()
        self._corners: list[QPointF] = []
        self._cursor: QPointF | None = None
        self._is_done = False
        self._item = DraftItem(self._within)
        canvas.scene().addItem(self._item)

    @property
    def words(self) -> str:
        """The measure as it stands beside the line."""
        return self._item.words

    def remove(self) -> None:
        """Take the draft off the picture; the last call."""
        self._canvas.scene().removeItem(self._item)
        self.deleteLater()

    def press(self, place: QPointF) -> None:
        place = _inside(self._within, place)
        if self._is_done:
            self._corners, self._is_done = [], False
        if len(self._corners) > 2 and self._is_near(place, self._corners[0]):
            self._finish()
            return
        self._corners.append(place)
        self._finish_pair()
        self._show()

    def move(self, place: QPointF, *, is_pressed: bool) -> None:
        if self._is_done:
            return
        self._cursor = _inside(self._within, place)
        is_far = bool(self._corners) and self._far_px(self._cursor, self._corners[-1]) > _FREEHAND_PX
        if is_pressed and is_far and self._stroke not in _PAIRS:
            self._corners.append(self._cursor)  # the pen is drawn along an edge
        self._show()

    def release(self, place: QPointF) -> None:
        """End a pair that was drawn in one pull."""
        place = _inside(self._within, place)
        pulls = self._stroke in _PAIRS and len(self._corners) == 1 and not self._is_done
        if pulls and not self._is_near(place, self._corners[0]):
            self._corners.append(place)
            self._finish_pair()
            self._show()

    def double_click(self, _place: QPointF) -> None:
        self._finish()

    def wants(self, event: QKeyEvent) -> bool:
        return event.key() in (*_ARROWS, *_ENTER, *_OTHERS)

    def key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in _ARROWS:
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._steer(_ARROWS[Qt.Key(event.key())], fine=fine)
        elif event.key() == Qt.Key.Key_Space or (event.key() in _ENTER and self._stroke in _PAIRS):
            self.press(self._at())
        elif event.key() in _ENTER:
            self._finish()
        elif event.key() == Qt.Key.Key_Backspace and self._corners:
            self._corners.pop()
            self._is_done = False
            self._show()
        else:
            return False
        return True

    def _leave(self) -> None:
        """Give up what was begun; with nothing begun, give the mouse back."""
        if self._corners:
            self._corners, self._is_done = [], False
            self._show()
        else:
            self.left.emit()

    def _steer(self, way: QPointF, *, fine: bool) -> None:
        step = (_FINE_PX if fine else _STEP_PX) / (1.0 if fine else self._canvas.zoom)
        self._cursor = _inside(self._within, self._at() + way * step)
        self._canvas.ensureVisible(QRectF(self._cursor, self._cursor), 30, 30)
        self._show()

    def _at(self) -> QPointF:
        if self._cursor is None:
            self._cursor = self._canvas.seen.intersected(self._within).center()
        return self._cursor

    def _finish_pair(self) -> None:
        if self._stroke in _PAIRS and len(self._corners) == 2:
            self._finish()

    def _finish(self) -> None:
        polygon = self._polygon()
        if self._stroke is Stroke.DISTANCE:
            self._is_done = len(self._corners) == 2
        elif polygon is None:
            return
        else:
            self._is_done = True
        self._cursor = None if self._stroke not in _MEASURES else self._cursor
        self._show()
        if polygon is not None and self._stroke not in _MEASURES:
            self.drawn.emit(polygon)

    def _polygon(self) -> Polygon | None:
        """Return what the corners enclose; None where that is nothing."""
        points = tuple(Point(round(each.x(), 1), round(each.y(), 1)) for each in self._corners)
        distinct = tuple(point for number, point in enumerate(points) if point != points[number - 1])
        if self._stroke is Stroke.BOX and len(points) == 2:
            (one, other) = points
            box = Box(min(one.x, other.x), min(one.y, other.y), max(one.x, other.x), max(one.y, other.y))
            return box.as_polygon() if box.area_px >= 1 else None
        if self._stroke in _PAIRS or len(distinct) < 3 or Polygon(distinct).area_px < 1:
            return None
        return Polygon(distinct)

    def _show(self) -> None:
        cursor = None if self._is_done else self._cursor
        corners = list(self._corners)
        closed = self._stroke in (Stroke.OUTLINE, Stroke.AREA)
        if self._stroke is Stroke.BOX and corners:
            end = corners[1] if len(corners) == 2 else cursor or corners[0]
            box = QRectF(corners[0], end).normalized()
            corners, closed = [box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft()], True
            cursor = None
        self._item.show_corners(corners, closed=closed, cursor=cursor, words=self._measured())

    def _measured(self) -> str:
        line = [*self._corners, *([self._cursor] if self._cursor is not None and not self._is_done else [])]
        points = tuple(Point(each.x(), each.y()) for each in line)
        if self._stroke is Stroke.DISTANCE and len(points) >= 2:
            return distance_words(points[0], points[1], self._spacing)
        if self._stroke is Stroke.AREA and len(points) >= 3:
            return area_words(Polygon(points), self._spacing)
        if self._stroke is Stroke.BOX and len(points) >= 2:
            return f"{abs(points[0].x - points[1].x):.0f} × {abs(points[0].y - points[1].y):.0f} px"
        return ""

    def _is_near(self, one: QPointF, other: QPointF) -> bool:
        return self._far_px(one, other) < _NEAR_PX

    def _far_px(self, one: QPointF, other: QPointF) -> float:
        return (one - other).manhattanLength() * self._canvas.zoom


def _inside(within: QRectF, place: QPointF) -> QPointF:
    """Return the place of the Image that is nearest."""
    return QPointF(
        min(max(place.x(), within.left()), within.right()), min(max(place.y(), within.top()), within.bottom())
    )
