"""A new passphrase, typed twice."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QWidget

from desktop.dialogs.texts import label, named
from engine.store import SHORTEST_PASSPHRASE


class NewPassphrase(QWidget):
    """Two hidden lines that must be the same; ``changed`` whenever something is typed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._first = secret_line(self.tr("New passphrase"))
        self._again = secret_line(self.tr("New passphrase again"))
        shown = QCheckBox(self.tr("Show what I type"))
        self._state = label("", "muted", wraps=True)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(8)
        form.addRow(self.tr("New passphrase"), self._first)
        form.addRow(self.tr("Once more"), self._again)
        form.addRow("", shown)
        form.addRow(self._state)
        for line in (self._first, self._again):
            line.textChanged.connect(lambda _text: self._tell())
            shown.toggled.connect(lambda is_shown, line=line: show_typed(line, is_shown))
        self._tell()

    @property
    def is_complete(self) -> bool:
        """Whether both lines hold the same passphrase, and it is long enough."""
        return len(self._first.text()) >= SHORTEST_PASSPHRASE and self._first.text() == self._again.text()

    def passphrase(self) -> str:
        return self._first.text()

    def _tell(self) -> None:
        first, again = self._first.text(), self._again.text()
        if len(first) < SHORTEST_PASSPHRASE:
            said = self.tr("{0} characters or more; several words are best.").format(SHORTEST_PASSPHRASE)
        elif not self.is_complete:
            said = self.tr("The two are not the same yet.") if again else self.tr("Type it once more.")
        else:
            said = self.tr(
                "Keep it well: a forgotten passphrase cannot be found again, and without it nobody can "
                "read the case."
            )
        self._state.setText(said)
        self.changed.emit()


def secret_line(name: str) -> QLineEdit:
    """Return a line that hides what is typed."""
    line = named(QLineEdit(), name)
    line.setEchoMode(QLineEdit.EchoMode.Password)
    return line


def show_typed(line: QLineEdit, shown: bool) -> None:
    line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
