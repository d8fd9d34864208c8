"""Which evidence folder of the case a folder on this disk is: a known one, a moved one, or a new one."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path

from engine.errors import UsageError
from engine.hashing import file_sha256
from engine.store import CaseStore, Root

_FILES_COMPARED = 20


def known_root(store: CaseStore, folder: Path) -> Root | None:
    """Return the case's root that ``folder`` is or lies in, with the place where it lies now.

    A root that lay elsewhere and whose files lie in ``folder`` has moved there.
    """
    absolute, roots = folder.absolute(), store.roots()
    for root in roots:
        if root.path == absolute:
            return root
    for root in roots:
        if not root.path.is_dir() and _holds_files_of(store, root, absolute):
            return replace(root, path=absolute)
    return next((root for root in roots if root.path in absolute.parents), None)


def root_of(store: CaseStore, folder: Path) -> Root:
    """Return the case's root for ``folder``; one that has moved is recorded so, a new one is added."""
    known = known_root(store, folder)
    if known is None:
        return store.add_root(folder)
    if known not in store.roots():
        store.move_root(known.label, known.path)
    return known


def move_root(store: CaseStore, label: str, folder: Path) -> None:
    """Record where the evidence folder ``label`` lies now; raises UsageError where it does not lie there."""
    root = next((each for each in store.roots() if each.label == label), None)
    if root is not None and not _holds_files_of(store, root, folder):
        raise UsageError(
            f"{folder} is not the evidence folder {label!r}: files that were in it are not there, or have "
            "changed; choose the folder that holds them under the same names"
        )
    store.move_root(label, folder)


def _holds_files_of(store: CaseStore, root: Root, folder: Path) -> bool:
    """Tell by path and SHA-256 of some files whether ``root`` now lies at ``folder``."""
    outer = (file for file in store.files(root=root.label) if file.parent_id is None and file.sha256)
    compared = list(islice(outer, _FILES_COMPARED))
    return bool(compared) and all(
        (path := folder / file.relative_path).is_file() and file_sha256(path) == file.sha256
        for file in compared
    )
