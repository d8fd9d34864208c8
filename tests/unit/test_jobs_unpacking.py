"""Files inside files: names that repeat, archives that nest, and what is left on the disk."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from engine.errors import FileTooLarge
from engine.jobs import unpacking
from engine.jobs.reading import DecodePool
from engine.jobs.unpacking import MAX_DEPTH, Answer, Unpacking
from engine.protocols import ReadOptions
from tests.unit.evidence_files import found_file


def packed(*members: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return target.getvalue()


def read(folder: Path, data: bytes) -> list[Answer]:
    with DecodePool(1) as pool, Unpacking(ReadOptions()) as entered:
        return list(entered.read_all(pool, iter([found_file(folder, "a.zip", data)])))


def names(answers: list[Answer]) -> list[str]:
    return [answer.found.file.relative_path for answer in answers]


def test_members_of_one_name_are_told_apart(tmp_path: Path) -> None:
    answers = read(tmp_path, packed(("b/c.txt", b"one"), ("b_c.txt", b"two"), ("b/c.txt.txt", b"three")))
    assert names(answers) == ["a.zip", "a.zip!b_c.txt", "a.zip!b_c (2).txt", "a.zip!b_c.txt.txt"]
    assert len({answer.found.file.id for answer in answers}) == 4


def test_archives_in_archives_end_at_a_depth(tmp_path: Path) -> None:
    data = b"the innermost note"
    for _ in range(MAX_DEPTH + 2):
        data = packed(("inner.zip", data))
    outcomes = [answer.outcome for answer in read(tmp_path, data)]
    assert len(outcomes) == MAX_DEPTH + 2
    assert isinstance(outcomes[-1], FileTooLarge)
    assert "containers deep" in str(outcomes[-1])


def test_archives_that_multiply_end_at_a_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MAX_FILES", 30)
    inner = packed(*((f"{n}.txt", f"note {n}".encode()) for n in range(10)))
    outer = packed(*((f"{n}.zip", inner + bytes([n])) for n in range(10)))
    answers = read(tmp_path, outer)
    assert len(answers) == 31
    remarks = [
        remark
        for answer in answers
        if not isinstance(answer.outcome, Exception)
        for remark in answer.outcome.content.remarks
    ]
    assert any("from number 1 on are not read: too many" in remark for remark in remarks)


def test_what_was_unpacked_does_not_stay_on_the_disk(tmp_path: Path) -> None:
    outer = found_file(tmp_path, "a.zip", packed(*((f"{n}.txt", f"note {n}".encode()) for n in range(12))))
    with DecodePool(1) as pool, Unpacking(ReadOptions()) as entered:
        left = [
            answer.found.path
            for answer in entered.read_all(pool, iter([outer]))
            if answer.found.depth and answer.found.path is not None and answer.found.path.exists()
        ]
    assert left == []
    assert (tmp_path / "a.zip").exists()
