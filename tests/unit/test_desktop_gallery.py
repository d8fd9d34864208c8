"""The gallery on a case: facets, order, groups, keys alone, seen marks, blurred thumbnails, two selected."""

from __future__ import annotations

import gc
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from desktop.item_models.images import DUPLICATES, Arrangement, BadgesRole, arrange
from desktop.item_models.paged import RowRole
from desktop.views.facet_panel import FacetPanel
from desktop.views.gallery_page import GalleryPage
from desktop.views.main_window import MainWindow
from desktop.views.pair_page import PairPage
from engine.clock import system_clock
from engine.model.findings import FindingKind, Verdict
from engine.store import open_case
from engine.store.gallery import Grouping, Order, arranged_images, rows_of
from engine.store.image_facets import Facet, Narrowing, facet_counts

pytest_plugins = ("tests.unit.desktop_case",)

_OPEN = Narrowing(facets={}, examiner="A")


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> GalleryPage:
    """Return the gallery with its six images."""
    window.go("images")
    found = window.pages["images"]
    assert isinstance(found, GalleryPage)
    qtbot.waitUntil(lambda: found.images.rowCount() == 6)
    return found


def _names(page: GalleryPage) -> list[str]:
    rows = (page.images.index(row).data(RowRole) for row in range(page.images.rowCount()))
    return [row.name for row in rows if row is not None]


def test_facets_count_what_they_would_leave(a_case: Path) -> None:
    with open_case(a_case, clock=system_clock) as store:
        links = store.links()
        store.add_review(FindingKind.LINK, links[0].id, Verdict.CONFIRMED, examiner="A")
        store.mark_seen([store.images()[2].id], examiner="A")
        counts = facet_counts(store, _OPEN)
        assert dict(counts[Facet.LABEL]) == {"left lung": 6, "right lung": 6, "opacity": 6}
        assert dict(counts[Facet.MODALITY]) == {"DX": 6}
        assert dict(counts[Facet.DATE]) == {"2026-03": 6}
        assert dict(counts[Facet.ASSERTION]) == {"present": 6}
        assert dict(counts[Facet.CONTRADICTIONS]) == {"yes": 3, "no": 3}
        assert dict(counts[Facet.REVIEWED]) == {"yes": 1, "no": 5}
        assert dict(counts[Facet.SEEN]) == {"yes": 1, "no": 5}
        narrowed = Narrowing(facets={Facet.CONTRADICTIONS: frozenset({"yes"})}, examiner="A")
        within = facet_counts(store, narrowed)
        assert dict(within[Facet.CONTRADICTIONS]) == {"yes": 3, "no": 3}, "a facet does not narrow itself"
        assert dict(within[Facet.LABEL])["opacity"] == 3
        assert dict(within[Facet.SEEN]) == {"yes": 0, "no": 3}
        for facets, count in (
            ({Facet.REVIEWED: {"no"}, Facet.SEEN: {"no"}}, 4),
            ({Facet.SEEN: {"yes", "no"}}, 6),
            ({Facet.DATE: {"2026-03"}, Facet.LABEL: {"opacity", "unknown"}}, 6),
            ({Facet.DATE: {"2025"}}, 0),
            ({Facet.ASSERTION: {"absent"}}, 0),
        ):
            chosen = Narrowing(
                facets={facet: frozenset(values) for facet, values in facets.items()}, examiner="A"
            )
            assert len(arranged_images(store, chosen).numbers) == count, facets


