"""Four eyes through the real window and the real engine: two examiners, a file between them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from desktop.item_models.lines import LineRole
from desktop.session.selection import Selection
from desktop.views.main_window import MainWindow
from engine.clock import system_clock
from engine.model.findings import Link, Verdict
from engine.store import open_case

pytest_plugins = ("tests.unit.desktop_case",)

_PATIENCE_MS = 180_000


def _decide(window: MainWindow, link: Link, verdict: Verdict, note: str = "") -> None:
    window.session.select(Selection(image_id=link.image_id, report_id=link.report_id, link_id=link.id))
    window.session.decide(verdict, note=note)


@pytest.mark.slow
def test_two_examiners_exchange_decisions_and_see_where_they_disagree(
    qtbot: QtBot, empty_window: MainWindow, a_case: Path, tmp_path: Path
) -> None:
    window, session = empty_window, empty_window.session
    copy, file = tmp_path / "copy.casebook", tmp_path / "b.decisions.json"
    shutil.copy(a_case, copy)

    session.preferences.set_examiner("B. Second")
    window.open(copy)
    assert session.store is not None
    first, second, third = session.store.links(limit=3)
    _decide(window, first, Verdict.CONFIRMED)
    _decide(window, second, Verdict.REJECTED, note="another hand")
    _decide(window, third, Verdict.CONFIRMED)
    window.review_commands.four_eyes.export_to(file)
    qtbot.waitUntil(file.exists, timeout=_PATIENCE_MS)
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)), timeout=_PATIENCE_MS)
    told = window.findChildren(QMessageBox)[0]
    assert "Decisions: 3" in told.text() and "SHA-256" in told.informativeText()
    told.close()

    session.preferences.set_examiner("A. First")
    window.open(a_case)
    _decide(window, first, Verdict.CONFIRMED)
    _decide(window, second, Verdict.CONFIRMED)
    four_eyes = window.review_commands.four_eyes
    four_eyes.compare_with(file)
    qtbot.waitUntil(lambda: four_eyes.shown is not None, timeout=_PATIENCE_MS)
    shown = four_eyes.shown
    assert shown is not None and "B. Second" in shown.windowTitle()
    assert shown.shown.currentText() == "≠ they disagree (1)" and shown.list.rows.rowCount() == 1
    line = shown.list.rows.index(0).data(LineRole)
    assert "A. First: confirmed" in line.subtitle and "B. Second: rejected (another hand)" in line.subtitle
    shown.list.view.setCurrentIndex(shown.list.rows.index(0))
    shown._look()
    assert window.page_name() == "pair" and session.selection.link_id == second.id
    shown.shown.setCurrentIndex(0)
    shown._show()
    assert shown.list.rows.rowCount() == 3
    assert len(session.store.reviews()) == 2, "comparing writes nothing"

    shown.take_in.click()
    qtbot.waitUntil(lambda: not shown.take_in.isEnabled(), timeout=_PATIENCE_MS)
    with open_case(a_case, clock=system_clock, read_only=True) as store:
        assert len(store.reviews()) == 5 and store.check_audit() == ()
        verdicts = [store.latest_review(link.id) for link in (first, second, third)]
        assert [(each.examiner, each.verdict) for each in verdicts if each] == [
            ("A. First", Verdict.CONFIRMED),
            ("A. First", Verdict.CONFIRMED),
            ("B. Second", Verdict.CONFIRMED),
        ]
    assert session.decisions is not None
    assert session.decisions.standing(third.id) is not None, "the window knows what came in"

    altered = tmp_path / "altered.json"
    altered.write_text(file.read_text().replace("another hand", "no other hand"))
    with qtbot.waitSignal(session.failed, timeout=_PATIENCE_MS) as failed:
        four_eyes.compare_with(altered)
    assert "altered" in failed.args[0]
