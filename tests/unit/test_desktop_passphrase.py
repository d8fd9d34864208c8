"""The window asks for a passphrase until the case opens, and hands its key to the engine alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit

from desktop.dialogs.passphrase import PassphraseDialog
from desktop.views.main_window import MainWindow
from engine.jobs.encryption import encrypt_case
from engine.model.findings import FindingKind, Verdict
from engine.store import key_of
from tests.unit.desktop_case import CLOCK, build_case

pytest_plugins = ("tests.unit.desktop_case",)

WORDS = "correct horse battery"


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    path = build_case(tmp_path / "locked.casebook", pairs=2)
    encrypt_case(path, WORDS, clock=CLOCK)
    return path


def test_an_encrypted_case_opens_after_the_right_words(
    window: MainWindow, locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter(["wrong words", WORDS])
    said: list[str] = []

    def type_in(dialog: PassphraseDialog) -> int:
        said.append(" ".join(label.text() for label in dialog.findChildren(type(dialog.children()[-1]))))
        dialog.findChild(QLineEdit).setText(next(typed))
        return 1

    monkeypatch.setattr(PassphraseDialog, "exec", type_in)
    window.open(locked)
    session = window.session
    assert session.store is not None and session.store.path == locked and len(said) == 2
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


def test_the_dialog_hides_what_is_typed(window: MainWindow, locked: Path) -> None:
    dialog = PassphraseDialog(locked, "the passphrase does not open it", window)
    line = dialog.findChild(QLineEdit)
    assert line is not None and line.echoMode() is QLineEdit.EchoMode.Password
    line.setText("abc")
    assert dialog.passphrase() == "abc"
    dialog.close()
