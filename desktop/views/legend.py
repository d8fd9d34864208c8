"""What the marks in a text mean, in the marks themselves and in words."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.dialogs.texts import bar, column, label
from desktop.item_models.wording import assertion_words
from engine.model.findings import Assertion

_SIGNS = (
    ("<u>abc</u>", Assertion.PRESENT),
    ("<s>abc</s>", Assertion.ABSENT),
    ("∿∿∿", Assertion.POSSIBLE),
    ("····", Assertion.HISTORICAL),
)


class AssertionLegend(QWidget):
    """One line below a text: stated, denied, possible, past, contradiction."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        signs = [f"{sign}&ensp;{_unbroken(assertion_words(assertion))}" for sign, assertion in _SIGNS]
        against = f"≠&ensp;{_unbroken(self.tr('contradicts a picture'))}"
        words = label("", "muted", wraps=True)
        words.setTextFormat(Qt.TextFormat.RichText)
        words.setText(" &nbsp;&nbsp;&nbsp; ".join([*signs, against]))
        column(bar(words), parent=self)


def _unbroken(words: str) -> str:
    return escape(words).replace(" ", "&nbsp;")
