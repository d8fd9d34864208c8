"""Reading a report: sections, search in it, phrases by key with their links, its original outside."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from desktop.item_models.lines import LineRole
from desktop.session.selection import Selection
from desktop.views.main_window import MainWindow
from desktop.views.originals import original_path
from desktop.views.report_page import ReportPage
from engine.model.findings import LinkRelation

pytest_plugins = ("tests.unit.desktop_case",)


@pytest.fixture
def page(window: MainWindow) -> ReportPage:
    """Return the page of the reports with the second report, which contradicts its picture."""
    store = window.session.store
    assert store is not None
    link = store.links(relation=LinkRelation.CONTRADICTS, limit=1)[0]
    window.go("reports")
    window.session.select(Selection(report_id=link.report_id))
    found = window.pages["reports"]
    assert isinstance(found, ReportPage)
    return found


def test_sections_lead_to_their_place(page: ReportPage, qtbot: QtBot) -> None:
    sections = page.reader.sections
    assert [sections.item(row).text() for row in range(sections.count())] == ["FINDINGS", "IMPRESSION"]
    sections.setFocus()
    sections.setCurrentRow(1)
    qtbot.keyClick(sections, Qt.Key.Key_Return)
    cursor = page.text.textCursor()
    assert cursor.atBlockStart() and cursor.block().text() == "IMPRESSION:"
    assert not page.reader.page.isVisible(), "a text file has no pages"


def test_words_are_found_in_the_open_report_alone(window: MainWindow, page: ReportPage, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    bar = page.reader.find_bar
    assert bar.isVisible() and bar.words.hasFocus()
    qtbot.keyClicks(bar.words, "LEFT lung")
    assert bar.count.text() == "1 of 2" and page.text.textCursor().selectedText() == "left lung"
    first = page.text.textCursor().selectionStart()
    qtbot.keyClick(bar.words, Qt.Key.Key_Return)
    assert bar.count.text() == "2 of 2" and page.text.textCursor().selectionStart() > first
    qtbot.keyClick(bar.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert page.text.textCursor().selectionStart() == first
    bar.words.setText("effusion \U0001f600")
    assert bar.count.text() == "1 of 1", "a character of two units counts as one"
    bar.words.setText("nowhere")
    assert bar.count.text() == "not in this report"
    qtbot.keyClick(bar.words, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    window.go("overview")
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.search_box.hasFocus(), "without an open report the whole case is searched"


def test_a_phrase_reached_by_key_shows_its_links_and_they_lead_on(
    window: MainWindow, page: ReportPage, qtbot: QtBot
) -> None:
    for _ in range(2):
        qtbot.keyClick(page.text, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    store = window.session.store
    assert store is not None and window.session.selection.entity_id is not None
    entity = store.entity(window.session.selection.entity_id)
    assert entity is not None and entity.text == "opacity" and entity.id in page.text.lit
    assert page.links.rows.rowCount() == 1
    line = page.links.rows.index(0).data(LineRole)
    assert "≠" in line.title and "chest_02.png" in line.subtitle
    page.links.view.setCurrentIndex(page.links.rows.index(0))
    chosen = window.session.selection
    assert chosen.link_id is not None and chosen.region_id is not None and chosen.image_id is not None
    qtbot.keyClick(page.links.view, Qt.Key.Key_C)
    assert "confirmed" in page.links.rows.index(0).data(LineRole).subtitle
    qtbot.keyClick(page.links.view, Qt.Key.Key_Return)
    assert window.page_name() == "pair"


def test_the_original_opens_outside_only_after_a_warning(
    window: MainWindow, page: ReportPage, monkeypatch: pytest.MonkeyPatch, a_case: Path
) -> None:
    store = window.session.store
    assert store is not None and window.session.selection.report_id is not None
    file = store.files_of_report(window.session.selection.report_id)[0]
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(opened.append(url)) or True)
    page.reader.outside_wanted.emit()
    assert opened == [] and file.relative_path in window.notice.text, "the file is not there"
    original = a_case.parent / file.relative_path
    original.parent.mkdir()
    original.write_text("evidence")
    assert original_path(store, file) == original
    asked: list[str] = []

    def answer(button: int) -> None:
        def exec_(box: QMessageBox) -> None:
            asked.append(box.informativeText())
            box.buttons()[button].click()

        monkeypatch.setattr(QMessageBox, "exec", exec_)

    answer(1)  # the button that it starts with: cancel
    page.reader.outside_wanted.emit()
    assert len(asked) == 1 and str(original) in asked[0] and opened == []
    answer(0)
    page.reader.outside_wanted.emit()
    assert [url.toLocalFile() for url in opened] == [str(original)]
