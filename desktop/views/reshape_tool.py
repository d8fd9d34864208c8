"""Changing the outline of a Region: corners are moved, added and taken away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPolygonF

from desktop.item_models.corners import fewer_corners
from desktop.views.draft_item import DraftItem
from desktop.views.image_canvas import ImageCanvas
from engine.model.geometry import Point, Polygon

_NEAR_PX = 10.0
_STEP_PX = 5.0
_ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_REMOVING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class ReshapeTool(QObject):
    """Edits the largest polygon of a Region; ``changed`` carries all its Polygons when the user is done.

    An outline of hundreds of corners is drawn with fewer: nobody could take hold of one.
    """

    changed = Signal(object)
    left = Signal()

    def __init__(self, canvas: ImageCanvas, polygons: Sequence[Polygon]) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._within = canvas.sceneRect()
        largest = max(polygons, key=lambda polygon: polygon.area_px)
        self._others = tuple(polygon for polygon in polygons if polygon is not largest)
        thinned = fewer_corners(largest)
        self.taken_away = len(largest.points) - len(thinned.points)
        self._corners = [QPointF(point.x, point.y) for point in thinned.points]
        self._active = 0
        self._held_at: QPointF | None = None
        self._holds_all = False
        self._item = DraftItem(self._within)
        canvas.scene().addItem(self._item)
        self._show()

    @property
    def corners(self) -> tuple[QPointF, ...]:
        return tuple(self._corners)

    def remove(self) -> None:
        """Take the handles off the picture; the last call."""
        self._canvas.scene().removeItem(self._item)
        self.deleteLater()

    def finish(self) -> None:
        """Hand the outline over as it is now."""
        self.changed.emit(self._polygons())

    def press(self, place: QPointF) -> None:
        near = min(range(len(self._corners)), key=lambda number: self._far_px(place, self._corners[number]))
        self._holds_all = self._far_px(place, self._corners[near]) > _NEAR_PX
        if self._holds_all and not QPolygonF(self._corners).containsPoint(place, Qt.FillRule.OddEvenFill):
            return
        if not self._holds_all:
            self._active = near
        self._held_at = place
        self._show()

    def move(self, place: QPointF, *, is_pressed: bool) -> None:
        if is_pressed and self._held_at is not None:
            self._shift(place - self._held_at, whole=self._holds_all)
            self._held_at = place

    def release(self, _place: QPointF) -> None:
        self._held_at = None

    def double_click(self, place: QPointF) -> None:
        """Add a corner on the edge that is nearest."""
        pairs = [(corner, self._after(number)) for number, corner in enumerate(self._corners)]
        nearest = min(range(len(pairs)), key=lambda number: _beside(place, *pairs[number]))
        self._insert(nearest + 1, place)

    def wants(self, event: QKeyEvent) -> bool:
        known = (*_ARROWS, *_ENTER, *_TABS, *_REMOVING, Qt.Key.Key_Insert, Qt.Key.Key_Escape)
        return event.key() in known

    def key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in _ENTER:
            self.finish()
        elif event.key() in _TABS:
            step = 1 if event.key() == Qt.Key.Key_Tab else -1
            self._active = (self._active + step) % len(self._corners)
            corner = self._corners[self._active]
            self._canvas.ensureVisible(QRectF(corner, corner), 30, 30)
            self._show()
        elif event.key() in _ARROWS:
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            step_px = 1.0 if fine else _STEP_PX / self._canvas.zoom
            whole = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._shift(_ARROWS[Qt.Key(event.key())] * step_px, whole=whole)
        elif event.key() == Qt.Key.Key_Insert:
            self._insert(self._active + 1, (self._corners[self._active] + self._after(self._active)) / 2)
        elif event.key() in _REMOVING and len(self._corners) > 3:
            del self._corners[self._active]
            self._active %= len(self._corners)
            self._show()
        else:
            return False
        return True

    def _shift(self, way: QPointF, *, whole: bool) -> None:
        for number in range(len(self._corners)) if whole else (self._active,):
            moved = self._corners[number] + way
            self._corners[number] = QPointF(
                min(max(moved.x(), self._within.left()), self._within.right()),
                min(max(moved.y(), self._within.top()), self._within.bottom()),
            )
        self._show()

    def _insert(self, number: int, place: QPointF) -> None:
        self._corners.insert(number, place)
        self._active = number
        self._show()

    def _after(self, number: int) -> QPointF:
        return self._corners[(number + 1) % len(self._corners)]

    def _polygons(self) -> tuple[Polygon, ...]:
        points = tuple(Point(round(each.x(), 1), round(each.y(), 1)) for each in self._corners)
        return (Polygon(points), *self._others)

    def _show(self) -> None:
        self._item.show_corners(self._corners, closed=True, active=self._active)

    def _far_px(self, one: QPointF, other: QPointF) -> float:
        return (one - other).manhattanLength() * self._canvas.zoom


def _beside(place: QPointF, start: QPointF, end: QPointF) -> float:
    """Return how far a place lies from the edge between two corners."""
    way = end - start
    length = QPointF.dotProduct(way, way)
    share = min(max(QPointF.dotProduct(place - start, way) / length, 0.0), 1.0) if length else 0.0
    return (start + way * share - place).manhattanLength()
