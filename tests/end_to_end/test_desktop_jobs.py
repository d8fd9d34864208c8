"""Jobs as the user meets them: the look ahead, a skipped file, a retry, a moved folder, a training."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from desktop.dialogs.folders import FoldersDialog
from desktop.dialogs.new_case import NewCaseDialog
from desktop.dialogs.preflight import PreflightDialog
from desktop.session.intake import move_folder
from desktop.session.jobs import JobEnd
from desktop.views.issue_page import IssuePage
from desktop.views.job_page import JobPage
from desktop.views.main_window import MainWindow
from desktop.views.models_page import ModelsPage
from engine.messages import Kind
from engine.model.evidence import CaseKind

pytest_plugins = ("tests.unit.desktop_case",)

_PATIENCE_MS = 240_000


class Ends:
    """The ends of jobs, to wait for."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self._qtbot = qtbot
        self._seen: list[JobEnd] = []
        for jobs in (window.session.jobs, window.session.shelf.jobs):
            jobs.ended.connect(self._seen.append)

    def of(self, verb: str) -> JobEnd:
        """Wait for the next end of a job of this verb."""
        self._qtbot.waitUntil(lambda: any(end.verb == verb for end in self._seen), timeout=_PATIENCE_MS)
        found = next(end for end in self._seen if end.verb == verb)
        self._seen.remove(found)
        return found


