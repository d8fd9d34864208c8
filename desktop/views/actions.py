"""The QActions of the window, one for each row of the action table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence, QPalette
from PySide6.QtWidgets import QWidget

from desktop.theme import colors_of, icon
from desktop.views.action_table import SPECS, Needs

_CONTEXT: Final = "Actions"


class Actions(QObject):
    """The QActions made from the table, one each."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._by_name: dict[str, QAction] = {}
        for spec in SPECS:
            action = QAction(say(spec.text), window)
            action.setObjectName(spec.name)
            action.setShortcuts([QKeySequence(key) for key in spec.keys])
            action.setCheckable(spec.checkable)
            action.setStatusTip(say(spec.hint))
            keys = (
                QKeySequence(spec.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
                if spec.keys
                else ""
            )
            action.setToolTip(f"{say(spec.hint)} ({keys})" if keys else say(spec.hint))
            window.addAction(action)
            self._by_name[spec.name] = action

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def on(self, name: str, handler: Callable[[], object]) -> None:
        """Let an action do something."""
        self._by_name[name].triggered.connect(lambda _checked=False: handler())

    def enable(self, available: frozenset[Needs]) -> None:
        """Offer the actions whose needs are met."""
        for spec in SPECS:
            self._by_name[spec.name].setEnabled(spec.needs is Needs.NOTHING or spec.needs in available)

    def dress(self, palette: QPalette) -> None:
        """Give every action its icon in the colors of the theme."""
        color = colors_of(palette).text
        for spec in SPECS:
            if spec.icon:
                self._by_name[spec.name].setIcon(icon(spec.icon, color))


def say(text: str) -> str:
    """Return a text of the table in the user's language."""
    return QCoreApplication.translate(_CONTEXT, text)


def help_rows() -> tuple[tuple[str, str, str, str], ...]:
    """Return menu, action, sentence and keys of every action, for the help sheet."""
    return tuple(
        (
            say(spec.menu).replace("&", ""),
            say(spec.text).replace("&", "").rstrip("…"),
            say(spec.hint),
            "  ".join(
                QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in spec.keys
            ),
        )
        for spec in SPECS
    )
