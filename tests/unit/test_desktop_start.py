"""The way to the first window: what it imports, how long it takes, and what it says without a display."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path

pytest_plugins = ("tests.unit.desktop_case",)

_HEAVY = ("torch", "spacy", "thinc", "pydicom", "numpy", "cv2", "sqlite_utils", "onnxruntime", "openvino")

_OPEN = """
import sys, time
began = time.process_time()
from desktop.app import make_app
app = make_app()
from pathlib import Path
from desktop.session.session import Session
from desktop.theme import apply_theme
from desktop.views.main_window import MainWindow
session = Session(app)
apply_theme(app, session.preferences.mode())
window = MainWindow(session)
window.show()
if len(sys.argv) > 1:
    session.open(Path(sys.argv[1]))
while not window.isVisible():
    app.processEvents()
app.processEvents()
print(time.process_time() - began)
print(" ".join(sorted(sys.modules)))
window.close()
"""


def _start(*arguments: str) -> tuple[float, set[str]]:
    command = [sys.executable, "-c", _OPEN, *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    seconds, modules = done.stdout.splitlines()
    return float(seconds), set(modules.split())


def test_the_first_window_imports_nothing_heavy(a_case: Path) -> None:
    _, modules = _start(str(a_case))
    assert "desktop.views.main_window" in modules
    assert not modules & set(_HEAVY)


def test_the_first_window_is_there_in_time() -> None:
    """Counts processor time, since the other tests may have the machine; ``make bench`` takes the clock."""
    assert statistics.median(_start()[0] for _ in range(5)) < 1.5


def test_without_a_display_it_says_so_and_ends_well() -> None:
    bare = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run(
        [sys.executable, "-m", "desktop.app"], capture_output=True, encoding="utf-8", env=bare, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1 and "no display" in done.stdout
