"""What the marks in a text mean, drawn with the marks themselves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop.dialogs.texts import frame, label
from desktop.item_models.wording import assertion_words
from engine.model.findings import Assertion

# Qt's rich text knows no wavy or dotted lines, so the samples are words in the same dress as far as it goes.
_DRESS = {
    Assertion.PRESENT: "text-decoration: underline;",
    Assertion.ABSENT: "text-decoration: line-through;",
    Assertion.POSSIBLE: "",
    Assertion.HISTORICAL: "",
}


class AssertionLegend(QWidget):
    """One line below a text: stated, denied, possible, past, contradiction."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground = frame("bar")
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)
        row = QHBoxLayout(ground)
        row.setContentsMargins(10, 4, 10, 4)
        row.setSpacing(14)
        samples = (
            ("───", Assertion.PRESENT),
            ("-̶ ̶-", Assertion.ABSENT),
            ("∿∿∿", Assertion.POSSIBLE),
            ("····", Assertion.HISTORICAL),
        )
        for sample, assertion in samples:
            sign = QLabel(sample)
            sign.setTextFormat(Qt.TextFormat.PlainText)
            row.addWidget(sign)
            row.addWidget(label(assertion_words(assertion), "muted"))
        row.addWidget(label("≠", "contradicts"))
        row.addWidget(label(self.tr("contradicts a picture"), "muted"))
        row.addStretch(1)
