"""Thumbnails from the case file as pixmaps: read and decoded beside the event loop, a few hundred kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from desktop.background import Background
from engine.clock import system_clock
from engine.errors import EngineError
from engine.model.ids import ImageId
from engine.store import CaseStore, open_case

# What a large screen shows several times over; 320 by 320 pixels of four bytes take 160 MB at most.
_MOST_KEPT = 400
# What was scrolled past before its turn came is not decoded.
_MOST_WANTED = 160
_BATCH = 12
_GATHER_MS = 10
_BLURRED_PX = 9


class Thumbnails(QObject):
    """Gives pixmaps at once where it has them; ``arrived`` says when more can be drawn.

    They are at most ``side_px`` large; with ``is_blurred`` nothing can be made out on them.
    """

    arrived = Signal()

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._store: CaseStore | None = None
        self._reader: _Reader | None = None
        self._kept: OrderedDict[ImageId, QPixmap] = OrderedDict()
        self._wanted: OrderedDict[ImageId, None] = OrderedDict()
        self._without: set[ImageId] = set()
        self._side_px = 320
        self._is_blurred = False
        self._is_reading = False
        self._gather = QTimer(self, singleShot=True, interval=_GATHER_MS)
        self._gather.timeout.connect(self._read)

    def open(self, store: CaseStore | None) -> None:
        """Take thumbnails from another case; they are read through a connection of their own."""
        if self._reader is not None:
            self._reader.close()
        self._store = store
        self._reader = _Reader(store) if store is not None else None
        self._is_reading = False
        self._forget()

    @property
    def is_blurred(self) -> bool:
        return self._is_blurred

    def set_side(self, side_px: int) -> None:
        """Give them in another size from now on, in pixels of the screen."""
        if side_px != self._side_px:
            self._side_px = side_px
            self._forget()

    def set_blurred(self, blurred: bool) -> None:
        """Blur all thumbnails, or show them again."""
        self._is_blurred = blurred
        self._forget()
        self.arrived.emit()

    def pixmap(self, image_id: ImageId) -> QPixmap | None:
        """Return the thumbnail, or None while it is on its way or where there is none."""
        kept = self._kept.get(image_id)
        if kept is not None:
            self._kept.move_to_end(image_id)
        elif self._store is not None and image_id not in self._without:
            self._wanted[image_id] = None
            self._wanted.move_to_end(image_id)
            if len(self._wanted) > _MOST_WANTED:
                self._wanted.popitem(last=False)
            if not self._gather.isActive():
                self._gather.start()
        return kept

    def pixmap_now(self, image_id: ImageId) -> QPixmap:
        """Return the thumbnail as it is in the case, decoded here and now; null where there is none."""
        jpeg = self._store.thumbnail(image_id) if self._store is not None else None
        return QPixmap.fromImage(QImage.fromData(jpeg)) if jpeg else QPixmap()

    def _read(self) -> None:
        """Read the thumbnails that were wanted last."""
        reader = self._reader
        if self._is_reading or reader is None or not self._wanted:
            return
        wanted = [self._wanted.popitem()[0] for _ in range(min(_BATCH, len(self._wanted)))]
        side_px, is_blurred = self._side_px, self._is_blurred
        self._is_reading = True
        self._background.run(
            lambda: [(each, _decoded(reader.jpeg(each), side_px, is_blurred)) for each in wanted],
            lambda found: self._keep(reader, (side_px, is_blurred), found),
        )

    def _keep(
        self, reader: _Reader, kind: tuple[int, bool], found: Sequence[tuple[ImageId, QImage | None]]
    ) -> None:
        if reader is not self._reader:
            return
        if kind == (self._side_px, self._is_blurred):
            for image_id, picture in found:
                if picture is None:
                    self._without.add(image_id)
                else:
                    self._kept[image_id] = QPixmap.fromImage(picture)
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
            self.arrived.emit()
        self._read_on()

    def _read_on(self) -> None:
        self._is_reading = False
        self._read()

    def _forget(self) -> None:
        self._kept.clear()
        self._wanted.clear()
        self._without.clear()


class _Reader:
    """A connection that another thread reads thumbnails through; closed, it gives none."""

    def __init__(self, store: CaseStore) -> None:
        self._turn = threading.Lock()
        self._path, self._key = store.path, store.key
        self._store: CaseStore | None = None
        self._is_closed = False

    def jpeg(self, image_id: ImageId) -> bytes | None:
        with self._turn:
            if self._is_closed:
                return None
            try:
                if self._store is None:
                    self._store = open_case(self._path, clock=system_clock, read_only=True, key=self._key)
                    self._store.connection.keep_little()
                return self._store.thumbnail(image_id)
            except EngineError:
                return None  # the page that shows the Image says what is wrong with the case

    def close(self) -> None:
        with self._turn:
            self._is_closed = True
            if self._store is not None:
                self._store.close()
                self._store = None


def _decoded(jpeg: bytes | None, side_px: int, is_blurred: bool) -> QImage | None:
    if not jpeg:
        return None
    # Only the reader lets other threads go on meanwhile; QImage would hold the window up.
    buffer = QBuffer()
    buffer.setData(QByteArray(jpeg))
    reader = QImageReader(buffer)
    keep = Qt.AspectRatioMode.KeepAspectRatio
    size = reader.size().scaled(QSize(side_px, side_px), keep)
    few = reader.size().scaled(QSize(_BLURRED_PX, _BLURRED_PX), keep)
    if size.width() < reader.size().width() or is_blurred:
        # From so few points nobody can tell what it was, however it is enlarged.
        reader.setScaledSize(few.expandedTo(QSize(1, 1)) if is_blurred else size)
    picture = reader.read()
    if picture.isNull():
        return None
    smooth = Qt.TransformationMode.SmoothTransformation
    return picture.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth) if is_blurred else picture
