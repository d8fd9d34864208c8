"""Time to the first window, and how a gallery of 100,000 images feels, each in a process of its own."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.measure import CHECKOUT, Row

RUNS = 5
IMAGES = 100_000
_MOST_GAP_MS, _MOST_RSS_MB, _MOST_USABLE_S = 50, 400, 2.0


def rows() -> list[Row]:
    """Measure the desktop beside a bare PySide6 window, median of five, and beside its own limits."""
    ours_s = statistics.median(_first_window_s([sys.executable, "-c", _OURS]) for _ in range(RUNS))
    bare_s = statistics.median(_first_window_s([sys.executable, "-c", _BARE]) for _ in range(RUNS))
    return [
        Row(
            what="time to the first window, s (median of 5)",
            ours=f"{ours_s:.2f}",
            peer=f"bare PySide6 window {bare_s:.2f}",
            ratio=f"{ours_s / bare_s:.2f}",
        ),
        *_gallery_rows(),
    ]


def _gallery_rows() -> list[Row]:
    """Scroll, sort and narrow a large gallery; the case is built once and kept for later runs."""
    case = Path(tempfile.gettempdir()) / "casebook-bench" / f"gallery_{IMAGES}.casebook"
    if not case.exists():
        from tests.benchmarks.gallery_case import build

        case.parent.mkdir(exist_ok=True)
        unfinished = case.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        build(unfinished, IMAGES)
        unfinished.rename(case)
    command = [sys.executable, "-m", "tests.benchmarks.scrolling", str(case)]
    answer = subprocess.run(command, cwd=CHECKOUT, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    found = json.loads(answer.stdout.splitlines()[-1])
    rows = [_limited(f"{IMAGES:,} images usable, s", found["usable_s"], _MOST_USABLE_S)]
    for name in ("scrolling", "arranging"):
        figures = found[name]
        what = f"{name}: event loop gap p99 (worst), ms; of it busy p99 (worst)"
        row = _limited(what, figures["gap_p99_ms"], _MOST_GAP_MS)
        said = "{gap_p99_ms} ({gap_worst_ms}); {busy_p99_ms} ({busy_worst_ms})".format(**figures)
        rows.append(Row(what=what, ours=said, peer=row.peer, ratio=row.ratio))
    return [*rows, _limited("memory of the desktop process, MB", found["rss_mb"], _MOST_RSS_MB)]


def _limited(what: str, ours: float, most: float) -> Row:
    return Row(what=what, ours=f"{ours:g}", peer=f"limit {most:g}", ratio=f"{ours / most:.2f}")


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
