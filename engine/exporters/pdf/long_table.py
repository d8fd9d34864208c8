"""reportlab's long table, parted between pages as a reader would part it."""

from __future__ import annotations

from functools import cache
from typing import Any

# In points: what is left of a page that nothing stands on yet, at least; what of a table may stand alone.
_WHOLE_PAGE = 560.0
_LEAST = 60.0


@cache
def long_table(*, tall: bool) -> Any:
    """Return a table class that leaves neither its head nor its last row alone on a page.

    Rows break inside only where they are ``tall`` and have a page for themselves.
    """
    from reportlab.platypus import LongTable

    class Rows(LongTable):  # type: ignore[misc, unused-ignore]
        """What ``split`` returns is reportlab's: what fits and what is left, or nothing."""

        def split(self, width: float, height: float) -> list[Any]:
            fresh = height > _WHOLE_PAGE
            self.splitInRow = int(tall and fresh)
            parts: list[Any] = super().split(width, height)
            if not parts:
                return parts
            first, rest = parts
            used = sum(first._rowHeights)
            if used < _LEAST and not fresh:
                return []
            without_last = used - first._rowHeights[-1]
            if len(rest._cellvalues) == rest.repeatRows + 1 and without_last > _LEAST:
                return super().split(width, without_last + 1) or parts
            return parts

    return Rows
