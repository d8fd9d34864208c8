"""Evidence folders: their labels are evidence, where they lie is this workstation's affair."""

from __future__ import annotations

from pathlib import Path

from engine.errors import UsageError
from engine.store.change import Change
from engine.store.connection import CaseConnection
from engine.store.records import Root


def read_roots(connection: CaseConnection) -> tuple[Root, ...]:
    rows = connection.rows("SELECT label, path FROM root JOIN root_place USING (label) ORDER BY number")
    return tuple(Root(label=str(label), path=Path(str(path))) for label, path in rows)


def insert_root(connection: CaseConnection, change: Change, path: Path) -> Root:
    """Add an evidence folder under its name, made unique; a known folder keeps its label."""
    absolute = path.absolute()
    known = read_roots(connection)
    for root in known:
        if root.path == absolute:
            return root
    taken = {root.label for root in known}
    name = absolute.name or "evidence"
    label = next(
        each for each in (name, *(f"{name} ({n})" for n in range(2, len(taken) + 3))) if each not in taken
    )
    change.insert("root", {"label": label})
    place_root(connection, label, absolute)
    return Root(label=label, path=absolute)


def place_root(connection: CaseConnection, label: str, path: Path) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO root_place (label, path) VALUES (CAST(? AS TEXT), CAST(? AS TEXT))",
        (label, str(path)),
    )


def check_root(connection: CaseConnection, label: str) -> None:
    """Raise UsageError where the case has no such root."""
    labels = [root.label for root in read_roots(connection)]
    if label not in labels:
        raise UsageError(
            f"no evidence folder {label!r} in this case; there are: {', '.join(labels) or 'none'}"
        )
