"""Whose certificate signs a report, and the passphrase of its file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.dialogs.new_passphrase import secret_line
from desktop.dialogs.texts import named


class CertificateChoice(QWidget):
    """A PKCS #12 file to sign with, or none; the passphrase is asked for once there is a file."""

    def __init__(self) -> None:
        super().__init__()
        self._path = named(QLineEdit(), self.tr("Certificate file"))
        self._path.setPlaceholderText(self.tr("a certificate (.p12, .pfx), optional"))
        self._passphrase = secret_line(self.tr("Passphrase of the certificate"))
        self._passphrase.setPlaceholderText(self.tr("passphrase of the certificate"))
        choose = QPushButton(self.tr("Choose…"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(self._path, 1)
        row.addWidget(choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(row)
        layout.addWidget(self._passphrase)
        self._path.textChanged.connect(lambda text: self._passphrase.setVisible(bool(text.strip())))
        self._passphrase.setVisible(False)

    def chosen(self) -> Mapping[str, str]:
        """Return the words of an export request that sign it; none where no file was chosen."""
        path = self._path.text().strip()
        if not path:
            return {}
        certificate = str(Path(path).expanduser())
        return {"certificate": certificate, "certificate_passphrase": self._passphrase.text()}

    def _choose(self) -> None:
        pattern = self.tr("Certificates (*.p12 *.pfx)")
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Certificate to sign with"), "", pattern)
        if path:
            self._path.setText(path)
