"""Everything that one can do, with its keys; and what Casebook is."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTextBrowser, QVBoxLayout, QWidget

from desktop.dialogs.texts import named
from desktop.theme import colors_of
from engine.settings import ENGINE_VERSION


class HelpSheet(QDialog):
    """Shows rows of (menu, action, sentence, keys)."""

    def __init__(self, rows: Sequence[tuple[str, str, str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys and actions"))
        page = named(QTextBrowser(), self.tr("Keys and actions"))
        page.setHtml(self._html(rows))
        page.document().setDocumentMargin(14)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(page)
        layout.addWidget(buttons)
        self.resize(720, 640)

    def _html(self, rows: Sequence[tuple[str, str, str, str]]) -> str:
        colors = colors_of(self.palette())
        html, menu = "", ""
        for group, name, sentence, keys in rows:
            if group != menu:
                html += "</table>" if menu else ""
                html += f"<h3>{escape(group)}</h3><table width='100%' cellpadding='3'>"
                menu = group
            html += (
                f"<tr><td width='28%'>{escape(name)}</td><td width='20%'><b>{escape(keys)}</b></td>"
                f"<td><font color='{colors.muted}'>{escape(sentence)}</font></td></tr>"
            )
        extra = self.tr(
            "On the image: the wheel zooms to the pointer, left drag moves, right drag changes the window "
            "of DICOM values."
        )
        return f"{html}</table><p><font color='{colors.muted}'>{escape(extra)}</font></p>"


class AboutDialog(QDialog):
    """Version, license, and what the program is not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Casebook"))
        name = QLabel(self.tr("Casebook {0}").format(ENGINE_VERSION))
        name.setProperty("role", "title")
        said = QLabel(
            self.tr(
                "Research and triage support, not a diagnosis and not an expert opinion. A machine's finding "
                "is a hint: what counts is what an examiner decided, and both are recorded.\n\n"
                "Works without any network. Evidence is only read, never changed.\n\n"
                "License: AGPL-3.0-or-later."
            ),
            wordWrap=True,
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        for each in (name, said, buttons):
            layout.addWidget(each)
        self.setMinimumWidth(460)
