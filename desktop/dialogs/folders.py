"""Where the evidence of a case lies, and where a folder that moved is to be found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.dialogs.foot import MARGINS, at_least
from desktop.dialogs.texts import label, named
from engine.store import Root


class FoldersDialog(QDialog):
    """One line per evidence folder; ``move`` is called with a label and where the folder lies now."""

    def __init__(
        self, roots: Sequence[Root], move: Callable[[str, Path], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Evidence folders"))
        self._move = move
        self._rows = QWidget()
        self._said = label("", wraps=True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(*MARGINS)
        self._layout.setSpacing(12)
        about = self.tr(
            "The case knows every file by its SHA-256. A folder that was moved or renamed is found again "
            "when you say where it is: its files are compared first, and nothing is read again."
        )
        self._layout.addWidget(label(about, "muted", wraps=True))
        self._layout.addWidget(self._rows)
        self._layout.addWidget(self._said)
        self._layout.addStretch(1)
        self._layout.addWidget(buttons)
        at_least(self._layout, 640)
        self.show_roots(roots)

    def show_roots(self, roots: Sequence[Root]) -> None:
        """Show the folders anew."""
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        for place, root in enumerate(roots):
            there = root.path.is_dir()
            state = self.tr("✓ there") if there else self.tr("✗ not there")
            find = named(QPushButton(self.tr("Find…")), self.tr("Find the folder {0}").format(root.label))
            find.setEnabled(not there)
            find.clicked.connect(lambda _checked=False, name=root.label: self._choose(name))
            grid.addWidget(label(root.label, "section"), 2 * place, 0)
            grid.addWidget(label(state, "muted" if there else "contradicts"), 2 * place, 1)
            grid.addWidget(find, 2 * place, 2)
            grid.addWidget(label(str(root.path), "muted", wraps=True), 2 * place + 1, 0, 1, 3)
        if not roots:
            grid.addWidget(label(self.tr("No evidence was added yet."), "muted"), 0, 0)
        self._layout.replaceWidget(self._rows, rows)
        self._rows.deleteLater()
        self._rows = rows

    def say(self, line: str) -> None:
        self._said.setText(line)

    def _choose(self, name: str) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Where is {0} now?").format(name))
        if chosen:
            self.say(self.tr("Comparing files…"))
            self._move(name, Path(chosen))
