"""The room of the pages: all there is, or what the shown page needs at least."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.views.page_area import PageArea


def _area(qtbot: QtBot, *pages: QWidget) -> tuple[PageArea, QStackedWidget]:
    stack = QStackedWidget()
    for page in pages:
        stack.addWidget(page)
    area = PageArea(stack)
    qtbot.addWidget(area)
    area.resize(400, 300)
    area.show()
    qtbot.waitExposed(area)
    return area, stack


def _wordy(words: int) -> QWidget:
    page, text = QWidget(), QLabel("word " * words)
    text.setWordWrap(True)
    QVBoxLayout(page).addWidget(text)
    return page


def test_a_page_is_not_scrolled_for_the_sake_of_a_hidden_one(qtbot: QtBot) -> None:
    large = QWidget()
    large.setMinimumSize(900, 800)
    area, stack = _area(qtbot, _wordy(5), large, _wordy(2_000))
    qtbot.waitUntil(lambda: not area.verticalScrollBar().isVisible())
    assert stack.size() == area.viewport().size() == area.maximumViewportSize()


def test_a_page_that_needs_more_is_scrolled(qtbot: QtBot) -> None:
    large = QWidget()
    large.setMinimumSize(900, 800)
    area, stack = _area(qtbot, QWidget(), large, _wordy(2_000))
    stack.setCurrentWidget(large)
    assert stack.size() == QSize(900, 800)
    stack.setCurrentIndex(2)
    qtbot.waitUntil(area.verticalScrollBar().isVisible)
    assert stack.width() == area.viewport().width() < area.maximumViewportSize().width()
    assert stack.height() > 800 and not area.horizontalScrollBar().isVisible()
    stack.setCurrentIndex(0)
    qtbot.waitUntil(lambda: not area.verticalScrollBar().isVisible())


def test_a_page_that_grows_gets_its_room(qtbot: QtBot) -> None:
    page = _wordy(5)
    area, stack = _area(qtbot, page)
    text = page.findChild(QLabel)
    assert isinstance(text, QLabel)
    text.setText("word " * 2_000)
    qtbot.waitUntil(area.verticalScrollBar().isVisible)
    assert stack.height() > area.height()
