"""The walk: order, links, circles, what is no evidence."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from engine.readers.folder import walk


def names(root: Path) -> list[str]:
    return [path.relative_to(root).as_posix() for path in walk(root)]


def make(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"x")


def test_files_come_sorted_and_without_what_is_no_evidence(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/2.png", "a/1.png", ".git/config", "Thumbs.db", "a/desktop.ini", "a/._1.png",
         ".DS_Store", "__MACOSX/a", "my.casebook", "my.casebook-wal", "ATTRIBUTION.md")  # fmt: skip
    assert names(tmp_path) == ["ATTRIBUTION.md", "a/1.png", "a/2.png", "b.txt"]


def test_hidden_files_are_evidence(tmp_path: Path) -> None:
    make(tmp_path, ".hidden/photo.jpg", ".note.txt")
    assert names(tmp_path) == [".hidden/photo.jpg", ".note.txt"]


def test_a_very_deep_folder_ends_with_a_reason(tmp_path: Path) -> None:
    depth, folder = 0, os.open(tmp_path, os.O_RDONLY)
    while depth < 2100:
        os.mkdir("d", dir_fd=folder)
        inner = os.open("d", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder, depth = inner, depth + 1
    os.close(folder)
    refused: list[str] = []
    assert list(walk(tmp_path, on_refusal=lambda _, reason: refused.append(reason))) == []
    assert len(refused) == 1
    assert "cannot be listed" in refused[0]
    subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)


def test_a_single_file_is_its_own_walk(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    assert list(walk(tmp_path / "a.txt")) == [tmp_path / "a.txt"]


def test_links_to_files_are_read_and_circles_end(tmp_path: Path) -> None:
    make(tmp_path, "a/1.png")
    (tmp_path / "a" / "circle").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "link.png").symlink_to(tmp_path / "a" / "1.png")
    (tmp_path / "broken.png").symlink_to(tmp_path / "nowhere")
    (tmp_path / "self").symlink_to(tmp_path / "self")
    assert names(tmp_path) == ["a/1.png", "link.png"]
    refused: dict[str, str] = {}
    list(walk(tmp_path, on_refusal=lambda path, reason: refused.update({path.name: reason})))
    assert set(refused) == {"circle", "broken.png", "self"}
    assert refused["broken.png"] == "a link to something that is not there"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_never_opened(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert names(tmp_path) == ["a.txt"]


def test_long_and_odd_names_are_kept(tmp_path: Path) -> None:
    odd = os.fsdecode(b"caf\xe9.txt")
    make(tmp_path, "n" * 251 + ".txt", odd, "new\nline.txt")
    assert sorted(names(tmp_path)) == sorted(["n" * 251 + ".txt", odd, "new\nline.txt"])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may list every folder")
def test_a_folder_that_is_closed_to_us_is_told(tmp_path: Path) -> None:
    make(tmp_path, "closed/a.txt", "b.txt")
    (tmp_path / "closed").chmod(0)
    refused: list[Path] = []
    try:
        found = list(walk(tmp_path, on_refusal=lambda folder, _reason: refused.append(folder)))
    finally:
        (tmp_path / "closed").chmod(0o700)
    assert found == [tmp_path / "b.txt"]
    assert refused == [tmp_path / "closed"]
