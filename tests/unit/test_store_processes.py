"""Several processes on one case: locks, kill -9 in the middle, and a light reading side."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.clock import fixed_clock, system_clock
from engine.errors import CaseLocked
from engine.model.evidence import Case, CaseKind
from engine.model.findings import FindingKind, Verdict
from engine.model.runs import RunOutcome
from engine.store import create_case, open_case

CHECKOUT = Path(__file__).resolve().parents[2]
NOON = fixed_clock(datetime(2026, 1, 2, 12, tzinfo=UTC))

PROLOGUE = """
import sys
from pathlib import Path
from engine.clock import system_clock
from engine.model.evidence import Report, SourceFile
from engine.model.ids import report_id, source_file_id
from engine.store import FileFindings, open_case

store = open_case(Path(sys.argv[1]), clock=system_clock)
root = store.add_root(Path(sys.argv[1]).parent)
run = store.begin_run("ingest", [])


def say(word):
    print(word, flush=True)


def findings(number):
    sha256 = f"{number:064x}"
    name = f"{number}.txt"
    return FileFindings(
        file=SourceFile(id=source_file_id(root.label, name, sha256), root=root.label, relative_path=name,
                        sha256=sha256, size_bytes=1),
        reports=(Report(id=report_id(sha256, 0), sha256=sha256, text=f"report {number} " * 500),),
        signature="s",
    )
"""

SAVE_FOREVER = """
number = 0
while True:
    store.save_file(findings(number), run)
    number += 1
    say(number)
"""

STOP_INSIDE = """
store.save_file(findings(0), run)
with store.change("save-file", "half") as change:
    change.insert("root", {"label": "half"})
    change.write()
    say("inside")
    sys.stdin.read()
"""

HOLD = """
say("holding")
sys.stdin.readline()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "shared.casebook"
    create_case(made, Case(kind=CaseKind.FORENSIC, name="Shared", created_at=NOON()), clock=NOON)
    return made


@contextmanager
def child(path: Path, script: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", PROLOGUE + script, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=CHECKOUT,
        encoding="utf-8",
    )
    try:
        with process:
            yield process
            process.kill()
    finally:
        process.kill()


def heard(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_what_is_committed_outlives_kill_9(path: Path) -> None:
    with child(path, SAVE_FOREVER) as process:
        while heard(process) != "25":
            pass
        os.kill(process.pid, signal.SIGKILL)
    with open_case(path, clock=system_clock) as store:
        assert len(store.reports()) >= 25
        assert store.check_audit() == ()
        store.finish_run(store.begin_run("ingest", []), RunOutcome.FINISHED)
        assert [run.outcome for run in store.runs()] == [RunOutcome.FAILED, RunOutcome.FINISHED]


def test_a_transaction_cut_by_kill_9_leaves_nothing_of_itself(path: Path) -> None:
    with child(path, STOP_INSIDE) as process:
        assert heard(process) == "inside"
        os.kill(process.pid, signal.SIGKILL)
    with open_case(path, clock=system_clock) as store:
        assert len(store.reports()) == 1
        assert "half" not in [root.label for root in store.roots()]
        assert store.check_audit() == ()


def test_a_second_run_is_refused_while_analysts_go_on(path: Path) -> None:
    with child(path, HOLD) as process, open_case(path, clock=system_clock) as store:
        assert heard(process) == "holding"
        with pytest.raises(CaseLocked, match="another run is writing"):
            store.begin_run("ingest", [])
        store.add_review(FindingKind.LINK, "l", Verdict.REJECTED, examiner="Ann")
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        store.finish_run(store.begin_run("ingest", []), RunOutcome.FINISHED)
        assert store.check_audit() == ()


def test_two_processes_write_one_chain(path: Path) -> None:
    with child(path, SAVE_FOREVER) as process, open_case(path, clock=system_clock) as store:
        for number in range(25):
            heard(process)
            store.add_review(FindingKind.LINK, str(number), Verdict.REJECTED, examiner="Ann")
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert len(store.reviews()) == 25
        assert len(store.reports()) >= 25
        assert store.check_audit() == ()


def test_the_reading_side_is_plain_sqlite3() -> None:
    program = (
        "import sys, engine.store; print([name for name in "
        "('sqlite_utils', 'numpy', 'pandas', 'cv2', 'PIL') if name in sys.modules])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, encoding="utf-8", check=True
    )
    assert answer.stdout.strip() == "[]"


def test_a_reader_sees_what_another_process_writes_after_its_own_process_opened_the_case_again(
    tmp_path: Path,
) -> None:
    """Looking at the bytes of an open case would take its locks away, and the log would be deleted."""
    case = tmp_path / "a.casebook"
    create_case(case, Case(kind=CaseKind.MEDICAL, name="a", created_at=NOON()), clock=NOON)
    write = (
        "import sys; from pathlib import Path; from engine.clock import system_clock; "
        "from engine.model.findings import FindingKind, Verdict; from engine.store import open_case\n"
        "with open_case(Path(sys.argv[1]), clock=system_clock) as store:\n"
        "    store.add_review(FindingKind.LINK, sys.argv[2], Verdict.REJECTED, examiner='B')"
    )
    with open_case(case, clock=NOON, read_only=True) as reader:
        assert reader.reviews() == ()
        for here, there in (("one", "two"), ("three", "four")):
            with open_case(case, clock=NOON, actor="A") as writer:
                writer.add_review(FindingKind.LINK, here, Verdict.CONFIRMED, examiner="A")
            subprocess.run([sys.executable, "-c", write, str(case), there], check=True, cwd=CHECKOUT)
            assert case.with_name("a.casebook-wal").exists(), "the reader still needs it"
        assert [review.target_id for review in reader.reviews()] == ["one", "two", "three", "four"]
