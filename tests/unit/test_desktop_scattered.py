"""Timeline, graph and places in the window: what they show, by pointer and by key, and what opens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.item_models.lines import LineRole
from desktop.session.selection import Selection
from desktop.session.session import Session
from desktop.theme import Mode, apply_theme
from desktop.views.graph_page import GraphPage
from desktop.views.line_list import LineList
from desktop.views.main_window import MainWindow
from desktop.views.places_page import PlacesPage
from desktop.views.timeline_page import TimelinePage
from engine.model.ids import report_id
from engine.store.surroundings import Thing, ThingKind, TieKind
from engine.store.timeline import EventKind
from tests.unit.scattered_case import build_scattered_case, image_of

pytest_plugins = ("tests.unit.desktop_case",)

NOTE = report_id("d" * 64, 0)


@pytest.fixture
def scattered(qtbot: QtBot, qapp: QObject, session: Session, tmp_path: Path) -> Iterator[MainWindow]:
    """Return a window on the case of things scattered over times and places."""
    apply_theme(qapp, Mode.LIGHT)  # type: ignore[arg-type]
    folder = tmp_path / "evidence"
    folder.mkdir()
    made = MainWindow(session)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    assert session.open(build_scattered_case(folder / "s.casebook"))
    yield made
    made.close()


def _lines(found: LineList) -> list[str]:  # type: ignore[type-arg]
    return [found.rows.index(row).data(LineRole).title for row in range(found.rows.rowCount())]


def _timeline(qtbot: QtBot, window: MainWindow) -> TimelinePage:
    window.go("timeline")
    page = window.pages["timeline"]
    assert isinstance(page, TimelinePage)
    qtbot.waitUntil(lambda: bool(page.chart.bins))
    return page


def test_the_timeline_lists_the_days_in_view_and_narrows_to_a_chosen_one(
    scattered: MainWindow, qtbot: QtBot
) -> None:
    page = _timeline(qtbot, scattered)
    # The month that a text names alone stands at its first day.
    assert [each.name for each in page.chart.bins] == ["2026-03-01", "2026-03-14", "2026-03-15"]
    assert _lines(page.list) == ["d.txt", "a.png", "d.txt", "d.txt", "b.png"]
    month = page.list.rows.index(0).data(LineRole)
    assert month.trailing == "2026-03 (day not said)" and "Exhibit 4 again: 2026-03" in month.subtitle
    qtbot.keyClick(page.chart, Qt.Key.Key_Right)
    qtbot.keyClick(page.chart, Qt.Key.Key_Right)
    assert page.chart.choice is not None and page.chart.choice.counts == {
        EventKind.IMAGE: 1,
        EventKind.REPORT: 1,
    }
    assert "2026-03-14" in page.chart.accessibleDescription()
    assert _lines(page.list) == ["a.png", "d.txt"]
    qtbot.keyClick(page.chart, Qt.Key.Key_Return)
    assert scattered.session.selection.image_id == image_of("a")
    qtbot.keyClick(page.list.view, Qt.Key.Key_Return)
    assert scattered.page_name() == "pair"


def test_what_has_no_time_is_counted_and_listed(scattered: MainWindow, qtbot: QtBot) -> None:
    page = _timeline(qtbot, scattered)
    assert page.undated.text() == "Without a time (2)"
    page.undated.setChecked(True)
    assert _lines(page.list) == ["c.png", "e.txt"]


def test_the_wheel_zooms_the_timeline_to_the_pointer(scattered: MainWindow, qtbot: QtBot) -> None:
    page = _timeline(qtbot, scattered)
    before = page.chart.in_view
    place = QPointF(page.chart.width() - 20, 40)
    wheel = QWheelEvent(
        place, page.chart.mapToGlobal(place), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(page.chart, wheel)
    after = page.chart.in_view
    assert after[0] > before[0] and after[1] == before[1]
    qtbot.waitUntil(lambda: page.list.rows.rowCount() == 4)
    assert "d.txt" in _lines(page.list)
    page.chart.show_all()
    assert page.chart.in_view == before


def test_the_graph_stands_around_the_selection_and_moves_by_key(scattered: MainWindow, qtbot: QtBot) -> None:
    scattered.session.select(Selection(report_id=NOTE))
    scattered.go("graph")
    page = scattered.pages["graph"]
    assert isinstance(page, GraphPage)
    note = Thing(ThingKind.REPORT, NOTE)
    qtbot.waitUntil(lambda: page.graph.current == note)
    assert _lines(page.ties) == ["≠ a.png", "↔ b.png", "– c.png", "– Exhibit 4", "– Rowan Vale"]
    assert page.graph.ties[0].kind is TieKind.CONTRADICTS
    qtbot.keyClick(page.graph, Qt.Key.Key_Right)
    assert scattered.session.selection.image_id is not None, "the nearest card of the next column"
    qtbot.keyClick(page.graph, Qt.Key.Key_Left)
    qtbot.keyClick(page.graph, Qt.Key.Key_Left)
    exhibit = Thing(ThingKind.EXHIBIT, "4")
    assert page.graph.current == exhibit and _lines(page.ties) == ["– d.txt"]
    qtbot.keyClick(page.graph, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page._around.currentData() == exhibit)
    page.ties.view.setCurrentIndex(page.ties.rows.index(0))
    qtbot.keyClick(page.ties.view, Qt.Key.Key_Return)
    assert page.graph.current == note, "a tie leads to its other end"


def test_places_lead_to_their_images_and_reports(scattered: MainWindow, qtbot: QtBot) -> None:
    scattered.go("places")
    page = scattered.pages["places"]
    assert isinstance(page, PlacesPage)
    qtbot.waitUntil(lambda: page.list.rows.rowCount() == 4)
    assert _lines(page.list) == [
        "55.0011° N, 5.5020° E",
        "33.5000° S, 151.2500° E",
        "Sample hospital",
        "Mill Lane",
    ]
    page.list.view.setCurrentIndex(page.list.rows.index(0))
    assert _lines(page.found) == ["a.png", "c.png"]
    page.filter.setText("mill")
    assert _lines(page.list) == ["Mill Lane"]
    page.list.view.setCurrentIndex(page.list.rows.index(0))
    assert _lines(page.found) == ["d.txt", "e.txt"]
    page.found.view.setCurrentIndex(page.found.rows.index(0))
    entity = scattered.session.selection.entity_id
    store = scattered.session.store
    assert store is not None and entity is not None
    found = store.entity(entity)
    assert found is not None and found.text == "Mill Lane"
    qtbot.keyClick(page.found.view, Qt.Key.Key_Return)
    assert scattered.page_name() == "pair"
