"""The languages that the window speaks, and how one is put into use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.settings import resources_dir

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

LANGUAGES = {"en": "English", "de": "Deutsch"}
"""Languages with a translation, each by its own name; the texts in the code are English."""


def speak(app: QApplication, language: str) -> None:
    """Use a language, or the system's where none is chosen, from now on; English where there is no other.

    English has a file too: it holds the singular and plural forms.
    """
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    locale = QLocale(language) if language else QLocale()
    if locale.name().partition("_")[0] not in LANGUAGES:
        locale = QLocale("en")
    if language:
        QLocale.setDefault(locale)
    qt_texts = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in (("qtbase", qt_texts), ("casebook", str(resources_dir() / "translations"))):
        translator = QTranslator(app)
        if translator.load(locale, name, "_", folder):
            app.installTranslator(translator)
