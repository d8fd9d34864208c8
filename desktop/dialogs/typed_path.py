"""Paths as people type or paste them: what no file system takes is simply not there."""

from __future__ import annotations

from pathlib import Path


def is_there(path: Path) -> bool:
    """Tell whether there is a file or folder; a name that is too long, or not allowed, is none."""
    try:
        return path.exists()
    except OSError:
        return False
