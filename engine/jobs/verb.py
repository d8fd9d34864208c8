"""What the desktop may ask an engine process for, and how such a verb tells how far it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeAlias

from engine.messages import Request


class Reply(Protocol):
    """How a verb tells how far it is."""

    def progress(self, news: Any) -> None: ...


Verb: TypeAlias = Callable[[Request, Reply], Mapping[str, Any]]
