"""Asks which language the window shall speak."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QDialog, QVBoxLayout, QWidget

from desktop.dialogs.foot import MARGINS, add_foot, at_least
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
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*MARGINS)
        layout.setSpacing(12)
        layout.addWidget(self._language)
        layout.addWidget(label(self.tr("The window speaks it when it is opened again."), "muted", wraps=True))
        add_foot(self, layout, self.tr("Use it"))
        at_least(layout, 360)

    def language(self) -> str:
        return str(self._language.currentData())
