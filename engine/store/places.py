"""Evidence folders: their labels are evidence, where they lie is this workstation's affair.

``add_root``, ``roots`` and ``move_root`` are methods of ``CaseStore``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import UsageError
from engine.store.connection import CaseConnection
from engine.store.records import Root

if TYPE_CHECKING:
    from engine.store.case_store import CaseStore


def add_root(store: CaseStore, path: Path) -> Root:
    """Add an evidence folder under its name, made unique; a known folder keeps its label."""
    absolute = path.absolute()
    known = roots(store)
    for root in known:
        if root.path == absolute:
            return root
    label = _free_label(absolute.name or "evidence", {root.label for root in known})
    with store.change("add-root", label) as change:
        change.insert("root", {"label": label})
        _place(store.connection, label, absolute)
    return Root(label=label, path=absolute)


def roots(store: CaseStore) -> tuple[Root, ...]:
    """Return the evidence folders in the order they were added; a portable case has them beside itself."""
    rows = store.connection.rows("SELECT label, path FROM root JOIN root_place USING (label) ORDER BY number")
    return tuple(Root(label=label, path=store.path.absolute().parent / path) for label, path in rows)


def move_root(store: CaseStore, label: str, path: Path) -> None:
    """Say where a moved evidence folder lies now; raises UsageError for an unknown label."""
    labels = [root.label for root in roots(store)]
    if label not in labels:
        there = ", ".join(labels) or "none"
        raise UsageError(f"no evidence folder {label!r} in this case; there are: {there}")
    with store.change("move-root", label) as change:
        change.note = "moved"
        _place(store.connection, label, path.absolute())


def _free_label(name: str, taken: set[str]) -> str:
    candidates = (name, *(f"{name} ({number})" for number in range(2, len(taken) + 3)))
    return next(each for each in candidates if each not in taken)


def _place(connection: CaseConnection, label: str, path: Path) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO root_place (label, path) VALUES (CAST(? AS TEXT), CAST(? AS TEXT))",
        (label, str(path)),
    )
