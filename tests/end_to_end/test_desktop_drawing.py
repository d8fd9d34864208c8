"""From a region drawn in the window to labeled folders that other programs and our own training read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.session.jobs import JobEnd
from desktop.session.selection import Selection
from desktop.views.image_canvas import ImageCanvas
from desktop.views.main_window import MainWindow
from desktop.views.pair_page import PairPage
from engine.messages import Kind
from engine.model.evidence import CaseKind
from engine.segmenters.yolo_folder import read_folder, read_rows

pytest_plugins = ("tests.unit.desktop_case",)

# The engine loads models; the machine may be busy with other tests.
_PATIENCE_MS = 180_000
_LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    """Return a folder with one picture: a red square on blue."""
    folder = tmp_path / "evidence"
    folder.mkdir()
    picture = QImage(320, 240, QImage.Format.Format_RGB32)
    picture.fill(0x6688AA)
    for x in range(100, 180):
        for y in range(80, 160):
            picture.setPixel(x, y, 0xFFCC3322)
    assert picture.save(str(folder / "table.png"))
    return folder


def _run(qtbot: QtBot, window: MainWindow, verb: str, words: dict[str, object]) -> JobEnd:
    ends: list[JobEnd] = []
    window.session.jobs.run(verb, words, ends.append)
    qtbot.waitUntil(lambda: bool(ends), timeout=_PATIENCE_MS)
    assert ends[0].kind is Kind.FINISHED, dict(ends[0].body)
    return ends[0]


def _at(canvas: ImageCanvas, x: float, y: float) -> QPoint:
    return canvas.mapFromScene(QPointF(x, y))


@pytest.mark.slow
def test_a_drawn_region_is_exported_as_training_data(
    qtbot: QtBot, empty_window: MainWindow, evidence: Path, tmp_path: Path
) -> None:
    window, path = empty_window, tmp_path / "table.casebook"
    window.session.new_case(path, kind=CaseKind.FORENSIC, name="Table", reference="", examiner="E. Examiner")
    qtbot.waitUntil(lambda: window.session.store is not None, timeout=_PATIENCE_MS)
    _run(qtbot, window, "ingest", {"case": str(path), "paths": [str(evidence)], "retry": False})
    window.session.reload()
    assert window.session.store is not None
    (image,) = window.session.store.images()
    window.session.select(Selection(image_id=image.id))
    window.go("pair")
    page = window.pages["pair"]
    assert isinstance(page, PairPage)
    qtbot.waitUntil(lambda: page.image_panel.picture_width_px == 320, timeout=_PATIENCE_MS)
    canvas = page.image_panel.canvas
    canvas.show_actual()

    qtbot.keyClick(canvas, Qt.Key.Key_B)
    qtbot.mousePress(canvas.viewport(), _LEFT, pos=_at(canvas, 100, 80))
    qtbot.mouseRelease(canvas.viewport(), _LEFT, pos=_at(canvas, 180, 160))
    page.image_panel.label_bar.field.setText("red square")
    qtbot.keyClick(page.image_panel.label_bar.field, Qt.Key.Key_Return)
    page.image_panel.tools.stop()
    drawn = str(window.session.selection.region_id)
    assert drawn

    for name in ("labelme", "yolo"):
        out = str(tmp_path / name)
        _run(qtbot, window, "export", {"case": str(path), "out": out, "format": name})
    document = json.loads((tmp_path / "labelme" / f"{image.id}.json").read_text("utf-8"))
    (shape,) = (each for each in document["shapes"] if each["label"] == "red square")
    assert shape["description"] == drawn
    (left, top), (right, bottom) = shape["points"][0], shape["points"][2]
    assert (left, top, right, bottom) == pytest.approx((100, 80, 180, 160), abs=1.5)
    folder = read_folder(tmp_path / "yolo")
    (picture,) = folder.pictures
    rows = [row for row in read_rows(folder.label_file(picture)) if folder.labels[row[0]] == "red square"]
    assert len(rows) == 1
    assert rows[0][1][:2] == pytest.approx([100 / 320, 80 / 240], abs=0.01)

    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    _run(qtbot, window, "export", {"case": str(path), "out": str(tmp_path / "after"), "format": "labelme"})
    after = json.loads((tmp_path / "after" / f"{image.id}.json").read_text("utf-8"))
    assert "red square" not in {each["label"] for each in after["shapes"]}, "what was deleted is left out"
