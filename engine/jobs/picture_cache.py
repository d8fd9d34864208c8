"""Where pictures for the window lie: in the cache, or in memory alone while an encrypted case is open."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from engine.settings import cache_dir
from engine.store import CaseStore

_FOLDERS = ("previews", "tiles")
_MEMORY_DISK = "/dev/shm"
_PREFIX = "casebook-pictures-"


class PictureCache:
    """The folder of one reader of evidence; that of an encrypted case goes when it is closed.

    Where the system has no disk in memory, the pictures of an encrypted case lie in the user's temporary
    folder meanwhile. What a killed process left there is removed by the next one.
    """

    def __init__(self, store: CaseStore) -> None:
        self._private = store.key is not None
        if self._private:
            _remove_orphans()
        self.folder = (
            Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=_disk()))
            if self._private
            else cache_dir()
        )

    def close(self) -> None:
        if self._private:
            shutil.rmtree(self.folder, ignore_errors=True)


def drafts_folder(*, private: bool) -> Path:
    """Return where drafts of reports lie; those of an encrypted case in memory, or until the process ends."""
    return Path(_disk()) / f"{_PREFIX}{os.getpid()}-drafts" if private else cache_dir() / "drafts"


def forget_pictures(store: CaseStore) -> None:
    """Remove what the cache holds of a case's Images, as when the case becomes an encrypted one."""
    known = {image.id for image in store.images()}
    for folder in _FOLDERS:
        for path in (cache_dir() / folder).glob("*"):
            if path.stem.partition("-")[0] not in known:
                continue
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


def _disk() -> str:
    return _MEMORY_DISK if os.access(_MEMORY_DISK, os.W_OK) else tempfile.gettempdir()


def _remove_orphans() -> None:
    import psutil

    for path in Path(_disk()).glob(f"{_PREFIX}*"):
        process = path.name.removeprefix(_PREFIX).partition("-")[0]
        if not process.isdigit() or not psutil.pid_exists(int(process)):
            shutil.rmtree(path, ignore_errors=True)
