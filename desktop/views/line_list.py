"""A list of Lines that scrolls through any number of rows, with what to say when there are none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from desktop.dialogs.texts import label, named
from desktop.item_models.lines import Line, presenting
from desktop.item_models.paged import PagedList, RowRole
from desktop.views.row_view import RowView

# A row may need several queries, and few are in view at once: a page must not take a frame too many.
_PAGE_ROWS = 32

Row = TypeVar("Row")


class LineList(QStackedWidget, Generic[Row]):
    """``chosen`` carries the row that the user moved to, ``opened`` the one that was double-clicked."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(
        self, name: str, empty: str, line: Callable[[Row], Line], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows = PagedList[Row](presenting(line), self, page_rows=_PAGE_ROWS)
        self.view = named(RowView(), name)
        self.view.setModel(self.rows)
        self._empty = label(empty, "muted", wraps=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(24)
        self.addWidget(self.view)
        self.addWidget(self._empty)
        self.setFocusProxy(self.view)
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self.view.activated.connect(self._on_activated)
        self.setCurrentWidget(self._empty)

    @property
    def empty_label(self) -> QLabel:
        return self._empty

    def show_rows(self, rows: Sequence[Row]) -> None:
        self.show_pages(len(rows), lambda offset, limit: rows[offset : offset + limit])

    def show_pages(self, count: int, fetch: Callable[[int, int], Sequence[Row]]) -> None:
        """Show another list, read a page at a time."""
        self.rows.show(count, fetch)
        self.setCurrentWidget(self.view if count else self._empty)

    def move_to(self, wanted: Callable[[Row], bool]) -> None:
        """Make the first row that fits the current one, quietly; none where none fits."""
        self.move_to_row(self.rows.find(wanted))

    def move_to_row(self, place: int) -> None:
        """Make a row the current one, quietly; none for a place outside of the list."""
        selection = self.view.selectionModel()
        selection.blockSignals(True)
        inside = 0 <= place < self.rows.rowCount()
        self.view.setCurrentIndex(self.rows.index(place) if inside else QModelIndex())
        selection.blockSignals(False)
        self.view.viewport().update()

    def step(self, by: int) -> None:
        """Move down (+1) or up (-1)."""
        place = self.view.currentIndex().row() + by
        if 0 <= place < self.rows.rowCount():
            self.view.setCurrentIndex(self.rows.index(place))

    def current(self) -> Any:
        return self.view.currentIndex().data(RowRole)

    def _on_current(self, index: QModelIndex) -> None:
        row = index.data(RowRole) if index.isValid() else None
        if row is not None:  # a case that is being closed has no rows any more
            self.chosen.emit(row)

    def _on_activated(self, index: QModelIndex) -> None:
        row = index.data(RowRole)
        if row is not None:
            self.opened.emit(row)
