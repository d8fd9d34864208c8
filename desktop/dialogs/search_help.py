"""How to ask: what can be typed into the search box, each with an example that can be tried."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from desktop.dialogs.texts import named
from desktop.theme import colors_of

_SCHEME = "search"


class SearchHelp(QDialog):
    """``tried`` carries the example that the user clicked."""

    tried = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("How to search"))
        self.page = named(QTextBrowser(), self.tr("How to search"))
        self.page.setOpenLinks(False)
        self.page.document().setDocumentMargin(14)
        self.page.setHtml(self._html())
        self.page.anchorClicked.connect(self._on_example)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.page)
        layout.addWidget(buttons)
        self.resize(720, 640)

    def rows(self) -> tuple[tuple[str, str], ...]:
        """Return every form of a question with what it asks for."""
        return (
            ("pleural effusion", self.tr("words side by side are one topic; synonyms and kinds count")),
            ('"pleural effusion"', self.tr("exactly these words, nothing that means the same")),
            ("effus*", self.tr("words that begin so")),
            ("knife AND bottle", self.tr("both; NOT or a leading minus is without, OR is either")),
            ("(knife OR blade) -bottle", self.tr("parentheses group")),
            ("effusion side:left", self.tr("side: left, right, bilateral")),
            ("effusion assertion:absent", self.tr("assertion, how the text speaks: present, absent, "
                                                  "possible, historical, hypothetical, other-person, any")),
            ("label:knife", self.tr("label: what a region or phrase is labeled")),
            ("date:2026-01..2026-03", self.tr("date: a year, month, day or range; an end may be missing")),
            ("modality:CT", self.tr("modality: CT, MR, DX, photograph …")),
            ("subject:P001", self.tr("subject: the person or patient a file names")),
            ("fracture reviewed:no", self.tr("reviewed: yes, no, confirmed, rejected, corrected")),
        )  # fmt: skip

    def _html(self) -> str:
        muted = colors_of(self.palette()).muted
        rows = "".join(
            f'<tr><td><a href="{_SCHEME}:{_encoded(example)}"><code>{escape(example)}</code></a></td>'
            f'<td><font color="{muted}">{escape(said)}</font></td></tr>'
            for example, said in self.rows()
        )
        intro = self.tr("Type words as you would say them. A click on an example searches for it.")
        keys = self.tr(
            "Enter searches in the whole case; Ctrl+F beside an open report looks in that report alone. "
            "What you looked for before is offered while you type."
        )
        return f"<p>{escape(intro)}</p><table cellpadding='4'>{rows}</table><p>{escape(keys)}</p>"

    def _on_example(self, url: QUrl) -> None:
        self.tried.emit(url.path(QUrl.ComponentFormattingOption.FullyDecoded))
        self.accept()


def _encoded(example: str) -> str:
    return bytes(QUrl.toPercentEncoding(example).data()).decode("ascii")
