"""Whatever is changed in a case or its evidence is found, and nothing is found where nothing was changed."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from engine.jobs.verify import verify_case
from engine.model.findings import FindingKind, Verdict
from engine.store import AuditHead, open_case
from tests.unit import tampering
from tests.unit.linked_case import Ticking, build_linked_case

ROW_CHANGES = (tampering.cell, tampering.row_removed, tampering.row_added, tampering.rows_swapped)
EVIDENCE_CHANGES = (tampering.evidence_byte, tampering.evidence_missing, tampering.evidence_added)
RANDOM_CHANGES = 40
UNTOUCHED = 10


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with all tables of the issue filled, and some history."""
    path = build_linked_case(tmp_path_factory.mktemp("tampering"))
    with open_case(path, clock=Ticking()) as store:
        for region in store.regions()[:2]:
            store.add_review(FindingKind.REGION, region.id, Verdict.CONFIRMED, examiner="E")
        store.add_bookmark("region", store.regions()[0].id, examiner="E")
        store.remove_bookmark("region", store.regions()[0].id, examiner="E")
        store.append_audit("export", "report.pdf", "0" * 64)
    return path


def _head(case: Path) -> AuditHead:
    with open_case(case, clock=Ticking(), read_only=True) as store:
        return store.audit_head()


def _is_found(copied: tampering.Copied, head: AuditHead) -> bool:
    with open_case(copied.case, clock=Ticking(), read_only=True) as store:
        return not verify_case(store, head=head.hash, length=head.length).ok


def test_every_kind_of_change_of_every_table_is_found(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head, missed = _head(case), []
    for table in tampering.TABLES:
        monkeypatch.setattr(tampering, "TABLES", (table,))
        for number, change in enumerate(ROW_CHANGES):
            copied = tampering.copy_case(case, case.parent / "evidence", tmp_path / f"{table}{number}")
            done = change(copied, random.Random(f"{table} {number}"))
            assert table in done
            if not _is_found(copied, head):
                missed.append(done)
            shutil.rmtree(copied.case.parent)
    assert missed == []


def test_every_kind_of_change_of_the_evidence_is_found(case: Path, tmp_path: Path) -> None:
    head = _head(case)
    for change in EVIDENCE_CHANGES:
        copied = tampering.copy_case(case, case.parent / "evidence", tmp_path / change.__name__)
        done = change(copied, random.Random(1))
        assert _is_found(copied, head), done


def test_random_changes_are_found_and_untouched_copies_are_not_accused(case: Path, tmp_path: Path) -> None:
    head, missed = _head(case), []
    for number in range(RANDOM_CHANGES):
        copied = tampering.copy_case(case, case.parent / "evidence", tmp_path / str(number))
        if number < UNTOUCHED:
            assert not _is_found(copied, head)
        done = tampering.tamper(copied, random.Random(number))
        if not _is_found(copied, head):
            missed.append(done)
        shutil.rmtree(copied.case.parent)
    assert missed == []


@pytest.mark.parametrize("entries", [1, 3, 8])
def test_a_cut_tail_is_found_by_the_printed_head_only(case: Path, tmp_path: Path, entries: int) -> None:
    copied = tampering.copy_case(case, case.parent / "evidence", tmp_path / "cut")
    tampering.cut_tail(copied, entries)
    with open_case(copied.case, clock=Ticking(), read_only=True) as store:
        assert verify_case(store).ok
    assert _is_found(copied, _head(case))


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("DELETE FROM root_place", "root-missing"),
        ("DROP TABLE cue", "rows"),
        ("UPDATE report SET text = CAST(x'ff41' AS TEXT) WHERE number = 1", "rows"),
        ("UPDATE region SET score = 1e400 WHERE number = 1", "rows"),
        ("UPDATE source_file SET modified_at = 'yesterday' WHERE number = 1", "rows"),
        ("UPDATE audit_entry SET at = CAST(x'ff41' AS TEXT) WHERE number = 2", "chain"),
        ("DELETE FROM audit_entry", "rows"),
    ],
)
def test_what_cannot_even_be_read_is_a_difference(
    case: Path, tmp_path: Path, statement: str, kind: str
) -> None:
    copied = tampering.copy_case(case, case.parent / "evidence", tmp_path / "copy")
    tampering.execute(copied, statement)
    with open_case(copied.case, clock=Ticking(), read_only=True) as store:
        assert kind in {each.kind for each in verify_case(store).differences}
