"""Dialogs that are asked once and then let go: a window that keeps them grows with every question."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget


def give_room(dialog: QWidget) -> None:
    """Make a dialog as large as its texts want; Qt stops at two thirds of the screen and presses them."""
    if not dialog.testAttribute(Qt.WidgetAttribute.WA_Resized):
        dialog.resize(dialog.sizeHint())


def ask(dialog: QDialog) -> bool:
    """Show a dialog until it is left; tell whether it was accepted. Read what it holds at once."""
    give_room(dialog)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return accepted
