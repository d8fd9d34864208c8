"""Keys that a user changes: kept, taken back, never given to two actions; and larger text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.dialogs.key_sheet import KeySheet
from desktop.session.selection import Selection
from desktop.views.main_window import MainWindow
from desktop.views.review_commands import ReviewCommands

pytest_plugins = ("tests.unit.desktop_case",)


def _sheet(window: MainWindow, qtbot: QtBot) -> KeySheet:
    sheet = KeySheet(window.actions_table.key_rows(), window.review_commands._rekey, window)
    qtbot.addWidget(sheet)
    return sheet


def test_an_action_gets_another_key_and_keeps_it(window: MainWindow, qtbot: QtBot) -> None:
    sheet = _sheet(window, qtbot)
    sheet.choose("confirm")
    sheet.edit.setKeySequence(QKeySequence("Ctrl+Alt+Y"))
    assert sheet.set_button.isEnabled()
    sheet.set_button.click()
    assert sheet.shown_keys("confirm") == "Ctrl+Alt+Y"
    action = window.actions_table["confirm"]
    assert [key.toString() for key in action.shortcuts()] == ["Ctrl+Alt+Y"]
    assert "Ctrl+Alt+Y" in action.toolTip()
    window.actions_table.rekey("confirm", ("C",))
    ReviewCommands(window)  # as at the next start
    assert [key.toString() for key in action.shortcuts()] == ["Ctrl+Alt+Y"]
    sheet.reset_button.click()
    assert [key.toString() for key in action.shortcuts()] == ["C"]
    assert window.review_commands._shortcuts.changed() == {}


def test_a_key_that_another_action_has_is_refused_by_name(window: MainWindow, qtbot: QtBot) -> None:
    sheet = _sheet(window, qtbot)
    sheet.choose("confirm")
    sheet.edit.setKeySequence(QKeySequence("R"))
    assert not sheet.set_button.isEnabled()
    assert "“Reject”" in sheet.said.text()
    sheet._give(("R",))
    assert [key.toString() for key in window.actions_table["confirm"].shortcuts()] == ["C"]
    assert "“Reject”" in sheet.said.text()


def test_text_grows_and_is_remembered(window: MainWindow, qapp: QApplication) -> None:
    height = window.navigation.fontMetrics().height()
    for _ in range(4):
        window.actions_table["larger"].trigger()
    assert window.session.preferences.number("text_percent", 100) == 140
    assert window.navigation.fontMetrics().height() > 1.25 * height
    for _ in range(4):
        window.actions_table["smaller"].trigger()
    assert window.navigation.fontMetrics().height() == height


def test_a_case_is_found_where_it_was_left(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    assert session.store is not None
    link = session.store.links(limit=3)[2]
    session.select(Selection(image_id=link.image_id, report_id=link.report_id, link_id=link.id))
    qtbot.keyClick(window, Qt.Key(ord("5")), Qt.KeyboardModifier.AltModifier)
    left, case = session.selection, session.store.path
    session.close()
    assert window.page_name() == ""
    session.open(case)
    assert window.page_name() == "contradictions" and session.selection == left
