"""Images and Reports by the names of the files that hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from engine.store.case_store import CaseStore


def first_called(store: CaseStore, table: Literal["image", "report"], wanted: str) -> str | None:
    """Return the id of the first Image or Report with this id, path or file name, None without."""
    row = store.connection.row(
        f"SELECT id FROM {table} WHERE id = CAST(? AS TEXT) AND superseded_by IS NULL", (wanted,)
    ) or store.connection.row(
        f"SELECT {table}.id FROM source_file JOIN {table} ON {table}.sha256 = source_file.sha256 "
        f"WHERE source_file.superseded_by IS NULL AND {table}.superseded_by IS NULL "
        "AND (relative_path = CAST(?1 AS TEXT) OR "
        "substr(relative_path, -length(CAST(?1 AS TEXT)) - 1) = '/' || CAST(?1 AS TEXT)) "
        f"ORDER BY {table}.number LIMIT 1",
        (wanted,),
    )
    return str(row[0]) if row else None
