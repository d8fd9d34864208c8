"""Lines above the pages: what the program is not, and what went wrong."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from desktop.dialogs.texts import label, named
from desktop.views.elided import ElidedLabel


class Banner(QFrame):
    """Says all day long that a machine's finding is no diagnosis."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 3, 14, 3)
        row.addWidget(label(self.tr("Research and triage support, not a diagnosis.")))
        self._read_only = _giving_way(self.tr("Read only, not in the audit log"), "section")
        self._read_only.hide()
        row.addSpacing(18)
        row.addWidget(self._read_only)
        row.addStretch(1)
        legend = self.tr("dashed ◇ = found by the machine     solid ✓ ✗ = decided by a person")
        row.addWidget(_giving_way(legend))

    def tell_read_only(self, is_read_only: bool) -> None:
        """Say, or no longer say, that the open case takes nothing."""
        self._read_only.setVisible(is_read_only)


def _giving_way(text: str, role: str = "") -> ElidedLabel:
    """Return a line that is cut where the window is narrow or texts are large; its tip tells all of it."""
    made = ElidedLabel(least_chars=12)
    made.setText(text)
    made.setToolTip(text)
    if role:
        made.setProperty("role", role)
    return made


class Notice(QFrame):
    """One line that the user must read, until it is closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "alarm")
        self._line = label("", wraps=True)
        close = named(QToolButton(), self.tr("Close this message"))
        close.setText(self.tr("Close"))
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 10, 6)
        row.addWidget(label("⚠"))
        row.addWidget(self._line, 1)
        row.addWidget(close)
        self.hide()

    @property
    def text(self) -> str:
        return self._line.text()

    def show_line(self, line: str) -> None:
        if line:
            self._line.setText(line)
            self.setAccessibleName(line)
            self.show()
