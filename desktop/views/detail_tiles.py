"""The parts of a large picture that are in view, in full sharpness; decoded beside the event loop."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from math import floor, log2

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QGraphicsPixmapItem

from desktop.background import Background
from desktop.session.previews import Tiles, decoded
from desktop.views.image_canvas import ImageCanvas

_SETTLE_MS = 40
# A megabyte each: what a large screen shows, and as much again around it.
_MOST_KEPT = 96
# The picture at hand may be a little coarser than the screen before anyone sees it.
_BARELY = 1.15

_Place = tuple[int, int, int]


class DetailTiles(QObject):
    """Lays tiles over the canvas where it is zoomed in beyond the picture at hand.

    ``wanted`` when tiles would help and none are known.
    """

    wanted = Signal()

    def __init__(self, canvas: ImageCanvas, background: Background) -> None:
        super().__init__(canvas)
        self._canvas, self._background = canvas, background
        self._tiles: Tiles | None = None
        self._is_wanted = False
        self._items: OrderedDict[_Place, QGraphicsPixmapItem] = OrderedDict()
        self._asked: set[_Place] = set()
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._look)
        canvas.moved.connect(self._settle.start)

    @property
    def shown(self) -> int:
        """How many tiles lie on the picture."""
        return sum(item.isVisible() for item in self._items.values())

    def show_tiles(self, tiles: Tiles | None) -> None:
        """Take tiles from another picture, or none until they are known."""
        for item in self._items.values():
            self._canvas.scene().removeItem(item)
        self._items.clear()
        self._asked.clear()
        self._tiles, self._is_wanted = tiles, False
        self._settle.start()

    def _look(self) -> None:
        """Show what is in view now, and load what of it is missing."""
        scale = self._canvas.zoom * self._canvas.devicePixelRatioF()
        if scale <= self._canvas.picture_scale * _BARELY or self._canvas.picture_scale >= 1:
            self._show_levels(None)
            return
        tiles = self._tiles
        if tiles is None:
            if not self._is_wanted:
                self._is_wanted = True
                self.wanted.emit()
            return
        level = min(max(floor(-log2(min(scale, 1.0)) + 0.05), 0), tiles.levels - 1)
        self._show_levels(level)
        for place in _places(tiles, level, self._canvas.seen):
            if place in self._items:
                self._items.move_to_end(place)
            elif place not in self._asked:
                self._load(tiles, place)

    def _show_levels(self, finest: int | None) -> None:
        for (level, _, _), item in self._items.items():
            item.setVisible(finest is not None and level >= finest)

    def _load(self, tiles: Tiles, place: _Place) -> None:
        self._asked.add(place)
        path = str(tiles.folder / f"{place[0]}-{place[1]}-{place[2]}.jpg")
        self._background.run(lambda: decoded(path), lambda picture: self._lay(tiles, place, picture))

    def _lay(self, tiles: Tiles, place: _Place, picture: QImage) -> None:
        if tiles is not self._tiles:
            return
        self._asked.discard(place)
        if picture.isNull():
            return
        level, column, row = place
        item = QGraphicsPixmapItem(QPixmap.fromImage(picture))
        item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        item.setPos(column * tiles.tile_px << level, row * tiles.tile_px << level)
        item.setScale(1 << level)
        # Above the whole picture, finer over coarser, below every Region.
        item.setZValue(1 - level / 100)
        self._canvas.scene().addItem(item)
        self._items[place] = item
        if len(self._items) > _MOST_KEPT:
            _, dropped = self._items.popitem(last=False)
            self._canvas.scene().removeItem(dropped)


def _places(tiles: Tiles, level: int, seen: QRectF) -> Iterator[_Place]:
    """Yield the tiles of a level that lie in a part of the Image."""
    side = tiles.tile_px << level
    part = seen.intersected(QRectF(0, 0, tiles.width_px, tiles.height_px))
    if part.isEmpty():
        return
    for row in range(int(part.top() // side), int((part.bottom() - 1e-6) // side) + 1):
        for column in range(int(part.left() // side), int((part.right() - 1e-6) // side) + 1):
            yield level, column, row
