"""Buttons of the actions of the table."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from desktop.views.actions import Actions


def button(actions: Actions, name: str, *, with_text: bool = False) -> QToolButton:
    """Return a tool button of an action of the table."""
    made = QToolButton()
    made.setDefaultAction(actions[name])
    made.setAccessibleName(actions[name].text().replace("&", ""))
    style = (
        Qt.ToolButtonStyle.ToolButtonTextBesideIcon if with_text else Qt.ToolButtonStyle.ToolButtonIconOnly
    )
    made.setToolButtonStyle(style)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made
