"""What each action of the table does."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from desktop.dialogs.decision import DecisionDialog
from desktop.dialogs.export import ExportDialog
from desktop.dialogs.help_sheet import AboutDialog, HelpSheet
from desktop.dialogs.new_case import NewCaseDialog
from desktop.item_models.wording import region_words
from desktop.session.jobs import JobEnd
from desktop.theme import LIGHT, Mode, apply_theme, colors_of
from desktop.views.actions import help_rows
from desktop.views.line_list import LineList
from desktop.views.navigation import PAGES
from desktop.views.pair_page import PairPage
from desktop.views.search_page import SearchPage
from engine.messages import Kind
from engine.model.findings import FindingKind, Verdict
from engine.model.ids import EntityId, LinkId, RegionId

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow


class Commands(QObject):
    """Connects the actions of a window with what they do."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        actions = window.actions_table
        for name, handler in (
            ("new", self._new),
            ("open", self._open),
            ("ingest_folder", self._ingest_folder),
            ("ingest_files", self._ingest_files),
            ("cancel", self._session.jobs.cancel),
            ("export", self._export),
            ("close", self._session.close),
            ("quit", window.close),
            ("search", self._focus_search),
            ("back", window.go_back),
            ("theme", self._toggle_theme),
            ("theme_system", lambda: self._use_theme(Mode.SYSTEM)),
            ("confirm", lambda: self._session.decide(Verdict.CONFIRMED)),
            ("reject", lambda: self._session.decide(Verdict.REJECTED)),
            ("note", self._note),
            ("undo", self._session.undo),
            ("redo", self._session.redo),
            ("next", lambda: self._step(+1)),
            ("previous", lambda: self._step(-1)),
            ("help", lambda: HelpSheet(help_rows(), window).exec()),
            ("about", lambda: AboutDialog(window).exec()),
        ):
            actions.on(name, handler)
        for name in PAGES:
            actions.on(name, partial(window.go, name))
        actions["alone"].toggled.connect(self._pair().show_alone)
        actions["inspector"].setChecked(True)
        actions["inspector"].toggled.connect(window.dock.setVisible)
        window.search_box.returnPressed.connect(self._search)
        results = window.pages["results"]
        assert isinstance(results, SearchPage)
        results.narrowed.connect(window.search_box.setText)

    def _pair(self) -> PairPage:
        page = self._window.pages["pair"]
        assert isinstance(page, PairPage)
        return page

    def _new(self) -> None:
        preferences = self._session.preferences
        dialog = NewCaseDialog(preferences.folder("cases"), self._session.examiner, self._window)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        entered = dialog.entered()
        preferences.set_folder("cases", entered.path.parent)
        if entered.examiner:
            preferences.set_examiner(entered.examiner)
        self._session.new_case(
            entered.path,
            kind=entered.kind,
            name=entered.name,
            reference=entered.reference,
            examiner=entered.examiner,
        )

    def _open(self) -> None:
        preferences = self._session.preferences
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Open case"),
            str(preferences.folder("cases")),
            self.tr("Casebook cases (*.casebook)"),
        )
        if chosen:
            preferences.set_folder("cases", Path(chosen).parent)
            self._window.open(Path(chosen))

    def _ingest_folder(self) -> None:
        preferences = self._session.preferences
        chosen = QFileDialog.getExistingDirectory(
            self._window, self.tr("Folder with images and reports"), str(preferences.folder("evidence"))
        )
        if chosen:
            preferences.set_folder("evidence", Path(chosen))
            self._session.ingest([Path(chosen)])

    def _ingest_files(self) -> None:
        preferences = self._session.preferences
        chosen, _ = QFileDialog.getOpenFileNames(
            self._window, self.tr("Images and reports"), str(preferences.folder("evidence"))
        )
        if chosen:
            preferences.set_folder("evidence", Path(chosen[0]).parent)
            self._session.ingest([Path(each) for each in chosen])

    def _export(self) -> None:
        store = self._session.store
        if store is None:
            return
        suggested = self._session.preferences.folder("exports") / f"{store.path.stem}.pdf"
        dialog = ExportDialog(suggested, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            out = dialog.path()
            self._session.preferences.set_folder("exports", out.parent)
            self._session.export(out, self._on_exported)

    def _on_exported(self, end: JobEnd) -> None:
        if end.kind is Kind.FINISHED:
            self._session.noted.emit(self.tr("Report written: {0}").format(end.body.get("out", "")))

    def _focus_search(self) -> None:
        self._window.search_box.setFocus()
        self._window.search_box.selectAll()

    def _search(self) -> None:
        page, text = self._window.pages["results"], self._window.search_box.text().strip()
        if isinstance(page, SearchPage) and text:
            self._window.go("results")
            page.search(text)

    def _toggle_theme(self) -> None:
        is_light = colors_of(self._window.palette()) == LIGHT
        self._use_theme(Mode.DARK if is_light else Mode.LIGHT)

    def _use_theme(self, mode: Mode) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._session.preferences.set_mode(mode)
        apply_theme(app, mode)

    def _note(self) -> None:
        dialog = DecisionDialog(self._named(), self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            entered = dialog.decision()
            self._session.decide(entered.verdict, note=entered.note, label=entered.label)

    def _named(self) -> str:
        """Return the selected finding in words."""
        store, target = self._session.store, self._session.target()
        if store is None or target is None:
            return ""
        kind, identity = target
        link = store.link(LinkId(identity)) if kind is FindingKind.LINK else None
        entity_id = link.entity_id if link else identity if kind is FindingKind.ENTITY else ""
        region_id = link.region_id if link else identity if kind is FindingKind.REGION else None
        entity = store.entity(EntityId(entity_id)) if entity_id else None
        region = store.region(RegionId(region_id)) if region_id else None
        parts = [f"“{entity.text}”" if entity else "", region_words(region) if region else ""]
        return " ↔ ".join(part for part in parts if part)

    def _step(self, by: int) -> None:
        page = self._window.stack.currentWidget()
        found = self._pair().link_list if isinstance(page, PairPage) else getattr(page, "list", None)
        if isinstance(found, LineList):
            found.step(by)
