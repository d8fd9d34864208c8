"""No lock of an open case is lost when it is opened once more: its log outlives another process."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from engine.clock import system_clock
from engine.jobs.case import new_case
from engine.model.evidence import CaseKind
from engine.store import file_heads, open_case
from engine.store.case_key import is_encrypted
from engine.store.file_heads import head_of

# What another process does to a case while it is open here.
_OTHER = """
import sys
from pathlib import Path
from engine.clock import system_clock
from engine.store import open_case
from engine.store.case_key import is_encrypted
from engine.store.file_heads import head_of
with open_case(Path(sys.argv[1]), clock=system_clock) as store:
    store.append_audit("note", sys.argv[2])
"""


def _elsewhere(path: Path, word: str) -> None:
    subprocess.run([sys.executable, "-c", _OTHER, str(path), word], check=True)


def test_looking_at_an_open_case_costs_it_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "case.casebook"
    new_case(path, kind=CaseKind.MEDICAL, clock=system_clock)
    with open_case(path, clock=system_clock, read_only=True) as reader:
        before = reader.audit_head().length
        assert not is_encrypted(path)
        # Had that cost the reader its locks, the process below would take itself for the last one
        # and remove the log that the reader still reads.
        _elsewhere(path, "one")
        _elsewhere(path, "two")
        assert path.with_name(path.name + "-wal").exists()
        assert reader.audit_head().length == before + 2
        assert [entry.subject for entry in reader.audit(action="note")] == ["one", "two"]
        assert reader.check_audit() == ()


def test_a_head_is_forgotten_when_the_last_connection_closes(tmp_path: Path) -> None:
    path = tmp_path / "case.casebook"
    new_case(path, kind=CaseKind.MEDICAL, clock=system_clock)
    with open_case(path, clock=system_clock) as one, open_case(path, clock=system_clock) as other:
        one.close()
        one.close()
        assert head_of(path).startswith(b"SQLite format 3") and other.audit_head().length == 1
    path.write_bytes(b"something else, which is there now")
    assert head_of(path) == b"something else, "


def test_two_threads_that_open_a_case_read_its_head_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second to read would close the file when the first has its database open already."""
    path = tmp_path / "file"
    path.write_bytes(b"while it is open")
    reads: list[bytes] = []
    read = file_heads._read

    def slowly(path: Path) -> bytes:
        time.sleep(0.1)
        reads.append(read(path))
        return reads[-1]

    monkeypatch.setattr(file_heads, "_read", slowly)
    threads = [threading.Thread(target=file_heads.hold, args=(path,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert reads == [b"while it is open"]
    for _ in threads:
        file_heads.release(file_heads._identity(path))
    assert file_heads.head_of(path) == b"while it is open" and len(reads) == 2
