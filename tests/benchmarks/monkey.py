"""A monkey at the window: seeded random clicks, keys, actions and drops, for a minute or for hours.

``python -m tests.benchmarks.monkey --minutes 30 --seed 1`` runs it on the small generated case with
the real engine behind it and prints one line of JSON: exceptions, Qt's warnings, memory, the
longest steps. ``tests/end_to_end/test_desktop_monkey.py`` runs it for a short while.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from PySide6.QtCore import (
    QEventLoop,
    QMimeData,
    QObject,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    QtMsgType,
    QUrl,
    qInstallMessageHandler,
)
from PySide6.QtGui import QDesktopServices, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QMessageBox, QWidget

from desktop.views.main_window import MainWindow

_KEYS = (
    *(getattr(Qt.Key, f"Key_{letter}") for letter in "ABCDEFGHIJKLMNOPRSTUVWXYZ0123456789"),
    *(getattr(Qt.Key, f"Key_{name}") for name in ("Up", "Down", "Left", "Right", "Home", "End", "PageUp")),
    *(getattr(Qt.Key, f"Key_{name}") for name in ("PageDown", "Tab", "Backtab", "Return", "Space", "Escape")),
    *(
        getattr(Qt.Key, f"Key_{name}")
        for name in ("Delete", "Backspace", "F1", "F6", "F7", "F8", "F9", "Slash")
    ),
)
_MODIFIERS = (
    *[Qt.KeyboardModifier.NoModifier] * 6,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
# What would end the run, or leave the window for another program.
_NEVER = ("quit",)
_IGNORED = ("This plugin does not support",)  # what the windowless platform cannot do
_PAUSE_MS = 5
_MOST_KEPT = 12


@dataclass(slots=True)
class Findings:
    """What the monkey found; ``longest`` are (milliseconds of processor time, what was done)."""

    steps: int = 0
    seconds: float = 0.0
    rss_warm_mb: float = 0.0
    rss_end_mb: float = 0.0
    exceptions: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    longest: list[tuple[float, str]] = field(default_factory=list)

    @property
    def growth(self) -> float:
        """How much memory was added since the run was warm, as a share."""
        return self.rss_end_mb / self.rss_warm_mb - 1 if self.rss_warm_mb else 0.0

    def took(self, milliseconds: float, what: str) -> None:
        self.longest = sorted([*self.longest, (round(milliseconds, 1), what)], reverse=True)[:_MOST_KEPT]

    def as_line(self) -> str:
        fields = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps({**fields, "growth": round(self.growth, 4)})


class Monkey(QObject):
    """Does one thing after the other, also inside of dialogs, which run loops of their own."""

    def __init__(
        self, window: MainWindow, drops: list[Path], seed: int, without: Collection[str] = ()
    ) -> None:
        super().__init__(window)
        self._window = window
        self._drops = drops
        self._never = {*_NEVER, *without}
        self._random = random.Random(seed)
        self._until_s = 0.0
        self._loop = QEventLoop()
        # One timer for all steps: PySide keeps a weak reference for each singleShot that names a method.
        self._next = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._next.timeout.connect(self._step)
        self._depth = 0
        self.findings = Findings()
        window.actions_table["quit"].triggered.disconnect()

    def run(self, seconds: float) -> Findings:
        """Play for a while; memory counts as warm after a third of it."""
        process = psutil.Process()
        began_s = time.monotonic()
        previous_message = qInstallMessageHandler(self._hear)
        previous_hook = sys.excepthook
        sys.excepthook = self._catch
        QDesktopServices.setUrlHandler("file", self, "refuse")
        try:
            self._play_until(began_s + seconds / 3)
            self.findings.rss_warm_mb = _rss_mb(process)
            self._play_until(began_s + seconds)
            self._leave_dialogs()
            self.findings.rss_end_mb = _rss_mb(process)
        finally:
            QDesktopServices.unsetUrlHandler("file")
            qInstallMessageHandler(previous_message)
            sys.excepthook = previous_hook
        self.findings.seconds = round(time.monotonic() - began_s, 1)
        return self.findings

    def refuse(self, url: QUrl) -> None:
        """Open nothing outside."""

    def _play_until(self, until_s: float) -> None:
        self._until_s = until_s
        self._step()
        self._loop.exec()

    def _step(self) -> None:
        if time.monotonic() >= self._until_s:
            if self._depth == 0:
                self._loop.quit()
                return
            self._leave_dialogs()
            self._next.start()
            return
        # The next step waits already: what is done now may open a dialog and not come back.
        self._next.start()
        act = self._random.choices(
            (self._click, self._key, self._action, self._drop, self._wheel), weights=(45, 30, 18, 1, 6)
        )[0]
        self.findings.steps += 1
        number, began_s, depth = self.findings.steps, time.process_time(), self._depth
        self._depth += 1
        try:
            what = act()
        finally:
            self._depth = depth
        if self.findings.steps == number:  # else others were taken inside of it, in a dialog's loop
            self.findings.took(1000 * (time.process_time() - began_s), what)

    def _target(self) -> QWidget:
        """Return the widget that a person could reach now: a popup, a dialog, or the window."""
        found = QApplication.activePopupWidget() or QApplication.activeModalWidget() or self._window
        return found

    def _leaf(self, top: QWidget) -> tuple[QWidget, QPoint]:
        place = QPoint(
            self._random.randrange(max(top.width(), 1)), self._random.randrange(max(top.height(), 1))
        )
        leaf = top.childAt(place) or top
        return leaf, leaf.mapFrom(top, place)

    def _click(self) -> str:
        top = self._target()
        if isinstance(top, QFileDialog | QMessageBox):
            return self._answer(top)
        leaf, place = self._leaf(top)
        name = _named(leaf)  # a click may be the end of it
        button = self._random.choices((Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton), (9, 1))[0]
        double = self._random.random() < 0.15
        (QTest.mouseDClick if double else QTest.mouseClick)(
            leaf, button, Qt.KeyboardModifier.NoModifier, place
        )
        return f"{'double ' if double else ''}{button.name} on {name}"

    def _answer(self, dialog: QDialog) -> str:
        """Leave a file dialog, now and then with the evidence: the monkey shall not read the whole disk."""
        if isinstance(dialog, QFileDialog) and self._random.random() < 0.2:
            dialog.selectFile(str(self._random.choice(self._drops)))
            dialog.accept()
            return "file dialog accepted"
        dialog.reject()
        return "dialog rejected"

    def _key(self) -> str:
        top = self._target()
        if isinstance(top, QFileDialog | QMessageBox):
            return self._answer(top)
        key, modifier = self._random.choice(_KEYS), self._random.choice(_MODIFIERS)
        focus = QApplication.focusWidget()
        target = focus if focus is not None and top.isAncestorOf(focus) else top
        name = _named(target)
        QTest.keyClick(target, key, modifier)
        return f"{modifier.name}+{key.name} on {name}"

    def _wheel(self) -> str:
        top = self._target()
        leaf, place = self._leaf(top)
        QTest.wheelEvent(
            top.windowHandle(), QPointF(leaf.mapTo(top, place)), QPoint(0, self._random.choice((-240, 120)))
        )
        return f"wheel on {_named(leaf)}"

    def _action(self) -> str:
        if QApplication.activeModalWidget() or QApplication.activePopupWidget():
            return self._key()
        actions = [
            each
            for each in self._window.actions()
            if each.isEnabled() and each.objectName() not in self._never
        ]
        action = self._random.choice(actions)
        action.trigger()
        return f"action {action.objectName()}"

    def _drop(self) -> str:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(self._random.choice(self._drops)))])
        move, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        event = QDropEvent(QPointF(9, 9), move, data, left, Qt.KeyboardModifier.NoModifier)
        if not QApplication.activeModalWidget():
            self._window.dropEvent(event)
        return "drop"

    def _leave_dialogs(self) -> None:
        for widget in reversed(QApplication.topLevelWidgets()):
            if isinstance(widget, QMenu) and widget.isVisible():
                widget.close()
            elif isinstance(widget, QDialog) and widget.isVisible():
                widget.reject()

    def _hear(self, kind: QtMsgType, _context: Any, text: str) -> None:
        if not any(each in text for each in _IGNORED):
            self.findings.warnings.append(f"{kind.name}: {text}")

    def _catch(self, kind: type[BaseException], error: BaseException, trace: Any) -> None:
        self.findings.exceptions.append("".join(traceback.format_exception(kind, error, trace)[-6:]))


def _named(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName() or widget.objectName()}".strip()


def _rss_mb(process: psutil.Process) -> float:
    gc.collect()
    return round(process.memory_info().rss / 1e6, 1)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.monkey")
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without", nargs="*", default=(), help="actions to leave alone, by name")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="casebook-monkey-") as folder:
        for name in ("DATA", "CACHE", "CONFIG"):
            os.environ[f"CASEBOOK_{name}_HOME"] = str(Path(folder) / name.lower())
        os.environ["HOME"] = folder
        findings = _play(Path(folder), 60 * options.minutes, options.seed, options.without)
    sys.stdout.write(findings.as_line() + "\n")
    return 1 if findings.exceptions or findings.warnings else 0


def _play(folder: Path, seconds: float, seed: int, without: Collection[str]) -> Findings:
    from desktop.app import make_app
    from desktop.session.session import Session
    from desktop.theme import Mode, apply_theme
    from tests.unit.desktop_case import build_case

    app = make_app()
    apply_theme(app, Mode.LIGHT)
    evidence = folder / "evidence"
    evidence.mkdir()
    (evidence / "note.txt").write_text("A knife lay on the table. No blood was seen.")
    case = build_case(folder / "chest.casebook")
    session = Session(app)
    window = MainWindow(session)
    window.show()
    window.open(case)
    findings = Monkey(window, [evidence, case], seed, without).run(seconds)
    window.close()
    return findings


if __name__ == "__main__":
    sys.exit(main())
