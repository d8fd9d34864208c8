"""What the words of the command line mean: table columns, a time."""

from __future__ import annotations

import os
import sys
from datetime import datetime

from engine.errors import UsageError
from engine.protocols import ReadOptions


def has_display() -> bool:
    """Tell whether a window can be opened here."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def read_columns(text: str) -> ReadOptions:
    """Read ``file=NAME,text=NAME[,NAME]``; either part may be left out."""
    if not text:
        return ReadOptions()
    head, _, tail = text.partition("text=")
    names = tuple(name.strip() for name in tail.split(",") if name.strip())
    file_column = head.strip().rstrip(",").removeprefix("file=")
    if not names or (head.strip() and not head.strip().startswith("file=")):
        raise UsageError(f"--columns reads file=NAME,text=NAME[,NAME], not {text!r}")
    return ReadOptions(file_column=file_column, text_columns=names)


def read_time(text: str) -> datetime | None:
    """Read an ISO time with its zone; None for no text."""
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--at takes a time such as 2026-11-22T10:00:00+00:00, not {text!r}") from error
    if at.tzinfo is None:
        raise UsageError(f"--at needs a time zone, such as {text}+00:00")
    return at
