"""A line with a folder or file of data, and the two buttons that choose one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from desktop.dialogs.texts import named
from desktop.dialogs.typed_path import is_there
from desktop.session.preferences import Preferences


class DataChoice(QWidget):
    """``changed`` tells that another path stands there; ``path`` is None for one that does not exist."""

    changed = Signal()

    def __init__(self, preferences: Preferences, purpose: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._purpose = purpose
        self.line = named(QLineEdit(), self.tr("Folder or file with the data"))
        self.line.setPlaceholderText(self.tr("folder or file with the data"))
        self.line.textChanged.connect(lambda _text: self.changed.emit())
        folder = QPushButton(self.tr("Folder…"))
        folder.clicked.connect(self._choose_folder)
        file = QPushButton(self.tr("File…"))
        file.clicked.connect(self._choose_file)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        row.addWidget(folder)
        row.addWidget(file)

    def path(self) -> Path | None:
        text = self.line.text().strip()
        path = Path(text).expanduser() if text else None
        return path if path is not None and is_there(path) else None

    def _choose_folder(self) -> None:
        start = str(self._preferences.folder(self._purpose))
        self._take(QFileDialog.getExistingDirectory(self, self.tr("Folder with the data"), start))

    def _choose_file(self) -> None:
        start = str(self._preferences.folder(self._purpose))
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("File with the data"), start)
        self._take(chosen)

    def _take(self, chosen: str) -> None:
        if chosen:
            path = Path(chosen)
            self._preferences.set_folder(self._purpose, path if path.is_dir() else path.parent)
            self.line.setText(chosen)
