"""What Casebook is, and what it is not."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from engine.settings import ENGINE_VERSION


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
