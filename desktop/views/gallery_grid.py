"""A grid of any length in groups that open and close; only what is in view is laid out and painted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

from desktop.item_models.grid_layout import Cell, GridLayout, Group
from desktop.theme import colors_of
from desktop.views.group_heading import paint_heading

_HEAD_PX = 34
Index = QModelIndex | QPersistentModelIndex


class GalleryGrid(QListView):
    """Lays the rows of its model out by arithmetic; QListView would place every row.

    Keys: arrows, Home, End, pages; Ctrl with up or down goes from group to group; minus closes the
    group, plus opens it. ``resized`` asks for larger (+1) or smaller (-1) cells.
    """

    resized = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: tuple[Group, ...] = ()
        self._collapsed: set[str] = set()
        self._cell = QSize(200, 240)
        self._layout = GridLayout((), width_px=1, cell_px=(1, 1), head_px=0)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setMouseTracking(True)

    @property
    def has_headings(self) -> bool:
        return any(group.title for group in self._groups)

    @property
    def columns(self) -> int:
        return self._layout.columns

    @property
    def collapsed(self) -> int:
        """How many groups are closed."""
        return len(self._layout.collapsed)

    def set_cell_size(self, size: QSize) -> None:
        """Lay out anew; the row at the top stays there."""
        top = self._layout.row_at(1, self.verticalOffset() + self._layout.head_px + 1)
        self._cell = size
        self._lay_out()
        if top >= 0:
            self._scroll_to_top(top)

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Lay the rows of the model out in these groups; those closed before stay closed."""
        self._groups = tuple(groups)
        self._lay_out()

    def set_all_collapsed(self, collapsed: bool) -> None:
        """Close every group, or open all."""
        self._collapsed = {group.title for group in self._groups} if collapsed else set()
        self._lay_out()
        self.verticalScrollBar().setValue(0)

    def toggle(self, number: int) -> None:
        """Close or open a group."""
        self._collapsed ^= {self._groups[number].title}
        self._lay_out()

    # What QAbstractItemView asks of a view

    def visualRect(self, index: Index) -> QRect:
        cell = self._layout.cell(index.row()) if index.isValid() else None
        return self._on_screen(cell) if cell is not None else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        row = self._layout.row_at(point.x(), point.y() + self.verticalOffset())
        return self.model().index(row, 0) if row >= 0 else QModelIndex()

    def isIndexHidden(self, index: Index) -> bool:
        return self._layout.cell(index.row()) is None

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        cell = self._layout.cell(index.row()) if index.isValid() else None
        if cell is None:
            return
        top, height, bar = self.verticalOffset(), self.viewport().height(), self.verticalScrollBar()
        if hint is QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(cell.top - (height - cell.height) // 2)
        elif cell.top < top + self._layout.head_px:
            bar.setValue(cell.top - self._layout.head_px)
        elif cell.top + cell.height > top + height:
            bar.setValue(cell.top + cell.height - height)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        row, count = self.currentIndex().row(), self.model().rowCount()
        if count == 0:
            return QModelIndex()
        if row < 0:
            return self.model().index(0, 0)
        page = max(self.viewport().height() // self._cell.height(), 1)
        move = QAbstractItemView.CursorAction
        steps = {
            move.MoveLeft: (-1, 0),
            move.MovePrevious: (-1, 0),
            move.MoveRight: (1, 0),
            move.MoveNext: (1, 0),
            move.MoveUp: (0, -1),
            move.MoveDown: (0, 1),
        }
        if action in steps:
            right, down = steps[action]
            row = self._layout.beside(row, right=right, down=down)
        elif action in (move.MovePageUp, move.MovePageDown):
            for _ in range(page):
                row = self._layout.beside(row, down=1 if action is move.MovePageDown else -1)
        else:
            row = 0 if action is move.MoveHome else count - 1
        return self.model().index(row, 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        chosen = QItemSelection()
        area = rect.normalized().translated(0, self.verticalOffset())
        for row in self._layout.rows_between(area.top(), area.bottom()):
            cell = self._layout.cell(row)
            if cell is not None and QRect(cell.left, cell.top, cell.width, cell.height).intersects(area):
                index = self.model().index(row, 0)
                chosen.select(index, index)
        self.selectionModel().select(chosen, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for row in self._rows_in_view():
            if selection.contains(self.model().index(row, 0)):
                region += self.visualRect(self.model().index(row, 0))
        return region

    def keyboardSearch(self, _search: str) -> None:
        """Look for nothing: it would read every row of the case."""

    def doItemsLayout(self) -> None:
        self._lay_out()

    def updateGeometries(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(self._layout.height - height, 0))
        bar.setPageStep(height)
        bar.setSingleStep(max(self._cell.height() // 3, 1))

    def scrollContentsBy(self, _dx: int, dy: int) -> None:
        self.viewport().scroll(0, dy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        top = self._layout.row_at(1, self.verticalOffset() + self._layout.head_px + 1)
        self._lay_out()
        if top >= 0 and event.oldSize().width() != event.size().width():
            self._scroll_to_top(top)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self.resized.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        heading = self._heading_at(event.position().toPoint())
        if heading >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.toggle(heading)
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = self._layout.group_of(max(self.currentIndex().row(), 0))
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and is_control and self.has_headings:
            self._go_to_group(number + (1 if event.key() == Qt.Key.Key_Down else -1))
        elif event.key() in (Qt.Key.Key_Minus, Qt.Key.Key_Plus) and self.has_headings:
            if (event.key() == Qt.Key.Key_Minus) != (number in self._layout.collapsed):
                self.toggle(number)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        top = event.rect().top() + self.verticalOffset()
        bottom = event.rect().bottom() + self.verticalOffset()
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain, current = option.state, self.currentIndex().row()
        pointer = self.viewport().mapFromGlobal(self.cursor().pos())
        under = self.indexAt(pointer).row() if self.underMouse() else -1
        delegate, selection = self.itemDelegate(), self.selectionModel()
        for row in self._layout.rows_between(top, bottom):
            index = self.model().index(row, 0)
            option.rect = self.visualRect(index)
            option.state = plain
            if selection.isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            if row == under:
                option.state |= QStyle.StateFlag.State_MouseOver
            if row == current and self.hasFocus():
                option.state |= QStyle.StateFlag.State_HasFocus
            delegate.paint(painter, option, index)
        if self._layout.head_px:
            for number in self._layout.groups_between(top, bottom):
                self._paint_heading(painter, number)

    def _paint_heading(self, painter: QPainter, number: int) -> None:
        rect = self._on_screen(self._layout.heading(number, self.viewport().width()))
        is_closed = number in self._layout.collapsed
        is_current = is_closed and self._layout.group_of(self.currentIndex().row()) == number
        paint_heading(
            painter,
            rect,
            self._groups[number],
            colors_of(self.palette()),
            is_closed=is_closed,
            is_focused=is_current and self.hasFocus(),
        )

    def _lay_out(self) -> None:
        closed = {number for number, group in enumerate(self._groups) if group.title in self._collapsed}
        self._layout = GridLayout(
            self._groups,
            width_px=self.viewport().width(),
            cell_px=(self._cell.width(), self._cell.height()),
            head_px=_HEAD_PX if self.has_headings else 0,
            collapsed=closed if self.has_headings else (),
        )
        self.updateGeometries()
        self.viewport().update()

    def _go_to_group(self, number: int) -> None:
        if 0 <= number < len(self._groups):
            self.setCurrentIndex(self.model().index(self._groups[number].first, 0))
            self.verticalScrollBar().setValue(self._layout.heading(number, 1).top)
            self.viewport().update()

    def _heading_at(self, point: QPoint) -> int:
        return self._layout.heading_at(point.y() + self.verticalOffset()) if self._layout.head_px else -1

    def _rows_in_view(self) -> list[int]:
        top = self.verticalOffset()
        return list(self._layout.rows_between(top, top + self.viewport().height()))

    def _scroll_to_top(self, row: int) -> None:
        cell = self._layout.cell(row)
        if cell is not None:
            self.verticalScrollBar().setValue(cell.top - self._layout.head_px)

    def _on_screen(self, cell: Cell) -> QRect:
        return QRect(cell.left, cell.top - self.verticalOffset(), cell.width, cell.height)
