"""The case that a request of the desktop names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.clock import system_clock
from engine.errors import UsageError
from engine.store import CaseKey, CaseStore, open_case


def requested_case(words: Mapping[str, Any], *, actor: str = "", read_only: bool = False) -> CaseStore:
    """Open the case that ``words`` name, for reading only where they or the caller ask for that.

    Raises UsageError where they name none, and what ``open_case`` raises.
    """
    return open_case(
        requested_path(words, "case"),
        clock=system_clock,
        actor=actor,
        read_only=read_only or bool(words.get("read_only", False)),
        key=requested_key(words),
    )


def requested_key(words: Mapping[str, Any]) -> CaseKey | None:
    """Return the key of an encrypted case; it comes through stdin, which nobody else reads."""
    return CaseKey.of_text(str(words["key"])) if words.get("key") else None


def requested_path(words: Mapping[str, Any], name: str) -> Path:
    """Return one of the paths that ``words`` give; raises UsageError where it is missing."""
    if name not in words:
        raise UsageError(f"the request names no {name}")
    return Path(str(words[name]))
