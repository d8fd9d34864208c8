"""A copy of an open case that looks for its evidence beside itself.

``copy_to`` is a method of ``CaseStore``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import CaseExists
from engine.store.connection import open_database, translated

if TYPE_CHECKING:
    from engine.store.case_store import CaseStore


def copy_to(store: CaseStore, path: Path, *, places: Mapping[str, str]) -> None:
    """Write the case as ``store`` sees it now to ``path``; raises CaseExists where a file is.

    ``places``: by label, where each evidence folder lies, relative to the copy. The copy is not encrypted,
    needs no file beside it to be read, and does not tell where the folders lay before.
    """
    if path.exists():
        raise CaseExists(f"{path} is there already; name another file")
    with translated(path):
        target = open_database(path, key=None, mode="rwc")
        try:
            store.connection.back_up_into(target)
            target.execute("PRAGMA journal_mode = DELETE")
            for label, place in places.items():
                target.execute("UPDATE root_place SET path = ? WHERE label = ?", (place, label))
            target.commit()
            target.execute("VACUUM")  # else what was overwritten stays in the file
        finally:
            target.close()
