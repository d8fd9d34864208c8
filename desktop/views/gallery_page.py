"""All Images as a grid of any length, with facets on top."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QComboBox, QListView, QSlider, QStackedWidget, QWidget

from desktop.dialogs.texts import bar, column, label, named
from desktop.item_models.images import Choices, Facets, ImagePresenter, Only, find_choices, find_images
from desktop.item_models.paged import PagedList, RowRole
from desktop.item_models.thumbnails import Thumbnails
from desktop.item_models.wording import number_words
from desktop.session.selection import Selection
from desktop.session.session import Session
from desktop.views.gallery_delegate import GalleryDelegate
from engine.model.evidence import Image
from engine.model.ids import ImageId

# So many cells are laid out between two events: 100,000 in a quarter of a second, unnoticed.
_BATCH_ROWS = 4_000
_LEAST_PX, _USUAL_PX, _MOST_PX = 100, 180, 320


class GalleryPage(QWidget):
    """Shows the Images that fit the facets; ``opened`` when the user wants to see one large."""

    opened = Signal()

    def __init__(self, session: Session, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._facets = Facets()
        self.images = PagedList[Image](lambda _row, _role: None, self)
        self._presenter: ImagePresenter | None = None
        self._delegate = GalleryDelegate(thumbnails, self)
        self._grid = named(QListView(), self.tr("Images"))
        self._grid.setViewMode(QListView.ViewMode.IconMode)
        self._grid.setResizeMode(QListView.ResizeMode.Adjust)
        self._grid.setMovement(QListView.Movement.Static)
        self._grid.setUniformItemSizes(True)
        self._grid.setLayoutMode(QListView.LayoutMode.Batched)
        self._grid.setBatchSize(_BATCH_ROWS)
        self._grid.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._grid.setMouseTracking(True)
        self._grid.setItemDelegate(self._delegate)
        self._grid.setModel(self.images)
        self._label = named(QComboBox(), self.tr("Region label"))
        self._modality = named(QComboBox(), self.tr("Modality"))
        self._only = named(QComboBox(), self.tr("Narrow to"))
        for words, only in (
            (self.tr("Every image"), Only.ALL),
            (self.tr("With contradictions"), Only.CONTRADICTIONS),
            (self.tr("Decided by a person"), Only.REVIEWED),
            (self.tr("Not decided yet"), Only.UNREVIEWED),
        ):
            self._only.addItem(words, only)
        self._count = label("", "muted")
        self._size = named(QSlider(Qt.Orientation.Horizontal), self.tr("Thumbnail size"))
        self._size.setRange(_LEAST_PX, _MOST_PX)
        self._size.setMaximumWidth(130)
        self._size.setToolTip(self.tr("Thumbnail size"))
        self._empty = label("", "muted", wraps=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._grid)
        self._stack.addWidget(self._empty)
        facets = bar(self._only, self._label, self._modality, None, self._count, self._size)
        column(facets, self._stack, parent=self)
        for box in (self._label, self._modality, self._only):
            box.activated.connect(self._narrow)
        self._size.valueChanged.connect(self._resize_cells)
        self._size.setValue(session.preferences.number("thumbnail_px", _USUAL_PX))
        self._resize_cells(self._size.value())
        self._grid.selectionModel().currentChanged.connect(self._on_current)
        self._grid.activated.connect(lambda _index: self.opened.emit())
        thumbnails.arrived.connect(lambda _image: self._grid.viewport().update())
        session.case_changed.connect(self._on_case)
        session.content_changed.connect(self._on_content)
        session.jobs.ended.connect(lambda _end: self._look_for_choices())
        session.decided.connect(lambda _target: self._repaint())
        session.selected.connect(self._follow)

    def narrow(self, *, only: Only = Only.ALL, label: str = "", modality: str = "") -> None:
        """Choose facets as if by hand; a label or modality that the case has not means any."""
        for box, value in ((self._only, only), (self._label, label), (self._modality, modality)):
            box.setCurrentIndex(max(box.findData(value), 0))
        self._narrow()

    def _on_case(self) -> None:
        store, decisions = self._session.store, self._session.decisions
        self._facets = Facets()
        self._only.setCurrentIndex(0)
        self._offer(Choices())
        if store is None or decisions is None:
            self._presenter = None
            self.images.show_rows(())
            return
        self._presenter = ImagePresenter(store, decisions)
        self.images.present_as(self._presenter.present)
        self._show_all()
        self._look_for_choices()

    def _on_content(self) -> None:
        counts = self._session.counts()
        if counts is not None and self._facets.is_open:
            self.images.grow(counts.images)
            self._tell(counts.images)
        self._repaint()

    def _repaint(self) -> None:
        if self._presenter is not None:
            self._presenter.forget()
        self._grid.viewport().update()

    def _look_for_choices(self) -> None:
        store = self._session.store
        if store is not None:
            path, key = store.path, store.key
            self._session.background.run(lambda: find_choices(path, key), self._offer)

    def _offer(self, choices: Choices) -> None:
        """Fill the facets with what the case has, and keep what is chosen."""
        for box, anything, values in (
            (self._label, self.tr("Any region"), choices.labels),
            (self._modality, self.tr("Any modality"), choices.modalities),
        ):
            chosen = box.currentData()
            box.clear()
            box.addItem(anything, "")
            for value, count in values:
                box.addItem(f"{value}  ({number_words(count)})", value)
            box.setCurrentIndex(max(box.findData(chosen), 0))

    def _narrow(self) -> None:
        store = self._session.store
        self._facets = Facets(
            label=self._label.currentData() or "",
            modality=self._modality.currentData() or "",
            only=Only(self._only.currentData()),
        )
        if store is None:
            return
        if self._facets.is_open:
            self._show_all()
            return
        facets, path, key = self._facets, store.path, store.key
        self._session.background.run(
            lambda: find_images(path, facets, key), lambda found: self._show_found(facets, found)
        )

    def _show_all(self) -> None:
        store, counts = self._session.store, self._session.counts()
        if store is not None and counts is not None:
            count = counts.images
            self.images.show(count, lambda offset, limit: store.images(offset=offset, limit=limit))
            self._tell(count)

    def _show_found(self, facets: Facets, found: tuple[ImageId, ...]) -> None:
        store = self._session.store
        if store is None or facets != self._facets:
            return

        def fetch(offset: int, limit: int) -> list[Image]:
            return [image for each in found[offset : offset + limit] for image in store.images(id=each)]

        self.images.show(len(found), fetch)
        self._tell(len(found))

    def _tell(self, count: int) -> None:
        self._count.setText(self.tr("{0} images").format(number_words(count)))
        nothing_yet = self.tr("This case has no images yet. Drop folders or files on this window.")
        self._empty.setText(nothing_yet if self._facets.is_open else self.tr("No image fits these facets."))
        self._stack.setCurrentWidget(self._grid if count else self._empty)

    def _resize_cells(self, side_px: int) -> None:
        self._delegate.side_px = side_px
        size = self._delegate.cell_size(QFontMetrics(self.font()).height())
        self._grid.setGridSize(QSize(size.width() + 4, size.height() + 4))
        self._session.preferences.set_number("thumbnail_px", side_px)

    def _follow(self, selection: Selection) -> None:
        """Mark the selected Image where it has been read already; nothing is searched for."""
        place = self.images.find(lambda image: image.id == selection.image_id)
        if place >= 0 and place != self._grid.currentIndex().row():
            self._grid.setCurrentIndex(self.images.index(place))

    def _on_current(self, index: QModelIndex) -> None:
        image = index.data(RowRole)
        if image is not None and image.id != self._session.selection.image_id:
            self._session.select(Selection(image_id=image.id))
