"""Verifying a case: changed, missing and added evidence, altered rows, a printed head."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.clock import fixed_clock
from engine.errors import Cancelled, UsageError
from engine.hashing import file_sha256
from engine.jobs.verify import verify_case
from engine.model.evidence import Case, CaseKind, Report, SourceFile
from engine.model.ids import report_id, source_file_id
from engine.model.runs import Issue, RunOutcome
from engine.progress import Progress
from engine.store import CaseStore, FileFindings, create_case, open_case

NOON = fixed_clock(datetime(2026, 1, 2, 12, tzinfo=UTC))


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    folder = tmp_path / "evidence"
    (folder / "deep").mkdir(parents=True)
    for name in ("a.txt", "b.txt", "deep/c.txt"):
        (folder / name).write_text(f"Report {name}")
    return folder


@pytest.fixture
def store(tmp_path: Path, evidence: Path) -> Iterator[CaseStore]:
    path = tmp_path / "x.casebook"
    create_case(path, Case(kind=CaseKind.FORENSIC, name="X", created_at=NOON()), clock=NOON)
    with open_case(path, clock=NOON) as opened:
        root = opened.add_root(evidence)
        run = opened.begin_run("ingest", [])
        for file in sorted(evidence.rglob("*.txt")):
            name, sha256 = file.relative_to(evidence).as_posix(), file_sha256(file)
            source = SourceFile(
                id=source_file_id(root.label, name, sha256),
                root=root.label,
                relative_path=name,
                sha256=sha256,
                size_bytes=file.stat().st_size,
            )
            report = Report(id=report_id(sha256, 0), sha256=sha256, text=file.read_text())
            opened.save_file(FileFindings(file=source, reports=(report,), signature="s"), run)
        opened.finish_run(run, RunOutcome.FINISHED)
        yield opened


def kinds(store: CaseStore) -> list[tuple[str, str]]:
    found = verify_case(store)
    assert found.ok == (not found.differences)
    return sorted((each.kind, each.subject) for each in found.differences)


def test_an_untouched_case_is_ok_and_nothing_is_written(store: CaseStore) -> None:
    before = store.path.read_bytes()
    found = verify_case(store)
    assert (found.ok, found.files, found.entries) == (True, 3, store.audit_head().length)
    assert found.head == store.audit_head().hash
    assert store.path.read_bytes() == before


def test_evidence_that_changed_vanished_or_came_is_named(store: CaseStore, evidence: Path) -> None:
    (evidence / "a.txt").write_text("Report A.txt")
    (evidence / "deep" / "c.txt").unlink()
    (evidence / "new.txt").write_text("new")
    (evidence / ".hidden").write_text("a hidden file is evidence too")
    assert kinds(store) == [
        ("evidence-added", "evidence/.hidden"),
        ("evidence-added", "evidence/new.txt"),
        ("evidence-changed", "evidence/a.txt"),
        ("evidence-missing", "evidence/deep/c.txt"),
    ]


def test_a_file_that_was_refused_is_not_new(store: CaseStore, evidence: Path) -> None:
    (evidence / "locked.txt").write_text("x")
    run = store.begin_run("ingest", [])
    store.add_issue(
        Issue(
            run_id=run.id,
            root="evidence",
            relative_path="locked.txt",
            step="read",
            error="NotReadable",
            message="no",
            at=NOON(),
        )
    )
    assert kinds(store) == []


def test_a_moved_folder_is_missing_until_it_is_shown(store: CaseStore, evidence: Path) -> None:
    moved = evidence.rename(evidence.with_name("moved"))
    assert kinds(store) == [("root-missing", "evidence")]
    store.move_root("evidence", moved)
    assert kinds(store) == []


def test_altered_rows_are_named_by_their_file(store: CaseStore) -> None:
    raw = sqlite3.connect(store.path)
    raw.execute("UPDATE report SET text = 'Report b.txT' WHERE number = 2")
    raw.commit()
    raw.close()
    assert kinds(store) == [("rows", "evidence/b.txt")]


def test_a_printed_head_is_checked(store: CaseStore) -> None:
    head = store.audit_head()
    store.append_audit("export", "report.pdf", "0" * 64)
    assert verify_case(store, head=head.hash, length=head.length).ok
    assert not verify_case(store, head="f" * 64, length=head.length).ok
    assert not verify_case(store, head=head.hash, length=head.length + 9).ok
    with pytest.raises(UsageError, match="head hash"):
        verify_case(store, length=3)


def test_it_can_be_cancelled_and_says_how_far_it_is(store: CaseStore) -> None:
    told: list[Progress] = []
    verify_case(store, progress=told.append)
    assert [(each.step, each.total) for each in told[:3]] == [("evidence", 3)] * 3

    def stop(_: Progress) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        verify_case(store, progress=stop)
