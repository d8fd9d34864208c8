"""The line above the picture while one draws: what to do now, and then which label it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QFrame, QHBoxLayout, QLineEdit, QPushButton, QWidget

from desktop.dialogs.texts import label, named


class LabelBar(QFrame):
    """``named_it`` carries the label that was entered; ``given_up`` when the user wants none.

    ``done`` when the user ends a tool by its button.
    """

    named_it = Signal(str)
    given_up = Signal()
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self._hint = label("", wraps=True)
        self.field = named(QLineEdit(), self.tr("Label of the region"))
        self.field.setPlaceholderText(self.tr("Label"))
        self.field.setMinimumWidth(130)
        self._known = QStringListModel(self)
        self._completer = QCompleter(self._known, self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setMaxVisibleItems(12)
        self.field.setCompleter(self._completer)
        self._save = QPushButton(self.tr("Save"))
        self._cancel = QPushButton(self.tr("Cancel"))
        self._done = QPushButton(self.tr("Done"))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 10, 5)
        row.setSpacing(6)
        row.addWidget(self._hint, 1)
        for each in (self.field, self._save, self._cancel, self._done):
            row.addWidget(each)
        self.field.returnPressed.connect(self._enter)
        self.field.textChanged.connect(lambda text: self._save.setEnabled(bool(text.strip())))
        self.field.installEventFilter(self)
        self._save.clicked.connect(self._enter)
        self._cancel.clicked.connect(self.given_up)
        self._done.clicked.connect(self.done)
        self.hide()

    @property
    def hint(self) -> str:
        return self._hint.text()

    @property
    def known(self) -> tuple[str, ...]:
        """The labels that are suggested."""
        return tuple(self._known.stringList())

    @property
    def is_asking(self) -> bool:
        """Tell whether a label is waited for."""
        return self.isVisible() and self.field.isVisible()

    def tell(self, hint: str, *, done: str = "") -> None:
        """Say what to do now; ``done`` is the word on the button that ends it."""
        self._hint.setText(hint)
        self._done.setText(done or self.tr("Done"))
        self._arrange(asks=False)

    def ask(self, hint: str, known: Sequence[str], suggested: str) -> None:
        """Ask for a label; ``known`` are suggested while typing, ``suggested`` stands there already."""
        self._hint.setText(hint)
        self._known.setStringList(list(known))
        self.field.setText(suggested)
        self._save.setEnabled(bool(suggested))
        self._arrange(asks=True)
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Escape give up, and the down key show every known label."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.given_up.emit()
                return True
            if event.key() == Qt.Key.Key_Down:
                self._completer.setCompletionPrefix("")
                self._completer.complete()
                return True
        return super().eventFilter(watched, event)

    def _arrange(self, *, asks: bool) -> None:
        for each in (self.field, self._save, self._cancel):
            each.setVisible(asks)
        self._done.setVisible(not asks)
        self.show()

    def _enter(self) -> None:
        text = " ".join(self.field.text().split())
        if text:
            self.named_it.emit(text)
