"""An encrypted case: nothing readable on the disk, one way in, and the same case before and after."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from subprocess import PIPE

import pytest

from engine.clock import fixed_clock
from engine.errors import CaseCorrupt, CaseEncrypted, CaseLocked, UsageError, WrongPassphrase
from engine.hashing import bytes_sha256
from engine.jobs.encryption import change_passphrase, decrypt_case, encrypt_case
from engine.model.evidence import Case, CaseKind, Report, SourceFile
from engine.model.ids import report_id, source_file_id
from engine.store import (
    CaseKey,
    CaseStore,
    FileFindings,
    create_case,
    is_encrypted,
    key_of,
    new_key,
    open_case,
)
from engine.store.migrations import back_up

NOON = fixed_clock(datetime(2026, 1, 2, 12, tzinfo=UTC))
WORDS = "correct horse battery"
SECRETS = (b"Quetzalcoatl", b"Pneumothorax", b"SQLite format 3", b"CREATE TABLE")
CHECKOUT = Path(__file__).resolve().parents[2]
READER = """
import sys
from pathlib import Path
from engine.clock import system_clock
from engine.store import open_case
with open_case(Path(sys.argv[1]), clock=system_clock, read_only=True) as store:
    print(len(store.reports()), flush=True)
    sys.stdin.readline()
    print(len(store.reports()), flush=True)
