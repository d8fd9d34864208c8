"""Bringing a case file to the schema of this version, step by step, with a backup before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.store.case_key import CaseKey
from engine.store.connection import open_database, translated
from engine.store.schema import APPLICATION_ID, STEPS

Steps = Sequence[tuple[str, Sequence[str]]]


def migrate(path: Path, steps: Steps = STEPS, *, key: CaseKey | None = None) -> None:
    """Apply the steps that the case file lacks; each one is done wholly or not at all.

    A file that is not there is made, encrypted where a ``key`` is given.
    """
    # sqlite_utils takes more than a second to import, and only a new or old case needs it.
    import sqlite_utils
    from sqlite_utils.migrations import Migrations

    history = Migrations("casebook")
    for name, statements in steps:
        history(name=name)(_step(statements))
    with translated(path):
        connection = open_database(path, key=key, mode="rwc")
        try:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute("PRAGMA journal_mode = WAL")
            history.apply(sqlite_utils.Database(connection))
            connection.execute(f"PRAGMA user_version = {len(steps)}")
        finally:
            connection.close()


def back_up(path: Path, version: int, *, key: CaseKey | None = None) -> Path:
    """Copy the case beside itself as ``NAME.casebook.version-N``, under the same key; returns the copy."""
    copy = path.with_name(f"{path.name}.version-{version}")
    with translated(path):
        source = open_database(path, key=key)
        target = open_database(copy, key=key, mode="rwc")
        try:
            source.backup(target)
        finally:
            target.close()
            source.close()
    return copy


def _step(statements: Sequence[str]) -> Any:
    def apply(db: Any) -> None:
        for statement in statements:
            db.execute(statement)

    return apply
