"""The one source of time: passed in, so that tests and reproducible exports can fix it."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return the present as an aware UTC datetime; ``SOURCE_DATE_EPOCH`` (seconds) fixes it."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(fixed), UTC) if fixed else datetime.now(UTC)


def fixed_clock(at: datetime) -> Clock:
    """Return a Clock that always says ``at``."""
    return lambda: at
