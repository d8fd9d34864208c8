"""The window on a case: pages, selection in both directions, decisions by key, drops, themes."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QTextCharFormat
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QApplication, QComboBox, QLineEdit, QScrollBar
from pytestqt.qtbot import QtBot

from desktop.dialogs.preflight import PreflightDialog
from desktop.item_models.images import BadgesRole
from desktop.item_models.lines import LineRole
from desktop.item_models.paged import RowRole
from desktop.session.jobs import JobEnd
from desktop.session.queries import Answer
from desktop.session.queries import Facet as HitFacet
from desktop.session.selection import Selection
from desktop.theme import DARK, LIGHT, Mode, apply_theme, colors_of
from desktop.views.action_table import SPECS
from desktop.views.board_page import BoardPage
from desktop.views.gallery_page import GalleryPage
from desktop.views.main_window import MainWindow
from desktop.views.navigation import PAGES
from desktop.views.pair_page import PairPage
from engine.clock import system_clock
from engine.messages import Kind
from engine.model.findings import Assertion, Link, LinkRelation, Verdict
from engine.model.runs import RunOutcome
from engine.store import open_case
from engine.store.image_facets import Facet

pytest_plugins = ("tests.unit.desktop_case",)


def _pair(window: MainWindow) -> PairPage:
    page = window.pages["pair"]
    assert isinstance(page, PairPage)
    return page


def _contradiction(window: MainWindow) -> Link:
    assert window.session.store is not None
    return window.session.store.links(relation=LinkRelation.CONTRADICTS, limit=1)[0]


def _show_pair(window: MainWindow, link: Link) -> PairPage:
    window.session.select(Selection(image_id=link.image_id, report_id=link.report_id))
    window.go("pair")
    return _pair(window)


def test_every_page_can_be_reached_by_key(window: MainWindow, qtbot: QtBot) -> None:
    keys = {spec.name: spec.keys[0] for spec in SPECS if spec.keys}
    for name in PAGES:
        digit = keys[name].removeprefix("Alt+")
        qtbot.keyClick(window, Qt.Key(ord(digit)), Qt.KeyboardModifier.AltModifier)
        assert window.page_name() == name
    window.actions_table["back"].trigger()
    assert window.page_name() == PAGES[-2]


def test_the_gallery_shows_every_image_with_its_badges(window: MainWindow, qtbot: QtBot) -> None:
    window.go("images")
    page = window.pages["images"]
    assert isinstance(page, GalleryPage)
    qtbot.waitUntil(lambda: page.images.rowCount() == 6)
    badges = [page.images.index(row).data(BadgesRole) for row in range(6)]
    assert [each.name for each in badges] == [f"chest_{number:02d}.png" for number in range(1, 7)]
    assert [each.contradictions for each in badges] == [0, 1, 0, 1, 0, 1]
    assert {each.regions for each in badges} == {3}


def test_facets_narrow_the_gallery(window: MainWindow, qtbot: QtBot) -> None:
    window.go("images")
    page = window.pages["images"]
    assert isinstance(page, GalleryPage)
    page.narrow({Facet.CONTRADICTIONS: frozenset({"yes"})})
    qtbot.waitUntil(lambda: page.images.rowCount() == 3)
    page.narrow({Facet.REVIEWED: frozenset({"yes"})})
    qtbot.waitUntil(lambda: page.images.rowCount() == 0)
    page.narrow({})
    qtbot.waitUntil(lambda: page.images.rowCount() == 6)


def test_choosing_an_image_shows_it_beside_its_report(window: MainWindow) -> None:
    link = _contradiction(window)
    window.session.select(Selection(image_id=link.image_id))
    window.go("pair")
    page = _pair(window)
    assert page.report_text.toPlainText().startswith("FINDINGS:")
    assert page.link_list.rows.rowCount() == 4
    first = page.link_list.rows.index(0).data(LineRole)
    assert "≠" in first.title and first.trailing.startswith("contradicts")
    assert first.subtitle == "the text says left, the region lies on the right"


def test_a_phrase_lights_its_region_and_the_reverse(window: MainWindow) -> None:
    link = _contradiction(window)
    page = _show_pair(window, link)
    page.report_text.entity_clicked.emit(link.entity_id)
    assert page.image_panel.canvas.lit == {link.region_id}
    page.image_panel.region_clicked.emit("")
    assert page.image_panel.canvas.lit == set()
    page.image_panel.region_clicked.emit(link.region_id)
    assert page.report_text.lit == {link.entity_id}
    assert link.entity_id in page.report_text.contradicted


def test_a_click_on_a_region_selects_it(window: MainWindow, qtbot: QtBot) -> None:
    link = _contradiction(window)
    page = _show_pair(window, link)
    canvas = page.image_panel.canvas
    assert link.region_id is not None
    place = canvas.point_of(link.region_id)
    assert place is not None
    qtbot.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert window.session.selection.region_id == link.region_id


def test_entities_stand_where_the_text_says_after_a_character_of_two_units(window: MainWindow) -> None:
    link = _contradiction(window)
    page = _show_pair(window, link)
    assert window.session.store is not None
    words = {entity.text for entity in window.session.store.entities(report_id=link.report_id)}
    assert {each.cursor.selectedText() for each in page.report_text.extraSelections()} == words


def test_a_denial_looks_like_a_denial(window: MainWindow) -> None:
    page = _show_pair(window, _contradiction(window))
    looks = {
        each.cursor.selectedText(): (each.format.fontStrikeOut(), each.format.underlineStyle())
        for each in page.report_text.extraSelections()
    }
    style = QTextCharFormat.UnderlineStyle
    assert looks["pneumothorax"] == (True, style.DashUnderline)
    assert looks["right lung"] == (False, style.SingleUnderline)
    assert looks["rib fracture"] == (False, style.WaveUnderline)
    assert looks["pneumonia"] == (False, style.DotLine)


def test_a_key_decides_and_another_takes_it_back(window: MainWindow, qtbot: QtBot, a_case: Path) -> None:
    window.session.preferences.set_examiner("A. Analyst")
    window.go("contradictions")
    board = window.pages["contradictions"]
    assert isinstance(board, BoardPage)
    qtbot.waitUntil(lambda: board.list.rows.index(0).data(RowRole) is not None)
    board.list.view.setCurrentIndex(board.list.rows.index(0))
    link = board.list.rows.index(0).data(RowRole).link
    qtbot.keyClick(board.list.view, Qt.Key.Key_C)
    line = board.list.rows.index(0).data(LineRole)
    assert line.mark == "confirm" and "confirmed by A. Analyst" in line.subtitle
    qtbot.keyClick(board.list.view, Qt.Key.Key_R)
    assert board.list.rows.index(0).data(LineRole).is_struck
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert board.list.rows.index(0).data(LineRole).mark == "contradictions"
    with open_case(a_case, clock=system_clock, read_only=True) as store:
        said = [review.verdict for review in store.reviews(target_id=link.id)]
    assert said == [Verdict.CONFIRMED, Verdict.REJECTED, Verdict.CONFIRMED, Verdict.WITHDRAWN]


def test_search_answers_from_the_words_until_the_engine_is_warm(window: MainWindow, qtbot: QtBot) -> None:
    window.search_box.setText("pneumothorax")
    qtbot.keyClick(window.search_box, Qt.Key.Key_Return)
    page = window.pages["results"]
    assert window.page_name() == "results"
    assert page.list.rows.rowCount() == 6  # type: ignore[attr-defined]
    assert "by words alone" in page.state  # type: ignore[attr-defined]


def test_facets_are_links_to_narrower_searches(window: MainWindow) -> None:
    page = window.pages["results"]
    facets = (
        HitFacet(facet="side", value="left", count=2),
        HitFacet(facet="kind", value="report", count=3),
        HitFacet(facet="subject", value='<b>"x"', count=1),
    )
    answer = Answer(text="effusion", hits=(), suggestion="effusions", facets=facets)
    window.session.queries.answered.emit(answer)
    shown = page.facets.text()  # type: ignore[attr-defined]
    assert "kind: report 3" in shown and "left 2</a>" in shown
    assert "<b>" not in shown, "text of the evidence is no markup"
    page.facets.linkActivated.emit('effusion side:"left"')  # type: ignore[attr-defined]
    assert window.search_box.text() == 'effusion side:"left"'


def test_what_is_dropped_is_evidence_and_a_case_is_opened(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, a_case: Path
) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)
    assert window.session.jobs.running == "preflight"
    window.findChildren(PreflightDialog)[-1].accept()
    assert window.session.jobs.waiting == ("ingest",)
    assert window.job_bar.isVisible() and window.actions_table["cancel"].isEnabled()
    window.session.close()
    assert window.page_name() == ""
    window.take([a_case])
    assert window.session.store is not None and window.page_name() == "overview"


def test_a_file_that_is_no_case_is_refused_in_one_line(window: MainWindow, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.casebook"
    wrong.write_text("no database")
    window.open(wrong)
    assert "wrong.casebook" in window.notice.text and window.notice.isVisible()
    assert window.session.store is not None


def test_light_and_dark_reach_everything(window: MainWindow, qapp: QApplication) -> None:
    assert colors_of(window.palette()) == LIGHT
    window.actions_table["theme"].trigger()
    assert colors_of(window.palette()) == DARK
    assert window.session.preferences.mode().value == "dark"
    window.actions_table["theme"].trigger()


def test_every_control_has_a_name(window: MainWindow) -> None:
    for kind in (QAbstractButton, QComboBox, QLineEdit, QAbstractSlider):
        for control in window.findChildren(kind):
            # Scroll bars and the cross in the search box are Qt's own parts.
            hidden_part = isinstance(control, QScrollBar) or isinstance(control.parent(), QLineEdit)
            hidden_part = hidden_part or control.objectName().startswith("qt_")
            named = control.accessibleName() or getattr(control, "text", str)()
            assert named or hidden_part, f"{type(control).__name__} in {control.parent()} has no name"


def test_no_two_actions_share_a_key_and_each_is_in_the_sheet_of_keys(window: MainWindow) -> None:
    keys = [key for spec in SPECS for key in spec.keys]
    assert len(keys) == len(set(keys))
    rows = window.actions_table.key_rows()
    assert [row.name for row in rows] == [spec.name for spec in SPECS]
    assert all(row.hint for row in rows)


def test_zoom_keeps_the_point_under_the_pointer(window: MainWindow) -> None:
    page = _show_pair(window, _contradiction(window))
    canvas = page.image_panel.canvas
    canvas.show_actual()
    assert canvas.zoom == pytest.approx(1)
    canvas.zoom_in()
    assert canvas.zoom == pytest.approx(1.25)
    canvas.fit()
    shown = canvas.mapToScene(canvas.viewport().rect()).boundingRect()
    assert shown.contains(canvas.sceneRect().center())
    assert canvas.mapFromScene(canvas.sceneRect().topLeft()).y() >= -QPoint(0, 2).y()


def test_assertions_are_all_worded() -> None:
    from desktop.item_models.wording import assertion_words

    assert len({assertion_words(each) for each in Assertion}) == len(Assertion)


def test_links_that_come_with_an_ingest_are_shown_at_its_end(window: MainWindow, a_case: Path) -> None:
    link = _contradiction(window)
    page = _show_pair(window, link)
    with open_case(a_case, clock=system_clock) as store:
        run = store.begin_run("ingest", store.components())
        store.save_links(link.report_id, (link,), (), signature="later", run=run)
        store.finish_run(run, RunOutcome.FINISHED)
    window.session.reload()
    window.session.jobs.ended.emit(JobEnd(verb="ingest", kind=Kind.FINISHED, body={}))
    assert page.link_list.rows.rowCount() == 1


def test_the_window_fits_on_a_small_laptop(window: MainWindow) -> None:
    """1,920 × 1,080 pixels at 150 % are 1,280 × 720, less what the desktop keeps for itself."""
    least = window.minimumSizeHint()
    assert (least.width() <= 1240, least.height() <= 650) == (True, True), least


def test_large_texts_leave_the_window_as_large_as_it_is(qapp: QApplication, window: MainWindow) -> None:
    """What does not fit any more can be scrolled, and nothing is pressed together."""
    window.resize(1240, 650)
    window.session.preferences.set_number("text_percent", 190)
    try:
        window.actions_table["larger"].trigger()
        for name, page in window.pages.items():
            window.go(name)
            QApplication.processEvents()
            assert (window.width(), window.height()) == (1240, 650), name
            least = page.minimumSizeHint()
            assert page.width() >= least.width() and page.height() >= least.height(), name
        assert window.search_box.isVisible(), "names of tools make way for it"
    finally:
        apply_theme(qapp, Mode.LIGHT, text_percent=100)


def test_a_case_with_a_very_long_reference_leaves_the_window_as_large_as_it_is(window: MainWindow) -> None:
    store = window.session.store
    assert store is not None
    window.go("overview")
    before = window.size()
    store.case = dataclasses.replace(store.case, reference="words without an end " * 2000)
    window.session.case_changed.emit()
    QApplication.processEvents()
    assert window.size() == before and window.minimumSizeHint().height() <= 650


def test_a_case_open_for_reading_only_needs_no_wider_window(qtbot: QtBot, window: MainWindow) -> None:
    before = window.minimumSizeHint()
    window.banner.tell_read_only(True)
    QApplication.processEvents()
    assert window.minimumSizeHint().width() <= before.width()
