"""Passphrases in the window: a case that is encrypted, changed and decrypted, and a report that is signed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QRadioButton
from pytestqt.qtbot import QtBot

from desktop.dialogs.certificate import CertificateChoice
from desktop.dialogs.encryption import EncryptionDialog
from desktop.dialogs.export import ExportDialog
from desktop.dialogs.new_case import NewCaseDialog
from desktop.dialogs.passphrase import PassphraseDialog
from desktop.views.main_window import MainWindow
from engine.clock import system_clock
from engine.store import is_encrypted, key_of, open_case
from tests.unit.certificates import WORDS as CERTIFICATE_WORDS
from tests.unit.certificates import make_certificate

pytest_plugins = ("tests.unit.desktop_case",)

_PATIENCE_MS = 180_000
FIRST, SECOND = "correct horse battery", "four more good words"


def _type(dialog: EncryptionDialog | NewCaseDialog, **lines: str) -> None:
    for line in dialog.findChildren(QLineEdit):
        if line.accessibleName() in lines:
            line.setText(lines[line.accessibleName()])


def _open_again(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until the case is open, in the window and in the query worker."""
    session = window.session
    qtbot.waitUntil(lambda: session.store is not None and session.queries.is_warm, timeout=_PATIENCE_MS)


@pytest.mark.slow
def test_a_case_is_encrypted_changed_and_decrypted(
    qtbot: QtBot, empty_window: MainWindow, a_case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, session = empty_window, empty_window.session
    said: list[str] = []
    session.failed.connect(said.append)

    def answer(fill: Callable[[EncryptionDialog], None]) -> None:
        def exec_(dialog: EncryptionDialog) -> int:
            fill(dialog)
            assert dialog._does_it.isEnabled()
            return 1

        monkeypatch.setattr(EncryptionDialog, "exec", exec_)
        window.actions_table["encryption"].trigger()

    window.open(a_case)
    _open_again(qtbot, window)
    twice = {"New passphrase": FIRST, "New passphrase again": FIRST}
    answer(lambda dialog: _type(dialog, **twice))
    assert session.store is None
    _open_again(qtbot, window)
    assert is_encrypted(a_case) and session.store is not None and session.store.key is not None
    assert session.store.audit()[-2].action == "encrypt" or session.store.audit()[-1].action == "encrypt"

    # The wrong passphrase changes nothing; the window asks for the right one.
    monkeypatch.setattr(PassphraseDialog, "exec", lambda dialog: dialog._line.setText(FIRST) or 1)
    new = {"New passphrase": SECOND, "New passphrase again": SECOND}
    answer(lambda dialog: _type(dialog, **{"Passphrase now": "wrong words"}, **new))
    _open_again(qtbot, window)
    assert "does not open" in said[-1]
    open_case(a_case, clock=system_clock, read_only=True, key=key_of(a_case, FIRST)).close()

    answer(lambda dialog: _type(dialog, **{"Passphrase now": FIRST}, **new))
    _open_again(qtbot, window)
    open_case(a_case, clock=system_clock, read_only=True, key=key_of(a_case, SECOND)).close()

    def decrypt(dialog: EncryptionDialog) -> None:
        _type(dialog, **{"Passphrase now": SECOND})
        next(each for each in dialog.findChildren(QRadioButton) if "away" in each.text()).setChecked(True)

    answer(decrypt)
    _open_again(qtbot, window)
    assert not is_encrypted(a_case) and session.job_engine.keys == {}
    assert session.store is not None and session.store.check_audit() == ()


@pytest.mark.slow
def test_a_new_case_can_be_encrypted_from_its_start(
    qtbot: QtBot, empty_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = empty_window
    window.session.preferences.set_folder("cases", tmp_path)

    def fill(dialog: NewCaseDialog) -> int:
        dialog._name.setText("Ward")
        assert dialog._create.isEnabled()
        dialog._encrypt.setChecked(True)
        assert not dialog._create.isEnabled()
        _type(dialog, **{"New passphrase": FIRST, "New passphrase again": FIRST + "x"})
        assert not dialog._create.isEnabled()
        _type(dialog, **{"New passphrase again": FIRST})
        assert dialog._create.isEnabled() and FIRST not in repr(dialog.entered())
        return 1

    monkeypatch.setattr(NewCaseDialog, "exec", fill)
    window.actions_table["new"].trigger()
    _open_again(qtbot, window)
    assert is_encrypted(tmp_path / "Ward.casebook")


@pytest.mark.slow
def test_a_report_is_signed_with_the_certificate_that_was_chosen(
    qtbot: QtBot, empty_window: MainWindow, a_case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, out = empty_window, tmp_path / "signed.pdf"
    certificate = make_certificate(tmp_path / "examiner.p12")
    window.open(a_case)
    _open_again(qtbot, window)
    ends = []
    window.session.jobs.ended.connect(ends.append)

    def fill(dialog: ExportDialog) -> int:
        dialog._path.setText(str(out))
        choice = dialog.findChild(CertificateChoice)
        assert choice is not None and choice._passphrase.isHidden()
        choice._path.setText(str(certificate))
        assert not choice._passphrase.isHidden()
        choice._passphrase.setText(CERTIFICATE_WORDS)
        assert CERTIFICATE_WORDS not in repr(dialog.wanted())
        return 1

    monkeypatch.setattr(ExportDialog, "exec", fill)
    window.actions_table["export"].trigger()
    qtbot.waitUntil(out.exists, timeout=_PATIENCE_MS)
    assert b"/ETSI.CAdES.detached" in out.read_bytes()
    qtbot.waitUntil(lambda: any(end.verb == "export" for end in ends), timeout=_PATIENCE_MS)
    assert CERTIFICATE_WORDS not in repr(ends)
