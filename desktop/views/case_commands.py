"""What the actions about a whole case do: make, open, fill, set, export."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog
from shiboken6 import isValid

from desktop.dialogs.asking import ask
from desktop.dialogs.case_settings import CaseSettingsDialog
from desktop.dialogs.encryption import EncryptionDialog
from desktop.dialogs.export import ExportDialog
from desktop.dialogs.folders import FoldersDialog
from desktop.dialogs.new_case import NewCaseDialog
from desktop.dialogs.preflight import PreflightDialog
from desktop.session.encryption import change_encryption
from desktop.session.intake import change_settings, draft, look_ahead, missing_folders, move_folder
from desktop.session.jobs import JobEnd, JobProgress
from engine.messages import Kind

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow

SUFFIX = ".casebook"


class CaseCommands(QObject):
    """Connects the actions about a case with what they do."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._evidence: tuple[Path, ...] = ()
        actions = window.actions_table
        for name, handler in (
            ("new", self.new),
            ("open", self._open),
            ("open_reading", lambda: self._open(read_only=True)),
            ("ingest_folder", self._ingest_folder),
            ("ingest_files", self._ingest_files),
            ("skip", self._session.jobs.skip),
            ("cancel", self._session.jobs.cancel),
            ("settings", self._settings),
            ("folders", self._folders),
            ("encryption", self._encryption),
            ("export", self._export),
            ("close", self._session.close),
        ):
            actions.on(name, handler)
        self._session.case_changed.connect(self._on_case)

    def take(self, paths: Sequence[Path]) -> None:
        """Take what was dropped: a case is opened, everything else is evidence.

        Where no case is open, one is offered to be made for it.
        """
        cases = [path for path in paths if path.suffix == SUFFIX and path.is_file()]
        evidence = [path for path in paths if path not in cases and path.exists()]
        if cases:
            self._window.open(cases[0])
        if evidence and self._session.store is None:
            self.new(evidence)
        elif evidence:
            self.add(evidence)

    def add(self, paths: Sequence[Path]) -> None:
        """Show what lies there and, when the user says so, read it."""
        session = self._session
        if session.is_read_only:
            session.failed.emit(self.tr("This case is open for reading only; it takes no evidence."))
            return
        dialog = PreflightDialog(paths, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        waits = [True]

        def found(answer: object) -> None:
            if waits[0]:
                waits[0] = False
                dialog.show_found(answer)  # type: ignore[arg-type]

        def tell(progress: JobProgress) -> None:
            if progress.verb == "preflight":
                dialog.show_progress(progress.done, progress.item)

        def left() -> None:
            session.jobs.progressed.disconnect(tell)
            if waits[0]:
                waits[0] = False
                session.jobs.cancel_verb("preflight")

        session.jobs.progressed.connect(tell)
        dialog.left.connect(left)
        dialog.accepted.connect(lambda: session.ingest(list(dialog.paths)))
        look_ahead(session, paths, found)
        dialog.open()

    def new(self, evidence: Sequence[Path] = ()) -> None:
        """Ask for a new case; ``evidence`` is then added to it."""
        preferences = self._session.preferences
        suggested = evidence[0].stem if evidence else ""
        dialog = NewCaseDialog(
            preferences.folder("cases"), self._session.examiner, self._window, name=suggested
        )
        if not ask(dialog):
            return
        entered = dialog.entered()
        preferences.set_folder("cases", entered.path.parent)
        if entered.examiner:
            preferences.set_examiner(entered.examiner)
        self._evidence = tuple(evidence)
        self._session.new_case(
            entered.path,
            kind=entered.kind,
            name=entered.name,
            reference=entered.reference,
            examiner=entered.examiner,
            passphrase=entered.passphrase,
        )

    def _on_case(self) -> None:
        """Go on with evidence that waited for its case, and say which folders are not where they were."""
        evidence, self._evidence = self._evidence, ()
        if self._session.store is None:
            return
        if evidence:
            self.add(evidence)
        missing = ", ".join(root.label for root in missing_folders(self._session))
        if missing:
            said = self.tr("Not where it was: {0}. See Case ▸ Evidence folders to say where it is now.")
            self._session.failed.emit(said.format(missing))

    def _open(self, *, read_only: bool = False) -> None:
        preferences = self._session.preferences
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Open case for reading only") if read_only else self.tr("Open case"),
            str(preferences.folder("cases")),
            self.tr("Casebook cases (*.casebook)"),
        )
        if chosen:
            preferences.set_folder("cases", Path(chosen).parent)
            self._window.open(Path(chosen), read_only=read_only)

    def _ingest_folder(self) -> None:
        preferences = self._session.preferences
        chosen = QFileDialog.getExistingDirectory(
            self._window, self.tr("Folder with images and reports"), str(preferences.folder("evidence"))
        )
        if chosen:
            preferences.set_folder("evidence", Path(chosen))
            self.add([Path(chosen)])

    def _ingest_files(self) -> None:
        preferences = self._session.preferences
        chosen, _ = QFileDialog.getOpenFileNames(
            self._window, self.tr("Images and reports"), str(preferences.folder("evidence"))
        )
        if chosen:
            preferences.set_folder("evidence", Path(chosen[0]).parent)
            self.add([Path(each) for each in chosen])

    def _settings(self) -> None:
        session = self._session
        store = session.store
        if store is None:
            return
        before = store.settings()
        dialog = CaseSettingsDialog(store.case.kind, before, self._window)

        def show() -> None:
            dialog.show_models(session.shelf.models)

        show()
        session.shelf.changed.connect(show)
        session.shelf.ask()
        if ask(dialog) and dialog.entered() != before:
            change_settings(session, dialog.entered())
        session.shelf.changed.disconnect(show)

    def _folders(self) -> None:
        session = self._session
        store = session.store
        if store is None:
            return

        def moved(end: JobEnd) -> None:
            if end.kind is Kind.FINISHED and session.store is store:
                session.previews.open(store.path)
                session.content_changed.emit()
            if not isValid(dialog):
                return
            if end.kind is Kind.FINISHED:
                dialog.show_roots(store.roots())
                dialog.say(self.tr("Found again: the files are the same."))
            else:
                dialog.say(str(end.body.get("message", "")))

        dialog = FoldersDialog(
            store.roots(), lambda name, folder: move_folder(session, name, folder, moved), self._window
        )
        ask(dialog)

    def _encryption(self) -> None:
        store = self._session.store
        if store is None:
            return
        dialog = EncryptionDialog(store.path.name, store.key is not None, self._window)
        if ask(dialog):
            wanted = dialog.wanted()
            change_encryption(self._session, wanted.now, wanted.then)

    def _export(self) -> None:
        session = self._session
        store = session.store
        if store is None:
            return

        def drawn(end: JobEnd) -> None:
            if not isValid(dialog):
                return
            if end.kind is Kind.FINISHED:
                contents = [(title, page, depth) for title, page, depth in end.body["contents"]]
                dialog.show_draft(end.body["page_count"], end.body["pages"], contents)
            else:
                dialog.say_draft(str(end.body.get("message", "")))

        suggested = session.preferences.folder("exports") / f"{store.path.stem}.pdf"
        dialog = ExportDialog(
            suggested,
            session.counts(),
            self._choices(),
            lambda options: draft(session, options, drawn),
            self._window,
        )
        accepted = ask(dialog)
        session.jobs.cancel_verb("draft")
        if accepted:
            wanted = dialog.wanted()
            session.preferences.set_folder("exports", wanted.path.parent)
            session.export(
                wanted.path,
                self._on_exported,
                format=wanted.format,
                options=dict(wanted.options),
                **wanted.signature,
                read_only=session.is_read_only,
            )

    def _choices(self) -> dict[str, tuple[str, ...]]:
        """Return the findings that a report can be held to: the selected one, those with a bookmark."""
        store, target = self._session.store, self._session.target()
        ids = (mark.target_id for mark in store.bookmarks()) if store else ()
        marked = tuple(each for each in ids if store and store.kind_of(each))
        choices = {
            self.tr("Only the selected finding"): (target[1],) if target else (),
            self.tr("Only what has a bookmark"): marked,
        }
        return {title: ids for title, ids in choices.items() if ids}

    def _on_exported(self, end: JobEnd) -> None:
        if end.kind is not Kind.FINISHED:
            return
        out = Path(str(end.body.get("out", "")))
        self._session.noted.emit(self.tr("Written: {0}").format(out))
