"""What the window's process freed goes back to the system."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

# A process of its own: how a C library cuts its heap depends on all that was freed before.
_HOLES = """
import psutil
from PySide6.QtCore import QTimer
from desktop.app import make_app

app = make_app()
(timer,) = [each for each in app.findChildren(QTimer) if each.interval() == 60_000]
kept = [bytes(20_000) for _ in range(4_000)]
large = [bytearray(b"x") * 3_000_000 for _ in range(8)]
del large
before = psutil.Process().memory_info().rss
kept = kept[::8]
holes = psutil.Process().memory_info().rss
timer.timeout.emit()
after = psutil.Process().memory_info().rss
print(before, holes, after)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="this C library gives memory back by itself")
def test_holes_of_the_heap_go_back_to_the_system() -> None:
    told = subprocess.run(
        [sys.executable, "-c", _HOLES], check=True, capture_output=True, encoding="utf-8", timeout=60
    )
    before, holes, after = (int(word) / 1e6 for word in told.stdout.split())
    assert holes > before - 20, "nothing to show here: the holes went back by themselves"
    assert after < holes - 40
