"""Children that read: what they return, what it costs when one dies, and that none is left."""

from __future__ import annotations

import io
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image as Picture

from engine.errors import CorruptFile, FileTooLarge, NotReadable, ReadError, TimedOut, UnsupportedFile
from engine.hashing import file_sha256
from engine.jobs.reading import DecodePool, read_file
from engine.protocols import ReadOptions, Source
from engine.readers.folder import walk
from engine.readers.limits import MEMORY_LIMIT_BYTES, MIB, memory_limit_bytes, time_limit_s
from tests.benchmarks.mutations import survive

OPTIONS = ReadOptions()


def source(path: Path, size_bytes: int = 0) -> Source:
    sha256 = file_sha256(path) if path.is_file() else ""
    return Source(path=path, relative_path=path.name, sha256=sha256, size_bytes=size_bytes)


def written(folder: Path, name: str, data: bytes) -> Source:
    path = folder / name
    path.write_bytes(data)
    return source(path)


def png(width: int, height: int) -> bytes:
    target = io.BytesIO()
    Picture.new("RGB", (width, height), (200, 30, 30)).save(target, "PNG", compress_level=1)
    return target.getvalue()


@pytest.fixture(scope="module")
def pool() -> Iterator[DecodePool]:
    with DecodePool(2, base_s=15) as made:
        yield made


def test_a_child_returns_what_reading_here_returns(pool: DecodePool, tmp_path: Path) -> None:
    given = written(tmp_path, "a.png", png(400, 300))
    there, here = pool.submit(given, OPTIONS).result(), read_file(given, OPTIONS)
    assert there.content.frames[0].image == here.content.frames[0].image
    assert np.array_equal(there.content.frames[0].pixels.view, here.content.frames[0].pixels.view)
    assert there.thumbnails == here.thumbnails
    with Picture.open(io.BytesIO(there.thumbnails[0])) as thumbnail:
        assert thumbnail.size == (320, 240)


@pytest.mark.skipif(os.name == "nt", reason="Windows names are Unicode")
def test_names_that_are_no_utf8_are_read(pool: DecodePool, tmp_path: Path) -> None:
    given = written(tmp_path, os.fsdecode(b"caf\xe9.jp\xe9"), png(20, 20))
    content = pool.submit(given, OPTIONS).result().content
    assert content.frames
    assert all(remark.encode("utf-8") for remark in content.remarks)


def test_errors_come_back_as_they_are(pool: DecodePool, tmp_path: Path) -> None:
    cases = (
        (written(tmp_path, "empty.jpg", b""), CorruptFile, "empty"),
        (written(tmp_path, "program.exe", b"MZ\x90\0" + bytes(60)), UnsupportedFile, "a Windows program"),
        (source(tmp_path / "gone.txt"), NotReadable, "cannot be opened"),
    )
    for given, kind, words in cases:
        with pytest.raises(kind, match=words):
            pool.submit(given, OPTIONS).result()


def test_a_file_that_changes_after_it_was_hashed_is_not_taken_for_the_one_that_was(
    pool: DecodePool, tmp_path: Path
) -> None:
    given = written(tmp_path, "a.txt", b"as it was")
    given.path.write_bytes(b"as it is now")
    with pytest.raises(NotReadable, match="changed after it was hashed"):
        pool.submit(given, OPTIONS).result()


def test_files_come_back_in_order_with_errors_among_them(pool: DecodePool, tmp_path: Path) -> None:
    given = [written(tmp_path, f"{n}.txt", b"" if n == 3 else f"note {n}".encode()) for n in range(9)]
    results = list(pool.decode(iter(given), OPTIONS))
    assert [item[0] for item in results] == given
    assert [isinstance(item[1], ReadError) for item in results] == [n == 3 for n in range(9)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_file_that_never_ends_times_out_and_the_next_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "endless.txt")
    with DecodePool(1, base_s=1.5) as pool:
        stuck = pool.submit(source(tmp_path / "endless.txt"), OPTIONS)
        after = pool.submit(written(tmp_path, "a.txt", b"all is well"), OPTIONS)
        with pytest.raises(TimedOut, match="time limit of 2 s"):
            stuck.result()
        assert after.result().content.reports[0].text == "all is well"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_child_that_dies_costs_its_own_file_only(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "deadly.txt")
    before = workers()
    with DecodePool(1) as pool:
        assert pool.submit(written(tmp_path, "a.txt", b"first"), OPTIONS).result()
        dead = pool.submit(source(tmp_path / "deadly.txt"), OPTIONS)
        time.sleep(0.5)
        (child,) = workers() - before
        child.kill()
        with pytest.raises(CorruptFile, match="crashed on it"):
            dead.result()
        assert pool.submit(written(tmp_path, "b.txt", b"second"), OPTIONS).result()


def workers() -> set[psutil.Process]:
    """Return this process's children but the resource tracker, which stays for the next pool."""
    children = psutil.Process().children(recursive=True)
    return {child for child in children if "resource_tracker" not in " ".join(child.cmdline())}


@pytest.mark.skipif(os.name == "nt", reason="no memory limit on Windows")
def test_too_much_memory_is_said(tmp_path: Path) -> None:
    with DecodePool(1, memory_bytes=256 * MIB) as pool:
        with pytest.raises(FileTooLarge, match="memory"):
            pool.submit(written(tmp_path, "a.png", png(5000, 4500)), OPTIONS).result()
        assert pool.submit(written(tmp_path, "b.png", png(90, 90)), OPTIONS).result()


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    threads = set(threading.enumerate())
    others = workers()
    pool = DecodePool(2)
    for number in range(6):
        pool.submit(written(tmp_path, f"{number}.png", png(500, 500)), OPTIONS)
    pool.close()
    assert set(threading.enumerate()) <= threads
    assert workers() <= others


def test_the_memory_limit_leaves_the_workstation_its_half() -> None:
    assert 0 < memory_limit_bytes() <= MEMORY_LIMIT_BYTES
    assert memory_limit_bytes() <= psutil.virtual_memory().total / 2


def test_large_files_get_more_time() -> None:
    assert time_limit_s(0, base_s=10) == 10
    assert time_limit_s(100 * MIB, base_s=10) > 60


@pytest.mark.slow
def test_damaged_files_of_every_kind_end_with_content_or_a_reason() -> None:
    """A part of ``python -m tests.benchmarks mutations``, which runs 2,000."""
    survived = survive(200, seed=7)
    assert survived.outcomes.total() == 200
    assert survived.broken == ()
    assert survived.outcomes["read"] > 50


@pytest.mark.data
@pytest.mark.slow
def test_all_that_is_hostile_ends_as_content_or_a_reason(data_dir: Path) -> None:
    """Over robust/ but its DICOM part, which has a test of its own: no crash, no hang, no change."""
    root = data_dir / "robust"
    found = [path for part in ("images", "pdf", "docs") for path in walk(root / part)]
    before = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in found}
    with DecodePool(2) as pool:
        given = (source(path, path.stat().st_size) for path in found)
        results = list(pool.decode(given, OPTIONS))
    assert len(results) == len(found)
    for item, outcome in results:
        if isinstance(outcome, ReadError):
            assert not isinstance(outcome, TimedOut), item.path
            assert "crashed" not in str(outcome), item.path
            assert "reader failed" not in str(outcome), f"{item.path}: {outcome}"
        else:
            content = outcome.content
            found_in_it = content.frames or content.reports or content.attachments or content.scanned_pages
            assert found_in_it or content.remarks, item.path
    assert before == {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in found}
