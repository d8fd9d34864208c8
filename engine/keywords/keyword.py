"""What every method of finding keywords returns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Keyword:
    """A term with its score by one method (only comparable within it) and how often it occurs.

    ``label``: what it speaks for by chi-square; ``category``: where the user's table puts it.
    """

    term: str
    score: float
    count: int
    label: str = ""
    category: str = ""
