"""Whatever is wrong: one clear line or one Issue, and what was committed stays."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
Casebook = Callable[..., Any]
Refuse = Callable[..., str]


@pytest.fixture
def case(tmp_path: Path, casebook: Casebook) -> Path:
    path = tmp_path / "case.casebook"
    casebook("new", path, "--kind", "medical", "--name", "Bad input")
    return path


def test_wrong_words_are_one_line(refuse: Refuse, case: Path, tmp_path: Path) -> None:
    assert "see 'casebook" in refuse("ingest")
    assert "invalid choice" in refuse("new", tmp_path / "x", "--kind", "legal")
    assert "no folder" in refuse("new", tmp_path / "nowhere" / "x", "--kind", "medical")
    assert "nothing-here" in refuse("ingest", case, tmp_path / "nothing-here")
    assert "nothing.casebook" in refuse("show", tmp_path / "nothing.casebook", "files")
    assert "case.casebook" in refuse("new", case, "--kind", "medical")
    assert "--columns" in refuse("ingest", case, tmp_path, "--columns", "nonsense")
    assert "time zone" in refuse("export", case, tmp_path / "x.pdf", "--at", "2026-01-01T00:00:00")
    assert "no region" in refuse("review", case, "0123456789abcdef", "confirmed")


def test_an_empty_folder_is_an_empty_case(casebook: Casebook, case: Path, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    summary = casebook("ingest", case, folder)
    assert {summary[name] for name in ("files", "images", "reports", "links", "issues")} == {0}
    assert casebook("search", case, "anything") == []
    casebook("export", case, tmp_path / "empty.pdf")
    assert casebook("verify", case)["ok"] is True


def test_hostile_files_become_issues_and_the_run_ends(
    casebook: Casebook, case: Path, sample_evidence: Callable[[str], Path], tmp_path: Path
) -> None:
    evidence = sample_evidence("hostile")
    summary = casebook("ingest", case, evidence)
    issues = casebook("show", case, "issues")
    assert summary["issues"] == len(issues) > 5
    assert all(issue["message"] and "Traceback" not in issue["message"] for issue in issues)
    casebook("export", case, tmp_path / "hostile.pdf")
    again = casebook("ingest", case, evidence)
    assert again["issues"] == summary["issues"]
    assert again["files"] == summary["files"]


def test_a_case_of_a_newer_version_is_refused_by_name(refuse: Refuse, case: Path) -> None:
    connection = sqlite3.connect(case)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    assert "newer" in refuse("show", case, "files")


def test_what_is_no_case_is_refused(refuse: Refuse, tmp_path: Path) -> None:
    path = tmp_path / "text.casebook"
    path.write_text("this is no database " * 100, encoding="utf-8")
    assert "text.casebook" in refuse("show", path, "files")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_without_unicode_gets_escapes(casebook: Casebook, case: Path, encoding: str) -> None:
    folder = case.parent / "evidence"
    folder.mkdir()
    (folder / "Größe ≥ 5 🫁.txt").write_text("No fracture.", encoding="utf-8")
    casebook("ingest", case, folder)
    command = [sys.executable, "-m", "engine.cli", "show", str(case), "files"]
    settings = {**os.environ, "PYTHONIOENCODING": encoding}

    def said(*options: str) -> str:
        answer = subprocess.run(
            [*command, *options], cwd=CHECKOUT, capture_output=True, env=settings, check=True
        )
        return answer.stdout.decode(encoding)

    assert "e \\u2265 5 \\U0001fac1.txt" in said()
    assert json.loads(said("--json"))[0]["relative_path"] == "Größe ≥ 5 🫁.txt"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_case_can_be_looked_at_but_not_changed(
    refuse: Refuse, casebook: Casebook, case: Path, tmp_path: Path
) -> None:
    case.chmod(0o444)
    assert casebook("show", case, "files") == []
    assert "cannot be written" in refuse("ingest", case, tmp_path)


def test_a_case_on_a_read_only_disk_can_be_looked_at(casebook: Casebook, case: Path, refuse: Refuse) -> None:
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        pytest.skip("needs root to mount a folder read-only")
    program = (
        f"mount --bind {case.parent} {case.parent} && mount -o remount,ro,bind {case.parent} && "
        f"{sys.executable} -m engine.cli show {case} files --json && "
        f"! {sys.executable} -m engine.cli ingest {case} {case.parent}"
    )
    answer = subprocess.run(
        ["unshare", "-m", "sh", "-c", program],
        cwd=CHECKOUT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if "unshare" in answer.stderr or "mount:" in answer.stderr:
        pytest.skip("this system does not let tests mount")
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.strip() == "[]"
    assert "Traceback" not in answer.stderr
    assert "cannot be written" in answer.stderr


def test_two_processes_cannot_ingest_into_one_case(
    casebook: Casebook, case: Path, tmp_path: Path, refuse: Refuse
) -> None:
    from engine.clock import system_clock
    from engine.model.runs import RunOutcome
    from engine.store import open_case

    (tmp_path / "evidence").mkdir()
    with open_case(case, clock=system_clock) as store:
        run = store.begin_run("ingest", (), device="cpu", seed=0)
        command = [sys.executable, "-m", "engine.cli", "ingest", str(case), str(tmp_path / "evidence")]
        answer = subprocess.run(command, cwd=CHECKOUT, capture_output=True, encoding="utf-8", check=False)
        store.finish_run(run, RunOutcome.FINISHED)
    assert answer.returncode == 2, answer.stderr
    assert answer.stderr.count("\n") == 1
    casebook("ingest", case, tmp_path / "evidence")


def test_a_full_disk_is_one_line_and_loses_nothing(casebook: Casebook, case: Path, tmp_path: Path) -> None:
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        pytest.skip("needs root to mount a small disk")
    evidence = tmp_path / "evidence"
    evidence.mkdir()
    for number in range(600):
        (evidence / f"{number}.txt").write_text(f"Report {number}. " + "No pleural effusion. " * 200, "utf-8")
    disk = tmp_path / "disk"
    disk.mkdir()
    full = disk / case.name
    program = (
        f"mount -t tmpfs -o size=3m tmpfs {disk} && cp {case} {full} && "
        f"{sys.executable} -m engine.cli ingest {full} {evidence}; status=$?; "
        f"{sys.executable} -m engine.cli show {full} files --json --limit 1 >/dev/null; echo $status $?"
    )
    answer = subprocess.run(
        ["unshare", "-m", "sh", "-c", program],
        cwd=CHECKOUT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if "unshare" in answer.stderr or "mount:" in answer.stderr:
        pytest.skip("this system does not let tests mount")
    assert answer.stdout.split() == ["2", "0"], answer.stderr
    assert "Traceback" not in answer.stderr
    assert "full" in answer.stderr or "room" in answer.stderr