"""
TEXT = "Pneumothorax of Quetzalcoatl, Zoë \udcff." * 200


def add_report(store: CaseStore, name: str) -> None:
    sha256 = bytes_sha256(name.encode())
    source = SourceFile(
        id=source_file_id("evidence", name, sha256),
        root="evidence",
        relative_path=name,
        sha256=sha256,
        size_bytes=9,
    )
    run = store.begin_run("ingest", [])
    report = Report(id=report_id(sha256, 0), sha256=sha256, text=f"{name} {TEXT}")
    store.save_file(FileFindings(file=source, reports=(report,), signature="s"), run)


def make(path: Path, key: CaseKey | None) -> Path:
    create_case(
        path, Case(kind=CaseKind.MEDICAL, name="Quetzalcoatl", created_at=NOON()), clock=NOON, key=key
    )
    (path.parent / "evidence").mkdir(exist_ok=True)
    with open_case(path, clock=NOON, key=key) as store:
        store.add_root(path.parent / "evidence")
        for number in range(20):
            add_report(store, f"Quetzalcoatl {number}.txt")
    return path


def readable(folder: Path) -> list[tuple[str, bytes]]:
    """Return the secrets that stand in the files of a folder."""
    return [
        (path.name, secret)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for secret in SECRETS
        if secret in path.read_bytes()
    ]


def test_neither_file_nor_log_nor_backup_of_an_encrypted_case_can_be_read(tmp_path: Path) -> None:
    key = new_key(WORDS)
    path = make(tmp_path / "x.casebook", key)
    back_up(path, 7, key=key)
    with open_case(path, clock=NOON, key=key) as store:
        add_report(store, "Quetzalcoatl one more.txt")
        assert (tmp_path / "x.casebook-wal").stat().st_size > 0, "the log is still there"
        assert readable(tmp_path) == []
        assert len(store.search_text("pneumothorax", limit=30)) == 21
        assert store.check_audit() == ()
    assert readable(tmp_path) == []
    assert readable(make(tmp_path / "plain.casebook", None).parent) != [], "the search for secrets works"


def test_the_passphrase_is_the_only_way_in(tmp_path: Path) -> None:
    path = make(tmp_path / "x.casebook", new_key("Grüne Äpfel im Korb"))
    with pytest.raises(CaseEncrypted, match="passphrase"):
        open_case(path, clock=NOON)
    with pytest.raises(WrongPassphrase, match="no other way in"):
        open_case(path, clock=NOON, key=key_of(path, "Grüne Äpfel im Kork"))
    decomposed = "Gru\u0308ne A\u0308pfel im Korb"
    with open_case(path, clock=NOON, key=key_of(path, decomposed), read_only=True) as store:
        assert store.case.name == "Quetzalcoatl"
    with pytest.raises(UsageError, match="8 characters"):
        new_key("short")


def test_sqlcipher_itself_opens_the_case_with_the_passphrase(tmp_path: Path) -> None:
    from sqlcipher3 import dbapi2 as sqlcipher

    path = make(tmp_path / "x.casebook", new_key(WORDS))
    raw = sqlcipher.connect(str(path))
    raw.execute(f"PRAGMA key = '{WORDS}'")
    assert raw.execute("SELECT name FROM case_info").fetchone() == ("Quetzalcoatl",)
    raw.close()


def test_a_key_is_never_printed_and_survives_as_text() -> None:
    key = new_key(WORDS)
    assert key.secret.hex() not in repr(key) and key.salt.hex() not in repr(key)
    assert CaseKey.of_text(key.as_text()) == key
    for wrong in ("", "zz", "00" * 47):
        with pytest.raises(UsageError):
            CaseKey.of_text(wrong)


def test_encrypting_changing_and_decrypting_keep_every_row(tmp_path: Path) -> None:
    path = make(tmp_path / "x.casebook", None)
    back_up(path, 7)
    with open_case(path, clock=NOON) as store:
        reports, head = store.reports(), store.audit_head()
    done = encrypt_case(path, WORDS, clock=NOON)
    assert done.encrypted and len(done.backups) == 1 and done.left == ()
    assert is_encrypted(path) and readable(tmp_path) == []
    change_passphrase(path, key_of(path, WORDS), "another one here", clock=NOON)
    with pytest.raises(WrongPassphrase):
        open_case(path, clock=NOON, key=key_of(path, WORDS))
    assert readable(tmp_path) == []
    decrypt_case(path, key_of(path, "another one here"), clock=NOON)
    with open_case(path, clock=NOON) as store:
        assert store.reports() == reports
        assert [entry.action for entry in store.audit()][-3:] == ["encrypt", "passphrase", "decrypt"]
        assert store.check_audit(head=head.hash, length=head.length) == ()
        assert len(store.search_text("pneumothorax", limit=30)) == 20
    with sqlite3.connect(tmp_path / "x.casebook.version-7") as backup:
        assert backup.execute("SELECT count(*) FROM report").fetchone() == (20,)
    backup.close()
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "evidence",
        "x.casebook",
        "x.casebook.version-7",
    ]


def test_a_case_that_is_open_elsewhere_is_left_as_it_is(tmp_path: Path) -> None:
    path = make(tmp_path / "x.casebook", None)
    reader = subprocess.Popen([sys.executable, "-c", READER, path], stdin=PIPE, stdout=PIPE, cwd=CHECKOUT)
    assert reader.stdout is not None
    assert reader.stdout.readline() == b"20\n"
    with pytest.raises(CaseLocked, match="close it"):
        encrypt_case(path, WORDS, clock=NOON)
    assert reader.communicate(b"again\n")[0] == b"20\n"
    assert not is_encrypted(path)
    with open_case(path, clock=NOON) as store:
        assert store.check_audit() == ()
    encrypt_case(path, WORDS, clock=NOON)
    with pytest.raises(UsageError, match="already"):
        encrypt_case(path, WORDS, clock=NOON)


def test_damage_to_an_encrypted_case_is_named(tmp_path: Path) -> None:
    path = make(tmp_path / "x.casebook", new_key(WORDS))
    data = bytearray(path.read_bytes())
    for page in range(20, len(data) // 4096):
        data[page * 4096 + 100] ^= 1
    path.write_bytes(data)
    with (
        pytest.raises(CaseCorrupt, match="damaged"),
        open_case(path, clock=NOON, key=key_of(path, WORDS), read_only=True) as store,
    ):
        store.reports()
