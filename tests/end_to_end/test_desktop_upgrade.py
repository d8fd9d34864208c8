"""A case of an older version in the window: asked about, backed up, brought up to date, opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from desktop.dialogs.upgrade import UpgradeBox
from desktop.session.preferences import Preferences
from desktop.session.session import Session
from desktop.views.main_window import MainWindow
from engine.clock import fixed_clock
from engine.errors import CaseTooOld
from engine.model.evidence import Case, CaseKind
from engine.store import create_case, open_case
from engine.store.schema import SCHEMA_VERSION

NOON = fixed_clock(datetime(2026, 1, 2, 12, tzinfo=UTC))
OLDER = 4


@pytest.fixture
def older_case(tmp_path: Path) -> Path:
    """Return a case as format 4 left it: without the table of settings."""
    path = tmp_path / "ward.casebook"
    create_case(path, Case(kind=CaseKind.MEDICAL, name="Ward", created_at=NOON()), clock=NOON)
    with closing(sqlite3.connect(path)) as connection:
        for number in range(SCHEMA_VERSION, OLDER, -1):
            connection.execute("DELETE FROM _sqlite_migrations WHERE name = ?", (f"version_{number}",))
        connection.execute("DROP TABLE setting")
        connection.execute(f"PRAGMA user_version = {OLDER}")
        connection.commit()
    with pytest.raises(CaseTooOld):
        open_case(path, clock=NOON, read_only=True)
    return path


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    window = MainWindow(Session(preferences=Preferences(tmp_path / "desktop.ini")))
    qtbot.addWidget(window)
    yield window
    window.close()


def _answer(role: QMessageBox.ButtonRole) -> None:
    """Click the button of this role as soon as the question stands there."""
    box = QApplication.activeModalWidget()
    if not isinstance(box, UpgradeBox):
        QTimer.singleShot(20, lambda: _answer(role))
        return
    next(button for button in box.buttons() if box.buttonRole(button) is role).click()


def test_an_older_case_is_upgraded_when_the_user_agrees(
    qtbot: QtBot, window: MainWindow, older_case: Path
) -> None:
    _answer(QMessageBox.ButtonRole.AcceptRole)
    window.open(older_case)
    qtbot.waitUntil(lambda: window.session.store is not None, timeout=60_000)
    assert window.session.store is not None and window.session.store.case.name == "Ward"
    assert older_case.with_name(f"ward.casebook.version-{OLDER}").is_file()


def test_an_older_case_stays_as_it_is_when_the_user_declines(window: MainWindow, older_case: Path) -> None:
    before = older_case.read_bytes()
    _answer(QMessageBox.ButtonRole.RejectRole)
    window.open(older_case)
    assert window.session.store is None and older_case.read_bytes() == before
