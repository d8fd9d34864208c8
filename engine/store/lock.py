"""One writing run at a time: a lock beside the case that dies with the process that holds it."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from engine.errors import CaseLocked, CaseReadOnly


class WriterLock:
    """Held from the beginning to the end of a Run; an analyst's short writes do not need it.

    It is a transaction on a small empty database, because SQLite's file locks work on every
    system and are released by it when the process is killed.
    """

    def __init__(self, case: Path) -> None:
        self._case = case
        self._path = case.with_name(case.name + "-writer")
        self._connection: sqlite3.Connection | None = None

    def acquire(self) -> None:
        """Take the lock; raises CaseLocked at once where another run holds it."""
        if self._connection is not None:
            return
        try:
            connection = sqlite3.connect(self._path, timeout=0, isolation_level=None, check_same_thread=False)
        except sqlite3.OperationalError as error:
            raise CaseReadOnly(f"nothing can be written beside {self._case}: {error}") from error
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            connection.close()
            raise CaseLocked(
                f"another run is writing {self._case}; wait until it has finished, or cancel it"
            ) from error
        self._connection = connection

    def release(self) -> None:
        """Give the lock back; does nothing where it is not held."""
        if self._connection is None:
            return
        self._connection.close()
        self._connection = None
        # The next run makes the file again; on Windows it may be open elsewhere.
        with contextlib.suppress(OSError):
            self._path.unlink()
