"""What Casebook is, what it is not, and every component with its version and licence."""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path

from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop.dialogs.texts import label, named
from desktop.theme import colors_of
from engine.installed import Installed, components
from engine.settings import ENGINE_VERSION


class AboutDialog(QDialog):
    """Version, license, what the program is not, and what it is made of."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Casebook"))
        name = label(self.tr("Casebook {0}").format(ENGINE_VERSION), "title")
        said = QLabel(
            self.tr(
                "Research and triage support, not a diagnosis and not an expert opinion. A machine's finding "
                "is a hint: what counts is what an examiner decided, and both are recorded.\n\n"
                "Works without any network. Evidence is only read, never changed.\n\n"
                "License: AGPL-3.0-or-later."
            ),
            wordWrap=True,
        )
        self._components = components()
        self.list = named(QTextBrowser(), self.tr("Components with their versions and licenses"))
        self.list.setHtml(self._table(self._components))
        self.list.document().setDocumentMargin(8)
        where = label(self._where_the_licences_are(), "muted", wraps=True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(self.tr("&Copy the list"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setAutoDefault(False)
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        for each in (name, said, label(self.tr("Made of"), "heading"), self.list, where, buttons):
            layout.addWidget(each)
        layout.setStretchFactor(self.list, 1)
        self.resize(620, 620)

    def _table(self, listed: tuple[Installed, ...]) -> str:
        muted = colors_of(self.palette()).muted
        rows = "".join(
            f"<tr><td>{escape(each.name)}</td><td>{escape(each.version)}</td>"
            f"<td><font color='{muted}'>{escape(each.licence)}</font></td></tr>"
            for each in listed
        )
        return f"<table width='100%' cellpadding='2'>{rows}</table>"

    def _where_the_licences_are(self) -> str:
        folder = Path(sys.executable).resolve().parent / "licences"
        if folder.is_dir():
            return self.tr("The texts of all licenses: {0}").format(folder)
        return self.tr("The texts of the licenses came with the packages of this environment.")

    def _copy(self) -> None:
        lines = [f"casebook {ENGINE_VERSION}"]
        lines += [f"{each.name} {each.version}  {each.licence}".rstrip() for each in self._components]
        QApplication.clipboard().setText("\n".join(lines))
