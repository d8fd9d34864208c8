"""One change of the case: rows added and superseded in one transaction, under one audit entry."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from engine.hashing import canonical_json, digest
from engine.store.connection import CaseConnection, Value
from engine.store.schema import CERTIFIED_TABLES

Row = Mapping[str, Value]

ROWS = "rows:"  # begins the digest of an audit entry that has rows; other digests are of exports


class RowDigest:
    """SHA-256 over the rows of one audit entry.

    Rows without their empty columns, so that a column added by a later version changes nothing.
    """

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._empty = True

    def add(self, table: str, row: Row) -> None:
        self._line(["row", table, {name: value for name, value in row.items() if value is not None}])

    def supersede(self, table: str, number: int) -> None:
        self._line(["superseded", table, number])

    def hexdigest(self) -> str:
        """Return ``rows:`` and the digest in hex; empty where there were no rows."""
        return "" if self._empty else ROWS + self._hash.hexdigest()

    def _line(self, value: object) -> None:
        self._empty = False
        self._hash.update(canonical_json(value).encode("utf-8", "surrogatepass") + b"\n")


class Change:
    """Rows to be added and superseded; they are written when the change ends."""

    def __init__(self, connection: CaseConnection, entry: int) -> None:
        self._connection = connection
        self.entry = entry
        self.note = ""
        self._rows: dict[str, list[dict[str, Value]]] = {}
        self._superseded: dict[str, dict[int, None]] = {}
        self._last: dict[str, int] = {}

    def insert(self, table: str, row: Row) -> int:
        """Add a row and return its number."""
        number = self._next_number(table)
        plain = {name: _stored(value) for name, value in row.items()}
        self._rows.setdefault(table, []).append({"number": number, **plain, "entry": self.entry})
        return number

    def supersede(self, table: str, numbers: Iterable[int]) -> None:
        """Mark rows as no longer current."""
        self._superseded.setdefault(table, {}).update(dict.fromkeys(numbers))

    @property
    def size(self) -> int:
        """How many rows are added or superseded so far."""
        return sum(map(len, self._rows.values())) + sum(map(len, self._superseded.values()))

    def digest(self) -> str:
        """Return the digest of all rows, added ones before superseded ones."""
        running = RowDigest()
        for table in CERTIFIED_TABLES:
            for row in self._rows.get(table, []):
                running.add(table, row)
        for table in CERTIFIED_TABLES:
            for number in sorted(self._superseded.get(table, {})):
                running.supersede(table, number)
        return running.hexdigest()

    def write(self) -> None:
        """Write all rows; their audit entry must be there already.

        Inserting an entry that rows point to already would let SQLite look for those in every table.
        """
        for table in CERTIFIED_TABLES:
            numbers = sorted(self._superseded.get(table, {}))
            self._connection.execute_many(
                f"UPDATE {table} SET superseded_by = ? WHERE number = ?",
                [(self.entry, number) for number in numbers],
            )
        for table in CERTIFIED_TABLES:
            self._write_rows(table, self._rows.get(table, []))

    def _write_rows(self, table: str, rows: list[dict[str, Value]]) -> None:
        if not rows:
            return
        columns = list(rows[0])
        types = self._connection.column_types(table)
        places = ["CAST(? AS TEXT)" if types[column] == "TEXT" else "?" for column in columns]
        self._connection.execute_many(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(places)})",
            (tuple(row.values()) for row in rows),
        )

    def _next_number(self, table: str) -> int:
        if table not in self._last:
            self._last[table] = self._connection.number(f"SELECT max(number) FROM {table}")
        self._last[table] += 1
        return self._last[table]


def _stored(value: Value) -> Value:
    """Return a value as it will be read back: SQLite keeps no negative zero."""
    return value + 0.0 if isinstance(value, float) else value


@contextmanager
def changing(
    connection: CaseConnection,
    *,
    at: datetime,
    actor: str,
    action: str,
    subject: str,
    durable: bool = True,
) -> Iterator[Change]:
    """Open a transaction and yield the Change; at its end write it with its audit entry.

    A change without rows and without a ``note`` leaves no entry. One that is not ``durable``
    survives a killed process, but only the next durable one makes sure that it survives a power
    failure: right for findings, which can be made again, at a tenth of the time.
    """
    with connection.transaction(durable=durable):
        head = connection.row("SELECT number, hash FROM audit_entry ORDER BY number DESC LIMIT 1")
        last, previous = (head[0], str(head[1])) if head else (0, "")
        change = Change(connection, last + 1)
        yield change
        if not change.size and not change.note:
            return
        content = change.digest() if change.size else change.note
        fields = (last + 1, at.isoformat(), actor, action, subject, content, previous)
        connection.execute(
            "INSERT INTO audit_entry (number, at, actor, action, subject, digest, previous_hash, hash) "
            "VALUES (?, ?, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), ?, ?)",
            (*fields, entry_hash(*fields)),
        )
        change.write()


def entry_hash(
    number: int, at: str, actor: str, action: str, subject: str, content: str, previous_hash: str
) -> str:
    """Return the hash of an audit entry: SHA-256 of the canonical JSON of its other fields, in order."""
    return digest([number, at, actor, action, subject, content, previous_hash])
