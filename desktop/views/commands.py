"""What each action of the table does."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from desktop.dialogs.asking import ask
from desktop.dialogs.decision import DecisionDialog
from desktop.dialogs.language import LanguageDialog
from desktop.dialogs.self_test import SelfTestDialog
from desktop.item_models.wording import region_words
from desktop.theme import LIGHT, Mode, apply_theme, colors_of
from desktop.views.line_list import LineList
from desktop.views.navigation import PAGES
from desktop.views.pair_page import PairPage
from desktop.views.search_page import SearchPage
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
            ("quit", window.close),
            ("search", self._focus_search),
            ("back", window.go_back),
            ("similar", self._find_similar),
            ("theme", self._toggle_theme),
            ("theme_system", lambda: self._use_theme(Mode.SYSTEM)),
            ("confirm", lambda: self._session.decide(Verdict.CONFIRMED)),
            ("reject", lambda: self._session.decide(Verdict.REJECTED)),
            ("note", self._note),
            ("undo", self._session.undo),
            ("redo", self._session.redo),
            ("next", lambda: self._step(+1)),
            ("previous", lambda: self._step(-1)),
            ("self_test", lambda: ask(SelfTestDialog(self._session.jobs, window))),
            ("language", self._choose_language),
            ("about", lambda: _show_about(window)),
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

    def _focus_search(self) -> None:
        self._window.search_box.setFocus()
        self._window.search_box.selectAll()

    def _search(self) -> None:
        page, text = self._window.pages["results"], self._window.search_box.text().strip()
        if isinstance(page, SearchPage) and text:
            self._window.go("results")
            page.search(text)

    def _find_similar(self) -> None:
        page, chosen = self._window.pages["results"], self._session.selection
        if isinstance(page, SearchPage) and chosen.image_id:
            of_region = chosen.region_id if self._window.page_name() == "pair" else None
            self._window.go("results")
            page.find_similar(chosen.image_id, of_region)

    def _toggle_theme(self) -> None:
        is_light = colors_of(self._window.palette()) == LIGHT
        self._use_theme(Mode.DARK if is_light else Mode.LIGHT)

    def _use_theme(self, mode: Mode) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._session.preferences.set_mode(mode)
        apply_theme(app, mode)

    def _choose_language(self) -> None:
        dialog = LanguageDialog(self._session.preferences.language(), self._window)
        if ask(dialog):
            self._session.preferences.set_language(dialog.language())
            self._session.noted.emit(self.tr("The window speaks it when it is opened again."))

    def _note(self) -> None:
        dialog = DecisionDialog(self._named(), self._window)
        if ask(dialog):
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


def _show_about(window: MainWindow) -> None:
    # What it lists is read from the installed packages, which takes longer than the window needs otherwise.
    from desktop.dialogs.about import AboutDialog

    ask(AboutDialog(window))
