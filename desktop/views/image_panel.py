"""The image view: canvas, zoom, Regions by label, opacity, and the window of DICOM values."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QMenu, QSizePolicy, QSlider, QToolButton, QWidget

from desktop.dialogs.texts import bar, column, label, named
from desktop.item_models.thumbnails import Thumbnails
from desktop.session.queries import Preview
from desktop.session.reading import ImageFindings
from desktop.session.session import Session
from desktop.views.actions import Actions
from desktop.views.buttons import button
from desktop.views.frame_bar import FrameBar
from desktop.views.image_canvas import ImageCanvas
from desktop.views.window_level import WindowLevel
from engine.model.findings import Review
from engine.model.ids import RegionId

_PREVIEW_PX = 2048
# Windowing follows the hand, but no faster than the engine can draw.
_WINDOW_MS = 60


class ImagePanel(QWidget):
    """Shows one Image with its Regions; ``region_clicked`` as in ``ImageCanvas``."""

    region_clicked = Signal(str)

    def __init__(
        self, session: Session, thumbnails: Thumbnails, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._thumbnails = thumbnails
        self._found: ImageFindings | None = None
        self._is_waiting = False
        self.canvas = ImageCanvas()
        self._name = label("", "heading")
        self._zoom = label("", "muted")
        self._waiting = label("", "muted")
        self._waiting.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._labels_button = named(QToolButton(), self.tr("Labels to show"))
        self._labels_button.setText(self.tr("Labels"))
        self._labels_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._labels_menu = QMenu(self._labels_button)
        self._labels_button.setMenu(self._labels_menu)
        self._opacity = named(QSlider(Qt.Orientation.Horizontal), self.tr("Opacity of regions"))
        self._opacity.setRange(0, 100)
        self._opacity.setMaximumWidth(90)
        self._opacity.setToolTip(self.tr("Opacity of regions"))
        self.window_level = WindowLevel()
        self.frame_bar = FrameBar()
        zooms = [button(actions, name) for name in ("zoom_out", "zoom_in", "fit", "actual")]
        tools = bar(
            button(actions, "regions"),
            self._labels_button,
            self._opacity,
            self._waiting,
            self._zoom,
            *zooms,
        )
        tools.layout().setStretchFactor(self._waiting, 1)  # type: ignore[union-attr]
        column(tools, self.canvas, self.frame_bar, self.window_level, parent=self)
        self.layout().setStretch(1, 1)  # type: ignore[union-attr]
        self._ask_later = QTimer(self, singleShot=True, interval=_WINDOW_MS)
        self._ask_later.timeout.connect(self._ask)
        self._connect(actions)

    def _connect(self, actions: Actions) -> None:
        self.canvas.region_clicked.connect(self.region_clicked)
        self.canvas.zoomed.connect(lambda zoom: self._zoom.setText(f"{100 * zoom:.0f} %"))
        self.canvas.dragged.connect(self._on_dragged)
        self.window_level.changed.connect(self._ask_later.start)
        self._session.queries.previewed.connect(self._on_preview)
        self._session.queries.preview_failed.connect(self._on_failure)
        self._opacity.valueChanged.connect(self._on_opacity)
        self._opacity.setValue(self._session.preferences.number("opacity_percent", 25))
        actions["regions"].setChecked(True)
        actions["regions"].toggled.connect(self.canvas.set_shown)

    def show_image(
        self, found: ImageFindings | None, reviews: Mapping[str, Review], contradicted: Collection[str]
    ) -> None:
        """Show an Image, or nothing; the same Image again keeps zoom and window."""
        is_same = found is not None and self._found is not None and found.image.id == self._found.image.id
        keeps_view = _are_frames_of_one_file(found, self._found)
        self._found = found
        if found is None:
            self.canvas.show_image(1, 1, QPixmap())
            self.window_level.hide()
            self.frame_bar.hide()
            self._waiting.clear()
            return
        image = found.image
        if not is_same:
            picture = self._thumbnails.pixmap_now(image.id)
            if keeps_view:
                self.canvas.set_picture(picture)
            else:
                self.canvas.show_image(image.width_px, image.height_px, picture)
                self.window_level.show_image(image)
            self.frame_bar.show_frames(found.frames, image.id)
            self._fill_labels(found)
            self._wait_for(
                self.tr("loading…"), self.tr("The thumbnail is shown until the engine has the picture.")
            )
            self._ask()
        self.canvas.set_regions(found.regions, reviews, contradicted)

    @property
    def picture_width_px(self) -> int:
        """The width of the picture at hand, which may be smaller than the Image."""
        return self.canvas.picture_width_px

    @property
    def is_waiting(self) -> bool:
        """Tell whether the engine still owes the picture."""
        return self._is_waiting

    def light(self, region_ids: Collection[RegionId]) -> None:
        self.canvas.light(region_ids)

    def _wait_for(self, words: str, hint: str) -> None:
        self._is_waiting = words == self.tr("loading…")
        self._waiting.setText(words)
        self._waiting.setToolTip(hint)

    def _ask(self) -> None:
        if self._found is None:
            return
        center, width = self.window_level.chosen
        self._session.queries.preview(self._found.image.id, max_px=_PREVIEW_PX, center=center, width=width)

    def _on_preview(self, preview: Preview) -> None:
        if self._found is None or preview.image_id != self._found.image.id:
            return
        picture = QPixmap(str(preview.path))
        if picture.isNull():
            self._wait_for(self.tr("thumbnail"), self.tr("The picture of the engine could not be shown."))
            return
        self.canvas.set_picture(picture)
        self.window_level.show_range(preview.lowest, preview.highest)
        whole = max(self._found.image.width_px, self._found.image.height_px) <= _PREVIEW_PX
        reduced = self.tr("The picture is reduced to {0} px; regions lie where they belong.")
        self._wait_for(*("", "") if whole else (self.tr("reduced"), reduced.format(_PREVIEW_PX)))

    def _on_failure(self, image_id: str, said: str) -> None:
        if self._found is not None and image_id == self._found.image.id:
            self._wait_for(self.tr("thumbnail"), said)
            self._session.noted.emit(said)

    def _on_dragged(self, way: QPoint) -> None:
        self.window_level.drag(way.x(), way.y())

    def _on_opacity(self, percent: int) -> None:
        self.canvas.set_fill(percent / 100)
        self._session.preferences.set_number("opacity_percent", percent)

    def _fill_labels(self, found: ImageFindings) -> None:
        self._labels_menu.clear()
        self.canvas.set_hidden_labels(())
        labels = sorted({region.label for region in found.regions if region.polygons})
        for name in labels:
            action = self._labels_menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(True)
            action.toggled.connect(self._on_labels)
        self._labels_button.setEnabled(bool(labels))

    def _on_labels(self) -> None:
        hidden = [each.text() for each in self._labels_menu.actions() if not each.isChecked()]
        self.canvas.set_hidden_labels(hidden)


def _are_frames_of_one_file(one: ImageFindings | None, other: ImageFindings | None) -> bool:
    """Tell whether zoom and window can stay: the same file, the same size."""
    if one is None or other is None or one.image.sha256 != other.image.sha256:
        return False
    return (one.image.width_px, one.image.height_px) == (other.image.width_px, other.image.height_px)
