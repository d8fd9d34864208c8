"""Asks how a case is to be encrypted: for the first time, with another passphrase, or no longer."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtWidgets import QDialog, QFormLayout, QRadioButton, QVBoxLayout, QWidget

from desktop.dialogs.foot import MARGINS, add_foot, at_least
from desktop.dialogs.new_passphrase import NewPassphrase, secret_line
from desktop.dialogs.texts import label


@dataclass(frozen=True, slots=True, kw_only=True)
class Encryption:
    """What the user wants: ``now`` opens the case (empty: it is plain), ``then`` shall (empty: plain)."""

    now: str = field(repr=False)
    then: str = field(repr=False)


class EncryptionDialog(QDialog):
    """Offers what the case does not have yet; its button says what will be done."""

    def __init__(self, name: str, is_encrypted: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Encryption of {0}").format(name))
        self._is_encrypted = is_encrypted
        self._now = secret_line(self.tr("Passphrase now"))
        self._changes = QRadioButton(self.tr("Give the case another passphrase"))
        self._removes = QRadioButton(
            self.tr("Take the encryption away: everybody who has the file can read it")
        )
        self._changes.setChecked(True)
        self._new = NewPassphrase()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*MARGINS)
        layout.setSpacing(12)
        layout.addWidget(label(self._explained(), wraps=True))
        now = QFormLayout()
        now.addRow(self.tr("Passphrase now"), self._now)
        layout.addLayout(now)
        now.setRowVisible(self._now, is_encrypted)
        for each in (self._changes, self._new, self._removes):
            layout.addWidget(each)
        for each in (self._changes, self._removes):
            each.setVisible(is_encrypted)
        self._does_it = add_foot(self, layout, self.tr("Encrypt"))
        self._now.textChanged.connect(lambda _text: self._check())
        self._changes.toggled.connect(lambda _on: self._check())
        self._new.changed.connect(self._check)
        at_least(layout, 520)
        self._check()

    def wanted(self) -> Encryption:
        return Encryption(
            now=self._now.text(), then="" if self._removes.isChecked() else self._new.passphrase()
        )

    def _explained(self) -> str:
        if self._is_encrypted:
            return self.tr("The case file is encrypted (AES-256). It is written anew, backups beside it too.")
        return self.tr(
            "The case file will be encrypted (AES-256): findings, texts, thumbnails and decisions. It is "
            "written anew, backups beside it too. The evidence itself stays as it lies in its folders."
        )

    def _check(self) -> None:
        removes = self._removes.isChecked()
        self._new.setEnabled(not removes)
        if self._is_encrypted:
            self._does_it.setText(self.tr("Decrypt") if removes else self.tr("Change passphrase"))
        has_new = removes or self._new.is_complete
        self._does_it.setEnabled(has_new and bool(self._now.text() or not self._is_encrypted))
