"""Two examiners beside each other: where they disagree, and the way to take the other's decisions in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from desktop.dialogs.texts import bar, label, named
from desktop.item_models.compared import accord_words, compared_line
from desktop.item_models.wording import number_words
from desktop.session.second_examiner import DISAGREED, Compared, Comparison
from desktop.views.line_list import LineList


class Disagreements(QDialog):
    """Stays open beside the window; ``looked_at`` carries a Compared, ``wanted`` asks for the import."""

    looked_at = Signal(object)
    wanted = Signal()

    def __init__(self, comparison: Comparison, *, can_write: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Compared with {0}").format(comparison.examiner))
        self._comparison = comparison
        counts = comparison.counts
        self.shown = named(QComboBox(), self.tr("Which findings"))
        self.shown.addItem(self.tr("Every compared finding"), "")
        for accord, count in counts.items():
            self.shown.addItem(f"{accord_words(accord)} ({number_words(count)})", accord)
        self.list = LineList[Compared](
            self.tr("Compared findings"), self.tr("No finding of this kind."), compared_line
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.take_in = QPushButton(self.tr("Take these decisions in"))
        self.take_in.setToolTip(
            self.tr("Adds them under their examiner's name; a verdict given here goes on to count")
        )
        self.take_in.setEnabled(can_write)
        buttons.addButton(self.take_in, QDialogButtonBox.ButtonRole.ActionRole)
        look = QPushButton(self.tr("Show in the window"))
        buttons.addButton(look, QDialogButtonBox.ButtonRole.ActionRole)
        for button in (self.take_in, look):
            button.setAutoDefault(False)  # Enter must not take anything in
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(label(self._summary(), wraps=True))
        layout.addWidget(bar(self.shown, None))
        layout.addWidget(self.list, 1)
        if comparison.unplaced:
            layout.addWidget(label(self._unplaced(), "contradicts", wraps=True))
        layout.addWidget(
            label(self.tr("SHA-256 of the file: {0}").format(comparison.sha256), "mono", wraps=True)
        )
        layout.addWidget(buttons)
        self.resize(780, 560)
        self.shown.activated.connect(self._show)
        self.list.opened.connect(self.looked_at)
        look.clicked.connect(self._look)
        self.take_in.clicked.connect(self.wanted)
        buttons.rejected.connect(self.reject)
        if counts[DISAGREED]:
            self.shown.setCurrentIndex(self.shown.findData(DISAGREED))
        self._show()

    def _show(self) -> None:
        wanted = self.shown.currentData()
        self.list.show_rows(
            [each for each in self._comparison.findings if not wanted or each.accord == wanted]
        )

    def _look(self) -> None:
        row = self.list.current()
        if isinstance(row, Compared):
            self.looked_at.emit(row)

    def _summary(self) -> str:
        comparison = self._comparison
        words = self.tr("Decisions of {0}, exported {1}.").format(
            comparison.examiner, comparison.exported_at[:16].replace("T", " ")
        )
        if comparison.kappa is not None:
            words += " " + self.tr("Agreement beyond chance on what both decided: kappa {0}.").format(
                f"{comparison.kappa:.2f}"
            )
        chain = (
            self.tr("The file was taken from this very case.")
            if comparison.same_chain
            else self.tr("The file comes from a copy of this case that went on by itself.")
        )
        return f"{words} {chain}"

    def _unplaced(self) -> str:
        first = self.tr("Decisions that have no place in this case: {0}").format(
            number_words(len(self._comparison.unplaced))
        )
        return "\n".join([first, *self._comparison.unplaced[:4]])
