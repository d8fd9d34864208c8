"""The question before a case of an older version is changed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QMessageBox, QWidget


class UpgradeBox(QMessageBox):
    """Asks whether a case may be brought to the format of this version; yes is not the default."""

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("upgrade")
        self.setIcon(QMessageBox.Icon.Question)
        self.setWindowTitle(self.tr("Older case"))
        self.setText(self.tr("{0} was written by an older Casebook.").format(path.name))
        self.setInformativeText(
            self.tr(
                "To open it, its format is brought up to date. Findings and decisions stay as they are. "
                "The case as it is now is kept beside it as a backup, which older versions can open."
            )
        )
        self._yes = self.addButton(self.tr("Back up and open"), QMessageBox.ButtonRole.AcceptRole)
        self.setDefaultButton(self.addButton(QMessageBox.StandardButton.Cancel))

    def is_agreed(self) -> bool:
        """Show the question and return the answer."""
        self.exec()
        return self.clickedButton() is self._yes
