"""Files of an evidence folder, as the survey finds them and as a case keeps them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engine.hashing import bytes_sha256
from engine.jobs.survey import Found
from engine.model.evidence import SourceFile
from engine.model.ids import source_file_id


def source_file(root: str, path: str, sha256: str, size_bytes: int = 9, **facts: Any) -> SourceFile:
    """Return a Source file with the id that its place and content give it; ``facts``: its other fields."""
    return SourceFile(
        id=source_file_id(root, path, sha256),
        root=root,
        relative_path=path,
        sha256=sha256,
        size_bytes=size_bytes,
        **facts,
    )


def found_file(folder: Path, name: str, data: bytes) -> Found:
    """Write a file and return it hashed, under the evidence folder called "e"."""
    path = folder / name
    path.write_bytes(data)
    return Found(file=source_file("e", name, bytes_sha256(data), len(data)), path=path)
