"""A portable case: it moves, verifies where it lands, and tells nothing of where it came from."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from engine.errors import CaseExists, ExportError
from engine.hashing import file_sha256
from engine.jobs.export import export_case
from engine.jobs.verify import verify_case
from engine.model.findings import FindingKind, Verdict
from engine.store import CaseStore, open_case
from engine.store.case_key import new_key
from tests.unit.linked_case import Ticking, build_linked_case


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CaseStore]:
    with open_case(build_linked_case(tmp_path / "here"), clock=Ticking()) as opened:
        opened.add_review(FindingKind.REGION, opened.regions()[0].id, Verdict.CONFIRMED, examiner="E")
        yield opened


def _export(store: CaseStore, out: Path, format: str = "portable") -> Path:
    export_case(store, out, format=format, load_view=lambda _: np.zeros((80, 100, 3), np.uint8))
    return out


def test_it_verifies_wherever_it_lies(store: CaseStore, tmp_path: Path) -> None:
    head = store.audit_head()
    moved = _export(store, tmp_path / "out").rename(tmp_path / "elsewhere")
    shutil.rmtree(store.roots()[0].path)
    with open_case(moved / "case.casebook", clock=Ticking(), read_only=True) as copy:
        found = verify_case(copy, head=head.hash, length=head.length)
        assert (found.ok, found.files, found.differences) == (True, 4, ())
        assert copy.reviews() == store.reviews()
        assert copy.links() == store.links()
    assert sorted(path.name for path in moved.iterdir()) == [
        "README.txt", "SHA256SUMS", "case.casebook", "evidence", "index.html",
    ]  # fmt: skip
    sums = dict(reversed(line.split("  ", 1)) for line in (moved / "SHA256SUMS").read_text().splitlines())
    files = [path for path in moved.rglob("*") if path.is_file() and path.name != "SHA256SUMS"]
    assert sums == {path.relative_to(moved).as_posix(): file_sha256(path) for path in files}
    assert f"--head {head.hash} --length {head.length}" in (moved / "README.txt").read_text()
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=moved, check=True)


def test_as_a_zip_file_it_is_the_same(store: CaseStore, tmp_path: Path) -> None:
    packed, at = tmp_path / "c.zip", datetime(2026, 3, 4, 10, 20, 30, tzinfo=UTC)
    export_case(store, packed, at=at, load_view=lambda _: np.zeros((80, 100, 3), np.uint8))
    shutil.unpack_archive(packed, tmp_path / "unpacked")
    folder = tmp_path / "unpacked" / "portable-case"
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        sha256, _, name = line.partition("  ")
        assert file_sha256(folder / name) == sha256
    with open_case(folder / "case.casebook", clock=Ticking(), read_only=True) as copy:
        assert verify_case(copy).ok
    with zipfile.ZipFile(packed) as archive:
        assert {member.date_time for member in archive.infolist()} == {(2026, 3, 4, 10, 20, 30)}
    assert [path.name for path in tmp_path.glob(".portable-*")] == []


def test_it_tells_nothing_of_the_workstation(store: CaseStore, tmp_path: Path) -> None:
    out = _export(store, tmp_path / "out")
    here = str(tmp_path).encode()
    assert [path.name for path in out.rglob("*") if path.is_file() and here in path.read_bytes()] == []
    assert b"<script" not in (out / "index.html").read_bytes()


def test_a_change_in_it_is_found(store: CaseStore, tmp_path: Path) -> None:
    out = _export(store, tmp_path / "out")
    changed = out / "evidence" / "evidence" / "1.txt"
    changed.chmod(0o644)
    changed.write_text("A spoon and a bag.")
    with open_case(out / "case.casebook", clock=Ticking(), read_only=True) as copy:
        assert [(each.kind, each.subject) for each in verify_case(copy).differences] == [
            ("evidence-changed", "evidence/1.txt")
        ]


def test_evidence_that_is_not_as_it_was_read_is_left_out_and_said(store: CaseStore, tmp_path: Path) -> None:
    folder = store.roots()[0].path
    (folder / "1.txt").write_text("changed")
    (folder / "2.txt").unlink()
    out = _export(store, tmp_path / "out")
    lines = (out / "left_out.txt").read_text().splitlines()
    assert [line.split(":")[0] for line in lines] == ["evidence/1.txt", "evidence/2.txt"]
    assert sorted(path.name for path in (out / "evidence" / "evidence").iterdir()) == ["1.png", "2.png"]
    assert "2 evidence files that could not be copied" in (out / "README.txt").read_text()


def test_without_evidence_there_is_the_page(store: CaseStore, tmp_path: Path) -> None:
    out = _export(store, tmp_path / "out", "portable-light")
    assert list((out / "evidence" / "evidence").iterdir()) == []
    assert b"data:image/" in (out / "index.html").read_bytes()
    assert "none is in this copy" in (out / "README.txt").read_text()


def test_what_must_not_be_is_refused(store: CaseStore, tmp_path: Path) -> None:
    with pytest.raises(CaseExists):
        store.copy_to(store.path, places={})
    store.connection.execute("PRAGMA foreign_keys = OFF")
    store.connection.execute("UPDATE root SET label = '..'")
    store.connection.execute("UPDATE root_place SET label = '..'")
    with pytest.raises(ExportError, match="no name that a folder can have"):
        _export(store, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    store.key = new_key("a long passphrase")
    with pytest.raises(ExportError, match="readable for anyone"):
        _export(store, tmp_path / "out")
