"""The walk through an evidence folder.

Rules: entries in sorted order, a folder's content in the place of its name; what operating systems,
version control and this program leave behind is no evidence, but hidden files are; a symbolic link to a
file is read as that file, one to a folder is not entered, so that no walk can run in circles; pipes,
sockets and devices are never opened. What is left out and is not of the system is told.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

_SYSTEM_NAMES = frozenset(
    {
        "thumbs.db",
        "ehthumbs.db",
        "desktop.ini",
        "icon\r",
        "__macosx",
        "$recycle.bin",
        "system volume information",
        "lost+found",
        ".ds_store",
        ".localized",
        ".trashes",
        ".fseventsd",
        ".spotlight-v100",
        ".documentrevisions-v100",
        ".temporaryitems",
        ".appledouble",
        ".git",
        ".svn",
        ".hg",
    }
)
_OWN_SUFFIXES = (".casebook", ".casebook-wal", ".casebook-shm", ".casebook-journal")

_APPLE_DOUBLE = "._"
_NEVER_OPENED = (
    (stat.S_ISFIFO, "a named pipe, which is never opened"),
    (stat.S_ISSOCK, "a socket, which is never opened"),
    (stat.S_ISCHR, "a device, which is never opened"),
    (stat.S_ISBLK, "a device, which is never opened"),
)

OnRefusal = Callable[[Path, str], None]


def walk(root: Path, *, on_refusal: OnRefusal = lambda _path, _reason: None) -> Iterator[Path]:
    """Yield the evidence files below ``root`` (or ``root`` itself, a file), sorted by path.

    ``on_refusal`` is told of each folder that cannot be listed and of each entry that is left out.
    """
    if root.is_file():
        yield root
        return
    waiting = _entries(root, on_refusal)
    while waiting:
        entry = waiting.pop()
        if is_no_evidence(entry.name):
            continue
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            waiting += _entries(path, on_refusal)
        elif reason := _why_not(entry):
            on_refusal(path, reason)
        else:
            yield path


def is_no_evidence(name: str) -> bool:
    """Tell whether a file or folder of this name is the system's, or a case file."""
    lowered = name.lower()
    return lowered in _SYSTEM_NAMES or name.startswith(_APPLE_DOUBLE) or lowered.endswith(_OWN_SUFFIXES)


def _entries(folder: Path, on_refusal: OnRefusal) -> list[os.DirEntry[str]]:
    """Return what a folder holds, last name first."""
    try:
        with os.scandir(folder) as listing:
            return sorted(listing, key=lambda entry: entry.name, reverse=True)
    except OSError as error:
        on_refusal(folder, f"the folder cannot be listed: {error.strerror or error}")
        return []


def _why_not(entry: os.DirEntry[str]) -> str:
    """Return why an entry is not read, "" for a file or a link to one."""
    try:
        mode = entry.stat().st_mode
    except OSError as error:
        gone = isinstance(error, FileNotFoundError)
        return (
            "a link to something that is not there" if gone else f"it cannot be looked at: {error.strerror}"
        )
    if stat.S_ISDIR(mode):
        return "a link to a folder, which is not entered: what it holds is read where it lies"
    return next((reason for is_kind, reason in _NEVER_OPENED if is_kind(mode)), "")
