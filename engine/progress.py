"""How jobs tell how far they are, and how they are asked to stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a job stands: ``done`` of ``total`` units of ``step``; ``total`` 0 means unknown."""

    step: str
    done: int
    total: int
    item: str = ""

    @property
    def fraction(self) -> float:
        return min(self.done / self.total, 1.0) if self.total else 0.0


ReportProgress = Callable[[Progress], None]
"""Takes the news; raises ``Cancelled`` when the user has asked to stop."""


def silent(_: Progress) -> None:
    """Take the news and say nothing."""
