"""Which evidence folder of the case a folder on this disk is: a known one, a moved one, or a new one."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from engine.hashing import file_sha256
from engine.store import CaseStore, Root

_FILES_COMPARED = 20


def root_of(store: CaseStore, folder: Path) -> Root:
    """Return the case's root for ``folder``: one that lay elsewhere and whose files lie here has moved."""
    for root in store.roots():
        if not root.path.is_dir() and _holds_files_of(store, root, folder):
            store.move_root(root.label, folder)
    return store.add_root(folder)


def _holds_files_of(store: CaseStore, root: Root, folder: Path) -> bool:
    """Tell by path and SHA-256 of some files whether ``root`` now lies at ``folder``."""
    outer = (file for file in store.files(root=root.label) if file.parent_id is None and file.sha256)
    compared = list(islice(outer, _FILES_COMPARED))
    return bool(compared) and all(
        (path := folder / file.relative_path).is_file() and file_sha256(path) == file.sha256
        for file in compared
    )
