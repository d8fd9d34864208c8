"""The filters of a query: side:left, modality:CT, date:2021, label:effusion, reviewed:yes …"""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.errors import UsageError
from engine.model.evidence import Laterality
from engine.model.findings import Verdict
from engine.store.criteria import Criteria

_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_RANGE = ".."
_FIRST, _LAST = "0000", "9999"


def criteria_of(filters: Mapping[str, str]) -> Criteria:
    """Return what the filters ask for; ``assertion`` is looked at elsewhere.

    Raises UsageError for a value that no row could have.
    """
    first, last = _days(filters.get("date", ""))
    return Criteria(
        label=filters.get("label", "").lower(),
        side=_side(filters.get("side", "").lower()),
        first_day=first,
        last_day=last,
        modality=filters.get("modality", ""),
        subject=filters.get("subject", ""),
        reviewed=_reviewed(filters.get("reviewed", "").lower()),
    )


def _side(value: str) -> Laterality | None:
    if value and value not in [side.value for side in Laterality]:
        raise UsageError(f"no side {value!r}; there are: {', '.join(Laterality)}")
    return Laterality(value) if value else None


def _days(value: str) -> tuple[str, str]:
    """Take ``2021``, ``2021-03``, ``2021-03-04`` or a range of two of them, one of which may be missing."""
    if not value:
        return "", ""
    first, dots, last = value.partition(_RANGE)
    for day in (first, last):
        if day and not _DAY.fullmatch(day):
            raise UsageError(f"no date {value!r}; write date:2021, date:2021-03-04 or date:2021-03..2022-01")
    return first or _FIRST, last or (_LAST if dots else first)


def _reviewed(value: str) -> str:
    known = ("yes", "no", *(verdict.value for verdict in Verdict))
    if value and value not in known:
        raise UsageError(f"no review {value!r}; there are: {', '.join(known)}")
    return value
