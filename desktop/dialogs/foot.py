"""The foot of a dialog that asks something: leave it as it is, or do what the button says."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout

MARGINS = (20, 18, 20, 16)


def at_least(layout: QVBoxLayout, width_px: int) -> None:
    """Make a dialog so wide, or wider where texts are large: a minimum width would press them together."""
    layout.addStrut(width_px - MARGINS[0] - MARGINS[2])


def add_foot(dialog: QDialog, layout: QVBoxLayout, action: str) -> QPushButton:
    """Put Cancel and the button of the ``action``, which Enter presses, below a layout; return the latter."""
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    does_it = buttons.addButton(action, QDialogButtonBox.ButtonRole.AcceptRole)
    does_it.setDefault(True)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    layout.addWidget(buttons)
    return does_it
