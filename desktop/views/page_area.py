"""The middle of the window: one page at a time, to be scrolled where the window is too small for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

# Narrower, and more is scrolled than seen.
_LEAST = QSize(360, 240)


class PageArea(QScrollArea):
    """The room of a stack of pages.

    Pages need more of it as their texts get larger. The window must not: it would grow beyond the
    screen, and stay so.
    """

    def __init__(self, stack: QStackedWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stack = stack
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(stack)
        stack.currentChanged.connect(self._fit)

    def minimumSizeHint(self) -> QSize:
        return _LEAST

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._stack and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Give the page that is shown all room there is, or what it needs at least, if that is more.

        Qt's own way asks all pages, hidden ones too, and for the height that they would like to have.
        """
        page = self._stack.currentWidget()
        if page is None:
            return
        room = self.maximumViewportSize()
        size = _least_size(page, room.width()).expandedTo(room)
        if size.height() > room.height():  # the bar that scrolls it takes room too
            room.setWidth(room.width() - self.verticalScrollBar().sizeHint().width())
            size = _least_size(page, room.width()).expandedTo(room)
        self._stack.resize(size)


def _least_size(page: QWidget, width: int) -> QSize:
    """Return the least size of a page that is to be so wide, or wider where it has to."""
    least = page.minimumSizeHint().expandedTo(page.minimumSize())
    layout = page.layout()
    if layout is not None and layout.hasHeightForWidth():
        least.setHeight(layout.minimumHeightForWidth(max(width, least.width())))
    return least
