"""Buttons of the actions of the table."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QActionEvent
from PySide6.QtWidgets import QToolButton

from desktop.views.actions import Actions


class ActionButton(QToolButton):
    """A tool button that shows one action and follows it.

    ``QToolButton`` follows its default action too, but Qt 6.11 adds one more connection at each change
    of the action and never takes one away: an hour of work cost megabytes, and ever slower changes.
    """

    def __init__(self, action: QAction) -> None:
        super().__init__()
        self.setDefaultAction(action)
        self.setAccessibleName(action.text().replace("&", ""))

    def actionEvent(self, event: QActionEvent) -> None:
        """Take over what has changed; the first connection of Qt's keeps menus and triggering alive."""
        if event.type() == QEvent.Type.ActionChanged and event.action() is self.defaultAction():
            self._follow(event.action())
        else:
            super().actionEvent(event)

    def _follow(self, action: QAction) -> None:
        self.setText(action.iconText())
        self.setIcon(action.icon())
        self.setToolTip(action.toolTip())
        self.setStatusTip(action.statusTip())
        self.setWhatsThis(action.whatsThis())
        self.setCheckable(action.isCheckable())
        self.setChecked(action.isChecked())
        self.setEnabled(action.isEnabled())


def button(actions: Actions, name: str, *, with_text: bool = False) -> ActionButton:
    """Return a tool button of an action of the table."""
    made = ActionButton(actions[name])
    style = (
        Qt.ToolButtonStyle.ToolButtonTextBesideIcon if with_text else Qt.ToolButtonStyle.ToolButtonIconOnly
    )
    made.setToolButtonStyle(style)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made
