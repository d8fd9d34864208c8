"""The one place where the case file is opened, and where SQLite's errors get their names."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from engine.errors import Cancelled, CaseCorrupt, CaseLocked, CaseReadOnly, DiskFull, EngineError

Value = str | bytes | int | float | None
Parameters = Sequence[Value]

_WAIT_S = 20.0

# File names of other systems may hold bytes that are not UTF-8; Python carries them as lone
# surrogates, and so does the case file.
_TEXT = partial(str, encoding="utf-8", errors="surrogatepass")


def bindable(value: Value) -> Value:
    """Return ``value`` as SQLite can take it: text with lone surrogates as bytes for a CAST."""
    if isinstance(value, str) and not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            return value.encode("utf-8", "surrogatepass")
    return value


def connect(path: Path, *, read_only: bool = False, immutable: bool = False) -> CaseConnection:
    """Open the database file; it must exist.

    ``read_only`` refuses to change anything, but still takes part in the write-ahead log, so that
    it sees what others commit. ``immutable`` promises that nobody changes the file meanwhile: for
    disks where the log cannot be made.
    """
    mode = "ro&immutable=1" if immutable else "rw"
    with translated(path):
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode={mode}",
            uri=True,
            timeout=_WAIT_S,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            connection.text_factory = _TEXT
            connection.execute(f"PRAGMA query_only = {'ON' if read_only else 'OFF'}")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA cache_size = -65536")
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error:
            connection.close()
            raise
    return CaseConnection(path, connection)


class CaseConnection:
    """A connection to one case file; every SQLite error leaves it as an EngineError."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._column_types: dict[str, dict[str, str]] = {}

    def rows(self, sql: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        with translated(self.path):
            return self._connection.execute(sql, [bindable(value) for value in parameters]).fetchall()

    def row(self, sql: str, parameters: Parameters = ()) -> tuple[Any, ...] | None:
        """Return the first row of a query, or None."""
        with translated(self.path):
            cursor = self._connection.execute(sql, [bindable(value) for value in parameters])
            found: tuple[Any, ...] | None = cursor.fetchone()
            cursor.close()
            return found

    def number(self, sql: str, parameters: Parameters = ()) -> int:
        """Return the integer that a query gives; 0 where it gives none."""
        found = self.row(sql, parameters)
        return int(found[0]) if found and isinstance(found[0], int) else 0

    def iterate(self, sql: str, parameters: Parameters = ()) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query one by one, for tables too large to hold."""
        with translated(self.path):
            yield from self._connection.execute(sql, [bindable(value) for value in parameters])

    def execute(self, sql: str, parameters: Parameters = ()) -> None:
        with translated(self.path):
            self._connection.execute(sql, [bindable(value) for value in parameters])

    def execute_many(self, sql: str, rows: Iterable[Parameters]) -> None:
        with translated(self.path):
            self._connection.executemany(sql, ([bindable(value) for value in row] for row in rows))

    def column_types(self, table: str) -> dict[str, str]:
        """Return the columns of a table with their SQL types, in order."""
        if table not in self._column_types:
            rows = self.rows("SELECT name, type FROM pragma_table_info(?)", (table,))
            self._column_types[table] = dict(rows)
        return self._column_types[table]

    @contextmanager
    def transaction(self, *, durable: bool = True) -> Iterator[None]:
        """Write everything inside, or nothing; waits while another process writes.

        ``durable`` waits until the disk has it, and all that was written before.
        """
        self.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.rollback()
            raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See one state of the case in every query inside, whatever others write meanwhile."""
        self.execute("BEGIN")
        try:
            yield
        finally:
            if self._connection.in_transaction:
                self._connection.rollback()

    @property
    def version(self) -> tuple[int, int]:
        """Return what changes whenever anyone has changed the case: for keeping what was read."""
        return self.number("PRAGMA data_version"), self._connection.total_changes

    def interrupt(self) -> None:
        """Stop the running query; it raises Cancelled. May be called from another thread."""
        self._connection.interrupt()

    def close(self) -> None:
        self._connection.close()


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into the engine's, with what to do about them."""
    try:
        yield
    except sqlite3.Error as error:
        raise _named(error, path) from error


_READ_ONLY = "{path} cannot be written; copy it to a folder where you may write"
_NAMES: dict[int, tuple[type[EngineError], str]] = {
    sqlite3.SQLITE_FULL: (DiskFull, "no room is left to write {path}; free some space and run it again"),
    sqlite3.SQLITE_IOERR: (DiskFull, "the disk of {path} refused to read or write ({error}); check it"),
    sqlite3.SQLITE_BUSY: (CaseLocked, "another process is writing {path}; wait until it has finished"),
    sqlite3.SQLITE_LOCKED: (CaseLocked, "another process is writing {path}; wait until it has finished"),
    sqlite3.SQLITE_READONLY: (CaseReadOnly, _READ_ONLY),
    sqlite3.SQLITE_PERM: (CaseReadOnly, _READ_ONLY),
    sqlite3.SQLITE_CANTOPEN: (CaseReadOnly, _READ_ONLY),
    sqlite3.SQLITE_CORRUPT: (CaseCorrupt, "{path} is damaged ({error}); use a copy of it"),
    sqlite3.SQLITE_NOTADB: (CaseCorrupt, "{path} is not a Casebook case ({error})"),
    sqlite3.SQLITE_CONSTRAINT: (CaseCorrupt, "a row does not fit into {path}: {error}"),
}


def _named(error: sqlite3.Error, path: Path) -> Exception:
    code = getattr(error, "sqlite_errorcode", None) or sqlite3.SQLITE_ERROR
    primary = code & 0xFF  # the upper bits are SQLite's extended codes
    if primary == sqlite3.SQLITE_INTERRUPT:
        return Cancelled("the query was stopped")
    kind, message = _NAMES.get(primary, (EngineError, "SQLite failed on {path}: {error}"))
    return kind(message.format(path=path, error=error))
