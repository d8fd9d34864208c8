"""Dates as they stand in texts, moved by days and as exact as they were."""

from __future__ import annotations

import re
from datetime import date, timedelta

from engine.recognizers.dates import normal_date

_NO_YEAR = re.compile(r"--(\d\d)-(\d\d)$")
_MONTH = re.compile(r"(\d{4})-(\d\d)$")
_SOME_LEAP_YEAR = 2024
_MIDDLE_OF_MONTH = 15
_UNKNOWN = "[date]"


def moved_date(written: str, days: int) -> str:
    """Return a date in ISO 8601, or as day and month where no year was said; ``[date]`` where unreadable."""
    return moved_iso(normal_date(written), days) or _UNKNOWN


def moved_iso(said: str, days: int) -> str:
    """Return an ISO date (``2026-03-14``, ``2026-03``, ``--03-14``) moved; "" for anything else."""
    step = timedelta(days=days)
    try:
        if match := _NO_YEAR.match(said):
            day = date(_SOME_LEAP_YEAR, int(match[1]), int(match[2])) + step
            return f"{day.day} {day:%B}"
        if match := _MONTH.match(said):
            return f"{date(int(match[1]), int(match[2]), _MIDDLE_OF_MONTH) + step:%Y-%m}"
        return (date.fromisoformat(said) + step).isoformat()
    except (ValueError, OverflowError):
        return ""
