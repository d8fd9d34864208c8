"""Bookmarks by digit keys, searches by name, what was looked for before: rows of the case, or of the desk."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from desktop.dialogs.categories import Categories
from desktop.dialogs.saved_searches import NameSearch, SavedSearches
from desktop.dialogs.search_help import SearchHelp
from desktop.item_models.lines import LineRole
from desktop.session.marks import Marks
from desktop.session.selection import Selection
from desktop.views.main_window import MainWindow
from desktop.views.marks_page import MarksPage
from desktop.views.search_page import SearchPage
from engine.clock import system_clock
from engine.model.findings import LinkRelation
from engine.store import open_case

pytest_plugins = ("tests.unit.desktop_case",)


def _page(window: MainWindow) -> MarksPage:
    page = window.pages["marks"]
    assert isinstance(page, MarksPage)
    return page


def _search(window: MainWindow) -> SearchPage:
    page = window.pages["results"]
    assert isinstance(page, SearchPage)
    return page


def _select_link(window: MainWindow) -> str:
    assert window.session.store is not None
    link = window.session.store.links(relation=LinkRelation.CONTRADICTS, limit=1)[0]
    window.session.select(Selection(image_id=link.image_id, report_id=link.report_id, link_id=link.id))
    return link.id


def _written(case: Path) -> list[tuple[str, str, str, str]]:
    with open_case(case, clock=system_clock, read_only=True) as store:
        assert store.check_audit() == ()
        return [(each.target_kind, each.target_id, each.title, each.examiner) for each in store.bookmarks()]


def test_a_digit_key_puts_the_selection_into_a_category_and_takes_it_out(
    window: MainWindow, qtbot: QtBot, a_case: Path
) -> None:
    link = _select_link(window)
    qtbot.keyClick(window, Qt.Key.Key_1)
    assert _written(a_case) == [("link", link, "Important", "Dr. Example")]
    assert window.inspector.bookmark.isVisible() and "Important" in window.inspector.bookmark.text()
    qtbot.keyClick(window, Qt.Key.Key_2)
    assert _written(a_case) == [("link", link, "Ask someone", "Dr. Example")]
    window.go("marks")
    page = _page(window)
    line = page.list.rows.index(0).data(LineRole)
    assert "≠" in line.title and line.trailing == "Ask someone"
    page.list.view.setCurrentIndex(page.list.rows.index(0))
    qtbot.keyClick(page.list.view, Qt.Key.Key_2)
    assert _written(a_case) == [] and page.list.rows.rowCount() == 0


def test_images_and_reports_can_be_bookmarked_and_listed_by_category(
    window: MainWindow, qtbot: QtBot, a_case: Path
) -> None:
    store = window.session.store
    assert store is not None
    image, report = store.images(limit=1)[0], store.reports(limit=1)[0]
    window.session.select(Selection(image_id=image.id))
    qtbot.keyClick(window, Qt.Key.Key_3)
    window.session.select(Selection(report_id=report.id))
    qtbot.keyClick(window, Qt.Key.Key_9)
    assert [row[:3] for row in _written(a_case)] == [
        ("image", image.id, "For the report"),
        ("report", report.id, "Category 9"),
    ]
    page = _page(window)
    box = next(each for each in page.findChildren(QComboBox) if each.accessibleName() == "Category")
    box.setCurrentIndex(box.findData("Category 9"))
    box.activated.emit(box.currentIndex())
    assert page.list.rows.rowCount() == 1
    page.list.view.setCurrentIndex(page.list.rows.index(0))
    assert window.session.selection == Selection(report_id=report.id)


def test_categories_have_the_names_of_this_workstation(window: MainWindow, qtbot: QtBot) -> None:
    marks = _page(window).marks
    dialog = Categories(marks.categories(), window)
    qtbot.addWidget(dialog)
    assert dialog.names()[0] == "Important"
    marks.set_categories(("Weapons & tools", "", *dialog.names()[2:]))
    assert window.actions_table["mark_1"].text() == "Weapons && tools"
    again = Marks(window.session)
    assert again.categories()[:3] == ("Weapons & tools", "Category 2", "For the report")


def test_a_case_for_reading_only_takes_no_bookmark(window: MainWindow, qtbot: QtBot, a_case: Path) -> None:
    assert window.session.open(a_case, read_only=True)
    _select_link(window)
    qtbot.keyClick(window, Qt.Key.Key_1)
    assert _written(a_case) == [] and "reading only" in window.notice.text
    assert not window.actions_table["decisions_out"].isEnabled(), "an export is an audit entry"
    assert window.actions_table["decisions_in"].isEnabled(), "to compare writes nothing"


def test_a_search_is_saved_run_again_and_deleted(window: MainWindow, qtbot: QtBot, a_case: Path) -> None:
    page, marks = _search(window), _page(window).marks
    window.search_box.setText("opacity side:left")
    qtbot.keyClick(window.search_box, Qt.Key.Key_Return)
    assert page.save_button.isEnabled()
    naming = NameSearch("opacity side:left", [], window)
    qtbot.addWidget(naming)
    naming.name.setText("  left   opacity ")
    marks.save_search(naming.entered(), "opacity side:left")
    with open_case(a_case, clock=system_clock, read_only=True) as store:
        assert [(each.name, each.query) for each in store.saved_searches()] == [
            ("left opacity", "opacity side:left")
        ]
    dialog = SavedSearches(marks.searches, marks.remove_search, window)
    qtbot.addWidget(dialog)
    wanted: list[str] = []
    dialog.wanted.connect(wanted.append)
    dialog._on_run()
    assert wanted == ["opacity side:left"]
    dialog._on_delete()
    assert marks.searches == () and dialog.list.count() == 0


def test_what_was_looked_for_is_offered_again_in_its_case_only(window: MainWindow, qtbot: QtBot) -> None:
    for text in ("opacity", "effusion", "opacity"):
        window.search_box.setText(text)
        qtbot.keyClick(window.search_box, Qt.Key.Key_Return)
    marks = _page(window).marks
    assert marks.past_searches() == ("opacity", "effusion")
    completer = window.search_box.completer()
    completer.setCompletionPrefix("fus")
    assert completer.completionCount() == 1 and completer.currentCompletion() == "effusion"
    window.session.close()
    assert marks.past_searches() == ()


def test_the_help_says_how_to_ask_and_its_examples_can_be_tried(window: MainWindow, qtbot: QtBot) -> None:
    dialog = SearchHelp(window)
    qtbot.addWidget(dialog)
    tried: list[str] = []
    dialog.tried.connect(tried.append)
    examples = [example for example, _ in dialog.rows()]
    for example in examples:
        dialog._on_example(_url_of(dialog, example))
    assert tried == examples
    filters = {"label", "side", "assertion", "date", "modality", "subject", "reviewed"}
    assert all(any(f"{each}:" in example for example in examples) for each in filters)


def _url_of(dialog: SearchHelp, example: str):  # type: ignore[no-untyped-def]
    """Return the link of an example as a click on it gives it."""
    from html import unescape

    from PySide6.QtCore import QUrl

    links = dialog.page.document().toHtml().split('href="')[1:]
    urls = [QUrl(unescape(link.split('"')[0])) for link in links]
    return next(url for url in urls if url.path(QUrl.ComponentFormattingOption.FullyDecoded) == example)