def test_orders_and_groups_hold_every_image_once(a_case: Path) -> None:
    with open_case(a_case, clock=system_clock) as store:
        everyone = sorted(arranged_images(store, _OPEN).numbers)
        for order in Order:
            for grouping in Grouping:
                arranged = arranged_images(store, _OPEN, order=order, grouping=grouping)
                assert sorted(arranged.numbers) == everyone
                assert sum(count for _, count in arranged.groups) == 6
        worst = rows_of(store, arranged_images(store, _OPEN, order=Order.CONTRADICTIONS).numbers)
        assert [row.contradictions for row in worst] == [1, 1, 1, 0, 0, 0]
        assert len(arranged_images(store, _OPEN, grouping=Grouping.SUBJECT).groups) == 6
        (folder,) = arranged_images(store, _OPEN, grouping=Grouping.FOLDER).groups
        assert folder == ("evidence/images/", 6)
        assert arranged_images(store, _OPEN, grouping=Grouping.DAY).groups == (("2026-03-14", 6),)


def test_near_duplicates_stand_together_and_the_others_after_them(a_case: Path) -> None:
    with open_case(a_case, clock=system_clock) as store:
        ids = [image.id for image in store.images()]
        wanted = Arrangement(narrowing=_OPEN, grouping=DUPLICATES)
        arranged = arrange(store, wanted, [[ids[5], ids[1]], [ids[0], ids[4]]])
        assert arranged.groups == (("1", 2), ("2", 2), ("", 2))
        found = [row.image.id for row in rows_of(store, arranged.numbers)]
        assert found == [ids[1], ids[5], ids[0], ids[4], ids[2], ids[3]]


def test_the_gallery_is_worked_with_keys_alone(window: MainWindow, page: GalleryPage, qtbot: QtBot) -> None:
    grid = page.grid
    grid.setFocus()
    assert grid.currentIndex().row() == 0
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert grid.currentIndex().row() == 1
    qtbot.keyClick(grid, Qt.Key.Key_End)
    assert grid.currentIndex().row() == 5
    qtbot.keyClick(grid, Qt.Key.Key_Home)
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    assert grid.currentIndex().row() == min(grid.columns, 5)
    row = grid.currentIndex().data(RowRole)
    assert window.session.selection.image_id == row.image.id
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert window.page_name() == "pair"


def test_groups_are_closed_and_opened(page: GalleryPage, qtbot: QtBot) -> None:
    grid = page.grid
    page.bar.choose(grouping=Grouping.SUBJECT)
    qtbot.waitUntil(lambda: grid.has_headings)
    grid.setFocus()
    grid.setCurrentIndex(page.images.index(0))
    assert grid.visualRect(page.images.index(0)).top() > 0, "below its heading"
    qtbot.keyClick(grid, Qt.Key.Key_Minus)
    assert grid.collapsed == 1 and grid.isIndexHidden(page.images.index(0))
    qtbot.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert grid.currentIndex().row() == 1
    qtbot.keyClick(grid, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(grid, Qt.Key.Key_Plus)
    assert grid.collapsed == 0
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 15))
    assert grid.collapsed == 1, "a click on the heading closes the group"
    grid.set_all_collapsed(True)
    assert grid.collapsed == 6
    grid.set_all_collapsed(False)
    assert grid.collapsed == 0


def test_a_tick_in_the_facets_narrows_and_clear_all_opens_again(page: GalleryPage, qtbot: QtBot) -> None:
    tree = page.facets.tree
    qtbot.waitUntil(lambda: not tree.topLevelItem(0).isHidden())  # type: ignore[union-attr]
    item = tree.topLevelItem(0).child(0)  # type: ignore[union-attr]
    assert item is not None and item.text(0) == "with contradictions" and item.text(1) == "3"
    item.setCheckState(0, Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: _names(page) == ["chest_02.png", "chest_04.png", "chest_06.png"])
    page.facets.clear()
    qtbot.waitUntil(lambda: page.images.rowCount() == 6)


