"""Everything that one can do, with its keys; any of them can be changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.dialogs.texts import label, named, restyle

_NAME_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow:
    """One action: ``usual`` are the keys that it comes with, ``keys`` those that it has now."""

    name: str
    menu: str
    text: str
    hint: str
    keys: tuple[str, ...]
    usual: tuple[str, ...]


def native(keys: Sequence[str]) -> str:
    """Return keys as this system writes them."""
    written = (QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys)
    return "   ".join(written)


class KeySheet(QDialog):
    """Lists the actions by menu; ``change`` is called with a name and its new keys, None: the usual ones."""

    def __init__(
        self,
        rows: Sequence[KeyRow],
        change: Callable[[str, tuple[str, ...] | None], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys and actions"))
        self._rows: Mapping[str, KeyRow] = {row.name: row for row in rows}
        self._change = change
        self._filter = named(QLineEdit(clearButtonEnabled=True), self.tr("Filter actions"))
        self._filter.setPlaceholderText(self.tr("Filter actions"))
        self.tree = named(QTreeWidget(), self.tr("Keys and actions"))
        self.tree.setHeaderLabels([self.tr("Action"), self.tr("Keys"), self.tr("What it does")])
        self.tree.setProperty("role", "sheet")
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.edit = named(QKeySequenceEdit(), self.tr("New key for the chosen action"))
        self.edit.setClearButtonEnabled(True)
        self.edit.setMaximumSequenceLength(1)
        self.set_button = QPushButton(self.tr("Set key"))
        self._none = QPushButton(self.tr("No key"))
        self.reset_button = QPushButton(self.tr("Usual key"))
        self.said = label("", "muted", wraps=True)
        keys = QHBoxLayout()
        keys.addWidget(label(self.tr("New key"), "section"))
        keys.addWidget(self.edit, 1)
        for button in (self.set_button, self._none, self.reset_button):
            button.setAutoDefault(False)
            keys.addWidget(button)
        mouse = label(
            self.tr(
                "On the image the wheel zooms to the pointer, left drag moves, right drag changes the window "
                "of DICOM values. In a report Alt+Down and Alt+Up go from one marked phrase to the next. "
                "Press a key in the field to give it to the chosen action."
            ),
            "muted",
            wraps=True,
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self._filter)
        layout.addWidget(self.tree)
        layout.addLayout(keys)
        for each in (self.said, mouse, buttons):
            layout.addWidget(each)
        self.resize(820, 680)
        self._filter.textChanged.connect(self._narrow)
        self.tree.currentItemChanged.connect(lambda *_: self._on_row())
        self.edit.keySequenceChanged.connect(lambda _keys: self._check())
        self.set_button.clicked.connect(lambda: self._give((self._entered(),)))
        self._none.clicked.connect(lambda: self._give(()))
        self.reset_button.clicked.connect(lambda: self._give(None))
        self._fill()
        self._on_row()

    def choose(self, name: str) -> None:
        """Make the row of an action the current one."""
        for item in self._items():
            if item.data(0, _NAME_ROLE) == name:
                self.tree.setCurrentItem(item)

    def shown_keys(self, name: str) -> str:
        return next((item.text(1) for item in self._items() if item.data(0, _NAME_ROLE) == name), "")

    def _fill(self) -> None:
        menus: dict[str, QTreeWidgetItem] = {}
        for row in self._rows.values():
            if row.menu not in menus:
                head = QTreeWidgetItem(self.tree, [row.menu, "", ""])
                head.setFlags(Qt.ItemFlag.ItemIsEnabled)
                head.setFirstColumnSpanned(True)
                font = head.font(0)
                font.setBold(True)
                head.setFont(0, font)
                menus[row.menu] = head
            item = QTreeWidgetItem(menus[row.menu], [row.text, native(row.keys), row.hint])
            item.setData(0, _NAME_ROLE, row.name)
            item.setToolTip(2, row.hint)
        self.tree.expandAll()
        for column in (0, 1):
            self.tree.resizeColumnToContents(column)

    def _items(self) -> list[QTreeWidgetItem]:
        heads = [self.tree.topLevelItem(place) for place in range(self.tree.topLevelItemCount())]
        found = [head.child(place) for head in heads if head for place in range(head.childCount())]
        return [item for item in found if item is not None]

    def _current(self) -> KeyRow | None:
        item = self.tree.currentItem()
        return self._rows.get(item.data(0, _NAME_ROLE)) if item is not None else None

    def _entered(self) -> str:
        return self.edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def _narrow(self, text: str) -> None:
        wanted = text.casefold().strip()
        for item in self._items():
            words = " ".join(item.text(column) for column in range(3)).casefold()
            item.setHidden(wanted not in words)

    def _on_row(self) -> None:
        self.edit.clear()
        self._check()

    def _check(self) -> None:
        """Offer what can be done, and say which action has the key already."""
        row, key = self._current(), self._entered()
        holder = self._holder(key)
        taken = bool(holder and row and holder.name != row.name)
        for each in (self.edit, self._none):
            each.setEnabled(row is not None)
        self.set_button.setEnabled(row is not None and bool(key) and not taken)
        self.reset_button.setEnabled(row is not None and row.keys != row.usual)
        if holder is not None and taken:
            self.said.setText(
                self.tr("{0} belongs to “{1}”; give that another key first.").format(
                    native([key]), holder.text
                )
            )
        else:
            self.said.setText("" if row else self.tr("Choose an action to give it another key."))
        restyle(self.said, "contradicts" if taken else "muted")

    def _holder(self, key: str) -> KeyRow | None:
        return next((row for row in self._rows.values() if key and key in row.keys), None)

    def _give(self, keys: tuple[str, ...] | None) -> None:
        row = self._current()
        if row is None:
            return
        wanted = row.usual if keys is None else keys
        holders = [holder for key in wanted if (holder := self._holder(key)) and holder.name != row.name]
        if holders:
            self.said.setText(
                self.tr("{0} belongs to “{1}”; give that another key first.").format(
                    native(wanted), holders[0].text
                )
            )
            restyle(self.said, "contradicts")
            return
        self._change(row.name, keys)
        self._rows = {**self._rows, row.name: replace(row, keys=wanted)}
        item = self.tree.currentItem()
        if item is not None:
            item.setText(1, native(wanted))
        self._on_row()
