"""Asks for the passphrase of an encrypted case; it is kept in memory while the case is open, nowhere else."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from desktop.dialogs.texts import label, named


class PassphraseDialog(QDialog):
    """One line to type; ``said`` is why the last one did not open the case."""

    def __init__(self, case: Path, said: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Encrypted case"))
        self._line = named(QLineEdit(), self.tr("Passphrase"))
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        shown = QCheckBox(self.tr("Show what I type"))
        shown.toggled.connect(self._show)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._open = buttons.addButton(self.tr("Open"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._open.setDefault(True)
        self._open.setEnabled(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._line.textChanged.connect(lambda text: self._open.setEnabled(bool(text)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
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
        layout.addWidget(buttons)
        self.setMinimumWidth(460)

    def passphrase(self) -> str:
        """Return what was typed."""
        return self._line.text()

    def _show(self, shown: bool) -> None:
        self._line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
