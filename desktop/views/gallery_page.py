"""All Images as a grid of any length: sorted, in groups, narrowed by the facets at its side."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from desktop.dialogs.texts import column, label, named
from desktop.item_models.images import DUPLICATES, Arrangement, ImagePresenter, arrange, titled
from desktop.item_models.paged import PagedList, RowRole
from desktop.item_models.thumbnails import Thumbnails
from desktop.session.beside import read_beside
from desktop.session.duplicates import Duplicates
from desktop.session.seen import Seen
from desktop.session.selection import Selection
from desktop.session.session import Session
from desktop.views.actions import Actions
from desktop.views.facet_panel import FacetPanel
from desktop.views.gallery_bar import GalleryBar
from desktop.views.gallery_delegate import GalleryDelegate
from desktop.views.gallery_grid import GalleryGrid
from engine.model.ids import ImageId
from engine.store.gallery import Arranged, ImageRow, rows_of
from engine.store.image_facets import Facet, Narrowing, facet_counts

# Rows that come in during an ingest are shown this often at most.
_REFRESH_MS = 1_500


class GalleryPage(QWidget):
    """Shows the Images that fit the facets; ``opened`` when the user wants to see one large.

    ``compared`` carries two Images that the user wants side by side.
    """

    opened = Signal()
    compared = Signal(str, str)

    def __init__(
        self,
        session: Session,
        thumbnails: Thumbnails,
        seen: Seen,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._thumbnails, self._seen = session, thumbnails, seen
        self._duplicates = Duplicates(session)
        self._arranged = Arranged(numbers=(), groups=())
        self._asked: Arrangement | None = None
        self._is_behind = False
        self._presenter: ImagePresenter | None = None
        self.images = PagedList[ImageRow](lambda _row, _role: None, self)
        self._delegate = GalleryDelegate(thumbnails, self)
        self.grid = named(GalleryGrid(), self.tr("Images"))
        self.grid.setModel(self.images)
        self.grid.setItemDelegate(self._delegate)
        self.facets = FacetPanel()
        self.bar = GalleryBar(session, actions)
        self._empty = label("", "muted", wraps=True)
        self._empty.setMargin(40)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self._empty)
        self._beside = QSplitter()
        self._beside.addWidget(self.facets)
        self._beside.addWidget(self._stack)
        self._beside.setStretchFactor(1, 1)
        self._beside.setSizes([250, 660])
        self._beside.setChildrenCollapsible(False)
        column(self.bar, self._beside, parent=self).setStretch(1, 1)
        self.setFocusProxy(self.grid)
        self._refresh = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._refresh.timeout.connect(self._look)
        self._connect(actions)
        self._resize_cells(self.bar.side_px)

    def _connect(self, actions: Actions) -> None:
        session = self._session
        self.facets.narrowed.connect(self._look)
        self.bar.arranged.connect(self._look)
        self.bar.resized.connect(self._resize_cells)
        self.bar.collapsed.connect(self.grid.set_all_collapsed)
        self.grid.resized.connect(self.bar.step)
        self.grid.selectionModel().currentChanged.connect(self._on_current)
        self.grid.activated.connect(lambda _index: self.opened.emit())
        self._thumbnails.arrived.connect(self.grid.viewport().update)
        self._seen.changed.connect(self._on_changed)
        self._duplicates.found.connect(self._look)
        self._duplicates.failed.connect(session.noted)
        session.case_changed.connect(self._on_case)
        session.content_changed.connect(self._on_content)
        session.decided.connect(lambda _target: self._on_changed())
        session.selected.connect(self._follow)
        preferences = session.preferences
        actions["facets"].toggled.connect(self.facets.setVisible)
        actions["facets"].toggled.connect(lambda on: preferences.set_number("show_facets", int(on)))
        actions["facets"].setChecked(bool(preferences.number("show_facets", 1)))
        self.facets.setVisible(actions["facets"].isChecked())
        actions["blur"].toggled.connect(self._thumbnails.set_blurred)
        for name, step in (("zoom_in", 1), ("zoom_out", -1)):
            actions.on(name, partial(self._step_size, step))
        actions["compare"].toggled.connect(self._on_compare)

    def _step_size(self, steps: int) -> None:
        if self.isVisible():
            self.bar.step(steps)

    def narrow(self, facets: Mapping[Facet, frozenset[str]]) -> None:
        """Choose values of facets as if by hand, and no others."""
        self.facets.choose(facets)

    def _on_case(self) -> None:
        store, decisions = self._session.store, self._session.decisions
        self._asked = None
        self.facets.forget()
        self._show(Arranged(numbers=(), groups=()))
        if store is None or decisions is None:
            self._presenter = None
            return
        self._presenter = ImagePresenter(store, decisions, self._seen)
        self.images.present_as(self._presenter.present)
        self._look()

    def _on_content(self) -> None:
        if not self._refresh.isActive():
            self._refresh.start()

    def changeEvent(self, event: QEvent) -> None:
        """Make room for larger or smaller letters."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "bar"):
            self._resize_cells(self.bar.side_px)

    def showEvent(self, event: QShowEvent) -> None:
        """Count again what was decided and looked at on other pages."""
        super().showEvent(event)
        if self._is_behind:
            self._look()

    def _on_changed(self) -> None:
        self._is_behind = True
        self._repaint()

    def _repaint(self) -> None:
        if self._presenter is not None:
            self._presenter.forget()
        self.grid.viewport().update()

    def _look(self) -> None:
        """Arrange the Images as they are wanted now, then count what the facets would leave."""
        if self._session.store is None:
            return
        narrowing = Narrowing(facets=self.facets.chosen, examiner=self._session.examiner)
        wanted = Arrangement(narrowing=narrowing, order=self.bar.order, grouping=self.bar.grouping)
        if wanted.grouping == DUPLICATES and self._duplicates.groups is None:
            self.bar.tell(self.tr("looking for duplicates…"))
            self._duplicates.want()
            return
        self._asked = wanted
        duplicates = self._duplicates.groups or ()
        self._is_behind = False
        read_beside(
            self._session,
            lambda store: arrange(store, wanted, duplicates),
            lambda arranged: self._take(wanted, arranged),
        )

    def _take(self, wanted: Arrangement, arranged: Arranged) -> None:
        if wanted is not self._asked:
            return
        self._show(arranged)
        read_beside(
            self._session,
            lambda store: facet_counts(store, wanted.narrowing),
            lambda counts: self.facets.show_counts(counts) if wanted is self._asked else None,
        )

    def _show(self, arranged: Arranged) -> None:
        """Show the list; the current Image stays current, and what is in view stays there."""
        current = self.grid.currentIndex().data(RowRole)
        offset = self.grid.verticalScrollBar().value()
        is_longer = arranged.numbers[: len(self._arranged.numbers)] == self._arranged.numbers
        self._arranged = arranged
        self.images.show(len(arranged.numbers), self._fetch)
        self.grid.show_groups(titled(arranged, self.bar.grouping))
        self._repaint()
        self._tell()
        if is_longer:
            self.grid.verticalScrollBar().setValue(offset)
        if current is not None:
            self._make_current(current.image.id)

    def _fetch(self, offset: int, limit: int) -> tuple[ImageRow, ...]:
        store = self._session.store
        return rows_of(store, self._arranged.numbers[offset : offset + limit]) if store is not None else ()

    def _tell(self) -> None:
        count, counts = len(self._arranged.numbers), self._session.counts()
        self.bar.tell_count(count, counts.images if counts is not None else 0)
        self.bar.show_groups(self.grid.has_headings)
        nothing_yet = self.tr("This case has no images yet. Drop folders or files on this window.")
        nothing_left = self.tr("No image fits these facets. “Clear all” shows every image again.")
        self._empty.setText(nothing_left if self.facets.chosen else nothing_yet)
        self._stack.setCurrentWidget(self.grid if count else self._empty)

    def _resize_cells(self, side_px: int) -> None:
        self._delegate.side_px = side_px
        self._thumbnails.set_side(round(side_px * self.devicePixelRatioF()))
        self.grid.set_cell_size(self._delegate.cell_size(QFontMetrics(self.grid.font()).height()))

    def _follow(self, selection: Selection) -> None:
        """Mark the selected Image where it has been read already; nothing is searched for."""
        if selection.image_id is not None:
            self._make_current(selection.image_id)

    def _make_current(self, image_id: ImageId) -> None:
        place = self.images.find(lambda row: row.image.id == image_id)
        if place >= 0 and place != self.grid.currentIndex().row():
            self.grid.setCurrentIndex(self.images.index(place))

    def _on_current(self, index: QModelIndex) -> None:
        row = index.data(RowRole)
        if row is not None and row.image.id != self._session.selection.image_id:
            self._session.select(Selection(image_id=row.image.id))

    def _on_compare(self, checked: bool) -> None:
        """Put the two Images that are selected here side by side."""
        if not (checked and self.isVisible()):
            return
        rows = [index.data(RowRole) for index in self.grid.selectedIndexes()[:2]]
        ids = [row.image.id for row in rows if row is not None]
        if len(ids) == 2:
            self.compared.emit(ids[0], ids[1])
        self.opened.emit()
