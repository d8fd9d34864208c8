"""The row of tools above the pages, with the search box in its middle."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QToolBar, QWidget

from desktop.dialogs.texts import named
from desktop.views.actions import Actions
from desktop.views.buttons import button

_NAMED = ("ingest_folder", "export", "confirm", "reject", "undo")
_PLAIN = ("regions", "theme", "help")


class ToolRow(QToolBar):
    """Names its most important tools as long as there is room; the search box never makes way for names."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tools")
        self.setWindowTitle(self.tr("Tools"))
        self.setMovable(False)
        self.setIconSize(QSize(20, 20))
        self.search_box = named(QLineEdit(clearButtonEnabled=True), self.tr("Search"))
        self.search_box.setProperty("role", "search")
        self.search_box.setPlaceholderText(self.tr("Search images and reports   ( / )"))
        self.search_box.setMinimumWidth(300)
        self.search_box.setMaximumWidth(520)
        self._named = [button(actions, name, with_text=True) for name in _NAMED]
        self._has_names = True
        self._wide_px = 0
        spacer = QWidget()
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        plain = [button(actions, name) for name in _PLAIN]
        for each in (button(actions, "back"), *self._named, self.search_box, spacer, *plain):
            self.addWidget(each)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        is_done = super().event(event)
        if event.type() == QEvent.Type.StyleChange:
            self._show_names(True)  # to be measured anew
        elif event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return is_done

    def _fit(self) -> None:
        if self._has_names:
            self._wide_px = self.sizeHint().width()
        self._show_names(self.width() >= self._wide_px)

    def _show_names(self, has_names: bool) -> None:
        if has_names == self._has_names:
            return
        self._has_names = has_names
        style = (
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            if has_names
            else Qt.ToolButtonStyle.ToolButtonIconOnly
        )
        for each in self._named:
            each.setToolButtonStyle(style)
