"""The board: which links it lists, and how far the review is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot

from desktop.item_models.case_links import State
from desktop.item_models.lines import LineRole
from desktop.views.board_page import BoardPage
from desktop.views.main_window import MainWindow
from desktop.views.overview_page import OverviewPage
from engine.model.findings import LinkRelation

pytest_plugins = ("tests.unit.desktop_case",)


@pytest.fixture
def board(window: MainWindow, qtbot: QtBot) -> BoardPage:
    window.go("contradictions")
    page = window.pages["contradictions"]
    assert isinstance(page, BoardPage)
    qtbot.waitUntil(lambda: page.list.rows.rowCount() == 3)
    return page


def _ask(box: QComboBox, value: object) -> None:
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_decided_links_are_counted_and_can_be_listed_alone(
    window: MainWindow, board: BoardPage, qtbot: QtBot
) -> None:
    board.list.view.setCurrentIndex(board.list.rows.index(0))
    qtbot.keyClick(board.list.view, Qt.Key.Key_R)
    board.list.step(+1)
    qtbot.keyClick(board.list.view, Qt.Key.Key_C)
    qtbot.keyClick(board.list.view, Qt.Key.Key_1)
    assert "⚑ Important" in board.list.rows.index(1).data(LineRole).subtitle
    assert board.count.text() == "2 of 3 decided" and board.progress.value() == 2
    for state, count in (
        (State.UNDECIDED, 1),
        (State.DECIDED, 2),
        (State.CONFIRMED, 1),
        (State.REJECTED, 1),
        (State.CORRECTED, 0),
        (State.BOOKMARKED, 1),
        (State.ANY, 3),
    ):
        _ask(board.state, state.value)
        assert board.list.rows.rowCount() == count, state
    window.go("overview")
    overview = window.pages["overview"]
    assert isinstance(overview, OverviewPage)
    said = [label.text() for label in overview.progress.findChildren(QLabel)]
    assert "2 of 3 decided" in said and "2 of 24 decided" in said
    assert overview.progress.verdicts.text() == "confirmed 1   ·   rejected 1   ·   Dr. Example: 2"


def test_all_links_of_the_case_can_be_gone_through(board: BoardPage, qtbot: QtBot) -> None:
    _ask(board.relation, LinkRelation.SUPPORTS.value)
    qtbot.waitUntil(lambda: board.list.rows.rowCount() == 21)
    _ask(board.relation, None)
    qtbot.waitUntil(lambda: board.list.rows.rowCount() == 24)
    assert board.count.text() == "0 of 24 decided"
