"""The audit chain: its head, and whether it and the rows under it are as they were written.

``append_audit``, ``note_action``, ``audit_head`` and ``check_audit`` are methods of ``CaseStore``.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from engine.errors import CaseLocked, CaseReadOnly, DiskFull, EngineError
from engine.store.change import ROWS, RowDigest, changing, entry_hash
from engine.store.connection import CaseConnection
from engine.store.records import AuditHead, Difference
from engine.store.schema import CERTIFIED_TABLES

if TYPE_CHECKING:
    from engine.store.case_store import CaseStore


def append_audit(store: CaseStore, action: str, subject: str, digest: str = "") -> None:
    """Record that something was done that is no row of the case, such as an export."""
    if digest.startswith(ROWS):
        raise ValueError(f"a digest cannot begin with {ROWS!r}")
    with store.change(action, subject) as change:
        change.note = digest or "-"


def note_action(store: CaseStore, action: str, subject: str, digest: str = "-", *, actor: str = "") -> bool:
    """Record that somebody opened or searched the case, also where ``store`` is open for reading only.

    Returns False where the case cannot be written.
    """
    connection = store.connection
    try:
        with (
            connection.noting(),
            changing(connection, at=store.now(), actor=actor, action=action, subject=subject) as change,
        ):
            change.note = digest
    except (CaseReadOnly, CaseLocked, DiskFull):
        return False
    return True


def audit_head(store: CaseStore) -> AuditHead:
    """Return the length and the last hash of the chain; (0, "") where there is none."""
    row = store.connection.row("SELECT number, hash FROM audit_entry ORDER BY number DESC LIMIT 1")
    return AuditHead(length=row[0], hash=row[1]) if row else AuditHead(length=0, hash="")


def check_audit(
    store: CaseStore, *, head: str = "", length: int = 0, seen: Callable[[int], None] = lambda _: None
) -> tuple[Difference, ...]:
    """Return what is wrong with the chain and the rows under it; empty where nothing is.

    ``head`` and ``length`` are those of an earlier printout; ``seen`` is told the number of each
    entry as its rows are checked.
    """
    with store.snapshot():
        chain = as_far_as_readable("chain", check_chain(store.connection, head=head, length=length))
        rows = as_far_as_readable("rows", check_rows(store.connection, seen))
        return (*chain, *rows)


def check_chain(connection: CaseConnection, *, head: str = "", length: int = 0) -> Iterator[Difference]:
    """Yield what is wrong with the chain itself, and with a head that was printed earlier.

    ``head`` alone must be the hash of some entry; with ``length`` it must be that entry's.
    """
    previous, expected, found = "", 1, False
    for number, at, actor, action, subject, content, previous_hash, own in connection.iterate(
        "SELECT number, at, actor, action, subject, digest, previous_hash, hash "
        "FROM audit_entry ORDER BY number"
    ):
        if number != expected:
            yield Difference(
                kind="chain", subject=f"entry {expected}", detail=f"is missing; entry {number} follows"
            )
        fields: tuple[Any, ...] = (number, at, actor, action, subject, content, previous_hash)
        if previous_hash != previous or entry_hash(*fields) != own:
            yield Difference(
                kind="chain", subject=f"entry {number}", detail="was altered, or one before it was removed"
            )
        found = found or (own == head and length in (0, number))
        previous, expected = str(own), number + 1
    if length >= expected:
        yield Difference(
            kind="chain",
            subject="length",
            detail=f"has {expected - 1} entries, {length} were printed: it was cut",
        )
    elif head and not found:
        where = f"entry {length}" if length else "any entry"
        yield Difference(kind="chain", subject="head", detail=f"the printed hash is not that of {where}")


def check_rows(
    connection: CaseConnection, seen: Callable[[int], None] = lambda _: None
) -> Iterator[Difference]:
    """Yield every audit entry whose rows no longer have the digest that it recorded.

    ``seen`` is told the number of each entry checked.
    """
    computed = _digests(connection)
    waiting = next(computed, None)
    entries = connection.iterate(
        "SELECT number, action, subject, digest, at FROM audit_entry ORDER BY number"
    )
    for number, action, subject, recorded, at in entries:
        seen(number)
        while waiting is not None and waiting[0] < number:
            yield _stray(waiting[0])
            waiting = next(computed, None)
        actual = ""
        if waiting is not None and waiting[0] == number:
            actual = waiting[1]
            waiting = next(computed, None)
        expected = str(recorded) if str(recorded).startswith(ROWS) else ""
        if actual != expected:
            yield Difference(
                kind="rows",
                subject=str(subject),
                detail=f"rows of audit entry {number} ({action}, {at}) were altered, added or removed",
            )
    while waiting is not None:
        yield _stray(waiting[0])
        waiting = next(computed, None)


def as_far_as_readable(kind: str, differences: Iterator[Difference]) -> list[Difference]:
    """Return the differences; where a value or table is such that no row of ours was, that is one too."""
    found: list[Difference] = []
    try:
        found.extend(differences)
    except CaseLocked:
        raise
    except (EngineError, ValueError) as error:
        found.append(Difference(kind=kind, subject="case file", detail=f"cannot be read on: {error}"))
    return found


def _stray(entry: int) -> Difference:
    return Difference(
        kind="rows",
        subject=f"entry {entry}",
        detail="rows name an audit entry that is not in the chain, or out of order",
    )


def _digests(connection: CaseConnection) -> Iterator[tuple[int, str]]:
    """Yield (entry, digest of its rows as they are now), in order.

    Rows are numbered in the order in which they were written, so every table is walked once and
    nothing is held in memory.
    """
    rows = heapq.merge(
        *(_rows(connection, place, table) for place, table in enumerate(CERTIFIED_TABLES)),
        *(_superseded(connection, place, table) for place, table in enumerate(CERTIFIED_TABLES)),
        key=lambda item: item[:3],
    )
    for entry, items in groupby(rows, key=lambda item: item[0]):
        running = RowDigest()
        for _, rank, _, content in items:
            table = CERTIFIED_TABLES[rank % len(CERTIFIED_TABLES)]
            if isinstance(content, int):
                running.supersede(table, content)
            else:
                running.add(table, content)
        yield entry, running.hexdigest()


def _rows(connection: CaseConnection, place: int, table: str) -> Iterator[tuple[int, int, int, Any]]:
    columns = [name for name in connection.column_types(table) if name != "superseded_by"]
    entry_at = columns.index("entry")
    for row in connection.iterate(f"SELECT {', '.join(columns)} FROM {table} ORDER BY number"):
        number, entry = row[0], int(str(row[entry_at]))
        yield entry, place, number, dict(zip(columns, row, strict=True))


def _superseded(connection: CaseConnection, place: int, table: str) -> Iterator[tuple[int, int, int, Any]]:
    """Yield superseded rows after all rows of their entry, as they were digested."""
    rank = len(CERTIFIED_TABLES) + place
    for entry, number in connection.iterate(
        f"SELECT superseded_by, number FROM {table} WHERE superseded_by IS NOT NULL "
        "ORDER BY superseded_by, number"
    ):
        yield entry, rank, number, number
