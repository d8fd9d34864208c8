"""The image view: one Image with its Regions, tools at the side, a list of Regions on demand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QSplitter, QVBoxLayout, QWidget

from desktop.dialogs.texts import bar, column, frame, label, named
from desktop.item_models.thumbnails import Thumbnails
from desktop.session.reading import ImageFindings
from desktop.session.session import Session
from desktop.views.actions import Actions
from desktop.views.buttons import button
from desktop.views.label_bar import LabelBar
from desktop.views.picture_tools import PictureTools
from desktop.views.picture_view import PictureView
from desktop.views.region_tree import RegionTree
from engine.model.findings import Region, Review
from engine.model.ids import RegionId

_STRIP = ("draw_outline", "draw_box", "reshape", "relabel", "erase", "measure", "measure_area", "magnifier")
_LEAST_PX = 340


class ImagePanel(QWidget):
    """Shows one Image with its Regions; ``region_clicked`` as in ``ImageCanvas``."""

    region_clicked = Signal(str)

    def __init__(
        self, session: Session, thumbnails: Thumbnails, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._regions: dict[RegionId, Region] = {}
        self._is_listed = self._is_list_away = False
        self.view = PictureView(session, thumbnails)
        self.canvas = self.view.canvas
        self.window_level, self.frame_bar = self.view.window_level, self.view.frame_bar
        self.tree = RegionTree()
        self.label_bar = LabelBar()
        self.tools = PictureTools(session, actions, self.view, self.label_bar, self._regions.get)
        self._zoom = label("", "muted")
        self._waiting = label("", "muted")
        self._waiting.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._opacity = named(QSlider(Qt.Orientation.Horizontal), self.tr("Opacity of regions"))
        self._opacity.setRange(0, 100)
        self._opacity.setMaximumWidth(80)
        self._opacity.setToolTip(self.tr("Opacity of regions"))
        self.setMinimumWidth(_LEAST_PX)
        self._build(actions)
        self._connect(actions)

    def _build(self, actions: Actions) -> None:
        shows = [button(actions, name) for name in ("regions", "tags", "list")]
        zooms = [button(actions, name) for name in ("zoom_out", "zoom_in", "fit", "actual")]
        top = bar(*shows, self._opacity, self._waiting, self._zoom, *zooms)
        top.layout().setSpacing(3)  # type: ignore[union-attr]
        top.layout().setStretchFactor(self._waiting, 1)  # type: ignore[union-attr]
        strip = frame("strip")
        tools = QVBoxLayout(strip)
        tools.setContentsMargins(3, 4, 3, 4)
        tools.setSpacing(2)
        for name in _STRIP:
            tools.addWidget(button(actions, name))
        tools.addStretch(1)
        self._beside = QSplitter(Qt.Orientation.Horizontal)
        self._beside.addWidget(self.view)
        self._beside.addWidget(self.tree)
        self._beside.setStretchFactor(0, 1)
        self._beside.setSizes([700, 180])
        self._beside.setChildrenCollapsible(False)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(strip)
        row.addWidget(self._beside, 1)
        column(top, self.label_bar, parent=self).addLayout(row, 1)

    def _connect(self, actions: Actions) -> None:
        preferences = self._session.preferences
        self.canvas.region_clicked.connect(self.region_clicked)
        self.canvas.zoomed.connect(self._tell_zoom)
        self.view.told.connect(self._on_told)
        self.tree.chosen.connect(self.region_clicked)
        self.tree.hidden_changed.connect(self.canvas.regions.set_hidden)
        self._opacity.valueChanged.connect(self._on_opacity)
        self._opacity.setValue(preferences.number("opacity_percent", 25))
        for name, shown, show in (
            ("regions", 1, self.canvas.regions.set_shown),
            ("tags", 1, self.canvas.regions.set_tagged),
            ("list", 0, self._show_list),
            ("magnifier", 0, self.view.magnifier.set_shown),
        ):
            actions[name].toggled.connect(show)
            actions[name].setChecked(bool(preferences.number(f"show_{name}", shown)))
            show(actions[name].isChecked())
        for name in ("tags", "list"):
            actions[name].toggled.connect(
                lambda on, name=name: preferences.set_number(f"show_{name}", int(on))
            )
        for name, zoom in (
            ("zoom_in", self.canvas.zoom_in),
            ("zoom_out", self.canvas.zoom_out),
            ("fit", self.canvas.fit),
            ("actual", self.canvas.show_actual),
        ):
            actions.on(name, partial(self._when_visible, zoom))

    def show_image(
        self, found: ImageFindings | None, reviews: Mapping[str, Review], contradicted: Collection[str]
    ) -> None:
        """Show an Image, or nothing; the same Image again keeps zoom and window."""
        if self.view.show_image(found):
            self.tools.stop()
        regions = found.regions if found is not None else ()
        self._regions.clear()
        self._regions.update((region.id, region) for region in regions)
        self.view.show_regions(regions, reviews, contradicted)
        self.tree.show_regions(regions, reviews)

    def make_room(self, wanted: bool) -> None:
        """Leave the whole panel to the picture, or let the list of Regions have its place again."""
        self._is_list_away = wanted
        self._show_list(self._is_listed)

    def _show_list(self, shown: bool) -> None:
        self._is_listed = shown
        self.tree.setVisible(shown and not self._is_list_away)

    @property
    def picture_width_px(self) -> int:
        """The width of the picture at hand, which may be smaller than the Image."""
        return self.view.picture_width_px

    @property
    def is_waiting(self) -> bool:
        """Tell whether the engine still owes the picture."""
        return self.view.is_waiting

    def light(self, region_ids: Collection[RegionId]) -> None:
        self.canvas.light(region_ids)
        self.tree.move_to(self._session.selection.region_id)

    def _when_visible(self, change: Callable[[], None]) -> None:
        if self.isVisible():
            change()

    def _on_told(self, words: str, hint: str) -> None:
        self._waiting.setText(words)
        self._waiting.setToolTip(hint)

    def _tell_zoom(self, zoom: float) -> None:
        self._zoom.setText(f"{100 * zoom * self.devicePixelRatioF():.0f} %")

    def _on_opacity(self, percent: int) -> None:
        self.canvas.regions.set_fill(percent / 100)
        self._session.preferences.set_number("opacity_percent", percent)
