"""The QActions of the window, one for each row of the action table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence, QPalette
from PySide6.QtWidgets import QWidget

from desktop.dialogs.key_sheet import KeyRow, native
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
            action.setCheckable(spec.checkable)
            action.setStatusTip(say(spec.hint))
            window.addAction(action)
            self._by_name[spec.name] = action
            self.rekey(spec.name, spec.keys)

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def rekey(self, name: str, keys: Sequence[str]) -> None:
        """Give an action other keys; its tool tip names the first."""
        action = self._by_name[name]
        action.setShortcuts([QKeySequence(key) for key in keys])
        hint = action.statusTip()
        action.setToolTip(f"{hint} ({native(keys[:1])})" if keys else hint)

    def rename(self, name: str, text: str) -> None:
        """Give an action the name that its user gave it."""
        self._by_name[name].setText(text)

    def key_rows(self) -> tuple[KeyRow, ...]:
        """Return every action with its keys, for the sheet of keys."""
        portable = QKeySequence.SequenceFormat.PortableText
        return tuple(
            KeyRow(
                name=spec.name,
                menu=say(spec.menu).replace("&", ""),
                text=self._by_name[spec.name].text().replace("&", "").rstrip("…"),
                hint=say(spec.hint),
                keys=tuple(key.toString(portable) for key in self._by_name[spec.name].shortcuts()),
                usual=tuple(QKeySequence(key).toString(portable) for key in spec.keys),
            )
            for spec in SPECS
        )

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
