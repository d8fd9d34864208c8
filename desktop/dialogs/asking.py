"""Dialogs that are asked once and then let go: a window that keeps them grows with every question."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog


def ask(dialog: QDialog) -> bool:
    """Show a dialog until it is left; tell whether it was accepted. Read what it holds at once."""
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return accepted
