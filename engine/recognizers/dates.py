"""Dates and times as they are written, in ISO 8601 and only as exact as they were said."""

from __future__ import annotations

import re
from datetime import date

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$")
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})$")
_MONTH = re.compile("|".join(_MONTH_NAMES), re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2})(?::?(\d{2}))?(?::(\d{2}))?\s*([ap])?", re.IGNORECASE)


def normal_date(text: str) -> str:
    """Return ``YYYY-MM-DD``, ``YYYY-MM``, ``--MM-DD`` without a year, or "" where it is no date.

    Numbers alone are read as month/day/year where that can be, else as day/month/year.
    """
    iso = _ISO.match(text)
    if iso:
        return _checked(int(iso[1]), int(iso[2]), int(iso[3]))
    numbers = _NUMBERS.match(text)
    if numbers:
        first, second, year = (int(part) for part in numbers.groups())
        full_year = year if year > 99 else 2000 + year if year < 70 else 1900 + year
        return _checked(full_year, first, second) or _checked(full_year, second, first)
    return _in_words(text)


def normal_time(text: str) -> str:
    """Return ``HH:MM`` or ``HH:MM:SS`` in 24 hours, or "" where it is no time of day."""
    match = _CLOCK.match(text.strip())
    if match is None:
        return ""
    hour, minute, second = int(match[1]), int(match[2] or 0), match[3]
    half = (match[4] or "").lower()
    if half and hour > 12:
        half = ""
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        return ""
    return f"{hour:02}:{minute:02}" + (f":{second}" if second else "")


def _in_words(text: str) -> str:
    name = _MONTH.search(text)
    if name is None:
        return ""
    month = _MONTH_NAMES.index(name.group().lower()) + 1
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    years = [number for number in numbers if number > 31]
    days = [number for number in numbers if number <= 31]
    if years and days:
        return _checked(years[0], month, days[0])
    if years:
        return f"{years[0]:04}-{month:02}"
    return f"--{month:02}-{days[0]:02}" if days and _checked(2000, month, days[0]) else ""


def _checked(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
