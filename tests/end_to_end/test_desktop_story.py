"""The analyst's whole story through the real window and the real engine processes.

From the empty window: new case, evidence dropped, progress, pair, search, verdict, PDF. Then what
goes wrong: an engine that dies in the middle, an evidence folder that moved, a case of another kind.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QProcess, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.dialogs.preflight import PreflightDialog
from desktop.item_models.lines import LineRole
from desktop.session.jobs import JobEnd
from desktop.session.selection import Selection
from desktop.views.gallery_page import GalleryPage
from desktop.views.main_window import MainWindow
from desktop.views.pair_page import PairPage
from desktop.views.search_page import SearchPage
from engine.clock import system_clock
from engine.jobs.image_vectors import IMAGES
from engine.messages import Kind
from engine.model.evidence import CaseKind
from engine.model.findings import Verdict
from engine.store import open_case

pytest_plugins = ("tests.unit.desktop_case",)

# The engine loads models; the machine may be busy with other tests.
_PATIENCE_MS = 180_000

_NOTE = (
    "Scene note. Exhibit 1: photograph kitchen_knife.png shows a knife on the table.\n"
    "No blood was seen. The lamp stands on the left."
)


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    """Return a small folder: a picture, a note that names it, and a file that is not what it says."""
    folder = tmp_path / "evidence"
    folder.mkdir()
    picture = QImage(320, 240, QImage.Format.Format_RGB32)
    picture.fill(0x6688AA)
    for x in range(100, 180):
        for y in range(80, 160):
            picture.setPixel(x, y, 0xFFCC3322)
    assert picture.save(str(folder / "kitchen_knife.png"))
    (folder / "note.txt").write_text(_NOTE)
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing more")
    return folder


def _new_case(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    window.session.new_case(
        path, kind=CaseKind.FORENSIC, name="Kitchen", reference="K-1", examiner="E. Examiner"
    )
    qtbot.waitUntil(lambda: window.session.store is not None, timeout=_PATIENCE_MS)


def _read(qtbot: QtBot, window: MainWindow, evidence: Path) -> None:
    """Drop a folder, wait for the summary, and start."""
    window.take([evidence])
    dialog = window.findChildren(PreflightDialog)[-1]
    qtbot.waitUntil(lambda: dialog.found is not None, timeout=_PATIENCE_MS)
    dialog.accept()


def _end_of(qtbot: QtBot, window: MainWindow, verb: str) -> JobEnd:
    ends: list[JobEnd] = []
    window.session.jobs.ended.connect(ends.append)
    qtbot.waitUntil(lambda: any(end.verb == verb for end in ends), timeout=_PATIENCE_MS)
    window.session.jobs.ended.disconnect(ends.append)
    return next(end for end in ends if end.verb == verb)


@pytest.mark.slow
def test_from_an_empty_window_to_a_pdf(
    qtbot: QtBot, empty_window: MainWindow, evidence: Path, tmp_path: Path
) -> None:
    window, case, out = empty_window, tmp_path / "kitchen.casebook", tmp_path / "report.pdf"
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in evidence.iterdir()}
    assert window.page_name() == ""
    _new_case(qtbot, window, case)
    assert window.page_name() == "overview" and window.windowTitle().startswith("Kitchen")

    steps: list[str] = []
    window.session.jobs.progressed.connect(lambda progress: steps.append(progress.step))
    _read(qtbot, window, evidence)
    assert window.job_bar.isVisible()
    end = _end_of(qtbot, window, "ingest")
    assert end.kind is Kind.FINISHED, dict(end.body)
    assert "analyze" in steps and not window.job_bar.isVisible()
    counts = window.session.counts()
    assert counts is not None and (counts.images, counts.reports, counts.issues) == (1, 1, 1)

    store = window.session.store
    assert store is not None
    image = store.images()[0]
    window.session.select(Selection(image_id=image.id))
    window.go("pair")
    page = window.pages["pair"]
    assert isinstance(page, PairPage)
    qtbot.waitUntil(lambda: page.image_panel.picture_width_px == 320, timeout=_PATIENCE_MS)
    assert page.link_list.rows.rowCount() > 0, "the note names the picture"

    qtbot.waitUntil(lambda: window.session.queries.is_warm, timeout=_PATIENCE_MS)
    results = window.pages["results"]
    assert isinstance(results, SearchPage)
    with qtbot.waitSignal(window.session.queries.answered, timeout=_PATIENCE_MS) as answered:
        window.search_box.setText("knife")
        qtbot.keyClick(window.search_box, Qt.Key.Key_Return)
    assert not answered.args[0].is_partial and results.list.rows.rowCount() > 0

    window.go("pair")
    window.activateWindow()  # without a display, no window is active once a list of suggestions has closed
    qtbot.waitUntil(window.isActiveWindow)
    page.link_list.step(+1)
    qtbot.keyClick(page.link_list.view, Qt.Key.Key_C)
    assert "confirmed by E. Examiner" in page.link_list.rows.index(0).data(LineRole).subtitle
    with open_case(case, clock=system_clock, read_only=True) as reader:
        assert [review.verdict for review in reader.reviews()] == [Verdict.CONFIRMED]
        assert reader.check_audit() == ()

    window.session.export(out, lambda _end: None)
    end = _end_of(qtbot, window, "export")
    assert end.kind is Kind.FINISHED, dict(end.body)
    assert out.read_bytes().startswith(b"%PDF")
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in evidence.iterdir()} == before


@pytest.mark.slow
def test_after_a_cancel_and_a_killed_engine_the_ingest_can_be_run_again(
    qtbot: QtBot, empty_window: MainWindow, evidence: Path, tmp_path: Path
) -> None:
    window = empty_window
    _new_case(qtbot, window, tmp_path / "kitchen.casebook")
    _read(qtbot, window, evidence)
    with qtbot.waitSignal(window.session.jobs.progressed, timeout=_PATIENCE_MS):
        pass
    window.actions_table["cancel"].trigger()
    assert _end_of(qtbot, window, "ingest").kind is Kind.CANCELLED
    _read(qtbot, window, evidence)
    with qtbot.waitSignal(window.session.jobs.progressed, timeout=_PATIENCE_MS):
        pass
    os.kill(_process_id(window), signal.SIGKILL)
    assert _end_of(qtbot, window, "ingest").kind is Kind.FAILED
    assert "started again" in window.notice.text and window.notice.isVisible()
    _read(qtbot, window, evidence)
    end = _end_of(qtbot, window, "ingest")
    assert end.kind is Kind.FINISHED, dict(end.body)
    assert (end.body["images"], end.body["reports"]) == (1, 1)


@pytest.mark.slow
def test_a_case_whose_evidence_is_gone_still_opens_and_says_why_there_is_no_picture(
    qtbot: QtBot, empty_window: MainWindow, a_case: Path
) -> None:
    window = empty_window
    window.open(a_case)
    store = window.session.store
    assert store is not None
    with qtbot.waitSignal(window.session.previews.failed, timeout=_PATIENCE_MS) as failed:
        window.session.select(Selection(image_id=store.images()[0].id))
        window.go("pair")
    assert "chest_01.png" in failed.args[2]
    page = window.pages["pair"]
    assert isinstance(page, PairPage)
    assert page.image_panel.picture_width_px > 0, "the thumbnail stands in"


@pytest.mark.slow
def test_pictures_that_look_alike_are_found_by_the_menu_of_the_gallery(
    qtbot: QtBot, empty_window: MainWindow, a_case: Path
) -> None:
    with open_case(a_case, clock=system_clock) as writer:
        ids = [image.id for image in writer.images()]
        angles = np.linspace(0, 1.5, len(ids), dtype=np.float32)
        writer.save_vectors(IMAGES, ids, np.stack([np.cos(angles), np.sin(angles)], axis=1))
    window = empty_window
    window.open(a_case)
    store = window.session.store
    assert store is not None
    window.go("images")
    window.session.select(Selection(image_id=store.images()[0].id))
    gallery, results = window.pages["images"], window.pages["results"]
    assert isinstance(gallery, GalleryPage) and isinstance(results, SearchPage)
    offered = {each.objectName(): each for each in gallery.grid.actions()}
    with qtbot.waitSignal(window.session.queries.answered, timeout=_PATIENCE_MS) as answered:
        offered["similar"].trigger()
    assert window.page_name() == "results"
    assert [hit.image_id for hit in answered.args[0].hits] == ids[1:], "in the order of their angles"
    assert results.list.rows.rowCount() == len(ids) - 1
    assert "cosine" in answered.args[0].hits[0].why[0]


def _process_id(window: MainWindow) -> int:
    process = window.session.job_engine.findChild(QProcess)
    assert isinstance(process, QProcess)
    return process.processId()
