"""Pictures of every page and dialog, light and dark, for the documentation and for looking at them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from desktop.dialogs.about import AboutDialog
from desktop.dialogs.asking import give_room
from desktop.dialogs.categories import Categories
from desktop.dialogs.decision import DecisionDialog
from desktop.dialogs.key_sheet import KeySheet
from desktop.dialogs.new_case import NewCaseDialog
from desktop.dialogs.saved_searches import NameSearch, SavedSearches
from desktop.dialogs.search_help import SearchHelp
from desktop.session.second_examiner import (
    AGREED,
    DISAGREED,
    ONLY_OTHER,
    ONLY_OWN,
    Compared,
    Comparison,
    Opinion,
)
from desktop.session.selection import Selection
from desktop.theme import Mode, apply_theme
from desktop.views.disagreements import Disagreements
from desktop.views.main_window import MainWindow
from desktop.views.navigation import PAGES
from desktop.views.pair_page import PairPage
from desktop.views.picture_dialogs import model_states, sample_dialogs
from desktop.views.picture_states import states
from desktop.views.search_page import SearchPage
from engine.model.findings import LinkRelation

_SETTLE_MS = 400
_SIZE_PX = (1280, 820)
_WARM_MS = 20_000
_AT = "2026-03-14T16:20:00+00:00"
# Two people's verdicts for the picture of the dialog; no case is behind it.
_COMPARISON = Comparison(
    file=Path("second.decisions.json"),
    examiner="B. Second",
    exported_at=_AT,
    sha256="0" * 64,
    same_chain=False,
    kappa=0.61,
    counts={AGREED: 12, DISAGREED: 1, ONLY_OWN: 3, ONLY_OTHER: 0},
    findings=(
        Compared(
            accord=DISAGREED,
            target_kind="link",
            target_id="",
            what="left lung contradicts “right lung”",
            where=("evidence/chest_02.png", "evidence/report_02.txt"),
            own=Opinion(verdict="confirmed", label="", note="", examiner="A. First", at=_AT),
            other=Opinion(
                verdict="rejected", label="", note="turned at the scanner", examiner="B. Second", at=_AT
            ),
        ),
    ),
    unplaced=(),
)


def grab_all(app: QApplication, window: MainWindow, case: Path | None, folder: Path) -> int:
    """Write a PNG of every window into ``folder``, in both themes; return the exit status."""
    folder.mkdir(parents=True, exist_ok=True)
    window.resize(*_SIZE_PX)  # what was remembered is cut to the screen that is not there
    for mode in (Mode.LIGHT, Mode.DARK):
        apply_theme(app, mode)
        window.session.close()
        window.show()
        _wait(_SETTLE_MS)
        _save(window, folder, f"welcome-{mode.value}")
        if case is not None:
            window.open(case)
            if window.session.store is None:
                window.close()
                return 2
            _grab_case(window, folder, mode)
        for name, dialog in _dialogs(window).items():
            give_room(dialog)
            dialog.show()
            _wait(_SETTLE_MS)
            _save(dialog, folder, f"{name}-{mode.value}")
            dialog.close()
    window.close()
    return 0


def _grab_case(window: MainWindow, folder: Path, mode: Mode) -> None:
    session = window.session
    store = session.store
    assert store is not None
    _wait_until(lambda: session.queries.is_warm)
    links = store.links(relation=LinkRelation.CONTRADICTS, limit=1) or store.links(limit=1)
    if links:
        link = links[0]
        session.select(
            Selection(
                image_id=link.image_id,
                report_id=link.report_id,
                region_id=link.region_id,
                entity_id=link.entity_id,
                link_id=link.id,
            )
        )
        entity = store.entity(link.entity_id)
        if entity is not None:
            results = window.pages["results"]
            assert isinstance(results, SearchPage)
            results.search(entity.text)
    pair = window.pages["pair"]
    assert isinstance(pair, PairPage)
    window.go("pair")
    _wait_until(lambda: not pair.image_panel.is_waiting)
    for page in PAGES:
        window.go(page)
        _wait(2 * _SETTLE_MS)
        _save(window, folder, f"{page}-{mode.value}")
    window.session.shelf.ask()
    _wait_until(lambda: bool(window.session.shelf.models))
    window.go("models")
    for name, enter, leave in (*model_states(window), *states(window)):
        enter()
        _wait(2 * _SETTLE_MS)
        _save(window, folder, f"{name}-{mode.value}")
        leave()


def _dialogs(window: MainWindow) -> dict[str, QWidget]:
    home = Path.home()
    return {
        "dialog-new-case": NewCaseDialog(home, "", window),
        "dialog-decision": DecisionDialog("“right lung” ↔ left lung", window),
        **sample_dialogs(window),
        "dialog-help": KeySheet(window.actions_table.key_rows(), lambda _name, _keys: None, window),
        "dialog-search-help": SearchHelp(window),
        "dialog-categories": Categories(window.review_commands.marks.categories(), window),
        "dialog-save-search": NameSearch("effusion side:left", (), window),
        "dialog-saved-searches": SavedSearches(
            window.review_commands.marks.searches, lambda _name: None, window
        ),
        "dialog-second-examiner": Disagreements(_COMPARISON, can_write=True, parent=window),
        "dialog-about": AboutDialog(window),
    }


def _save(widget: QWidget, folder: Path, name: str) -> None:
    widget.grab().save(str(folder / f"{name}.png"))


def _wait_until(happened: Callable[[], bool]) -> None:
    deadline = QDeadlineTimer(_WARM_MS)
    while not happened() and not deadline.hasExpired():
        _wait(50)


def _wait(milliseconds: int) -> None:
    deadline = QDeadlineTimer(milliseconds)
    while not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
