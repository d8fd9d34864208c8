"""Which versions of other people's libraries read a file: part of what a Component records."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def library_versions(*distributions: str) -> tuple[tuple[str, str], ...]:
    """Return (distribution, version) for those that are installed."""
    return tuple((name, found) for name in distributions if (found := _version(name)))


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return ""
