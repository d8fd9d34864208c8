"""Bringing a case file to the schema of this version, step by step, with a backup before."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.store.connection import translated
from engine.store.schema import APPLICATION_ID, STEPS

Steps = Sequence[tuple[str, Sequence[str]]]


def migrate(path: Path, steps: Steps = STEPS) -> None:
    """Apply the steps that the case file lacks; each one is done wholly or not at all."""
    # sqlite_utils takes more than a second to import, and only a new or old case needs it.
    import sqlite_utils
    from sqlite_utils.migrations import Migrations

    history = Migrations("casebook")
    for name, statements in steps:
        history(name=name)(_step(statements))
    with translated(path):
        connection = sqlite3.connect(path, timeout=20)
        try:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute("PRAGMA journal_mode = WAL")
            history.apply(sqlite_utils.Database(connection))
            connection.execute(f"PRAGMA user_version = {len(steps)}")
        finally:
            connection.close()


def back_up(path: Path, version: int) -> Path:
    """Copy the case beside itself as ``NAME.casebook.version-N``; returns the copy."""
    copy = path.with_name(f"{path.name}.version-{version}")
    with translated(path):
        source = sqlite3.connect(path)
        target = sqlite3.connect(copy)
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
