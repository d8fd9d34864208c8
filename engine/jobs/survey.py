"""What lies in an evidence folder: every file with its hash, before anything is read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from engine.errors import NotReadable
from engine.hashing import file_sha256
from engine.jobs.roots import root_of
from engine.model.evidence import SourceFile
from engine.model.ids import source_file_id
from engine.readers.folder import walk
from engine.store import CaseStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file of the evidence: where its bytes are now, or why they cannot be had.

    ``path`` is None for a row that needs no bytes; ``depth`` counts the containers around it.
    """

    file: SourceFile
    path: Path | None = None
    trouble: NotReadable | None = None
    depth: int = 0


def survey(store: CaseStore, path: Path) -> Iterator[Found]:
    """Yield every file under ``path`` in order, hashed; a single file counts as a folder of one."""
    path = path.absolute()
    root = root_of(store, path if path.is_dir() else path.parent)
    refused: list[tuple[Path, str]] = []
    for file_path in walk(path, on_refusal=lambda *refusal: refused.append(refusal)):
        yield _found(root.label, root.path, file_path)
    for refused_path, why in refused:
        yield _unopened(root.label, root.path, refused_path, why)


def _found(root: str, folder: Path, path: Path) -> Found:
    relative = _relative(path, folder)
    try:
        status = path.stat()
        sha256 = file_sha256(path)
    except OSError as error:
        reason = NotReadable(f"{relative} cannot be opened: {error.strerror or error}")
        return Found(file=_source_file(root, relative, "", 0, None), path=path, trouble=reason)
    modified_at = datetime.fromtimestamp(status.st_mtime, UTC)
    return Found(file=_source_file(root, relative, sha256, status.st_size, modified_at), path=path)


def _unopened(root: str, folder: Path, path: Path, why: str) -> Found:
    relative = _relative(path, folder)
    return Found(file=_source_file(root, relative, "", 0, None), path=path, trouble=NotReadable(why))


def _relative(path: Path, folder: Path) -> str:
    """Return the path as plain text; bytes of a name that are not UTF-8 are written out."""
    return os.fsencode(path.relative_to(folder).as_posix()).decode("utf-8", "backslashreplace")


def _source_file(
    root: str, relative_path: str, sha256: str, size_bytes: int, modified_at: datetime | None
) -> SourceFile:
    return SourceFile(
        id=source_file_id(root, relative_path, sha256),
        root=root,
        relative_path=relative_path,
        sha256=sha256,
        size_bytes=size_bytes,
        modified_at=modified_at,
    )
