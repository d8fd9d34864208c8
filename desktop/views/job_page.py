"""What runs, what ran, and what the engine wrote about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop.dialogs.texts import bar, column, label, named, progress_bar
from desktop.item_models.job_words import end_words, verb_words
from desktop.item_models.lines import Line
from desktop.item_models.wording import date_words, duration_words, step_words
from desktop.session.jobs import JobEnd, JobProgress, Jobs
from desktop.session.session import Session
from desktop.views.actions import Actions
from desktop.views.buttons import button
from desktop.views.line_list import LineList
from desktop.views.progress_words import about_words, progress_words
from engine.messages import Kind
from engine.model.runs import Run, RunOutcome

_MOST_JOBS = 200
_QUIET = ("models",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A job that ended while this window was open, or a Run that the case records."""

    name: str
    outcome: str
    at: datetime | None
    about: str

    def line(self) -> Line:
        when = date_words(self.at)
        return Line(
            title=self.name,
            subtitle=" · ".join(part for part in (when, self.about) if part),
            trailing=end_words(self.outcome),
            mark="" if self.outcome == "finished" else "issues",
        )


class JobPage(QWidget):
    """The running job on top, the past below it, the engine's log beside."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._past: list[Past] = []
        self.running = RunningJob(session.jobs, actions)
        self.list = LineList[Past](self.tr("Past jobs"), self.tr("Nothing has run yet."), Past.line)
        self.log = named(QPlainTextEdit(), self.tr("Log of the engine"))
        self.log.setReadOnly(True)
        self.log.setPlaceholderText(self.tr("The engine had nothing to say."))
        left, right = QWidget(), QWidget()
        column(bar(label(self.tr("Jobs of today and runs of this case"), "section")), self.list, parent=left)
        column(bar(label(self.tr("Log of the engine"), "section")), self.log, parent=right)
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.addWidget(left)
        sides.addWidget(right)
        sides.setSizes([560, 420])
        sides.setChildrenCollapsible(False)
        column(bar(label(self.tr("Jobs"), "heading")), self.running, sides, parent=self).setStretch(2, 1)
        for jobs in (session.jobs, session.shelf.jobs):
            jobs.ended.connect(self._on_ended)
        session.case_changed.connect(self.read)
        session.content_changed.connect(self.read)

    def read(self) -> None:
        """Show the jobs of this window and, below, the Runs of the case; the log too."""
        store = self._session.store
        runs = list(reversed(store.runs())) if store is not None else []
        if self._session.jobs.running and runs and runs[0].outcome is RunOutcome.RUNNING:
            del runs[0]  # it stands above, and is not broken off
        self.list.show_rows([*reversed(self._past), *map(_past_run, runs)])
        engines = (self._session.job_engine, self._session.training_engine, self._session.query_engine)
        self.log.setPlainText("\n".join(line for engine in engines for line in engine.log))

    def _on_ended(self, end: JobEnd) -> None:
        if end.verb in _QUIET:
            return
        about = [about_words(end), duration_words(end.seconds)]
        if end.kind is Kind.FAILED:
            about.append(str(end.body.get("message", "")))
        self._past.append(
            Past(
                name=verb_words(end.verb),
                outcome=end.kind.value,
                at=datetime.now().astimezone(),
                about=" · ".join(part for part in about if part),
            )
        )
        del self._past[:-_MOST_JOBS]
        self.read()


class RunningJob(QFrame):
    """The running job at length, with what can be done about it."""

    def __init__(self, jobs: Jobs, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._jobs = jobs
        self._name = label("", "section")
        self._item = label("", "muted", wraps=True)
        self._words = label("")
        self._waiting = label("", "muted")
        self._bar = progress_bar(self.tr("Progress of the job"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        row = QHBoxLayout()
        for name in ("skip", "cancel"):
            row.addWidget(button(actions, name, with_text=True))
        row.addStretch(1)
        for each in (self._name, self._item, self._bar, self._words, self._waiting):
            layout.addWidget(each)
        layout.addLayout(row)
        jobs.started.connect(lambda _verb: self._show())
        jobs.progressed.connect(self._on_progress)
        jobs.ended.connect(lambda _end: self._show())
        self._show()

    def _show(self) -> None:
        running = self._jobs.running
        self._name.setText(verb_words(running) if running else self.tr("Nothing runs."))
        self._bar.setVisible(bool(running))
        self._bar.setRange(0, 0)
        self._item.clear()
        self._words.setText(self.tr("starting the engine") if running else "")
        waiting = ", ".join(map(verb_words, self._jobs.waiting))
        self._waiting.setText(self.tr("Waiting behind it: {0}").format(waiting) if waiting else "")

    def _on_progress(self, progress: JobProgress) -> None:
        self._bar.setRange(0, progress.total)
        self._bar.setValue(min(progress.done, progress.total))
        self._item.setText(progress.item)
        self._words.setText(" · ".join([step_words(progress.step), *progress_words(progress)]))


def _past_run(run: Run) -> Past:
    took = duration_words((run.finished_at - run.started_at).total_seconds()) if run.finished_at else ""
    about = [took, f"Casebook {run.engine_version}", run.device]
    return Past(
        name=verb_words(run.kind),
        outcome=run.outcome.value,
        at=run.started_at,
        about=" · ".join(part for part in about if part),
    )
