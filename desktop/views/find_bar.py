"""A line to look for words in one text: how often they stand there, the next and the one before."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from desktop.dialogs.texts import bar, column, label, named
from desktop.item_models.wording import number_words
from desktop.views.report_text import ReportText
from engine.model.evidence import Span


class FindBar(QWidget):
    """Looks in the open report alone; Enter and Shift+Enter go on, Escape closes (``left``)."""

    left = Signal()

    def __init__(self, text: ReportText, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._places: tuple[Span, ...] = ()
        self._at = 0
        self.words = named(QLineEdit(clearButtonEnabled=True), self.tr("Find in this report"))
        self.words.setPlaceholderText(self.tr("Find in this report"))
        self.words.setMaximumWidth(300)
        self.count = label("", "muted")
        next_ = self._tool("↓", self.tr("Next (Enter)"), +1)
        before = self._tool("↑", self.tr("The one before (Shift+Enter)"), -1)
        close = named(QToolButton(), self.tr("Close the search in this report"))
        close.setText(self.tr("Close"))
        close.clicked.connect(self.leave)
        column(bar(self.words, before, next_, self.count, None, close), parent=self)
        self.words.textChanged.connect(self._look)
        self.hide()

    def _tool(self, text: str, hint: str, by: int) -> QToolButton:
        made = named(QToolButton(), hint)
        made.setText(text)
        made.setToolTip(hint)
        made.clicked.connect(lambda: self.step(by))
        return made

    def enter(self) -> None:
        """Show the line, with what is selected in the text."""
        selected = self._text.textCursor().selectedText()
        self.show()
        if selected and len(selected) < 80:
            self.words.setText(selected)
        self.words.setFocus()
        self.words.selectAll()
        self._look()

    def leave(self) -> None:
        """Close the line and take the marks away."""
        self.hide()
        self._text.mark_words("")
        self._text.setFocus()
        self.left.emit()

    def look_again(self) -> None:
        """Look for the same words in another report."""
        if self.isVisible():
            self._look()

    def step(self, by: int) -> None:
        if self._places:
            self._at = (self._at + by) % len(self._places)
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else +1)
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _look(self) -> None:
        self._places = self._text.mark_words(self.words.text())
        self._at = 0
        if self._places:
            self._show()
        else:
            self.count.setText(self.tr("not in this report") if self.words.text() else "")

    def _show(self) -> None:
        self._text.show_found(self._places[self._at])
        self.count.setText(
            self.tr("{0} of {1}").format(number_words(self._at + 1), number_words(len(self._places)))
        )
