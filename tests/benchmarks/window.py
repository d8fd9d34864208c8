"""Time from starting the program to its first window, in a process of its own."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

from tests.benchmarks.measure import CHECKOUT, Row

RUNS = 5


def rows() -> list[Row]:
    """Measure the desktop beside a bare PySide6 window; median of five."""
    ours_s = statistics.median(_first_window_s([sys.executable, "-c", _OURS]) for _ in range(RUNS))
    bare_s = statistics.median(_first_window_s([sys.executable, "-c", _BARE]) for _ in range(RUNS))
    return [
        Row(
            what="time to the first window, s (median of 5)",
            ours=f"{ours_s:.2f}",
            peer=f"bare PySide6 window {bare_s:.2f}",
            ratio=f"{ours_s / bare_s:.2f}",
        )
    ]


# The timer fires when the event loop has shown and painted the window.
_OURS = """
import sys
from PySide6.QtCore import QTimer
from desktop import app
application = app.make_app()
QTimer.singleShot(0, application.quit)
sys.exit(app.run([]))
"""

_BARE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.show()
QTimer.singleShot(0, application.quit)
application.exec()
"""


def _first_window_s(command: list[str]) -> float:
    """Return how long a program takes that ends as soon as its window has been shown."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    started_s = time.monotonic()
    subprocess.run(command, cwd=CHECKOUT, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - started_s
