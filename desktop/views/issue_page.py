"""Files and steps that failed, and why: shown, never swallowed."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.dialogs.texts import bar, column, label
from desktop.item_models.findings import issue_line
from desktop.item_models.wording import coverage_words
from desktop.session.intake import retry
from desktop.session.session import Session
from desktop.views.line_list import LineList
from engine.model.runs import Issue


class IssuePage(QWidget):
    """The Issues of the case, with a second try."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.list = LineList[Issue](self.tr("Issues"), self.tr("Every file could be read."), issue_line)
        self._count = label("", "muted")
        self._coverage = label("", "muted", wraps=True)
        self._coverage.setContentsMargins(10, 0, 10, 5)
        self.retry_one = QPushButton(self.tr("Try this file again"))
        self.retry_one.setToolTip(self.tr("Reads the file of the selected issue again"))
        self.retry_all = QPushButton(self.tr("Try all again"))
        self.retry_all.setToolTip(self.tr("Reads every file again that has an issue"))
        self.retry_one.clicked.connect(lambda: self._retry((self.list.current(),)))
        self.retry_all.clicked.connect(lambda: self._retry(()))
        top = bar(label(self.tr("Issues"), "heading"), self._count, None, self.retry_one, self.retry_all)
        column(top, self._coverage, self.list, parent=self)
        session.case_changed.connect(self._read)
        session.content_changed.connect(self._read)
        session.jobs.started.connect(lambda _verb: self._offer())
        session.jobs.ended.connect(lambda _end: self._offer())
        self.list.chosen.connect(lambda _issue: self._offer())

    def _read(self) -> None:
        store, counts = self._session.store, self._session.counts()
        count = counts.issues if counts is not None else 0
        self._count.setText(self.tr("%Ln file(s) or step(s)", "", count) if count else "")
        self._coverage.setText(coverage_words(store.coverage()) if store is not None else "")
        if store is None:
            self.list.show_rows(())
        else:
            self.list.show_pages(count, lambda offset, limit: store.issues(offset=offset, limit=limit))
        self._offer()

    def _retry(self, issues: tuple[Issue, ...]) -> None:
        if not retry(self._session, issues):
            said = self.tr("The evidence is not where it was: see Case ▸ Evidence folders.")
            self._session.failed.emit(said)

    def _offer(self) -> None:
        session = self._session
        can_write = not session.is_read_only and session.jobs.running != "ingest"
        self.retry_all.setEnabled(can_write and self.list.rows.rowCount() > 0)
        self.retry_one.setEnabled(can_write and isinstance(self.list.current(), Issue))
