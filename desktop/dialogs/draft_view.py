"""A draft of the report: its pages below each other, its contents above."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.dialogs.texts import label, named

_PAGE_PX = 400


class DraftView(QWidget):
    """The pages of a draft below each other, with its contents above."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wanted = QPushButton(self.tr("Show a draft"))
        self.wanted.setAutoDefault(False)
        self._said = label(self.tr("See the pages before they are written."), "muted", wraps=True)
        self._contents = named(QListWidget(), self.tr("Contents of the report"))
        self._contents.setMaximumHeight(150)
        self._pages = QWidget()
        self._stack = QVBoxLayout(self._pages)
        self._scroll = named(QScrollArea(), self.tr("Pages of the draft"))
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._pages)
        self._scroll.setMinimumWidth(_PAGE_PX + 40)
        self._labels: list[QLabel] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.addWidget(self.wanted)
        row.addWidget(self._said, 1)
        layout.addLayout(row)
        layout.addWidget(self._contents)
        layout.addWidget(self._scroll, 1)
        self._contents.itemActivated.connect(self._go)
        self._contents.itemClicked.connect(self._go)

    def say(self, line: str) -> None:
        self._said.setText(line)

    def show_pages(
        self, page_count: int, pages: Sequence[str], contents: Sequence[tuple[str, int, int]]
    ) -> None:
        for old in self._labels:
            self._stack.removeWidget(old)
            old.deleteLater()
        self._labels = []
        for number, path in enumerate(pages, start=1):
            picture = QPixmap(path)
            page = named(QLabel(), self.tr("Page {0}").format(number))
            if not picture.isNull():
                smooth = Qt.TransformationMode.SmoothTransformation
                page.setPixmap(picture.scaledToWidth(_PAGE_PX, smooth))
            page.setProperty("role", "page")
            self._stack.addWidget(page)
            self._labels.append(page)
        self._contents.clear()
        for title, page_number, depth in contents:
            item = QListWidgetItem(f"{'    ' * depth}{title}   {page_number}", self._contents)
            item.setData(Qt.ItemDataRole.UserRole, page_number)
        shown = len(self._labels)
        said = self.tr("%Ln page(s)", "", page_count)
        if shown < page_count:
            said += self.tr("; the first {0} are shown").format(shown)
        self.say(said)

    def _go(self, item: QListWidgetItem) -> None:
        number = int(item.data(Qt.ItemDataRole.UserRole))
        if 0 < number <= len(self._labels):
            self._scroll.ensureWidgetVisible(self._labels[number - 1], 0, 200)
