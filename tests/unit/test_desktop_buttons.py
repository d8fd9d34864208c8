"""Buttons follow their action, however often it changes, and keep nothing of the changes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMetaMethod
from PySide6.QtGui import QAction, QColor, QIcon, QPixmap
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.views.action_table import SPECS
from desktop.views.buttons import ActionButton
from desktop.views.main_window import MainWindow

pytest_plugins = ("tests.unit.desktop_case",)


@pytest.fixture
def action(qtbot: QtBot) -> Iterator[QAction]:
    owner = QWidget()
    qtbot.addWidget(owner)
    yield QAction("&Confirm", owner)


def _receivers(action: QAction) -> int:
    """Return how many connections the signals of an action have."""
    kind = action.metaObject()
    signals = (kind.method(index) for index in range(kind.methodCount()))
    names = (
        each.methodSignature().data().decode()
        for each in signals
        if each.methodType() == QMetaMethod.MethodType.Signal
    )
    return sum(action.receivers(f"2{name}") for name in names)


def test_a_button_shows_what_its_action_became(qtbot: QtBot, action: QAction) -> None:
    button = ActionButton(action)
    qtbot.addWidget(button)
    picture = QPixmap(8, 8)
    picture.fill(QColor("red"))
    action.setText("&Reject all…")
    action.setToolTip("All that is wrong (R)")
    action.setIcon(QIcon(picture))
    action.setCheckable(True)
    action.setChecked(True)
    action.setEnabled(False)
    assert (button.text(), button.toolTip()) == ("Reject all", "All that is wrong (R)")
    assert button.icon().cacheKey() == action.icon().cacheKey()
    assert button.isCheckable() and button.isChecked() and not button.isEnabled()


def test_a_click_triggers_the_action_once(qtbot: QtBot, action: QAction) -> None:
    action.setCheckable(True)
    button = ActionButton(action)
    qtbot.addWidget(button)
    heard: list[bool] = []
    action.triggered.connect(lambda: heard.append(action.isChecked()))
    button.click()
    assert heard == [True] and button.isChecked()
    action.trigger()
    assert heard == [True, False] and not button.isChecked()


def test_a_thousand_changes_leave_no_connection_behind(qtbot: QtBot, action: QAction) -> None:
    button = ActionButton(action)
    qtbot.addWidget(button)
    before = _receivers(action)
    for number in range(1000):
        action.setEnabled(bool(number % 2))
        action.setText(f"Confirm {number}")
    assert _receivers(action) == before
    plain = QToolButton()
    qtbot.addWidget(plain)
    plain.setDefaultAction(action)
    before = _receivers(action)
    action.setText("once more")
    assert _receivers(action) > before, "Qt keeps a connection of each change no longer: drop ActionButton"


def test_every_button_of_an_action_in_the_window_is_of_that_kind(window: MainWindow) -> None:
    names = {spec.name for spec in SPECS}
    buttons = window.findChildren(QToolButton)
    found = [each for each in buttons if (shown := each.defaultAction()) and shown.objectName() in names]
    assert len(found) > 20
    assert [each for each in found if not isinstance(each, ActionButton)] == []
