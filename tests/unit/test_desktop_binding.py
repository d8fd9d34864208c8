"""The Qt binding itself: what would bring the whole window down."""

from __future__ import annotations

import subprocess
import sys

_COUNT = """
import sys
from PySide6.QtCore import QObject
thing = QObject()
thing.setObjectName("warm")
before = sys.getrefcount(None)
for _ in range(300):
    thing.setObjectName("x")
print(before - sys.getrefcount(None))
"""


def test_calls_that_return_nothing_lose_no_reference_to_none() -> None:
    """PySide6 6.12.0 on Python 3.11 gives one away with every such call and aborts after thousands.

    6.11.3 counts right; on Python 3.12 None is immortal.
    """
    done = subprocess.run([sys.executable, "-c", _COUNT], capture_output=True, encoding="utf-8", check=True)
    assert abs(int(done.stdout)) < 30, "pin pyside6-essentials to 6.11.3: this one loses references to None"
