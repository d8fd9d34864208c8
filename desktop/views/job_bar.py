"""The running job in the status bar: step, current file, rate, time left, skip, cancel."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.dialogs.texts import label, progress_bar
from desktop.item_models.wording import step_words
from desktop.session.jobs import JobEnd, JobProgress
from desktop.session.session import Session
from desktop.views.actions import Actions
from desktop.views.buttons import button
from desktop.views.elided import ElidedLabel
from desktop.views.progress_words import end_sentence, progress_words
from engine.messages import Kind

_ITEM_PX = 220


class JobBar(QWidget):
    """Shows itself while a job runs."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._skip = actions["skip"]
        self._bar = progress_bar(self.tr("Progress of the job"))
        self._bar.setFixedWidth(190)
        self._words = label("")
        self._item = ElidedLabel(least_chars=16)
        self._item.setMaximumWidth(_ITEM_PX)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for each in (self._item, self._words, self._bar, button(actions, "skip"), button(actions, "cancel")):
            row.addWidget(each)
        self.setVisible(False)
        session.jobs.started.connect(self._on_started)
        session.jobs.progressed.connect(self._on_progress)
        session.jobs.ended.connect(self._on_ended)

    def _on_started(self, _verb: str) -> None:
        if not self.isVisible():
            self._bar.setRange(0, 0)
            self._words.setText(self.tr("starting the engine"))
            self._item.clear()
            self._skip.setEnabled(False)
            self.setVisible(True)

    def _on_progress(self, progress: JobProgress) -> None:
        self._bar.setRange(0, progress.total)
        self._bar.setValue(min(progress.done, progress.total))
        self._item.setText(progress.item.rsplit("/", 1)[-1])
        self._item.setToolTip(progress.item)
        self._words.setText(" · ".join([step_words(progress.step), *progress_words(progress)]))
        self._skip.setEnabled(progress.can_skip)

    def _on_ended(self, end: JobEnd) -> None:
        self._skip.setEnabled(False)
        if not self._session.jobs.running:
            self.setVisible(False)
        if end.kind is Kind.CANCELLED:
            self._session.noted.emit(self.tr("Cancelled. What was saved stays; run it again to go on."))
        elif end.kind is Kind.FINISHED and end.verb == "ingest":
            self._session.noted.emit(end_sentence(end))
