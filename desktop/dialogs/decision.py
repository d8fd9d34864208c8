"""Asks for a verdict with its note, or the right label."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.dialogs.foot import MARGINS, add_foot, at_least
from desktop.dialogs.texts import named
from engine.model.findings import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the user decided."""

    verdict: Verdict
    label: str
    note: str


class DecisionDialog(QDialog):
    """A verdict on one finding, which is named on top."""

    def __init__(self, finding: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Decide with a note"))
        finding_label = QLabel(finding, wordWrap=True)
        finding_label.setTextFormat(Qt.TextFormat.PlainText)
        finding_label.setProperty("role", "heading")
        self._verdict = named(QComboBox(), self.tr("Verdict"))
        for words, verdict in (
            (self.tr("Confirm: the finding is right"), Verdict.CONFIRMED),
            (self.tr("Reject: the finding is wrong"), Verdict.REJECTED),
            (self.tr("Correct: right place, another label"), Verdict.CORRECTED),
        ):
            self._verdict.addItem(words, verdict)
        self._label = named(QLineEdit(), self.tr("Right label"))
        self._note = named(QPlainTextEdit(), self.tr("Note"))
        self._note.setPlaceholderText(self.tr("Why; it is shown beside the decision and in the report"))
        self._note.setTabChangesFocus(True)
        self._note.setFixedHeight(96)
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.addRow(self.tr("&Verdict"), self._verdict)
        form.addRow(self.tr("Right &label"), self._label)
        form.addRow(self.tr("&Note"), self._note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*MARGINS)
        layout.setSpacing(14)
        layout.addWidget(finding_label)
        layout.addLayout(form)
        self._save = add_foot(self, layout, self.tr("Save decision"))
        at_least(layout, 480)
        self._verdict.currentIndexChanged.connect(self._check)
        self._label.textChanged.connect(self._check)
        self._check()

    def decision(self) -> Decision:
        verdict = Verdict(self._verdict.currentData())
        label = self._label.text().strip() if verdict is Verdict.CORRECTED else ""
        return Decision(verdict=verdict, label=label, note=self._note.toPlainText().strip())

    def _check(self) -> None:
        corrects = Verdict(self._verdict.currentData()) is Verdict.CORRECTED
        self._label.setEnabled(corrects)
        self._save.setEnabled(not corrects or bool(self._label.text().strip()))
