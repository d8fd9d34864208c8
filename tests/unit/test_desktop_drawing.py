"""Drawing on the image, with the mouse and with keys alone: what is saved, shown, undone and measured."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from desktop.session.selection import Selection
from desktop.views.image_canvas import ImageCanvas
from desktop.views.main_window import MainWindow
from desktop.views.pair_page import PairPage
from desktop.views.reshape_tool import ReshapeTool
from desktop.views.stroke_tool import StrokeTool
from engine.clock import system_clock
from engine.model.findings import FindingKind, Region, Review, Verdict
from engine.store import open_case

pytest_plugins = ("tests.unit.desktop_case",)

_LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> PairPage:
    """Return the pair page on the first image, one pixel of it one pixel of the screen."""
    assert window.session.store is not None
    window.session.preferences.set_examiner("A. Analyst")
    window.session.select(Selection(image_id=window.session.store.images()[0].id))
    window.go("pair")
    found = window.pages["pair"]
    assert isinstance(found, PairPage)
    found.image_panel.canvas.show_actual()
    return found


def _at(canvas: ImageCanvas, x: float, y: float) -> QPoint:
    return canvas.mapFromScene(QPointF(x, y))


def _click(qtbot: QtBot, canvas: ImageCanvas, *places: tuple[float, float]) -> None:
    for x, y in places:
        qtbot.mouseClick(canvas.viewport(), _LEFT, pos=_at(canvas, x, y))


def _reviews(case: Path) -> list[Review]:
    with open_case(case, clock=system_clock, read_only=True) as store:
        return list(store.reviews())


def _name(qtbot: QtBot, page: PairPage, label: str) -> None:
    bar = page.image_panel.label_bar
    assert bar.is_asking
    bar.field.setText(label)
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)


def _drawn(page: PairPage) -> list[str]:
    tags = page.image_panel.canvas.regions.tags
    return [tag for tag in tags if tag.startswith("✎")]


def _choose_machine_region(window: MainWindow, page: PairPage) -> Region:
    assert window.session.store is not None
    image = window.session.selection.image_id
    (region,) = (each for each in window.session.store.regions(image_id=image) if each.label == "opacity")
    window.session.refine(region_id=region.id, entity_id=None, link_id=None)
    return region


def test_a_box_is_pulled_named_and_saved_and_shown_as_a_persons(
    window: MainWindow, page: PairPage, qtbot: QtBot, a_case: Path
) -> None:
    canvas = page.image_panel.canvas
    qtbot.keyClick(canvas, Qt.Key.Key_B)
    qtbot.mousePress(canvas.viewport(), _LEFT, pos=_at(canvas, 200, 60))
    qtbot.mouseMove(canvas.viewport(), _at(canvas, 260, 120))
    qtbot.mouseRelease(canvas.viewport(), _LEFT, pos=_at(canvas, 260, 120))
    assert "lung" in " ".join(page.image_panel.label_bar.known)
    _name(qtbot, page, "trachea")
    (review,) = _reviews(a_case)
    assert (review.target_kind, review.verdict, review.label) == (FindingKind.IMAGE, Verdict.ADDED, "trachea")
    assert review.target_id == window.session.selection.image_id and review.examiner == "A. Analyst"
    box = review.polygons[0].box
    assert (box.left, box.top, box.right, box.bottom) == pytest.approx((200, 60, 260, 120), abs=1.5)
    assert _drawn(page) == ["✎ trachea"]
    assert window.session.selection.region_id == review.id
    assert "added by A. Analyst" in window.inspector.facts.toPlainText()
    assert window.actions_table["draw_box"].isChecked(), "whoever draws one often draws the next"
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert not window.actions_table["draw_box"].isChecked()


def test_what_was_drawn_is_undone_and_redone(
    window: MainWindow, page: PairPage, qtbot: QtBot, a_case: Path
) -> None:
    canvas = page.image_panel.canvas
    qtbot.keyClick(canvas, Qt.Key.Key_O)
    _click(qtbot, canvas, (200, 60), (260, 60), (240, 110))
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    _name(qtbot, page, "trachea")
    page.image_panel.tools.stop()
    window.actions_table["undo"].trigger()
    assert _drawn(page) == []
    window.actions_table["redo"].trigger()
    assert _drawn(page) == ["✎ trachea"]
    said = [(review.target_kind, review.verdict) for review in _reviews(a_case)]
    assert said == [
        (FindingKind.IMAGE, Verdict.ADDED),
        (FindingKind.REGION, Verdict.WITHDRAWN),
        (FindingKind.REGION, Verdict.ADDED),
    ]
    assert window.session.open(a_case)
    window.session.select(Selection(image_id=_reviews(a_case)[0].target_id))  # type: ignore[arg-type]
    window.go("pair")
    assert _drawn(page) == ["✎ trachea"], "it is still there after opening again"


def test_an_outline_is_drawn_and_changed_with_keys_alone(
    window: MainWindow, page: PairPage, qtbot: QtBot, a_case: Path
) -> None:
    canvas = page.image_panel.canvas
    window.actions_table["draw_outline"].trigger()
    for key, times in ((Qt.Key.Key_Space, 1), (Qt.Key.Key_Right, 6), (Qt.Key.Key_Space, 1)):
        for _ in range(times):
            qtbot.keyClick(canvas, key)
    for _ in range(5):
        qtbot.keyClick(canvas, Qt.Key.Key_Down)
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    _name(qtbot, page, "nodule")
    page.image_panel.tools.stop()
    before = _reviews(a_case)[0].polygons[0]
    assert len(before.points) == 3 and before.area_px == pytest.approx(60 * 50 / 2, rel=0.1)
    window.actions_table["reshape"].trigger()
    tool = page.image_panel.tools.tool
    assert isinstance(tool, ReshapeTool)
    qtbot.keyClick(canvas, Qt.Key.Key_Tab)
    for _ in range(4):
        qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(canvas, Qt.Key.Key_Insert)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    after = _reviews(a_case)[-1]
    assert after.verdict is Verdict.CORRECTED and after.label == "nodule"
    assert len(after.polygons[0].points) == 4
    assert after.polygons[0].points[1].x == pytest.approx(before.points[1].x + 4, abs=0.2)
    assert _drawn(page) == ["✎ nodule"]


def test_a_corner_is_pulled_with_the_mouse_and_escape_changes_nothing(
    window: MainWindow, page: PairPage, qtbot: QtBot, a_case: Path
) -> None:
    canvas = page.image_panel.canvas
    region = _choose_machine_region(window, page)
    for save in (False, True):
        qtbot.keyClick(canvas, Qt.Key.Key_E)
        tool = page.image_panel.tools.tool
        assert isinstance(tool, ReshapeTool)
        corner = tool.corners[0]
        qtbot.mousePress(canvas.viewport(), _LEFT, pos=canvas.mapFromScene(corner))
        qtbot.mouseMove(canvas.viewport(), canvas.mapFromScene(corner + QPointF(25, 0)))
        canvas_event_place = canvas.mapFromScene(corner + QPointF(25, 0))
        tool.move(canvas.mapToScene(canvas_event_place), is_pressed=True)
        qtbot.mouseRelease(canvas.viewport(), _LEFT, pos=canvas_event_place)
        qtbot.keyClick(canvas, Qt.Key.Key_Return if save else Qt.Key.Key_Escape)
        assert page.image_panel.tools.tool is None
        assert len(_reviews(a_case)) == int(save)
    (review,) = _reviews(a_case)
    assert (review.target_id, review.verdict) == (region.id, Verdict.CORRECTED)
    assert review.polygons[0].box.right == pytest.approx(region.polygons[0].box.right + 25, abs=2)
    assert "✎ opacity" in _drawn(page)


def test_a_new_label_keeps_the_new_outline_and_delete_rejects(
    window: MainWindow, page: PairPage, qtbot: QtBot, a_case: Path
) -> None:
    canvas = page.image_panel.canvas
    region = _choose_machine_region(window, page)
    qtbot.keyClick(canvas, Qt.Key.Key_E)
    qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    moved = _reviews(a_case)[-1].polygons
    qtbot.keyClick(canvas, Qt.Key.Key_L)
    _name(qtbot, page, "mass")
    review = _reviews(a_case)[-1]
    assert (review.label, review.polygons) == ("mass", moved)
    assert "✎ mass" in _drawn(page)
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert _reviews(a_case)[-1].verdict is Verdict.REJECTED
    assert "✗ opacity" in canvas.regions.tags, "a machine's region stays as rejected"
    window.actions_table["undo"].trigger()
    assert "✎ mass" in _drawn(page)
    assert window.session.selection.region_id == region.id


def test_a_drawn_region_that_is_deleted_is_gone(
    window: MainWindow, page: PairPage, qtbot: QtBot, a_case: Path
) -> None:
    assert window.session.store is not None and window.session.decisions is not None
    image = window.session.store.images()[0]
    region = window.session.store.regions(image_id=image.id)[0]
    window.session.draw(image.id, "stain", region.polygons)
    assert _drawn(page) == ["✎ stain"]
    qtbot.keyClick(page.image_panel.canvas, Qt.Key.Key_Delete)
    assert _drawn(page) == []
    assert window.session.decisions.drawn_on(image.id) == ()
    window.actions_table["undo"].trigger()
    assert _drawn(page) == ["✎ stain"]


def test_a_distance_is_measured_in_millimeters_of_the_file(
    window: MainWindow, page: PairPage, qtbot: QtBot, a_case: Path
) -> None:
    canvas = page.image_panel.canvas
    qtbot.keyClick(canvas, Qt.Key.Key_M)
    qtbot.mousePress(canvas.viewport(), _LEFT, pos=_at(canvas, 100, 100))
    qtbot.mouseRelease(canvas.viewport(), _LEFT, pos=_at(canvas, 200, 100))
    tool = page.image_panel.tools.tool
    assert isinstance(tool, StrokeTool)
    assert tool.words == "70.0 mm (100.0 px)"
    window.actions_table["measure_area"].trigger()
    _click(qtbot, canvas, (100, 100), (200, 100), (200, 200), (100, 200))
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    tool = page.image_panel.tools.tool
    assert isinstance(tool, StrokeTool)
    assert tool.words == "4,900.0 mm² (10,000 px²)"
    assert _reviews(a_case) == [], "measuring decides nothing"


def test_escape_in_the_label_field_draws_nothing(
    window: MainWindow, page: PairPage, qtbot: QtBot, a_case: Path
) -> None:
    canvas, bar = page.image_panel.canvas, page.image_panel.label_bar
    qtbot.keyClick(canvas, Qt.Key.Key_O)
    _click(qtbot, canvas, (200, 60), (260, 60), (240, 110), (200, 60))
    assert bar.is_asking, "a click on the first corner closes the outline"
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.is_asking and _reviews(a_case) == []


def test_another_image_puts_the_tool_away(window: MainWindow, page: PairPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.image_panel.canvas, Qt.Key.Key_O)
    assert page.image_panel.tools.tool is not None
    assert window.session.store is not None
    window.session.select(Selection(image_id=window.session.store.images()[1].id))
    assert page.image_panel.tools.tool is None and page.image_panel.label_bar.isHidden()
