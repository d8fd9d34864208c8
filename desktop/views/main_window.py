"""The window: menu, search box, pages, inspector, status; it holds the parts and little else."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QWidget,
)

from desktop.dialogs.asking import ask
from desktop.dialogs.passphrase import PassphraseDialog
from desktop.dialogs.texts import column, label
from desktop.dialogs.upgrade import UpgradeBox
from desktop.item_models.thumbnails import Thumbnails
from desktop.session.intake import upgrade
from desktop.session.jobs import JobEnd
from desktop.session.session import Session
from desktop.views.action_table import MENUS, SPECS, Needs
from desktop.views.actions import Actions, say
from desktop.views.bell import Bell
from desktop.views.case_commands import CaseCommands
from desktop.views.commands import Commands
from desktop.views.inspector import Inspector
from desktop.views.job_bar import JobBar
from desktop.views.navigation import CASELESS, Navigation
from desktop.views.notices import Banner, Notice
from desktop.views.page_area import PageArea
from desktop.views.pages import make_pages
from desktop.views.review_commands import ReviewCommands
from desktop.views.tool_row import ToolRow
from desktop.views.welcome_page import WelcomePage
from engine.messages import Kind


class MainWindow(QMainWindow):
    """One window on one case."""

    def __init__(self, session: Session, samples: Path | None = None) -> None:
        super().__init__()
        self.setObjectName("casebook")
        self.setWindowTitle("Casebook")
        self.setAcceptDrops(True)
        self.resize(1280, 820)
        self.session = session
        self.actions_table = Actions(self)
        self.thumbnails = Thumbnails(session.background, self)
        self._visited: list[str] = []
        self._build_pages(samples)
        self._build_frame()
        self._build_menus()
        self._build_status()
        self.commands = Commands(self)
        self.case_commands = CaseCommands(self)
        Bell(self, session.jobs, session.shelf.jobs)
        for child in self.findChildren(QWidget):
            child.setAcceptDrops(False)  # what is dropped anywhere is for the window
        session.case_changed.connect(self._on_case)
        self.review_commands = ReviewCommands(self)  # finds where one was, after the case is shown
        session.selected.connect(lambda _selection: self.offer())
        session.decided.connect(lambda _target: self.offer())
        session.jobs.started.connect(lambda _verb: self.offer())
        session.jobs.ended.connect(lambda _end: self.offer())
        session.failed.connect(self.notice.show_line)
        session.locked.connect(self._unlock)
        session.outdated.connect(self._upgrade)
        session.noted.connect(lambda line: self.statusBar().showMessage(line, 12_000))
        self.restoreGeometry(session.preferences.layout("window"))
        self.pages["pair"].sides.restoreState(session.preferences.layout("pair_sides"))  # type: ignore[attr-defined]
        self._dress()
        self._on_case()

    def _build_pages(self, samples: Path | None) -> None:
        session, actions = self.session, self.actions_table
        self.welcome = WelcomePage(session, actions, samples)
        self.pages = make_pages(session, actions, self.thumbnails)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.welcome)
        for page in self.pages.values():
            self.stack.addWidget(page)
            if hasattr(page, "opened"):
                page.opened.connect(lambda: self.go("pair"))
        self.welcome.case_chosen.connect(lambda path: self.open(Path(path)))
        self.pages["overview"].wanted.connect(self._on_card)  # type: ignore[attr-defined]

    def _build_frame(self) -> None:
        self.navigation = Navigation(self.session, self.actions_table)
        self.navigation.wanted.connect(self.go)
        self.notice = Notice()
        self.banner = Banner()
        center = QWidget()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addWidget(PageArea(self.stack), 1)
        column(self.banner, self.notice, parent=center).addLayout(row, 1)
        self.setCentralWidget(center)
        self.inspector = Inspector(self.session, self.actions_table)
        self.dock = QDockWidget(self.tr("Inspector"), self)
        self.dock.setObjectName("inspector")
        self.dock.setWidget(self.inspector)
        self.dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        self.dock.setTitleBarWidget(label(self.tr("Inspector"), "dock-title"))
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)

    def _build_menus(self) -> None:
        menus = {menu: self.menuBar().addMenu(say(menu)) for menu in MENUS}
        for spec in SPECS:
            menus[spec.menu].addAction(self.actions_table[spec.name])
        self.tools = ToolRow(self.actions_table)
        self.search_box = self.tools.search_box
        self.addToolBar(self.tools)

    def _build_status(self) -> None:
        self.job_bar = JobBar(self.session, self.actions_table)
        self._engine_state = label("")
        offline = label(self.tr("offline: no network used"))
        offline.setToolTip(self.tr("Casebook opens no connection; it works with the network unplugged."))
        for each in (self.job_bar, self._engine_state, offline):
            self.statusBar().addPermanentWidget(each)
        self.session.queries.warm_changed.connect(self._tell_engine)
        self.session.query_engine.ready_changed.connect(self._tell_engine)

    def open(self, path: Path, passphrase: str = "", *, read_only: bool = False) -> None:
        """Open a case and let the engine get ready for it; what was said about another one goes."""
        self.notice.hide()
        if self.session.open(path, passphrase, read_only=read_only):
            self.session.warm_up()

    def _unlock(self, path: Path, said: str) -> None:
        """Ask for the passphrase of a case until it opens or the user gives up."""
        dialog = PassphraseDialog(path, said, self)
        if ask(dialog):
            self.open(path, dialog.passphrase())

    def _upgrade(self, path: Path, passphrase: str) -> None:
        """Ask whether a case of an older version may be brought to this one's format."""
        if UpgradeBox(path, self).is_agreed():
            upgrade(self.session, path, passphrase, lambda end: self._on_upgraded(end, path, passphrase))

    def _on_upgraded(self, end: JobEnd, path: Path, passphrase: str) -> None:
        if end.kind is Kind.FINISHED:
            self.open(path, passphrase)
        elif end.kind is Kind.FAILED:
            self.notice.show_line(str(end.body.get("message", "")))

    def go(self, name: str, *, remember: bool = True) -> None:
        """Show a page."""
        if name not in self.pages or (self.session.store is None and name not in CASELESS):
            return
        page = self.pages[name]
        if name == "pair":
            self.session.select_something()
        if remember and self.stack.currentWidget() is not page and self.page_name():
            self._visited.append(self.page_name())
        self.stack.setCurrentWidget(page)
        self.navigation.show_page(name)
        self.tools.setVisible(True)
        focus = getattr(page, "list", None) or page
        focus.setFocus()
        self.offer()

    def go_back(self) -> None:
        if self._visited:
            self.go(self._visited.pop(), remember=False)
        elif self.session.store is None:
            self._on_case()

    def page_name(self) -> str:
        """Return the name of the page that is shown; empty for the welcome page."""
        shown = self.stack.currentWidget()
        return next((name for name, page in self.pages.items() if page is shown), "")

    def offer(self) -> None:
        """Enable the actions that make sense now."""
        session = self.session
        decisions = session.decisions
        met = {
            Needs.CASE: session.store is not None,
            Needs.WRITABLE: session.store is not None and not session.is_read_only,
            Needs.FINDING: session.target() is not None and not session.is_read_only,
            Needs.IMAGE: session.selection.image_id is not None,
            Needs.JOB: bool(session.jobs.running),
            Needs.SKIP: session.jobs.can_skip,
            Needs.UNDO: decisions is not None and decisions.can_undo,
            Needs.REDO: decisions is not None and decisions.can_redo,
        }
        self.actions_table.enable(frozenset(need for need, is_met in met.items() if is_met))

    def _on_case(self) -> None:
        store = self.session.store
        self.thumbnails.open(store)
        is_open = store is not None
        self.banner.tell_read_only(is_open and self.session.is_read_only)
        for part in (self.navigation, self.dock, self.tools):
            part.setVisible(is_open)
        self._visited.clear()
        self.search_box.clear()
        if store is None:
            self.setWindowTitle("Casebook")
            self.welcome.refresh()
            self.stack.setCurrentWidget(self.welcome)
        else:
            self.setWindowTitle(f"{store.case.name or store.path.stem} — Casebook")
            self.go("overview")
        self.offer()

    def _on_card(self, name: str) -> None:
        self.go({"decided": "contradictions"}.get(name, name))

    def _tell_engine(self) -> None:
        queries, engine = self.session.queries, self.session.query_engine
        if queries.is_warm:
            device = "GPU" if engine.device == "cuda" else "CPU"
            self._engine_state.setText(self.tr("engine ready · {0}").format(device))
        elif queries.is_opening or engine.is_ready:
            self._engine_state.setText(self.tr("engine warming up: search by words only"))
        else:
            self._engine_state.clear()

    def _dress(self) -> None:
        self.actions_table.dress(self.palette())
        self.navigation.dress()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "navigation"):
            self._dress()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.take(paths)

    def take(self, paths: list[Path]) -> None:
        """Take what was dropped: a case is opened, everything else is evidence."""
        self.case_commands.take(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        preferences = self.session.preferences
        preferences.set_layout("window", self.saveGeometry())
        preferences.set_layout("pair_sides", self.pages["pair"].sides.saveState())  # type: ignore[attr-defined]
        self.hide()  # the engines may take a moment to end
        self.session.shut_down()
        event.accept()
        QApplication.quit()