def test_an_image_that_was_looked_at_is_marked_and_remembered(
    window: MainWindow, page: GalleryPage, qtbot: QtBot, a_case: Path
) -> None:
    window.session.preferences.set_examiner("A. Analyst")
    assert not page.images.index(1).data(BadgesRole).is_seen
    page.grid.setCurrentIndex(page.images.index(1))
    image_id = window.session.selection.image_id
    window.go("pair")
    pair = window.pages["pair"]
    assert isinstance(pair, PairPage)
    with qtbot.waitSignal(pair.image_panel.view.looked_at, timeout=10_000):
        pass
    assert page.images.index(1).data(BadgesRole).is_seen
    pair.image_panel.view.looked_at.emit(image_id)

    def written() -> bool:
        with open_case(a_case, clock=system_clock, read_only=True) as store:
            return store.seen("A. Analyst") == {image_id}

    qtbot.waitUntil(written, timeout=20_000)


def test_blurred_thumbnails_show_nothing(window: MainWindow, page: GalleryPage, qtbot: QtBot) -> None:
    image_id = page.images.index(0).data(RowRole).image.id
    qtbot.waitUntil(lambda: window.thumbnails.pixmap(image_id) is not None)

    def detail() -> int:
        picture = window.thumbnails.pixmap(image_id)
        assert picture is not None
        image = picture.toImage()
        line = [QColor(image.pixel(x, image.height() // 2)).lightness() for x in range(image.width())]
        return max(abs(one - other) for one, other in pairwise(line))

    sharp = detail()
    window.actions_table["blur"].trigger()
    qtbot.waitUntil(lambda: window.thumbnails.pixmap(image_id) is not None)
    assert window.thumbnails.is_blurred and detail() < sharp / 2
    window.actions_table["blur"].trigger()


def test_two_selected_images_are_put_side_by_side(
    window: MainWindow, page: GalleryPage, qtbot: QtBot
) -> None:
    select = QItemSelectionModel.SelectionFlag.Select
    page.grid.setCurrentIndex(page.images.index(0))
    page.grid.selectionModel().select(page.images.index(3), select)
    window.actions_table["compare"].trigger()
    pair = window.pages["pair"]
    assert isinstance(pair, PairPage)
    assert window.page_name() == "pair"
    wanted = page.images.index(3).data(RowRole).image.id
    qtbot.waitUntil(lambda: pair.second.image_id == wanted)
    first, second = pair.image_panel.canvas, pair.second.view.canvas
    first.show_actual()
    assert second.zoom == pytest.approx(first.zoom)
    first.look_at(QPointF(200, 180), 3.0)
    assert second.zoom == pytest.approx(3)
    assert second.seen.center().x() == pytest.approx(200, abs=2)
    second.verticalScrollBar().setValue(second.verticalScrollBar().value() - 90)
    assert first.seen.center().y() == pytest.approx(150, abs=2), "either side leads"
    window.actions_table["linked"].trigger()
    before = second.zoom
    first.zoom_in()
    assert second.zoom == before
    window.actions_table["linked"].trigger()
    assert second.zoom == pytest.approx(first.zoom)
    window.actions_table["compare"].trigger()
    assert pair.report_text.isVisible()


def test_the_size_of_thumbnails_follows_the_zoom_keys(window: MainWindow, page: GalleryPage) -> None:
    before = page.bar.side_px
    window.actions_table["zoom_in"].trigger()
    assert page.bar.side_px == before + 30
    window.actions_table["zoom_out"].trigger()
    assert page.bar.side_px == before


def test_facets_that_are_counted_again_leave_no_rows_behind(qtbot: QtBot) -> None:
    """PySide keeps what ``takeChildren`` gave away, row by row, all day."""
    panel = FacetPanel()
    qtbot.addWidget(panel)

    def rows() -> int:
        gc.collect()
        return sum(issubclass(type(each), QTreeWidgetItem) for each in gc.get_objects())

    def count(times: int) -> None:
        for number in range(times):
            panel.show_counts(dict.fromkeys(Facet, (("a", number), ("b", 2))))

    count(1)
    before = rows()
    count(20)
    assert rows() < before + 40  # windows of other tests may come and go; kept rows would be hundreds
