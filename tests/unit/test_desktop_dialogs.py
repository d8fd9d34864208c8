"""Dialogs about a case: what they show, what they return, and when they let one go on."""

from __future__ import annotations

import dataclasses
import gc
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.dialogs.case_settings import CaseSettingsDialog
from desktop.dialogs.encryption import EncryptionDialog
from desktop.dialogs.export import ExportDialog
from desktop.dialogs.folders import FoldersDialog
from desktop.dialogs.preflight import PreflightDialog
from desktop.item_models.export_formats import EXPORT_FORMATS
from desktop.session.intake import FormatRow, Preflight
from desktop.session.jobs import JobEnd
from desktop.session.selection import Selection
from desktop.session.shelf import Model
from desktop.theme import Mode, apply_theme
from desktop.views.curve_chart import CurveChart
from desktop.views.main_window import MainWindow
from desktop.views.picture_dialogs import sample_dialogs
from desktop.views.progress_words import about_words, end_sentence
from engine.exporters.formats import FOLDER_FORMATS, FORMATS
from engine.jobs.export import export_case
from engine.messages import Kind
from engine.model.evidence import CaseKind
from engine.model.findings import Verdict
from engine.store import CaseSettings, Root

pytest_plugins = ("tests.unit.desktop_case",)

FOUND = Preflight(
    files=3,
    size_bytes=4096,
    known=1,
    unreadable=1,
    formats=(
        FormatRow(format="PNG", files=2, size_bytes=4000, reason=""),
        FormatRow(format="", files=1, size_bytes=96, reason="no reader for this kind of file"),
    ),
    refused=(("pipe", "a named pipe, which is never opened"),),
    free_bytes=10**9,
    needed_bytes=10**6,
    seconds=90.0,
    runs=0,
)