def _new_case(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    window.session.new_case(path, kind=CaseKind.FORENSIC, name="Kitchen", reference="", examiner="E. E.")
    qtbot.waitUntil(lambda: window.session.store is not None, timeout=_PATIENCE_MS)


@pytest.mark.slow
def test_skip_retry_and_a_moved_folder(qtbot: QtBot, empty_window: MainWindow, tmp_path: Path) -> None:
    window, ends = empty_window, Ends(qtbot, empty_window)
    folder = tmp_path / "evidence"
    folder.mkdir()
    noise = Image.frombytes("L", (7_000, 6_000), os.urandom(42_000_000))
    noise.save(folder / "huge.png", compress_level=0)
    (folder / "note.txt").write_text("No blood was seen.")
    _new_case(qtbot, window, tmp_path / "kitchen.casebook")
    window.take([folder])
    dialog = window.findChildren(PreflightDialog)[-1]
    qtbot.waitUntil(lambda: dialog.found is not None, timeout=_PATIENCE_MS)
    assert dialog.found is not None and (dialog.found.files, dialog.found.unreadable) == (2, 0)
    dialog.accept()

    jobs = window.session.jobs
    skip = window.actions_table["skip"]
    qtbot.waitUntil(lambda: jobs.can_skip and skip.isEnabled(), timeout=_PATIENCE_MS)
    waited_for = window.job_bar._item.text()
    skip.trigger()
    end = ends.of("ingest")
    assert end.kind is Kind.FINISHED, dict(end.body)
    assert not skip.isEnabled() and end.body["issues"] == 1
    store = window.session.store
    assert store is not None
    assert [(each.relative_path, each.error) for each in store.issues()] == [(waited_for, "Skipped")]

    moved = folder.rename(tmp_path / "moved")
    roots = FoldersDialog(store.roots(), lambda _label, _folder: None, window)
    qtbot.addWidget(roots)
    move_folder(window.session, "evidence", tmp_path, lambda _end: None)
    refused = ends.of("move_folder")
    assert refused.kind is Kind.FAILED and "is not the evidence folder" in refused.body["message"]
    move_folder(window.session, "evidence", moved, lambda _end: None)
    assert ends.of("move_folder").kind is Kind.FINISHED
    assert store.roots()[0].path == moved

    window.go("issues")
    issues = window.pages["issues"]
    assert isinstance(issues, IssuePage)
    assert not issues.retry_one.isEnabled()
    issues.list.view.setCurrentIndex(issues.list.rows.index(0))
    issues.retry_one.click()
    end = ends.of("ingest")
    assert end.kind is Kind.FINISHED, dict(end.body)
    assert (end.body["images"], end.body["issues"]) == (1, 0)
    assert issues.list.rows.rowCount() == 0 and not issues.retry_all.isEnabled()

    page = window.pages["jobs"]
    assert isinstance(page, JobPage)
    names = [page.list.rows.index(row).data() for row in range(page.list.rows.rowCount())]
    assert names.count("Reading evidence") == 4, "two jobs of this window, two runs of the case"


@pytest.mark.slow
def test_evidence_dropped_without_a_case_is_offered_one(
    qtbot: QtBot, empty_window: MainWindow, tmp_path: Path
) -> None:
    window = empty_window
    folder = tmp_path / "Ward 7"
    folder.mkdir()
    (folder / "note.txt").write_text("No effusion.")
    window.session.preferences.set_folder("cases", tmp_path)
    suggested: list[str] = []

    def agree() -> None:
        dialog = window.findChildren(NewCaseDialog)[-1]
        suggested.append(dialog.entered().path.name)
        dialog.accept()

    QTimer.singleShot(300, window, agree)
    window.take([folder])
    assert suggested == ["Ward 7.casebook"]
    qtbot.waitUntil(lambda: bool(window.findChildren(PreflightDialog)), timeout=_PATIENCE_MS)
    dialog = window.findChildren(PreflightDialog)[-1]
    assert dialog.paths == (folder,) and window.session.store is not None
    dialog.reject()
    qtbot.waitUntil(lambda: not window.session.jobs.running, timeout=_PATIENCE_MS)


@pytest.mark.slow
def test_a_case_open_for_reading_takes_nothing(qtbot: QtBot, empty_window: MainWindow, a_case: Path) -> None:
    window = empty_window
    before = a_case.read_bytes()
    window.open(a_case, read_only=True)
    session, actions = window.session, window.actions_table
    assert session.is_read_only and window.banner._read_only.isVisibleTo(window)
    assert not any(actions[name].isEnabled() for name in ("ingest_folder", "settings", "folders"))
    window.take([a_case.parent])
    assert "reading only" in window.notice.text and not window.findChildren(PreflightDialog)
    session.select_something()
    link = session.store.links(limit=1)[0] if session.store else None
    assert link is not None
    session.refine(link_id=link.id)
    assert not actions["confirm"].isEnabled()
    session.undo()
    session.export(a_case.parent / "out.json", lambda _end: None, read_only=True)
    ends = Ends(qtbot, window)
    assert ends.of("export").kind is Kind.FINISHED
    session.close()
    assert a_case.read_bytes() == before, "not even the audit log was written"


@pytest.fixture
def annotated(tmp_path: Path) -> Path:
    """Return sentences in which things of a kitchen are marked, a word and its tag a line."""
    lines = []
    for number in range(60):
        thing, color = ("knife", "pan", "spoon")[number % 3], ("red", "blue")[number % 2]
        for word in ("The", color, thing, "lay", "on", "the", "table", "."):
            lines.append(f"{word}\t{'B-thing' if word == thing else 'O'}\n")
        lines.append("\n")
    path = tmp_path / "kitchen.tsv"
    path.write_text("".join(lines))
    return path


@pytest.mark.slow
def test_a_model_is_trained_measured_chosen_and_removed(
    qtbot: QtBot, empty_window: MainWindow, annotated: Path
) -> None:
    window, ends = empty_window, Ends(qtbot, empty_window)
    window.actions_table["models"].trigger()
    page = window.pages["models"]
    assert isinstance(page, ModelsPage) and window.page_name() == "models", "there without a case too"
    shelf = window.session.shelf
    qtbot.waitUntil(lambda: bool(shelf.models), timeout=_PATIENCE_MS)
    form = page.training
    form.task.setCurrentIndex(form.task.findData("entities"))
    form.data.line.setText(str(annotated))
    assert not form.start.isEnabled(), "it has no name yet"
    form.name.setText("names")
    assert not form.start.isEnabled() and form.missing.isVisibleTo(form), "that name is taken"
    form.name.setText("my-things")
    passes = next(row for row in range(form.options.rowCount()) if form._cell(row, 0) == "passes")
    form.options.item(passes, 1).setText("2")
    assert form.settings() == ["passes=2"]
    form.start.click()
    end = ends.of("train")
    assert end.kind is Kind.FINISHED, dict(end.body)
    points = form.chart.curves["dev score"]
    assert points[-1][0] <= 2 and points[-1][1] > 0, "its curve grew while it learned"
    mine = next(model for model in shelf.models if model.name == "my-things")
    assert mine.is_own and mine.roles == ()

    page.shelf.choose("my-things")
    assert page.shelf.use.isEnabled() and page.shelf.remove.isEnabled()
    page.shelf.use.click()
    assert ends.of("choose_model").kind is Kind.FINISHED
    (role,) = next(model for model in shelf.models if model.name == "my-things").roles

    evaluation = page.evaluation
    evaluation.task.setCurrentIndex(evaluation.task.findData("entities"))
    evaluation.model.setCurrentIndex(evaluation.model.findData("my-things"))
    evaluation.data.line.setText(str(annotated))
    evaluation.start.click()
    end = ends.of("evaluate")
    assert end.kind is Kind.FINISHED, dict(end.body)
    rows = [evaluation.table.verticalHeaderItem(row).text() for row in range(evaluation.table.rowCount())]
    assert "f1" in rows and evaluation.table.columnCount() == 1

    page.shelf.choose("my-things")
    page.shelf.remove.click()
    assert ends.of("remove_model").kind is Kind.FINISHED
    assert "my-things" not in {model.name for model in shelf.models}
    page.shelf.choose(role)
    assert not page.shelf.remove.isEnabled(), "what came with the program stays"


def test_names_that_are_no_model_names_are_not_offered(qtbot: QtBot, empty_window: MainWindow) -> None:
    page = empty_window.pages["models"]
    assert isinstance(page, ModelsPage)
    page.training.name.setText("../outside")
    assert not page.training.start.isEnabled()
