"""The first bytes of case files, read so that no lock on them is lost.

On POSIX systems a process loses all its locks on a file as soon as it closes any descriptor of it,
those of its open database too; another process that then leaves the case takes itself for the last
one and removes the write-ahead log under the feet of the first (SQLite, "How To Corrupt An SQLite
Database File", 2.2). So the bytes of a case that is open in this process are remembered, not read.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HEAD_BYTES = 16

FileId = tuple[int, int]

_open: Counter[FileId] = Counter()
_heads: dict[FileId, bytes] = {}
# Threads open and close cases at the same time; one count lost, and a case that is open would be read.
_counting = threading.Lock()


def head_of(path: Path) -> bytes:
    """Return the first 16 bytes of a file, of an open case as they were when it was opened."""
    with _counting:
        known = _heads.get(_identity(path))
        return _read(path) if known is None else known


def hold(path: Path) -> FileId:
    """Remember the head of a case that is about to be opened; ``release`` it after it was closed."""
    identity = _identity(path)
    with _counting:
        if identity not in _heads:
            _heads[identity] = _read(path)
        _open[identity] += 1
    return identity


def release(identity: FileId) -> None:
    """Forget the head when no connection of this process is left on the file."""
    with _counting:
        _open[identity] -= 1
        if not _open[identity]:
            del _open[identity], _heads[identity]


@contextmanager
def releasing(identity: FileId) -> Iterator[None]:
    """Release what is held where the opening inside fails."""
    try:
        yield
    except BaseException:
        release(identity)
        raise


def _identity(path: Path) -> FileId:
    status = path.stat()
    return status.st_dev, status.st_ino


def _read(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(HEAD_BYTES)
