"""Asks what to write and where; the format is the suffix."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.dialogs.texts import named


class ExportDialog(QDialog):
    """Offers Export only when there is a folder to write to."""

    def __init__(self, suggested: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export the case report"))
        said = QLabel(
            self.tr(
                "The report lists every image and report with its findings, links, contradictions, decisions "
                "and issues, the tools used with their versions and hashes, and the head of the audit chain."
            ),
            wordWrap=True,
        )
        self._path = named(QLineEdit(str(suggested)), self.tr("File to write"))
        choose = QPushButton(self.tr("Choose…"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(self._path, 1)
        row.addWidget(choose)
        self._state = QLabel(wordWrap=True)
        self._state.setProperty("role", "muted")
        form = QFormLayout()
        form.addRow(self.tr("PDF file"), row)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._export = buttons.addButton(self.tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._export.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(said)
        layout.addLayout(form)
        layout.addWidget(self._state)
        layout.addWidget(buttons)
        self.setMinimumWidth(560)
        self._path.textChanged.connect(self._check)
        self._check()

    def path(self) -> Path:
        """Return the file to write; a name without a suffix becomes a PDF."""
        path = Path(self._path.text().strip()).expanduser()
        return path if path.suffix else path.with_suffix(".pdf")

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export the case report"), str(self.path()), self.tr("PDF (*.pdf)")
        )
        if chosen:
            self._path.setText(chosen)

    def _check(self) -> None:
        text = self._path.text().strip()
        path = self.path() if text else Path()
        possible = bool(text) and path.parent.is_dir()
        self._export.setEnabled(possible)
        if not possible:
            self._state.setText(self.tr("Choose a file in a folder that exists."))
        elif path.exists():
            self._state.setText(
                self.tr("{0} exists and will be replaced once the new one is complete.").format(path.name)
            )
        else:
            self._state.clear()
