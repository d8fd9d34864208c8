"""The account of the evidence: every file found is read, read in part, or not read for a reason."""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image as Picture

from engine.exporters.statements import coverage_of_evidence
from engine.jobs.ingest import IngestOptions, ingest
from engine.model.evidence import Case, CaseKind
from engine.store import CaseStore, Coverage, create_case, open_case
from tests.unit.good_files import samples


def now() -> datetime:
    return datetime.now(UTC)


def read_folder(store: CaseStore, folder: Path, *, retry: bool = False) -> Coverage:
    options = IngestOptions(profile="fast", retry=retry)
    ingest(store, [folder], options=options, clock=now, progress=lambda _: None)
    return store.coverage()


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "a.casebook"
    create_case(path, Case(kind=CaseKind.MEDICAL, name="a", created_at=now()), clock=now)
    return path


def test_every_file_is_accounted_for(case: Path, tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    folder.mkdir()
    target = io.BytesIO()
    frames = [Picture.new("L", (40, 40), shade) for shade in (10, 200)]
    frames[0].save(target, "GIF", save_all=True, append_images=frames[1:])
    made = {
        "note.txt": b"The heart is not enlarged.",
        "moving.gif": target.getvalue(),
        "empty.jpg": b"",
        "program.exe": b"MZ\x90\0" + bytes(60),
        "pack.zip": samples()["archive"][1],
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)
    with open_case(case, clock=now) as store:
        found = read_folder(store, folder)
        assert (found.found, found.enclosed) == (7, 2)
        assert (found.read, found.partly_read, found.not_read) == (4, 1, 2)
        assert found.reasons == (("CorruptFile", 1), ("UnsupportedFile", 1))
        assert sum(part.files for part in found.parts) == found.found
        assert coverage_of_evidence(found) == (
            "Of 7 files found, 2 of them inside other files, 4 were read, 1 only in part and 2 not at all "
            "(1 damaged or empty, 1 of a kind that is not read)."
        )
        (folder / "empty.jpg").write_bytes(samples()["raster"][1])
        again = read_folder(store, folder, retry=True)
        assert (again.found, again.read, again.not_read) == (7, 5, 1)


def test_each_copy_of_a_file_has_its_own_issues_and_members(case: Path, tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    folder.mkdir()
    for copy in "ab":
        (folder / f"{copy}.jpg").write_bytes(b"\xff\xd8\xff cut off")
        (folder / f"{copy}.zip").write_bytes(samples()["archive"][1])
        (folder / f"{copy}.txt").write_text("One Report in two places.")
    with open_case(case, clock=now) as store:
        found = read_folder(store, folder)
        assert (found.found, found.enclosed, found.read, found.not_read) == (10, 4, 8, 2)
        assert sorted(issue.relative_path for issue in store.issues()) == ["a.jpg", "b.jpg"]
        (report,) = [each for each in store.reports() if "two places" in each.text]
        assert [file.relative_path for file in store.files_of_report(report.id)] == ["a.txt", "b.txt"]
        (image,) = store.images()
        assert len(store.files_of_image(image.id)) == 2
        assert read_folder(store, folder) == found


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes and links")
def test_what_is_no_ordinary_file_is_named_and_never_opened(case: Path, tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "note.txt").write_text("A knife.")
    os.mkfifo(folder / "pipe.jpg")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "dangling.jpg").symlink_to(folder / "gone.jpg")
    (folder / "same.txt").symlink_to(folder / "inner" / "note.txt")
    (folder / ".hidden.txt").write_text("A hidden note.")
    (folder / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    with open_case(case, clock=now) as store:
        found = read_folder(store, folder)
        said = {issue.relative_path: issue.message for issue in store.issues()}
        assert said == {
            "dangling.jpg": "a link to something that is not there",
            "loop": "a link to a folder, which is not entered: what it holds is read where it lies",
            "pipe.jpg": "a named pipe, which is never opened",
        }
        assert (found.found, found.read, found.not_read) == (6, 3, 3)
        assert {file.relative_path for file in store.files()} == {"inner/note.txt", "same.txt", ".hidden.txt"}
        assert len(store.reports()) == 2
