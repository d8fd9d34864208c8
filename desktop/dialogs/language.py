"""Asks which language the window shall speak."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from desktop.dialogs.texts import label, named
from desktop.languages import LANGUAGES


class LanguageDialog(QDialog):
    """The languages that there are, each by its own name, and the system's."""

    def __init__(self, chosen: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Language"))
        self._language = named(QComboBox(), self.tr("Language"))
        self._language.addItem(self.tr("as the system"), "")
        for language, name in LANGUAGES.items():
            self._language.addItem(name, language)
        self._language.setCurrentIndex(max(self._language.findData(chosen), 0))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.tr("Use it"), QDialogButtonBox.ButtonRole.AcceptRole).setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(self._language)
        layout.addWidget(label(self.tr("The window speaks it when it is opened again."), "muted", wraps=True))
        layout.addWidget(buttons)
        self.setMinimumWidth(360)

    def language(self) -> str:
        return str(self._language.currentData())
