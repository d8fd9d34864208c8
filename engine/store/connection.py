"""The one place where the case file is opened, and where SQLite's errors get their names."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, cast

from engine.errors import (
    Cancelled,
    CaseCorrupt,
    CaseLocked,
    CaseReadOnly,
    DiskFull,
    EngineError,
    WrongPassphrase,
)
from engine.store.case_key import CaseKey
from engine.store.file_heads import FileId, hold, release, releasing
from engine.store.natural_order import natural_key

Value = str | bytes | int | float | None
Parameters = Sequence[Value]

_WAIT_S = 20.0
_NOTE_WAIT_MS = 2_000  # who looks something up must not wait long for somebody who writes

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


def open_database(path: Path, *, key: CaseKey | None = None, mode: str = "rw") -> sqlite3.Connection:
    """Open a database file with SQLite, or with SQLCipher where it has a key; ``mode`` is that of its URI."""
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    if key is None:
        return sqlite3.connect(uri, uri=True, timeout=_WAIT_S, isolation_level=None, check_same_thread=False)
    return open_ciphered(uri, key)


def open_ciphered(uri: str, key: CaseKey | None) -> sqlite3.Connection:
    """Open a database with SQLCipher, which reads and writes plain ones (no ``key``) too."""
    from sqlcipher3 import dbapi2 as sqlcipher

    connection = cast(
        sqlite3.Connection,
        sqlcipher.connect(uri, uri=True, timeout=_WAIT_S, isolation_level=None, check_same_thread=False),
    )
    connection.execute("PRAGMA cipher_log_level = NONE")  # else a wrong passphrase is told to stderr
    if key:
        connection.execute(f"PRAGMA key = {key_literal(key)}")
    return connection


def key_literal(key: CaseKey | None) -> str:
    """Return a key as SQLCipher's statements take it; an empty one for a plain database."""
    return f"\"x'{key.as_text()}'\"" if key else "''"


def connect(
    path: Path, *, read_only: bool = False, immutable: bool = False, key: CaseKey | None = None
) -> CaseConnection:
    """Open the database file; it must exist. ``key`` is for an encrypted one.

    ``read_only`` refuses to change anything, but still takes part in the write-ahead log, so that
    it sees what others commit. ``immutable`` promises that nobody changes the file meanwhile: for
    disks where the log cannot be made.
    """
    mode = "ro&immutable=1" if immutable else "rw"
    file = hold(path)
    with translated(path), releasing(file):
        connection = open_database(path, key=key, mode=mode)
        try:
            connection.text_factory = _TEXT
            connection.create_function("natural_key", 1, natural_key, deterministic=True)
            connection.execute(f"PRAGMA query_only = {'ON' if read_only else 'OFF'}")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA cache_size = -65536")
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except database_errors() as error:
            connection.close()
            if key and _primary_code(error) == sqlite3.SQLITE_NOTADB:
                raise WrongPassphrase(_WRONG.format(path=path)) from error
            raise
    return CaseConnection(path, connection, key, file)


class CaseConnection:
    """A connection to one case file; every SQLite error leaves it as an EngineError."""

    def __init__(self, path: Path, connection: sqlite3.Connection, key: CaseKey | None, file: FileId) -> None:
        self.path = path
        self.key = key
        self._file: FileId | None = file
        self._connection = connection
        self._noted = 0
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

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Let writes through on a connection that else only reads; what was kept of the case stays valid."""
        only_reads, before = self.number("PRAGMA query_only"), self._connection.total_changes
        wait_ms = self.number("PRAGMA busy_timeout")
        self.execute("PRAGMA query_only = OFF")
        self.execute(f"PRAGMA busy_timeout = {min(wait_ms, _NOTE_WAIT_MS)}")
        try:
            yield
        finally:
            self.execute(f"PRAGMA query_only = {only_reads}")
            self.execute(f"PRAGMA busy_timeout = {wait_ms}")
            self._noted += self._connection.total_changes - before

    def back_up_into(self, target: sqlite3.Connection) -> None:
        """Copy the whole database, as this connection sees it, into an open empty one."""
        with translated(self.path):
            self._connection.backup(target)

    @property
    def version(self) -> tuple[int, int]:
        """Return what changes whenever anyone has changed the case: for keeping what was read."""
        return self.number("PRAGMA data_version"), self._connection.total_changes - self._noted

    def keep_little(self) -> None:
        """Keep few pages in memory: for what is read once, such as thumbnails."""
        self.execute("PRAGMA cache_size = -2048")

    def interrupt(self) -> None:
        """Stop the running query; it raises Cancelled. May be called from another thread."""
        self._connection.interrupt()

    def close(self) -> None:
        self._connection.close()
        if self._file is not None:
            release(self._file)
            self._file = None


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into the engine's, with what to do about them."""
    try:
        yield
    except database_errors() as error:
        raise _named(error, path) from error


def database_errors() -> tuple[type[Exception], ...]:
    """Return the errors of SQLite; those of SQLCipher are another family, there once it was loaded."""
    sqlcipher = sys.modules.get("sqlcipher3.dbapi2")
    return (sqlite3.Error, sqlcipher.Error) if sqlcipher else (sqlite3.Error,)


_WRONG = (
    "the passphrase does not open {path}; look at capitals and the keyboard's language. Without the right "
    "one nobody can read the case: there is no other way in"
)

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


def _primary_code(error: Exception) -> int:
    code = getattr(error, "sqlite_errorcode", None) or sqlite3.SQLITE_ERROR
    return int(code) & 0xFF  # the upper bits are SQLite's extended codes


def _named(error: Exception, path: Path) -> Exception:
    primary = _primary_code(error)
    if primary == sqlite3.SQLITE_INTERRUPT:
        return Cancelled("the query was stopped")
    kind, message = _NAMES.get(primary, (EngineError, "SQLite failed on {path}: {error}"))
    return kind(message.format(path=path, error=error))
