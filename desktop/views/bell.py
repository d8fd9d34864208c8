"""Tells the user, who is elsewhere, that a long job has ended."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from desktop.item_models.job_words import end_words, verb_words
from desktop.session.jobs import JobEnd, Jobs
from desktop.views.progress_words import end_sentence
from engine.messages import Kind

# What ends sooner the user is still watching.
_LONG_S = 5.0
_LONG_VERBS = ("ingest", "export", "verify", "sample", "train", "evaluate")


class Bell(QObject):
    """Lets the window ask for attention and, where the desktop shows them, sends a message."""

    def __init__(self, window: QWidget, *queues: Jobs) -> None:
        super().__init__(window)
        self._window = window
        self._tray: QSystemTrayIcon | None = None
        for jobs in queues:
            jobs.ended.connect(self._on_ended)

    def _on_ended(self, end: JobEnd) -> None:
        if end.verb not in _LONG_VERBS or end.seconds < _LONG_S or self._window.isActiveWindow():
            return
        QApplication.alert(self._window)
        if QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
            self._send(end)

    def _send(self, end: JobEnd) -> None:
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._window.windowIcon(), self)
        self._tray.show()
        title = f"{verb_words(end.verb)}: {end_words(end.kind.value)}"
        done = end.kind is Kind.FINISHED and end.verb == "ingest"
        self._tray.showMessage(title, end_sentence(end) if done else str(end.body.get("message", "")))
