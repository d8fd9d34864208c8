"""Thumbnails from the case file as pixmaps: decoded beside the event loop, a few hundred kept."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from desktop.background import Background
from engine.model.ids import ImageId
from engine.store import CaseStore

# 320 by 320 pixels of four bytes each: 400 of them take at most 160 MB.
_MOST_KEPT = 400


class Thumbnails(QObject):
    """Gives pixmaps at once where it has them; ``arrived`` says when more can be drawn."""

    arrived = Signal(str)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._store: CaseStore | None = None
        self._kept: OrderedDict[ImageId, QPixmap] = OrderedDict()
        self._asked: set[ImageId] = set()

    def open(self, store: CaseStore | None) -> None:
        """Take thumbnails from another case."""
        self._store = store
        self._kept.clear()
        self._asked.clear()

    def pixmap(self, image_id: ImageId) -> QPixmap | None:
        """Return the thumbnail, or None while it is on its way or where there is none."""
        kept = self._kept.get(image_id)
        if kept is not None:
            self._kept.move_to_end(image_id)
        elif image_id not in self._asked and self._store is not None:
            self._ask(self._store, image_id)
        return kept

    def pixmap_now(self, image_id: ImageId) -> QPixmap:
        """Return the thumbnail, decoded here and now; a null pixmap where there is none."""
        kept = self.pixmap(image_id)
        if kept is not None:
            return kept
        jpeg = self._store.thumbnail(image_id) if self._store is not None else None
        return QPixmap.fromImage(QImage.fromData(jpeg)) if jpeg else QPixmap()

    def _ask(self, store: CaseStore, image_id: ImageId) -> None:
        self._asked.add(image_id)
        jpeg = store.thumbnail(image_id)
        if jpeg:
            self._background.run(
                lambda: QImage.fromData(jpeg), lambda picture: self._keep(store, image_id, picture)
            )

    def _keep(self, store: CaseStore, image_id: ImageId, picture: QImage) -> None:
        if store is not self._store:
            return
        self._kept[image_id] = QPixmap.fromImage(picture)
        if len(self._kept) > _MOST_KEPT:
            dropped, _ = self._kept.popitem(last=False)
            self._asked.discard(dropped)
        self.arrived.emit(image_id)
