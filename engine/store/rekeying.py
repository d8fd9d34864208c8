"""Giving a case another key, or a first one, or none: a checked copy takes the place of the file.

A copy, since SQLCipher changes a key in place only where there is one, and since a power failure then
leaves either the old case or the new one.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from engine.errors import CaseCorrupt, CaseLocked, EngineError
from engine.store.case_key import CaseKey
from engine.store.connection import database_errors, key_literal, open_ciphered, translated
from engine.store.lock import WriterLock

_BLOCK = bytes(1 << 20)
_WAIT_MS = 500


def rekey(path: Path, old: CaseKey | None, new: CaseKey | None) -> None:
    """Write the case at ``path`` anew under the key ``new`` (None: plain).

    Needs room for a copy beside it. Raises CaseLocked where the case is open anywhere, CaseCorrupt where
    the copy differs; the case is then as it was. The bytes of a plain case are overwritten on the disk as
    far as its file system allows.
    """
    copy = path.with_name(f"{path.name}.rekeyed")
    copy.unlink(missing_ok=True)
    lock = WriterLock(path)
    lock.acquire()
    try:
        with translated(path):
            _copy(path, old, copy, new)
        _replace(path, copy, shred=old is None)
    except EngineError:
        copy.unlink(missing_ok=True)
        raise
    finally:
        lock.release()


def _copy(path: Path, old: CaseKey | None, copy: Path, new: CaseKey | None) -> None:
    source = open_ciphered(f"{path.resolve().as_uri()}?mode=rw", old)
    try:
        source.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
        _be_alone(source, path)
        # An empty file is made first: ATTACH would make it with rights of its own.
        copy.touch(mode=path.stat().st_mode & 0o777)
        attach = f"ATTACH ? AS copy KEY {key_literal(new)}"
        source.execute(attach, (str(copy),))
        source.execute("SELECT sqlcipher_export('copy')").fetchall()
        for name in ("application_id", "user_version"):
            (value,) = source.execute(f"PRAGMA main.{name}").fetchone()
            source.execute(f"PRAGMA copy.{name} = {value}")
        source.execute("PRAGMA copy.journal_mode = WAL")
        source.execute("DETACH copy")
        source.execute(attach, (str(copy),))  # only now it knows its full-text tables
        _compare(source, path)
        source.execute("DETACH copy")
    finally:
        with contextlib.suppress(*database_errors()):
            source.execute("PRAGMA main.journal_mode = WAL")
        source.close()


def _be_alone(source: sqlite3.Connection, path: Path) -> None:
    """Bring the log into the file and keep all others out; SQLite refuses while anyone has the case open."""
    source.execute("PRAGMA locking_mode = EXCLUSIVE")
    with contextlib.suppress(EngineError), translated(path):
        if source.execute("PRAGMA main.journal_mode = DELETE").fetchone() == ("delete",):
            source.execute("BEGIN EXCLUSIVE")
            source.execute("COMMIT")
            return
    raise CaseLocked(f"{path} is open in a window or another program; close it there first")


def _compare(source: sqlite3.Connection, path: Path) -> None:
    """Raise CaseCorrupt where the copy is damaged or lacks a row."""
    (said,) = source.execute("PRAGMA copy.quick_check(1)").fetchone()
    tables = [name for (name,) in source.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")]
    for name in tables:
        counts = [
            source.execute(f'SELECT count(*) FROM {schema}."{name}"').fetchone()
            for schema in ("main", "copy")
        ]
        if counts[0] != counts[1]:
            said = f"{name} has {counts[1][0]} rows, not {counts[0][0]}"
    if said != "ok":
        raise CaseCorrupt(f"the copy of {path} is not right ({said}); nothing was changed, try it again")


def _replace(path: Path, copy: Path, *, shred: bool) -> None:
    """Put the copy in the place of the case; ``shred``: then overwrite what the old file held."""
    with copy.open("rb+") as stream:
        os.fsync(stream.fileno())
    if not shred:
        copy.replace(path)
        return
    old = path.with_name(f"{path.name}.plain")
    old.unlink(missing_ok=True)
    os.link(path, old)  # a second name, so that the first one always leads to a whole case
    copy.replace(path)
    overwrite(old)
    old.unlink()


def overwrite(path: Path) -> None:
    """Fill a file with zeros; on disks that write elsewhere the old bytes may last nevertheless."""
    with path.open("rb+") as stream:
        left = path.stat().st_size
        while left > 0:
            left -= stream.write(_BLOCK[:left])
        stream.flush()
        os.fsync(stream.fileno())