def test_the_look_ahead_shows_formats_and_can_be_started_at_any_time(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = PreflightDialog([tmp_path])
    qtbot.addWidget(dialog)
    assert dialog._start.isEnabled(), "nobody has to wait for the look"
    dialog.show_progress(40, "scan.dcm")
    assert "40" in dialog._headline.text()
    dialog.show_found(FOUND)
    rows = [dialog._table.topLevelItem(row).text(0) for row in range(dialog._table.topLevelItemCount())]
    assert rows == ["PNG", "not readable", "pipe"]
    assert "2 min" in dialog._time.text() and "1" in dialog._time.text()
    left: list[bool] = []
    dialog.left.connect(lambda: left.append(True))
    dialog.reject()
    assert left == [True]


def test_too_little_room_is_said_and_an_empty_folder_is_not_read(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = PreflightDialog([tmp_path])
    qtbot.addWidget(dialog)
    dialog.show_found(dataclasses.replace(FOUND, free_bytes=10))
    assert "⚠" in dialog._room.text() and dialog._room.property("role") == "contradicts"
    other = PreflightDialog([tmp_path])
    qtbot.addWidget(other)
    other.show_found(dataclasses.replace(FOUND, files=0, formats=(), refused=()))
    assert not other._start.isEnabled()
    third = PreflightDialog([tmp_path])
    qtbot.addWidget(third)
    third.show_found("there is no file or folder x")
    assert "no file or folder" in third._time.text() and third._start.isEnabled()


def _model(name: str, task: str) -> Model:
    return Model(
        name=name,
        version="1",
        task=task,
        origin="shipped",
        licence="",
        summary="",
        labels=(),
        size_bytes=1,
        roles=(),
        figures=(),
        card_text="",
        folder="",
    )


def test_settings_keep_what_is_not_touched_and_name_the_models_left_out(qtbot: QtBot) -> None:
    before = CaseSettings(name="Clinic", subject="P-1", profile="fast", left_out=("lungs",))
    dialog = CaseSettingsDialog(CaseKind.MEDICAL, before)
    qtbot.addWidget(dialog)
    assert dialog.entered() == before, "also before the models are known"
    dialog.show_models(
        [_model("lungs", "segmentation"), _model("vehicles", "detection"), _model("x", "links")]
    )
    assert dialog.entered() == before and dialog._models.count() == 2
    dialog._models.item(1).setCheckState(Qt.CheckState.Unchecked)
    dialog._name.setText("  ")
    entered = dialog.entered()
    assert (entered.name, entered.left_out) == ("Clinic", ("lungs", "vehicles"))


def test_only_a_folder_that_is_not_there_can_be_looked_for(qtbot: QtBot, tmp_path: Path) -> None:
    roots = (Root(label="here", path=tmp_path), Root(label="gone", path=tmp_path / "gone"))
    dialog = FoldersDialog(roots, lambda _label, _folder: None)
    qtbot.addWidget(dialog)
    buttons = {
        each.accessibleName(): each.isEnabled() for each in dialog.findChildren(type(dialog._rows)) if each
    }
    assert buttons["Find the folder gone"] and not buttons["Find the folder here"]


def test_every_format_of_the_engine_is_offered() -> None:
    offered = {(each.key, each.is_folder) for each in EXPORT_FORMATS}
    files = {(suffix.lstrip("."), False) for suffix in FORMATS}
    assert offered == files | {(name, True) for name in FOLDER_FORMATS}


@pytest.mark.parametrize("typed", ["", "/", "..", "/nowhere/at/all.pdf", "/tmp/" + "long" * 900, "a\0b"])
def test_every_format_can_be_chosen_whatever_is_typed(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, typed: str
) -> None:
    dialog = ExportDialog(tmp_path / "case.pdf", window.session.counts(), parent=window)
    for number in range(1, dialog._format.count()):
        dialog._path.setText(typed)
        dialog._format.setCurrentIndex(number)
        assert dialog._path.text()
    dialog._path.clear()
    assert not dialog._export.isEnabled()


def test_the_export_names_the_decisions_of_this_very_hour(window: MainWindow, qtbot: QtBot) -> None:
    """What else the case holds is not counted anew for each decision."""
    before, store = window.session.counts(), window.session.store
    assert store is not None and before is not None and before.reviews == 0
    link = store.links(limit=1)[0]
    window.session.select(Selection(image_id=link.image_id, report_id=link.report_id, link_id=link.id))
    window.session.decide(Verdict.CONFIRMED)
    assert window.session.counts() == dataclasses.replace(before, reviews=1)
    window.session.undo()
    assert window.session.counts() == before


@pytest.mark.parametrize("is_encrypted", [True, False])
def test_a_dialog_that_was_left_is_let_go(window: MainWindow, qtbot: QtBot, is_encrypted: bool) -> None:
    dialog = EncryptionDialog("ward.casebook", is_encrypted, window)
    gone = weakref.ref(dialog)
    dialog.deleteLater()
    del dialog
    qtbot.wait(10)
    gc.collect()
    assert gone() is None


def test_the_export_dialog_names_only_options_that_differ(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    asked: list[object] = []
    dialog = ExportDialog(
        tmp_path / "case.pdf", window.session.counts(), {"Only this": ("id1",)}, asked.append, window
    )
    wanted = dialog.wanted()
    assert (wanted.path, wanted.format, dict(wanted.options)) == (tmp_path / "case.pdf", "pdf", {})
    assert "6" in dialog._counts.text()
    dialog._paper.setCurrentIndex(1)
    dialog._scope.setCurrentIndex(dialog._scope.count() - 1)
    dialog._request.setText("Is it the same knife?")
    dialog._rehash.setChecked(False)
    dialog._reproducible.setChecked(True)
    expected = {
        "page_size": "Letter",
        "only": ["id1"],
        "request": "Is it the same knife?",
        "rehash": False,
        "reproducible": True,
    }
    assert dialog.options() == expected
    assert set(expected) <= set(export_case.__kwdefaults__ or {})
    dialog._draft.wanted.click()
    assert asked == [expected]
    dialog._format.setCurrentIndex(
        next(i for i, each in enumerate(EXPORT_FORMATS) if each.key == "coco.json")
    )
    wanted = dialog.wanted()
    assert wanted.path.name == "case.coco.json" and dict(wanted.options) == {"reproducible": True}
    dialog._format.setCurrentIndex(next(i for i, each in enumerate(EXPORT_FORMATS) if each.is_folder))
    assert dialog.wanted().path.name == "case"
    dialog._path.setText(str(tmp_path / "nowhere" / "x"))
    assert not dialog._export.isEnabled()


def test_curves_begin_anew_with_the_next_part_and_leave_out_what_is_no_number(qtbot: QtBot) -> None:
    chart = CurveChart("epoch")
    qtbot.addWidget(chart)
    chart.add(1, {"loss": 0.9, "dev": float("nan")})
    chart.add(2, {"loss": 0.5})
    assert list(chart.curves["loss"]) == [(1, 0.9), (2, 0.5)] and "dev" not in chart.curves
    assert "loss 0.5" in chart.accessibleDescription()
    chart.add(1, {"loss": 0.8})
    assert list(chart.curves["loss"]) == [(1, 0.8)]
    assert not chart.grab().isNull()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"paths": ["/a/one", "/a/two"]}, "one, two"),
        ({"paths": [f"/a/{number}" for number in range(9)]}, "0, 1, 2, …"),
        ({"out": "/a/report.pdf"}, "report.pdf"),
        ({"name": "mine"}, "mine"),
        ({}, ""),
    ],
)
def test_what_a_job_was_about(arguments: dict[str, object], said: str) -> None:
    assert about_words(JobEnd(verb="x", kind=Kind.FINISHED, body={}, arguments=arguments)) == said


def test_the_end_of_an_ingest_is_one_sentence() -> None:
    body = {"seconds": 61.0, "images": 2, "reports": 1, "links": 3, "issues": 0}
    said = end_sentence(JobEnd(verb="ingest", kind=Kind.FINISHED, body=body))
    assert said == "Done in 1 min. Images: 2, reports: 1, links: 3, issues: 0."


def test_a_dialog_grows_with_its_texts(window: MainWindow, qapp: QApplication) -> None:
    """At 200 % none is narrower than what stands in it."""
    apply_theme(qapp, Mode.LIGHT, text_percent=200)
    try:
        for name, dialog in sample_dialogs(window).items():
            dialog.show()
            QApplication.processEvents()
            layout = dialog.layout()
            assert layout is not None and dialog.width() >= layout.minimumSize().width(), name
            dialog.close()
    finally:
        apply_theme(qapp, Mode.LIGHT, text_percent=100)
