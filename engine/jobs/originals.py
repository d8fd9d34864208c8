"""The evidence files themselves, for formats that are made from their bytes: hashed before they are used."""

from __future__ import annotations

import hashlib
from pathlib import Path

from engine.errors import CorruptFile, NotReadable
from engine.exporters.options import FileCheck
from engine.hashing import file_sha256
from engine.model.evidence import SourceFile
from engine.store import CaseStore

_BLOCK_BYTES = 1 << 20


def original(store: CaseStore, file: SourceFile) -> Path:
    """Return where a Source file lies on this workstation.

    Raises NotReadable for one that is gone or lies inside another file, CorruptFile for one that has changed.
    """
    path = _place(store, file)
    if file_sha256(path) != file.sha256:
        raise CorruptFile(f"{file.relative_path} has changed since it was read; verify the case")
    return path


def check_original(store: CaseStore, file: SourceFile) -> FileCheck:
    """Hash a Source file again; MD5 and SHA-1 are for registers that know files by these only."""
    md5, sha1 = hashlib.md5(usedforsecurity=False), hashlib.sha1(usedforsecurity=False)
    sha256 = hashlib.sha256()
    try:
        with _place(store, file).open("rb") as stream:
            while block := stream.read(_BLOCK_BYTES):
                for digest in (md5, sha1, sha256):
                    digest.update(block)
    except NotReadable as error:
        return FileCheck(trouble=str(error))
    except OSError as error:
        return FileCheck(trouble=f"cannot be read: {error.strerror}")
    changed = "" if sha256.hexdigest() == file.sha256 else f"has changed: SHA-256 is {sha256.hexdigest()}"
    return FileCheck(md5=md5.hexdigest(), sha1=sha1.hexdigest(), trouble=changed)


def _place(store: CaseStore, file: SourceFile) -> Path:
    if file.parent_id is not None:
        raise NotReadable("lies inside another file, whose hash covers it")
    folders = {root.label: root.path for root in store.roots()}
    path = folders.get(file.root, Path()) / file.relative_path
    if file.root not in folders or not path.is_file():
        raise NotReadable("is not in its evidence folder")
    return path
