"""Making a case file, and opening one that is there."""

from __future__ import annotations

from pathlib import Path

from engine.clock import Clock
from engine.errors import (
    CaseCorrupt,
    CaseEncrypted,
    CaseExists,
    CaseNotFound,
    CaseReadOnly,
    CaseTooNew,
    CaseTooOld,
    EngineError,
    WrongPassphrase,
)
from engine.model.evidence import Case
from engine.store.case_key import CaseKey, is_encrypted
from engine.store.case_store import CaseStore
from engine.store.change import changing
from engine.store.connection import CaseConnection, connect
from engine.store.evidence_rows import CASE_COLUMNS, case_row, read_case
from engine.store.migrations import back_up, migrate
from engine.store.schema import APPLICATION_ID, SCHEMA_VERSION


def create_case(path: Path, case: Case, *, clock: Clock, key: CaseKey | None = None) -> None:
    """Make a new case file, encrypted where a ``key`` is given.

    Raises CaseExists, or CaseNotFound where there is no such folder.
    """
    if path.exists():
        raise CaseExists(f"{path} is there already; open it, or choose another name")
    if not path.parent.is_dir():
        raise CaseNotFound(f"there is no folder {path.parent}; make it first")
    try:
        migrate(path, key=key)
        connection = connect(path, key=key)
        try:
            with changing(
                connection, at=clock(), actor=case.examiner, action="create", subject=case.name
            ) as change:
                change.insert("case_info", case_row(case))
        finally:
            connection.close()
    except EngineError:
        path.unlink(missing_ok=True)
        raise


def open_case(
    path: Path, *, clock: Clock, read_only: bool = False, actor: str = "", key: CaseKey | None = None
) -> CaseStore:
    """Open a case; ``actor`` is who the audit log names where no examiner is given.

    ``key`` opens an encrypted case and is not needed for another. Raises CaseNotFound, CaseTooNew,
    CaseCorrupt, CaseEncrypted, WrongPassphrase, CaseLocked, or CaseReadOnly where it cannot be
    written and ``read_only`` was not asked for. Opening read-only writes nothing, no audit entry
    either.
    """
    if not path.is_file():
        raise CaseNotFound(f"there is no case at {path}")
    connection = _connected(path, key, read_only=read_only)
    key = connection.key
    try:
        version = _checked_version(connection)
        if version < SCHEMA_VERSION:
            connection.close()
            connection = _upgraded(path, version, read_only=read_only, key=key)
        if not read_only:
            with connection.transaction():
                pass  # says now, and not in the middle of a job, that the file cannot be written
        return CaseStore(connection, _case(connection), clock=clock, read_only=read_only, actor=actor)
    except BaseException:
        connection.close()
        raise


def _connected(path: Path, key: CaseKey | None, *, read_only: bool = False) -> CaseConnection:
    """Open the file with its key where it needs one.

    The file is not looked at before: on POSIX, closing a file takes away the locks that other connections
    of this process have on it, and then another process may delete their log under them.
    """
    open_ = _connect_reading if read_only else _connect_writing
    try:
        return open_(path, key)
    except WrongPassphrase:
        if is_encrypted(path):
            raise
        return open_(path, None)
    except CaseCorrupt:
        if key is None and is_encrypted(path):
            message = f"{path} is encrypted, or not a case; open it with its passphrase"
            raise CaseEncrypted(message) from None
        raise


def _connect_writing(path: Path, key: CaseKey | None) -> CaseConnection:
    return connect(path, key=key)


def _connect_reading(path: Path, key: CaseKey | None) -> CaseConnection:
    """Open for reading, also where the disk allows no write-ahead log.

    A connection that could write but must not is tried first: it clears its log away at the end.
    """
    try:
        return connect(path, read_only=True, key=key)
    except CaseReadOnly:
        log = path.with_name(path.name + "-wal")
        if log.exists() and log.stat().st_size:
            raise
        return connect(path, read_only=True, immutable=True, key=key)


def _checked_version(connection: CaseConnection) -> int:
    path = connection.path
    if connection.number("PRAGMA application_id") != APPLICATION_ID:
        raise CaseCorrupt(f"{path} is not a Casebook case")
    version = connection.number("PRAGMA user_version")
    if version > SCHEMA_VERSION:
        raise CaseTooNew(
            f"{path} was written by a newer Casebook (case format {version}, this one knows "
            f"{SCHEMA_VERSION}); update Casebook to open it"
        )
    return version


def _case(connection: CaseConnection) -> Case:
    row = connection.row(f"SELECT {CASE_COLUMNS} FROM case_info WHERE superseded_by IS NULL")
    try:
        return read_case(row or ())
    except ValueError as error:
        raise CaseCorrupt(f"{connection.path} does not say which case it is ({error}); use a copy") from error


def upgrade_case(path: Path, *, key: CaseKey | None = None) -> Path | None:
    """Bring an older case to the format of this version; returns the backup that is kept beside it.

    Returns None where nothing was to do. Raises what ``open_case`` raises.
    """
    if not path.is_file():
        raise CaseNotFound(f"there is no case at {path}")
    connection = _connected(path, key)
    key = connection.key
    try:
        version = _checked_version(connection)
    finally:
        connection.close()
    return _upgrade(path, version, key=key) if version < SCHEMA_VERSION else None


def _upgrade(path: Path, version: int, *, key: CaseKey | None) -> Path:
    backup = back_up(path, version, key=key)
    migrate(path, key=key)
    return backup


def _upgraded(path: Path, version: int, *, read_only: bool, key: CaseKey | None) -> CaseConnection:
    if read_only:
        raise CaseTooOld(
            f"{path} has the older case format {version}; run “casebook upgrade” on it, which keeps a backup"
        )
    _upgrade(path, version, key=key)
    return connect(path, key=key)
