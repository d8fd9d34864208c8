"""The window asks for a passphrase until the case opens, and hands its key to the engine alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.dialogs.passphrase import PassphraseDialog
from desktop.views.main_window import MainWindow
from engine.clock import system_clock
from engine.jobs.encryption import encrypt_case
from engine.model.findings import FindingKind, Verdict
from engine.store import key_of

pytest_plugins = ("tests.unit.desktop_case",)

WORDS = "correct horse battery"


@pytest.fixture
def locked(a_case: Path, tmp_path: Path) -> Path:
    path = tmp_path / "locked.casebook"
    shutil.copy(a_case, path)
    encrypt_case(path, WORDS, clock=system_clock)
    return path


def test_an_encrypted_case_opens_after_the_right_words(
    window: MainWindow, locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter(["wrong words", WORDS])
    said: list[str] = []

    def type_in(dialog: PassphraseDialog) -> int:
        said.append(" ".join(label.text() for label in dialog.findChildren(QLabel)))
        dialog.findChild(QLineEdit).setText(next(typed))
        return 1

    monkeypatch.setattr(PassphraseDialog, "exec", type_in)
    window.open(locked)
    session = window.session
    assert session.store is not None and session.store.path == locked and len(said) == 2
    assert "does not open" not in said[0] and "does not open" in said[1]
    key = key_of(locked, WORDS).as_text()
    for engine in (session.job_engine, session.query_engine):
        assert engine.keys == {str(locked): key}
    region = session.store.regions(limit=1)[0]
    assert session.decisions is not None
    session.decisions.decide(FindingKind.REGION, region.id, Verdict.CONFIRMED, examiner="E")
    assert session.store.reviews()[-1].target_id == region.id


def test_who_gives_up_keeps_what_is_open(
    window: MainWindow, locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PassphraseDialog, "exec", lambda _: 0)
    before = window.session.store
    window.open(locked)
    assert window.session.store is before and before is not None


def test_the_dialog_hides_what_is_typed(window: MainWindow, locked: Path, qtbot: QtBot) -> None:
    dialog = PassphraseDialog(locked, "the passphrase does not open it", window)
    line = dialog.findChild(QLineEdit)
    assert line is not None and line.echoMode() is QLineEdit.EchoMode.Password
    line.setText("abc")
    assert dialog.passphrase() == "abc"
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.grab().save(str(locked.with_name("dialog.png")))
    dialog.close()
