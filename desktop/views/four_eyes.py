"""The way of decisions between two examiners: choose files, run the job, show what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox

from desktop.dialogs.new_case import file_stem
from desktop.session.second_examiner import (
    Compared,
    Comparison,
    compare_decisions,
    export_decisions,
    import_decisions,
)
from desktop.session.targets import selection_of
from desktop.views.disagreements import Disagreements

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow

_PURPOSE = "decisions"


class FourEyes(QObject):
    """Exports what the examiner decided, and compares it with a second examiner's file."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self.shown: Disagreements | None = None
        window.session.case_changed.connect(self._close)

    def export(self) -> None:
        """Ask where to write, and write."""
        store = self._session.store
        if store is None:
            return
        folder = self._session.preferences.folder(_PURPOSE)
        name = file_stem(f"{store.path.stem} {self._session.examiner}".strip())
        chosen, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Export my decisions"),
            str(folder / f"{name}.decisions.json"),
            self.tr("Decisions (*.json)"),
        )
        if chosen:
            self.export_to(Path(chosen))

    def export_to(self, out: Path) -> None:
        self._session.preferences.set_folder(_PURPOSE, out.parent)
        export_decisions(self._session, out, self._on_exported)

    def compare(self) -> None:
        """Ask for a second examiner's file, and compare it with the case."""
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("A second examiner's decisions"),
            str(self._session.preferences.folder(_PURPOSE)),
            self.tr("Decisions (*.json)"),
        )
        if chosen:
            self.compare_with(Path(chosen))

    def compare_with(self, file: Path) -> None:
        self._session.preferences.set_folder(_PURPOSE, file.parent)
        compare_decisions(self._session, file, self._on_compared)

    def _on_exported(self, body: Mapping[str, Any]) -> None:
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("Decisions exported"))
        box.setIcon(QMessageBox.Icon.Information)
        box.setText(
            self.tr("Decisions: {0}, bookmarks: {1}, by {2}. They are in {3}.").format(
                body["reviews"], body["bookmarks"], body["examiner"], body["path"]
            )
        )
        box.setInformativeText(
            self.tr(
                "Send this SHA-256 to the second examiner by another way than the file, so that any "
                "change to the file shows:\n{0}"
            ).format(body["sha256"])
        )
        copy = box.addButton(self.tr("Copy SHA-256"), QMessageBox.ButtonRole.ActionRole)
        box.addButton(QMessageBox.StandardButton.Close)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(str(body["sha256"])))
        box.open()

    def _on_compared(self, comparison: Comparison) -> None:
        self._close()
        self.shown = Disagreements(comparison, can_write=not self._session.is_read_only, parent=self._window)
        self.shown.looked_at.connect(self._look)
        self.shown.wanted.connect(lambda: import_decisions(self._session, comparison, self._on_imported))
        self.shown.show()

    def _on_imported(self, body: Mapping[str, Any]) -> None:
        self._session.noted.emit(
            self.tr("{0} decisions and {1} bookmarks came in; {2} were here already.").format(
                body["reviews"], body["bookmarks"], body["already_here"]
            )
        )
        if self.shown is not None:
            self.shown.take_in.setEnabled(False)

    def _look(self, row: Compared) -> None:
        store, decisions = self._session.store, self._session.decisions
        if store is None or decisions is None:
            return
        chosen = selection_of(store, decisions, row.target_kind, row.target_id)
        if chosen is not None:
            self._session.select(chosen)
            self._window.go("pair")

    def _close(self) -> None:
        if self.shown is not None:
            self.shown.close()
            self.shown.deleteLater()
            self.shown = None
