"""The walk through an evidence folder.

Rules: files in sorted order, folders entered after their files' names compare; hidden files and
what operating systems and this program leave behind are no evidence; a symbolic link to a file
is read as that file, one to a folder is not entered, so that no walk can run in circles; pipes,
sockets and devices are never opened.
"""

from __future__ import annotations

import os
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
    }
)
_OWN_SUFFIXES = (".casebook", ".casebook-wal", ".casebook-shm", ".casebook-journal")

OnRefusal = Callable[[Path, OSError], None]


def walk(root: Path, *, on_refusal: OnRefusal | None = None) -> Iterator[Path]:
    """Yield the evidence files below ``root`` (or ``root`` itself, a file), sorted by path.

    ``on_refusal`` is told of each folder that the system does not let us list.
    """
    if root.is_file():
        yield root
        return
    for entry in _entries(root, on_refusal):
        if is_no_evidence(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from walk(Path(entry.path), on_refusal=on_refusal)
        elif _is_regular_file(entry):
            yield Path(entry.path)


def is_no_evidence(name: str) -> bool:
    """Tell whether a file or folder of this name is hidden, the system's, or a case file."""
    lowered = name.lower()
    return name.startswith(".") or lowered in _SYSTEM_NAMES or lowered.endswith(_OWN_SUFFIXES)


def _entries(folder: Path, on_refusal: OnRefusal | None) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as listing:
            return sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        if on_refusal is not None:
            on_refusal(folder, error)
        return []


def _is_regular_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link whose target cannot be looked at
        return False
