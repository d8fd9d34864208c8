"""Days of the timeline gathered into days, months or years, as wide as can be told apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from engine.store.timeline import DayCount, EventKind

# A bin is drawn at least so wide; else the next larger one is taken.
_LEAST_BIN_PX: Final = 4.0


Span = Callable[[date], tuple[date, date, str]]


@dataclass(frozen=True, slots=True)
class Bin:
    """A day, month or year: ``first`` and the day after its last, with its events by kind."""

    first: date
    after: date
    name: str
    counts: dict[EventKind, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def _month(day: date) -> tuple[date, date, str]:
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1), f"{first:%Y-%m}"


def _year(day: date) -> tuple[date, date, str]:
    after = date.max if day.year == date.max.year else date(day.year + 1, 1, 1)
    return date(day.year, 1, 1), after, f"{day.year:04d}"


def _day(day: date) -> tuple[date, date, str]:
    return day, date.max if day == date.max else day + timedelta(days=1), day.isoformat()


_SCALES: Final[tuple[tuple[float, Span], ...]] = (
    (1.0, _day),
    (30.4, _month),
    (365.2, _year),
)


def span_of(days_per_px: float, *, least_px: float = _LEAST_BIN_PX) -> Span:
    """Return how days are gathered, so that each day, month or year is at least so wide."""
    return next((span for width, span in _SCALES if width / days_per_px >= least_px), _year)


def gather(days: Sequence[DayCount], days_per_px: float) -> tuple[Bin, ...]:
    """Return the bins that can be seen apart where a pixel is so many days wide."""
    span = span_of(days_per_px)
    found: dict[date, Bin] = {}
    for each in days:
        day = day_of(each.day)
        if day is not None and each.day:
            first, after, name = span(day)
            made = found.setdefault(first, Bin(first, after, name, {}))
            made.counts[each.kind] = made.counts.get(each.kind, 0) + each.count
    return tuple(found[first] for first in sorted(found))


def day_of(key: str) -> date | None:
    """Return the first day that a day of the timeline can be (``2026-03``: March 1), None for no date."""
    try:
        return date.fromisoformat((key + "-01-01"[len(key) - 4 :])[:10] if len(key) < 10 else key[:10])
    except ValueError:
        return None
