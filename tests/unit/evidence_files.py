"""A file of an evidence folder as the survey finds it."""

from __future__ import annotations

from pathlib import Path

from engine.hashing import bytes_sha256
from engine.jobs.survey import Found
from engine.model.evidence import SourceFile
from engine.model.ids import source_file_id


def found_file(folder: Path, name: str, data: bytes) -> Found:
    """Write a file and return it hashed, under the evidence folder called "e"."""
    path = folder / name
    path.write_bytes(data)
    sha256 = bytes_sha256(data)
    file = SourceFile(
        id=source_file_id("e", name, sha256),
        root="e",
        relative_path=name,
        sha256=sha256,
        size_bytes=len(data),
    )
    return Found(file=file, path=path)
