"""One random change of a case or its evidence at a time, as somebody with an SQLite tool would make it."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

TABLES = (
    "image", "report", "region", "entity", "link", "relation", "cue", "review", "run", "component",
    "audit_entry",
)  # fmt: skip
_LETTERS = "abcxyz0189 é\0"


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy of a case with a copy of its one evidence folder."""

    case: Path
    evidence: Path


def copy_case(case: Path, evidence: Path, into: Path) -> Copied:
    """Copy a closed case and its evidence; the copy looks for its evidence in its own folder."""
    into.mkdir(parents=True)
    copied = Copied(into / case.name, into / evidence.name)
    shutil.copy(case, copied.case)
    shutil.copytree(evidence, copied.evidence, symlinks=True)
    with closing(sqlite3.connect(copied.case)) as raw, raw:
        raw.execute("UPDATE root_place SET path = ?", (str(copied.evidence),))
    return copied


def tamper(copied: Copied, chance: random.Random) -> str:
    """Change one thing and say what."""
    return chance.choice(CHANGES)(copied, chance)


def evidence_byte(copied: Copied, chance: random.Random) -> str:
    path = chance.choice([file for file in _files(copied.evidence) if file.stat().st_size])
    data = bytearray(path.read_bytes())
    place = chance.randrange(len(data))
    data[place] ^= 1 << chance.randrange(8)
    path.write_bytes(data)
    return f"bit in byte {place} of {path.name} flipped"


def evidence_missing(copied: Copied, chance: random.Random) -> str:
    path = chance.choice(_files(copied.evidence))
    path.unlink()
    return f"{path.name} removed"


def evidence_added(copied: Copied, chance: random.Random) -> str:
    folder = chance.choice([copied.evidence, *(path.parent for path in _files(copied.evidence))])
    path = folder / f"{chance.choice(('new', '.hidden', 'IMG_9'))}{chance.choice(('.jpg', '.txt', ''))}"
    path.write_bytes(chance.randbytes(chance.randrange(40)))
    return f"{path.name} added"


def cell(copied: Copied, chance: random.Random) -> str:
    """Change one value of one row to another one of its kind."""

    def change(raw: sqlite3.Connection, table: str) -> str:
        column, kind = chance.choice(_columns(raw, table))
        number, old = chance.choice(raw.execute(f"SELECT number, {column} FROM {table}").fetchall())
        raw.execute(f"UPDATE {table} SET {column} = ? WHERE number = ?", (_other(old, kind, chance), number))
        return f"{table}.{column} of row {number} changed"

    return _edit(copied, chance, change)


def row_removed(copied: Copied, chance: random.Random) -> str:
    def change(raw: sqlite3.Connection, table: str) -> str:
        number = chance.choice(_numbers(raw, table))
        raw.execute(f"DELETE FROM {table} WHERE number = ?", (number,))
        return f"row {number} of {table} removed"

    return _edit(copied, chance, change)


def row_added(copied: Copied, chance: random.Random) -> str:
    """Add a copy of a row under the next number, with another id where the table has ids."""

    def change(raw: sqlite3.Connection, table: str) -> str:
        numbers, columns = _numbers(raw, table), [name for name, _ in _columns(raw, table)]
        number, model = max(numbers) + 1, chance.choice(numbers)
        row = dict(
            zip(
                columns,
                raw.execute(f"SELECT * FROM {table} WHERE number = ?", (model,)).fetchone(),
                strict=True,
            )
        )
        row |= {"number": number} | ({"id": f"{chance.getrandbits(64):016x}"} if "id" in row else {})
        marks = ", ".join("?" * len(columns))
        raw.execute(f"INSERT INTO {table} VALUES ({marks})", [row[name] for name in columns])
        return f"row {number} added to {table}, a copy of {model}"

    return _edit(copied, chance, change)


def rows_swapped(copied: Copied, chance: random.Random) -> str:
    """Let two rows trade places: each gets the number of the other."""

    def change(raw: sqlite3.Connection, table: str) -> str:
        one, other = sorted(chance.sample(_numbers(raw, table), 2))
        if _content(raw, table, one) == _content(raw, table, other):
            raise sqlite3.IntegrityError("the rows are equal: to swap them is no change")
        for old, new in ((one, -1), (other, one), (-1, other)):
            raw.execute(f"UPDATE {table} SET number = ? WHERE number = ?", (new, old))
        return f"rows {one} and {other} of {table} swapped"

    return _edit(copied, chance, change)


CHANGES: Sequence[Callable[[Copied, random.Random], str]] = (
    evidence_byte, evidence_missing, evidence_added, cell, row_removed, row_added, rows_swapped,
)  # fmt: skip


def cut_tail(copied: Copied, entries: int) -> None:
    """Take the last audit entries away, with every row and every mark that they made."""
    with closing(sqlite3.connect(copied.case)) as raw, raw:
        (last,) = raw.execute("SELECT max(number) FROM audit_entry").fetchone()
        for (table,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if "superseded_by" in [name for name, _ in _columns(raw, table)]:
                raw.execute(f"DELETE FROM {table} WHERE entry > ?", (last - entries,))
                raw.execute(
                    f"UPDATE {table} SET superseded_by = NULL WHERE superseded_by > ?", (last - entries,)
                )
        raw.execute("DELETE FROM audit_entry WHERE number > ?", (last - entries,))


def execute(copied: Copied, statement: str) -> None:
    """Run one SQL statement on the case file."""
    with closing(sqlite3.connect(copied.case)) as raw, raw:
        raw.execute(statement)


def _edit(copied: Copied, chance: random.Random, change: Callable[[sqlite3.Connection, str], str]) -> str:
    """Apply a change to a random table; what a constraint of SQLite itself refuses is tried elsewhere."""
    with closing(sqlite3.connect(copied.case)) as raw:
        filled = [table for table in TABLES if len(_numbers(raw, table)) > 1]
        for _ in range(100):
            try:
                with raw:
                    return change(raw, chance.choice(filled))
            except sqlite3.IntegrityError:
                continue
    raise AssertionError("no change was possible")


def _other(old: object, kind: str, chance: random.Random) -> object:
    """Return a value of a column's type that is not ``old``."""
    while (new := _near(old, kind, chance)) == old:
        pass
    return new


def _near(old: object, kind: str, chance: random.Random) -> object:
    if isinstance(old, int | float):
        step = chance.choice((-1, 1, 7)) if kind == "INTEGER" else chance.choice((-1e-9, 1e-6, 0.5))
        return old + step
    if kind != "TEXT":
        return chance.randrange(9) if kind == "INTEGER" else chance.random()
    text = str(old or "")
    place = chance.randrange(len(text) + 1)
    return chance.choice(("", text[:place] + chance.choice(_LETTERS) + text[place + 1 :], text[:place]))


def _columns(raw: sqlite3.Connection, table: str) -> list[tuple[str, str]]:
    return raw.execute("SELECT name, type FROM pragma_table_info(?)", (table,)).fetchall()


def _numbers(raw: sqlite3.Connection, table: str) -> list[int]:
    return [number for (number,) in raw.execute(f"SELECT number FROM {table}")]


def _content(raw: sqlite3.Connection, table: str, number: int) -> object:
    return raw.execute(f"SELECT * FROM {table} WHERE number = ?", (number,)).fetchone()[1:]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
