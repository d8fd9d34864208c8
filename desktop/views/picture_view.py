"""One Image as large as there is room: its picture from the engine, frames, and window of values."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QPixmap, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.dialogs.texts import column
from desktop.item_models.thumbnails import Thumbnails
from desktop.session.previews import PREVIEW_PX, Preview, Tiles, Wish
from desktop.session.reading import ImageFindings
from desktop.session.session import Session
from desktop.views.detail_tiles import DetailTiles
from desktop.views.frame_bar import FrameBar
from desktop.views.image_canvas import ImageCanvas
from desktop.views.magnifier import Magnifier
from desktop.views.window_level import WindowLevel
from engine.model.findings import Region, Review

# Windowing follows the hand, but no faster than the engine can draw.
_WINDOW_MS = 60
# Whoever leafs past a picture has not looked at it.
_LOOK_MS = 1_000


class PictureView(QWidget):
    """Shows an Image with Regions on it.

    ``told`` carries what is to be known of the picture at hand, in a word and a sentence; both are
    empty once it is there in full. ``looked_at`` carries the id of an Image that was in view for a while.
    """

    told = Signal(str, str)
    looked_at = Signal(str)

    def __init__(self, session: Session, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._thumbnails = thumbnails
        self.found: ImageFindings | None = None
        self.is_waiting = False
        self.canvas = ImageCanvas()
        self.window_level = WindowLevel()
        self.frame_bar = FrameBar()
        self.magnifier = Magnifier(self.canvas)
        self.tiles = DetailTiles(self.canvas, session.background)
        column(self.canvas, self.frame_bar, self.window_level, parent=self)
        self.layout().setStretch(0, 1)  # type: ignore[union-attr]
        self.setFocusProxy(self.canvas)
        self._ask_later = QTimer(self, singleShot=True, interval=_WINDOW_MS)
        self._ask_later.timeout.connect(self._ask)
        self._look = QTimer(self, singleShot=True, interval=_LOOK_MS)
        self._look.timeout.connect(self._on_looked)
        self.canvas.dragged.connect(self._on_dragged)
        self.window_level.changed.connect(self._ask_later.start)
        self.tiles.wanted.connect(lambda: self._wish("tiles"))
        session.previews.previewed.connect(self._on_preview)
        session.previews.cut.connect(self._on_tiles)
        session.previews.failed.connect(self._on_failure)

    @property
    def picture_width_px(self) -> int:
        """The width of the picture at hand, which may be smaller than the Image."""
        return self.canvas.picture_width_px

    def show_image(self, found: ImageFindings | None) -> bool:
        """Show an Image, or nothing; the same one again keeps zoom and window. Tell whether it is another."""
        is_same = found is not None and self.found is not None and found.image.id == self.found.image.id
        keeps_view = _are_frames_of_one_file(found, self.found)
        self.found = found
        if found is None:
            self.canvas.show_image(1, 1, QPixmap())
            self.tiles.show_tiles(None)
            self.window_level.hide()
            self.frame_bar.hide()
            self.told.emit("", "")
            return True
        image = found.image
        if not is_same:
            self._look.start()
            picture = self._thumbnails.pixmap_now(image.id)
            self.tiles.show_tiles(None)
            if keeps_view:
                self.canvas.set_picture(picture)
            else:
                self.canvas.show_image(image.width_px, image.height_px, picture)
                self.window_level.show_image(image)
            self.frame_bar.show_frames(found.frames, image.id)
            self.is_waiting = True
            hint = self.tr("The thumbnail is shown until the engine has the picture.")
            self.told.emit(self.tr("loading…"), hint)
            self._ask()
        return not is_same

    def show_regions(
        self, regions: Sequence[Region], reviews: Mapping[str, Review], contradicted: Collection[str]
    ) -> None:
        self.canvas.regions.show_regions(regions, reviews, contradicted)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look.start()

    def _on_looked(self) -> None:
        if self.found is not None and self.isVisible():
            self.looked_at.emit(self.found.image.id)

    def _ask(self) -> None:
        self.tiles.show_tiles(None)
        self._wish("preview")

    def _wish(self, verb: str) -> None:
        found = self.found
        if found is None or (verb == "tiles" and not self._is_large):
            return
        center, width = self.window_level.chosen
        self._session.previews.want(
            self, Wish(verb=verb, image_id=found.image.id, center=center, width=width)
        )

    @property
    def _is_large(self) -> bool:
        image = self.found.image if self.found else None
        return image is not None and max(image.width_px, image.height_px) > PREVIEW_PX

    def _on_preview(self, owner: object, preview: Preview) -> None:
        if owner is not self or self.found is None or preview.image_id != self.found.image.id:
            return
        self.is_waiting = False
        self.canvas.set_picture(QPixmap.fromImage(preview.picture))
        self.window_level.show_range(preview.lowest, preview.highest)
        self.told.emit("", "")
        self.canvas.moved.emit()  # it may be zoomed in further than this picture is sharp

    def _on_tiles(self, owner: object, tiles: Tiles) -> None:
        if owner is self and self.found is not None and tiles.image_id == self.found.image.id:
            self.tiles.show_tiles(tiles)

    def _on_failure(self, owner: object, image_id: str, said: str) -> None:
        if owner is self and self.found is not None and image_id == self.found.image.id:
            if self.is_waiting:
                self.is_waiting = False
                self.told.emit(self.tr("thumbnail"), said)
            self._session.noted.emit(said)

    def _on_dragged(self, way: QPoint) -> None:
        self.window_level.drag(way.x(), way.y())


def _are_frames_of_one_file(one: ImageFindings | None, other: ImageFindings | None) -> bool:
    """Tell whether zoom and window can stay: the same file, the same size."""
    if one is None or other is None or one.image.sha256 != other.image.sha256:
        return False
    return (one.image.width_px, one.image.height_px) == (other.image.width_px, other.image.height_px)
