"""The searches that have a name in this case: run one again, or delete it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.dialogs.foot import MARGINS, add_foot, at_least
from desktop.dialogs.texts import label, named
from engine.store import SavedSearch


class SavedSearches(QDialog):
    """``wanted`` carries the text of the search to run; ``delete`` is called with a name."""

    wanted = Signal(str)

    def __init__(
        self,
        searches: Sequence[SavedSearch],
        delete: Callable[[str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Saved searches"))
        self._delete = delete
        self.list = named(QListWidget(), self.tr("Saved searches"))
        self.list.setProperty("role", "sheet")
        for search in searches:
            who = f"{search.examiner}, {search.at:%Y-%m-%d}" if search.examiner else f"{search.at:%Y-%m-%d}"
            item = QListWidgetItem(f"{search.name}\n{search.query}   ·   {who}", self.list)
            item.setData(Qt.ItemDataRole.UserRole, search)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._run = buttons.addButton(self.tr("Search"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._drop = QPushButton(self.tr("Delete"))
        self._drop.setAutoDefault(False)
        buttons.addButton(self._drop, QDialogButtonBox.ButtonRole.DestructiveRole)
        self._run.clicked.connect(self._on_run)
        self._drop.clicked.connect(self._on_delete)
        buttons.rejected.connect(self.reject)
        self.list.itemActivated.connect(lambda _item: self._on_run())
        self.list.currentRowChanged.connect(lambda _row: self._check())
        self._said = label("", "muted", wraps=True)
        layout = QVBoxLayout(self)
        for each in (self._said, self.list, buttons):
            layout.addWidget(each)
        self.resize(560, 380)
        if self.list.count():
            self.list.setCurrentRow(0)
        self._check()

    def _current(self) -> SavedSearch | None:
        item = self.list.currentItem()
        found = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return found if isinstance(found, SavedSearch) else None

    def _check(self) -> None:
        for button in (self._run, self._drop):
            button.setEnabled(self._current() is not None)
        self._said.setText(
            self.tr("Saved in the case, with who saved it and when.")
            if self.list.count()
            else self.tr(
                "No search is saved yet. Search for something, then press Save… above what was found."
            )
        )

    def _on_run(self) -> None:
        search = self._current()
        if search is not None:
            self.accept()
            self.wanted.emit(search.query)

    def _on_delete(self) -> None:
        search = self._current()
        if search is not None:
            self._delete(search.name)
            self.list.takeItem(self.list.currentRow())
            self._check()


class NameSearch(QDialog):
    """Asks for the name of a search; offers Save only when there is one."""

    def __init__(self, query: str, taken: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Save this search"))
        self._taken = frozenset(taken)
        self.name = named(QLineEdit(query[:60]), self.tr("Name"))
        self.name.selectAll()
        self._state = label("", "muted", wraps=True)
        form = QFormLayout()
        form.addRow(self.tr("Looks for"), label(query, wraps=True))
        form.addRow(self.tr("&Name"), self.name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*MARGINS)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self._state)
        self._save = add_foot(self, layout, self.tr("Save"))
        at_least(layout, 440)
        self.name.textChanged.connect(self._check)
        self._check()

    def entered(self) -> str:
        return " ".join(self.name.text().split())

    def _check(self) -> None:
        name = self.entered()
        self._save.setEnabled(bool(name))
        self._state.setText(
            self.tr("There is a search of this name; it will be replaced.") if name in self._taken else ""
        )
