"""What the actions of bookmarks, second examiners, keys and text size do; and where one was in a case."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStringListModel, Qt
from PySide6.QtWidgets import QApplication, QCompleter

from desktop.dialogs.asking import ask
from desktop.dialogs.categories import Categories
from desktop.dialogs.key_sheet import KeySheet
from desktop.session.marks import CATEGORY_COUNT, Marks
from desktop.session.shortcuts import Shortcuts
from desktop.theme import apply_theme
from desktop.views.action_table import SPECS
from desktop.views.four_eyes import FourEyes
from desktop.views.marks_page import MarksPage
from desktop.views.originals import Originals
from desktop.views.pair_page import PairPage
from desktop.views.report_page import ReportPage
from desktop.views.whereabouts import Whereabouts

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow

_LEAST_PERCENT, _USUAL_PERCENT, _MOST_PERCENT, _STEP_PERCENT = 80, 100, 200, 10
_TEXT_SIZE = "text_percent"


class ReviewCommands(QObject):
    """Connects actions of a window with what they do."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._shortcuts = Shortcuts(window.session.preferences)
        page = window.pages["marks"]
        assert isinstance(page, MarksPage)
        self.marks: Marks = page.marks
        self.four_eyes = FourEyes(window)
        self.originals = Originals(window.session, window)
        self.whereabouts = Whereabouts(window)
        actions = window.actions_table
        for name, handler in (
            ("categories", self._name_categories),
            ("decisions_out", self.four_eyes.export),
            ("decisions_in", self.four_eyes.compare),
            ("find", self._find),
            ("help", self._show_keys),
            ("outside", self.originals.open_selected),
            ("larger", lambda: self._resize_text(+_STEP_PERCENT)),
            ("smaller", lambda: self._resize_text(-_STEP_PERCENT)),
        ):
            actions.on(name, handler)
        reports = window.pages["reports"]
        assert isinstance(reports, ReportPage)
        reports.reader.outside_wanted.connect(self.originals.open_selected)
        for category in range(CATEGORY_COUNT):
            actions.on(f"mark_{category + 1}", partial(self.marks.toggle, category))
        for name, keys in self._shortcuts.changed().items():
            if any(spec.name == name for spec in SPECS):
                actions.rekey(name, keys)
        self._complete_searches()
        window.inspector.show_marks(self.marks)
        self.marks.changed.connect(self._on_marks)
        self._on_marks()
        if self._percent() != _USUAL_PERCENT:
            self._resize_text(0)

    def _complete_searches(self) -> None:
        """Offer past searches of the case while one types."""
        self._past = QStringListModel(self)
        completer = QCompleter(self._past, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(12)
        self._window.search_box.setCompleter(completer)

    def _on_marks(self) -> None:
        for place, name in enumerate(self.marks.categories(), start=1):
            self._window.actions_table.rename(f"mark_{place}", name.replace("&", "&&"))
        saved = [search.query for search in self.marks.searches]
        self._past.setStringList(list(dict.fromkeys([*self.marks.past_searches(), *saved])))

    def _name_categories(self) -> None:
        dialog = Categories(self.marks.categories(), self._window)
        if ask(dialog):
            self.marks.set_categories(dialog.names())

    def _find(self) -> None:
        """Look in the report that is open, else in the whole case."""
        page = self._window.stack.currentWidget()
        if isinstance(page, ReportPage) and page.reader.has_report:
            page.reader.look_for_words()
        elif isinstance(page, PairPage):
            self._window.go("reports")
            self._find()
        else:
            self._window.actions_table["search"].trigger()

    def _show_keys(self) -> None:
        ask(KeySheet(self._window.actions_table.key_rows(), self._rekey, self._window))

    def _rekey(self, name: str, keys: tuple[str, ...] | None) -> None:
        if keys is None:
            self._shortcuts.reset(name)
            keys = next(spec.keys for spec in SPECS if spec.name == name)
        else:
            self._shortcuts.change(name, keys)
        self._window.actions_table.rekey(name, keys)

    def _percent(self) -> int:
        return self._session.preferences.number(_TEXT_SIZE, _USUAL_PERCENT)

    def _resize_text(self, by_percent: int) -> None:
        percent = min(max(self._percent() + by_percent, _LEAST_PERCENT), _MOST_PERCENT)
        self._session.preferences.set_number(_TEXT_SIZE, percent)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, self._session.preferences.mode(), text_percent=percent)
        self._session.noted.emit(self.tr("Text size: {0} %").format(percent))
