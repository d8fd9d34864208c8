"""The evidence files themselves, for formats that are made from their bytes: hashed before they are used."""

from __future__ import annotations

from pathlib import Path

from engine.errors import CorruptFile, NotReadable
from engine.hashing import file_sha256
from engine.model.evidence import SourceFile
from engine.store import CaseStore


def original(store: CaseStore, file: SourceFile) -> Path:
    """Return where a Source file lies on this workstation.

    Raises NotReadable for one that is gone or lies inside another file, CorruptFile for one that has changed.
    """
    if file.parent_id is not None:
        raise NotReadable(f"{file.relative_path} lies inside another file")
    folders = {root.label: root.path for root in store.roots()}
    path = folders.get(file.root, Path()) / file.relative_path
    if file.root not in folders or not path.is_file():
        raise NotReadable(f"{file.relative_path} is not in the evidence folder {file.root!r}")
    if file_sha256(path) != file.sha256:
        raise CorruptFile(f"{file.relative_path} has changed since it was read; verify the case")
    return path
