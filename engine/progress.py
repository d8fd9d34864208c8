"""How jobs tell how far they are, and how they are asked to stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a job stands: ``done`` of ``total`` units of ``step``; ``total`` 0 means unknown.

    ``can_skip``: the job waits for ``item`` and can go on without it. ``metrics``: what a training
    has reached at ``done``, by name: ``loss``, ``dev score``, …
    """

    step: str
    done: int
    total: int
    item: str = ""
    can_skip: bool = False
    metrics: tuple[tuple[str, float], ...] = ()

    @property
    def fraction(self) -> float:
        return min(self.done / self.total, 1.0) if self.total else 0.0


ReportProgress = Callable[[Progress], None]
"""Takes the news; raises ``Cancelled`` when the user has asked to stop.

It raises ``Skipped`` when the user has asked to go on without the item, where that ``can_skip``.
"""


def silent(_: Progress) -> None:
    """Take the news and say nothing."""
