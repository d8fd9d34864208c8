"""A list of any length whose rows are read a page at a time when they come into view."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

_PAGE_ROWS = 128
_PAGES_KEPT = 24

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
RowRole = Qt.ItemDataRole.UserRole


class PagedList(QAbstractListModel, Generic[Row]):
    """Shows rows that ``fetch(offset, limit)`` reads, as ``present(row, role)`` says.

    The row itself is under ``RowRole``. Only a few pages are kept, so that a list of 100,000 rows
    takes no more memory than a short one.
    """

    def __init__(
        self,
        present: Callable[[Row, int], Any],
        parent: QObject | None = None,
        *,
        page_rows: int = _PAGE_ROWS,
    ) -> None:
        super().__init__(parent)
        self._present = present
        self._page_rows = page_rows
        self._fetch: Callable[[int, int], Sequence[Row]] = lambda _offset, _limit: ()
        self._count = 0
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()

    def present_as(self, present: Callable[[Row, int], Any]) -> None:
        """Say how rows look from now on."""
        self._present = present

    def show(self, count: int, fetch: Callable[[int, int], Sequence[Row]]) -> None:
        """Show another list."""
        self.beginResetModel()
        self._count, self._fetch = count, fetch
        self._pages.clear()
        self.endResetModel()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show rows that are in memory already."""
        self.show(len(rows), lambda offset, limit: rows[offset : offset + limit])

    def grow(self, count: int) -> None:
        """Say that the same list has more rows at its end now; what is in view stays where it is."""
        if count <= self._count:
            return
        self._pages.pop(self._count // self._page_rows, None)
        self.beginInsertRows(QModelIndex(), self._count, count - 1)
        self._count = count
        self.endInsertRows()

    def reread(self) -> None:
        """Read the rows again in their places: a decision was made about one of them."""
        self._pages.clear()
        if self._count:
            self.dataChanged.emit(self.index(0), self.index(self._count - 1))

    def amend(self, change: Callable[[Row], Row]) -> None:
        """Change the rows that were read already, without reading them again."""
        for page, rows in self._pages.items():
            self._pages[page] = [change(row) for row in rows]
        if self._count:
            self.dataChanged.emit(self.index(0), self.index(self._count - 1))

    def row(self, number: int) -> Row | None:
        """Return the row at a place, or None outside of the list."""
        if not 0 <= number < self._count:
            return None
        page, place = divmod(number, self._page_rows)
        rows = self._pages.get(page)
        if rows is None:
            rows = self._fetch(page * self._page_rows, self._page_rows)
            self._pages[page] = rows
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(page)
        return rows[place] if place < len(rows) else None

    def find(self, wanted: Callable[[Row], bool]) -> int:
        """Return the place of the first row among the pages read so far, or -1."""
        for page in sorted(self._pages):
            for place, row in enumerate(self._pages[page]):
                if wanted(row):
                    return page * self._page_rows + place
        return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index.row())
        if row is None:
            return None
        return row if role == RowRole else self._present(row, role)
