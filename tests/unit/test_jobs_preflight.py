"""What is said before an ingest: counts, what is known, what cannot be read, time; and moved folders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from engine.clock import system_clock
from engine.errors import UsageError
from engine.jobs.case import new_case
from engine.jobs.ingest import IngestOptions, ingest
from engine.jobs.preflight import preflight
from engine.jobs.rates import estimate, learn
from engine.jobs.roots import known_root, move_root
from engine.model.evidence import CaseKind
from engine.progress import silent
from engine.store import CaseStore, open_case


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CaseStore]:
    path = tmp_path / "case.casebook"
    new_case(path, kind=CaseKind.FORENSIC, clock=system_clock)
    with open_case(path, clock=system_clock) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "evidence"
    (made / "inner").mkdir(parents=True)
    Image.new("RGB", (40, 30), "red").save(made / "one.png")
    Image.new("RGB", (40, 30), "blue").save(made / "inner" / "two.jpg")
    (made / "note.txt").write_text("A knife lay on the table.")
    (made / "program.exe").write_bytes(b"MZ" + bytes(200))
    (made / "empty.png").write_bytes(b"")
    (made / "gone.txt").symlink_to(made / "nowhere")
    return made


def take_in(store: CaseStore, folder: Path, *, retry: bool = False) -> None:
    options = IngestOptions(profile="fast", retry=retry)
    ingest(store, [folder], options=options, clock=system_clock, progress=silent)


def test_formats_are_counted_and_reasons_named(store: CaseStore, folder: Path) -> None:
    found = preflight(store, [folder], progress=silent)
    counted = {each.format: each.files for each in found.formats if not each.reason}
    assert counted == {"PNG": 1, "JPEG": 1, "text": 1}
    reasons = sorted(each.reason for each in found.formats if each.reason)
    assert reasons[0].startswith("no reader for this kind of file: a Windows program")
    assert reasons[1] == "the file is empty (0 bytes)"
    assert found.refused == (("gone.txt", "a link to something that is not there"),)
    assert (found.files, found.known, found.unreadable) == (5, 0, 3)
    assert found.size_bytes == sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())
    assert 0 < found.needed_bytes < found.free_bytes and found.seconds > 0
    assert store.roots() == () and store.audit_head().length == 1, "nothing was written"
    with pytest.raises(UsageError, match="no file or folder"):
        preflight(store, [folder / "nowhere"], progress=silent)


def test_what_is_in_the_case_is_known_until_it_changes(store: CaseStore, folder: Path) -> None:
    take_in(store, folder)
    assert preflight(store, [folder], progress=silent).known == 3
    (folder / "note.txt").write_text("Another text.")
    assert preflight(store, [folder], progress=silent).known == 2
    assert preflight(store, [folder / "inner"], progress=silent).known == 1


def test_a_file_of_a_known_folder_is_read_as_part_of_it(store: CaseStore, folder: Path) -> None:
    take_in(store, folder)
    before = {(file.root, file.relative_path) for file in store.files()}
    Image.new("RGB", (40, 30), "green").save(folder / "empty.png")
    take_in(store, folder / "empty.png", retry=True)
    assert [root.label for root in store.roots()] == ["evidence"]
    assert {(file.root, file.relative_path) for file in store.files()} == before
    assert not store.issues(relative_path="empty.png")
    assert store.issues(relative_path="program.exe"), "only the one file was tried again"


def test_a_moved_folder_is_taken_only_where_its_files_are(store: CaseStore, folder: Path) -> None:
    take_in(store, folder)
    moved = folder.rename(folder.with_name("elsewhere"))
    other = folder.with_name("other")
    other.mkdir()
    with pytest.raises(UsageError, match="is not the evidence folder 'evidence'"):
        move_root(store, "evidence", other)
    found = known_root(store, moved)
    assert found is not None and (found.label, found.path) == ("evidence", moved)
    move_root(store, "evidence", moved)
    assert store.roots()[0].path == moved
    with pytest.raises(UsageError, match="no evidence folder 'x'"):
        move_root(store, "x", moved)


def test_estimates_follow_what_runs_took() -> None:
    files = {"raster": 100, "text": 50}
    first = estimate("medical full", files)
    assert first.runs == 0
    learn("medical full", {"text": 2}, 400.0)
    assert estimate("medical full", files).runs == 0, "two files say nothing about a computer"
    learn("medical full", files, 2 * first.seconds)
    learned = estimate("medical full", files)
    assert learned.runs == 1 and learned.seconds > 1.5 * first.seconds
    learn("medical full", files, 10_000_000.0)
    assert estimate("medical full", files).seconds < 10 * first.seconds, "one that slept is no measure"
    assert estimate("forensic full", files) == first
