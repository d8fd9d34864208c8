"""Asks for the passphrase of an encrypted case; it is kept in memory while the case is open, nowhere else."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget

from desktop.dialogs.foot import MARGINS, add_foot, at_least
from desktop.dialogs.new_passphrase import secret_line, show_typed
from desktop.dialogs.texts import label


class PassphraseDialog(QDialog):
    """One line to type; ``said`` is why the last one did not open the case."""

    def __init__(self, case: Path, said: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Encrypted case"))
        self._line = secret_line(self.tr("Passphrase"))
        shown = QCheckBox(self.tr("Show what I type"))
        shown.toggled.connect(lambda is_shown: show_typed(self._line, is_shown))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*MARGINS)
        layout.setSpacing(12)
        asks = self.tr("Passphrase of {0}").format(case.name)
        layout.addWidget(label(asks, wraps=True))
        layout.addWidget(self._line)
        layout.addWidget(shown)
        if said:
            layout.addWidget(label(said, "contradicts", wraps=True))
        forgotten = self.tr(
            "A forgotten passphrase cannot be found again: without it nobody can read the case."
        )
        layout.addWidget(label(forgotten, "muted", wraps=True))
        opens = add_foot(self, layout, self.tr("Open"))
        opens.setEnabled(False)
        self._line.textChanged.connect(lambda text: opens.setEnabled(bool(text)))
        at_least(layout, 460)

    def passphrase(self) -> str:
        """Return what was typed."""
        return self._line.text()
