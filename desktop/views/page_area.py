"""The middle of the window: one page at a time, to be scrolled where the window is too small for it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QStackedWidget, QWidget

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
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(stack)
        stack.currentChanged.connect(self._on_current)
        self._on_current(stack.currentIndex())

    def minimumSizeHint(self) -> QSize:
        return _LEAST

    def _on_current(self, current: int) -> None:
        """Ask for as much room as the page that is shown needs, and not the largest of all."""
        shown = self._stack.widget(current)
        for page in filter(None, map(self._stack.widget, range(self._stack.count()))):
            wish = QSizePolicy.Policy.Preferred if page is shown else QSizePolicy.Policy.Ignored
            page.setSizePolicy(wish, wish)
