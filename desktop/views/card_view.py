"""A model card at length, with the pictures of its folder as wide as there is room."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QImage, QImageReader, QResizeEvent, QTextDocument, QTextTable
from PySide6.QtWidgets import QTextBrowser, QWidget

_MARGIN_PX = 24
_MOST_BYTES = 5_000_000


class CardView(QTextBrowser):
    """Shows Markdown; loads nothing but pictures that lie in the model's own folder."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._folder = "", Path()
        self._drawn_px = 0
        self.setOpenLinks(False)
        # A bar that comes and goes with the text would change the width that the pictures are drawn for.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        # Not in the midst of a resize, which may come from laying out this very text.
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.timeout.connect(self._draw_again)

    def show_card(self, text: str, folder: str) -> None:
        """Show ``text``, whose pictures are named as they lie in ``folder``."""
        if (text, Path(folder)) != (self._text, self._folder):
            self._text, self._folder = text, Path(folder)
            self._draw()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        address = QUrl(name)
        if kind != QTextDocument.ResourceType.ImageResource.value or not address.isRelative():
            return None
        folder = self._folder.resolve()
        file = (folder / address.path()).resolve()
        if not file.is_relative_to(folder) or not file.is_file() or file.stat().st_size > _MOST_BYTES:
            return None
        picture: QImage = QImageReader(str(file)).read()
        if picture.width() > self._drawn_px:
            picture = picture.scaledToWidth(self._drawn_px, Qt.TransformationMode.SmoothTransformation)
        return picture

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if "![" in self._text and self._room_px() != self._drawn_px:
            self._redraw.start()

    def _draw_again(self) -> None:
        place = self.verticalScrollBar().value()
        self._draw()
        self.verticalScrollBar().setValue(place)

    def _room_px(self) -> int:
        return max(1, self.viewport().width() - _MARGIN_PX)

    def _draw(self) -> None:
        self._drawn_px = self._room_px()
        self.document().clear()  # it keeps pictures by their names, and another card has others
        self.setMarkdown(self._text)
        _drop_empty_heads(self.document())


def _drop_empty_heads(document: QTextDocument) -> None:
    """Take the first row out of tables that name no columns; Markdown knows no table without it."""
    for table in document.rootFrame().childFrames():
        if isinstance(table, QTextTable) and not any(
            table.cellAt(0, column).firstCursorPosition().block().text() for column in range(table.columns())
        ):
            table.removeRows(0, 1)
