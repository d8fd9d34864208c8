"""No lock of an open case is lost when it is opened once more: its log outlives another process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from engine.clock import system_clock
from engine.jobs.case import new_case
from engine.model.evidence import CaseKind
from engine.store import open_case

# What another process does to a case while it is open here.
_OTHER = """
import sys
from pathlib import Path
from engine.clock import system_clock
from engine.store import open_case
with open_case(Path(sys.argv[1]), clock=system_clock) as store:
    store.append_audit("note", sys.argv[2])
"""


def _elsewhere(path: Path, word: str) -> None:
    subprocess.run([sys.executable, "-c", _OTHER, str(path), word], check=True)


def test_an_open_case_sees_what_others_write_after_it_was_opened_again_here(tmp_path: Path) -> None:
    path = tmp_path / "case.casebook"
    new_case(path, kind=CaseKind.MEDICAL, clock=system_clock)
    with open_case(path, clock=system_clock, read_only=True) as reader:
        before = reader.audit_head().length
        with open_case(path, clock=system_clock) as writer:
            writer.append_audit("note", "here")
        # The second connection is closed: were the locks of the first one gone, the process below
        # would take itself for the last one and remove the log that the first one still reads.
        _elsewhere(path, "one")
        _elsewhere(path, "two")
        assert path.with_name(path.name + "-wal").exists()
        assert reader.audit_head().length == before + 3
        assert [entry.subject for entry in reader.audit(action="note")] == ["here", "one", "two"]
        assert reader.check_audit() == ()
