"""How long the window keeps its user waiting while a large gallery is scrolled, sorted and narrowed.

``python -m tests.benchmarks.scrolling CASE`` runs it in this process and prints one JSON line. A timer asks
every two milliseconds whether the event loop still runs; the time between two answers is a gap.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
from PySide6.QtCore import QDeadlineTimer, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

_BEAT_MS = 2
_STEP_MS = 16
_JUMPS = 60


class Gaps(QObject):
    """Records how long the event loop was away between two beats, in wall and in processor time."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps_ms: list[float] = []
        self.busy_ms: list[float] = []
        self._last_s, self._last_cpu_s = time.perf_counter(), time.thread_time()
        self._beat = QTimer(self, interval=_BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._on_beat)

    def __enter__(self) -> Gaps:
        self._last_s, self._last_cpu_s = time.perf_counter(), time.thread_time()
        self._beat.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._beat.stop()

    def _on_beat(self) -> None:
        now_s, cpu_s = time.perf_counter(), time.thread_time()
        self.gaps_ms.append(1000 * (now_s - self._last_s))
        self.busy_ms.append(1000 * (cpu_s - self._last_cpu_s))
        self._last_s, self._last_cpu_s = now_s, cpu_s

    def figures(self) -> dict[str, float]:
        """Return median, 99th percentile and worst, and the same of the processor time of the window."""
        return {
            "gap_p50_ms": round(statistics.median(self.gaps_ms), 1),
            "gap_p99_ms": round(_percentile(self.gaps_ms, 0.99), 1),
            "gap_worst_ms": round(max(self.gaps_ms), 1),
            "busy_p99_ms": round(_percentile(self.busy_ms, 0.99), 1),
            "busy_worst_ms": round(max(self.busy_ms), 1),
        }


def scroll(case: Path) -> dict[str, Any]:
    """Open a case, scroll its gallery by wheel, key and leaps, sort, group and narrow it."""
    from desktop import app as desktop
    from desktop.session.preferences import Preferences
    from desktop.session.session import Session
    from desktop.theme import Mode, apply_theme
    from desktop.views.gallery_page import GalleryPage
    from desktop.views.main_window import MainWindow
    from engine.store.gallery import Grouping, Order
    from engine.store.image_facets import Facet

    application = desktop.make_app()
    apply_theme(application, Mode.LIGHT)
    with tempfile.TemporaryDirectory() as folder:
        silent = (sys.executable, "-c", "import sys; sys.stdin.read()")
        session = Session(preferences=Preferences(Path(folder) / "desktop.ini"), command=lambda _: silent)
        window = MainWindow(session)
        window.resize(1600, 1000)
        window.show()
        started_s = time.perf_counter()
        window.open(case)
        window.go("images")
        page = window.pages["images"]
        assert isinstance(page, GalleryPage)
        _until(lambda: page.images.rowCount() > 0 and page.grid.indexAt(page.grid.rect().center()).isValid())
        figures: dict[str, Any] = {
            "images": page.images.rowCount(),
            "usable_s": round(time.perf_counter() - started_s, 2),
        }
        _wait(8_000)  # the facets are counted
        bar = page.grid.verticalScrollBar()
        with Gaps() as gaps:
            for _ in range(300):
                bar.setValue(bar.value() + 120)
                _wait(_STEP_MS)
            for number in range(_JUMPS):
                bar.setValue(bar.maximum() * ((37 * number) % _JUMPS) // _JUMPS)
                _wait(3 * _STEP_MS)
            page.grid.setFocus()
            for _ in range(120):
                QTest.keyClick(page.grid, Qt.Key.Key_PageDown)
                _wait(_STEP_MS)
        figures["scrolling"] = gaps.figures()
        with Gaps() as gaps:
            for order, grouping in ((Order.NEWEST, Grouping.DAY), (Order.NAME, Grouping.SUBJECT)):
                page.bar.choose(order=order, grouping=grouping)
                _wait(6_000)
            page.narrow({Facet.CONTRADICTIONS: frozenset({"yes"})})
            _wait(4_000)
        figures["arranging"] = gaps.figures()
        figures["rss_mb"] = round(psutil.Process().memory_info().rss / 1e6)
        window.close()
    return figures


def _percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def _until(happened: Callable[[], bool]) -> None:
    deadline = QDeadlineTimer(60_000)
    while not happened() and not deadline.hasExpired():
        _wait(5)


def _wait(milliseconds: int) -> None:
    deadline = QDeadlineTimer(milliseconds)
    while not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    print(json.dumps(scroll(Path(sys.argv[1]))))
