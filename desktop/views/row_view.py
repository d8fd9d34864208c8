"""A list view whose rows are all of one height, so that 200,000 rows take no longer to lay out than 20."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from desktop.views.row_delegate import RowDelegate, row_height_px


class RowView(QTableView):
    """One column of Lines. A QListView asks for every row before it shows the first; a table does not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(RowDelegate(self))
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Home and End for the first and the last row; in a table they are columns."""
        model = self.model()
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: model.rowCount() - 1 if model is not None else 0}
        row = ends.get(Qt.Key(event.key()))
        if row is not None and model is not None and not event.modifiers():
            self.setCurrentIndex(model.index(row, 0))
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._measure()

    def _measure(self) -> None:
        height_px = row_height_px(self.font())
        if self.verticalHeader().defaultSectionSize() != height_px:
            self.verticalHeader().setDefaultSectionSize(height_px)
