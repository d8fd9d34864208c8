"""Files and steps that failed, and why: shown, never swallowed."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.dialogs.texts import bar, column, label
from desktop.item_models.findings import issue_line
from desktop.item_models.wording import coverage_words
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
        self._retry = QPushButton(self.tr("Try these files again"))
        self._retry.setToolTip(self.tr("Reads the evidence folders again, failed files included"))
        self._retry.clicked.connect(self._on_retry)
        top = bar(label(self.tr("Issues"), "heading"), self._count, None, self._retry)
        column(top, self._coverage, self.list, parent=self)
        session.case_changed.connect(self._read)
        session.content_changed.connect(self._read)

    def _read(self) -> None:
        store, counts = self._session.store, self._session.counts()
        count = counts.issues if counts is not None else 0
        self._count.setText(self.tr("{0} files or steps").format(count) if count else "")
        self._retry.setEnabled(bool(count))
        self._coverage.setText(coverage_words(store.coverage()) if store is not None else "")
        if store is None:
            self.list.show_rows(())
        else:
            self.list.show_pages(count, lambda offset, limit: store.issues(offset=offset, limit=limit))

    def _on_retry(self) -> None:
        store = self._session.store
        if store is not None:
            self._session.ingest([root.path for root in store.roots() if root.path.exists()], retry=True)
