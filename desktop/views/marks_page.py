"""The bookmarks of the case, by category; a digit key sets one anywhere in the window."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from desktop.dialogs.texts import bar, column, label, named
from desktop.item_models.lines import Line
from desktop.item_models.marked import bookmark_line
from desktop.session.marks import Marks
from desktop.session.selection import Selection
from desktop.session.session import Session
from desktop.session.targets import selection_of
from desktop.views.actions import Actions
from desktop.views.buttons import button
from desktop.views.line_list import LineList
from engine.store import Bookmark


class MarksPage(QWidget):
    """Lists what was bookmarked; ``opened`` shows one beside its partner."""

    opened = Signal()

    def __init__(
        self, session: Session, marks: Marks, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.marks = marks
        self._count = label("", "muted")
        self._category = named(QComboBox(), self.tr("Category"))
        self._category.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.list = LineList[Bookmark](
            self.tr("Bookmarks"),
            self.tr(
                "No bookmarks yet. Select a finding, an image or a report and press a digit from 1 to 9."
            ),
            self._line,
        )
        self._remove = QPushButton(self.tr("Remove"))
        self._remove.setToolTip(
            self.tr("Take the chosen bookmark away; the case remembers that it was there")
        )
        head = bar(
            label(self.tr("Bookmarks"), "heading"),
            self._count,
            None,
            self._category,
            self._remove,
            button(actions, "categories", with_text=True),
        )
        column(head, self.list, parent=self)
        self.layout().setStretch(1, 1)  # type: ignore[union-attr]
        self._category.activated.connect(self._show)
        self._remove.clicked.connect(self._on_remove)
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _row: self.opened.emit())
        marks.changed.connect(self._show)

    def _show(self) -> None:
        """List the bookmarks of the chosen category; categories that have none are not offered."""
        wanted = self._category.currentData() or ""
        names = dict.fromkeys(each.title for each in self.marks.bookmarks)
        self._category.clear()
        self._category.addItem(self.tr("Every category"), "")
        for name in names:
            self._category.addItem(name, name)
        self._category.setCurrentIndex(max(self._category.findData(wanted), 0))
        wanted = self._category.currentData()
        shown = [each for each in self.marks.bookmarks if not wanted or each.title == wanted]
        self.list.show_rows(shown)
        self._count.setText(self.tr("%Ln bookmark(s)", "", len(shown)) if shown else "")
        self._remove.setEnabled(bool(shown))

    def _selection(self, bookmark: Bookmark) -> Selection | None:
        store, decisions = self._session.store, self._session.decisions
        if store is None or decisions is None:
            return None
        return selection_of(store, decisions, bookmark.target_kind, bookmark.target_id)

    def _line(self, bookmark: Bookmark) -> Line:
        store = self._session.store
        if store is None:
            return Line(title=bookmark.title)
        return bookmark_line(store, bookmark, self._selection(bookmark))

    def _on_chosen(self, bookmark: Bookmark) -> None:
        chosen = self._selection(bookmark)
        if chosen is not None:
            self._session.select(chosen)

    def _on_remove(self) -> None:
        bookmark = self.list.current()
        if isinstance(bookmark, Bookmark):
            self.marks.remove(bookmark)
