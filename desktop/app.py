"""Start of the desktop: check for a display, open the window, let the engine warm up behind it."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_SAMPLES = ("casebook-demo", "out/demo")
_WINDOWLESS = ("offscreen", "minimal", "vnc")


def has_display() -> bool:
    """Tell whether a window can be shown, or is drawn without a display on purpose."""
    if os.environ.get("QT_QPA_PLATFORM", "").split(":")[0] in _WINDOWLESS:
        return True
    if platform.system() != "Linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run(argv: list[str] | None = None) -> int:
    """Show the window until it is closed; return the exit status, 0 also where there is no display."""
    parser = argparse.ArgumentParser(prog="casebook-desktop", description="Casebook's window.")
    parser.add_argument("case", nargs="?", type=Path, help="case file to open")
    parser.add_argument("--language", default="", help="language of the window (default: as it was chosen)")
    parser.add_argument("--samples", type=Path, help="folder whose cases the start page offers")
    parser.add_argument("--grab", type=Path, metavar="DIR", help="write pictures of the windows and quit")
    parser.add_argument("--quit-when-shown", action="store_true", help="quit at the first window (measuring)")
    options = parser.parse_args(argv)
    if not has_display():
        sys.stdout.write(
            "There is no display, so no window was opened; everything works with the casebook command too.\n"
        )
        return 0
    app = make_app()

    from PySide6.QtCore import QTimer

    from desktop.languages import speak
    from desktop.session.session import Session
    from desktop.theme import apply_theme
    from desktop.views.main_window import MainWindow

    session = Session(app)
    speak(app, options.language or session.preferences.language())
    apply_theme(app, session.preferences.mode())
    window = MainWindow(session, samples=options.samples or _built_samples())
    if options.grab is not None:
        from desktop.views.pictures import grab_all

        return grab_all(app, window, options.case, options.grab)
    _follow_system(app, session)
    window.show()
    if options.case is not None:
        window.open(options.case)
    if options.quit_when_shown:
        QTimer.singleShot(0, window, window.close)
    return app.exec()


def make_app() -> QApplication:
    """Return the one QApplication, named and with its icon."""
    from PySide6.QtWidgets import QApplication

    from desktop.heap import keep_heap_small
    from desktop.theme import icon

    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        app = existing
    else:
        app = QApplication(["casebook"])
        keep_heap_small(app)
    app.setApplicationName("casebook")
    app.setApplicationDisplayName("Casebook")
    app.setDesktopFileName("casebook")
    app.setWindowIcon(icon("pair", "#1d5fbf"))
    return app


def _built_samples() -> Path | None:
    """Return where ``casebook demo`` and ``make run`` build the sample cases, where they have."""
    return next((folder for folder in map(Path, _SAMPLES) if folder.is_dir()), None)


def _follow_system(app: QApplication, session: object) -> None:
    """Change with the desktop environment as long as the user has not chosen."""
    from desktop.session.session import Session
    from desktop.theme import Mode, apply_theme

    assert isinstance(session, Session)
    preferences = session.preferences

    def follow() -> None:
        if preferences.mode() is Mode.SYSTEM:
            apply_theme(app, Mode.SYSTEM)

    app.styleHints().colorSchemeChanged.connect(follow)


if __name__ == "__main__":
    sys.exit(run())
