"""What will come in, before anything is read: formats, what cannot be read, room and time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.dialogs.foot import MARGINS, at_least
from desktop.dialogs.texts import label, named, progress_bar, restyle
from desktop.item_models.job_words import format_words
from desktop.item_models.wording import bytes_words, duration_words, number_words
from desktop.session.intake import FormatRow, Preflight


class PreflightDialog(QDialog):
    """Shows what lies at some paths; accepted means: read it. ``left`` tells that nobody waits any more."""

    left = Signal()

    def __init__(self, paths: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Add evidence"))
        self.paths = tuple(paths)
        self.found: Preflight | None = None
        shown = "\n".join(str(path) for path in self.paths[:4])
        more = len(self.paths) - 4
        self._where = label(shown + (f"\n+ {number_words(more)}" if more > 0 else ""), wraps=True)
        self._headline = label(self.tr("Looking at what is there…"), "heading", wraps=True)
        self._busy = progress_bar(self.tr("Looking at the files"))
        self._busy.setRange(0, 0)
        self._table = named(QTreeWidget(), self.tr("Files by format"))
        self._table.setHeaderLabels([self.tr("Format"), self.tr("Files"), self.tr("Size"), self.tr("Remark")])
        self._table.setRootIsDecorated(False)
        self._table.header().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self._table.setMinimumHeight(190)
        self._time = label("", wraps=True)
        self._room = label("", wraps=True)
        promise = self.tr(
            "Files are only read, never changed. You can look at what has come in while the rest is read, "
            "and stop at any time: what is saved stays."
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._start = buttons.addButton(
            self.tr("Start without waiting"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self._start.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.finished.connect(lambda _result: self.left.emit())
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(*MARGINS)
        layout.setSpacing(10)
        for each in (self._headline, self._where, self._busy, self._table, self._time, self._room):
            layout.addWidget(each)
        layout.addWidget(label(promise, "muted", wraps=True))
        layout.addWidget(buttons)
        at_least(layout, 620)

    def show_progress(self, done: int, name: str) -> None:
        """Say how far the look has come."""
        if self.found is None:
            seen = self.tr("%Ln file(s) seen so far", "", done)
            self._headline.setText(seen)
            self._busy.setFormat(name)

    def show_found(self, found: Preflight | str) -> None:
        """Show the summary, or why there is none."""
        self._busy.hide()
        if isinstance(found, str):
            self._headline.setText(self.tr("It could not be looked at beforehand."))
            self._time.setText(found)
            return
        self.found = found
        files = self.tr("%Ln file(s)", "", found.files)
        self._headline.setText(f"{files}, {bytes_words(found.size_bytes)}")
        for row in found.formats:
            self._table.addTopLevelItem(_item(row))
        for name, why in found.refused:
            self._table.addTopLevelItem(QTreeWidgetItem([name, "", "", why]))
        for column in range(3):
            self._table.resizeColumnToContents(column)
        self._time.setText(self._said(found))
        self._tell_room(found)
        self._start.setText(self.tr("Start"))
        self._start.setEnabled(bool(found.files or found.refused))
        self._grow()

    def _grow(self) -> None:
        """Be high enough for what is said now."""
        self._layout.activate()
        least_px = self._layout.heightForWidth(self.width())
        self.resize(self.width(), max(self.height(), least_px))

    def _said(self, found: Preflight) -> str:
        parts = [self.tr("About {0}").format(duration_words(found.seconds))]
        if found.runs:
            parts[0] += self.tr(", as fast as %n earlier run(s) on this computer", "", found.runs)
        else:
            parts[0] += self.tr(", by the rates of a computer with two cores")
        if found.known:
            parts.append(
                self.tr("%Ln file(s) are in the case already and are not read again", "", found.known)
            )
        if found.unreadable:
            parts.append(
                self.tr("%Ln file(s) cannot be read and will be listed as issues", "", found.unreadable)
            )
        return ". ".join(parts) + "."

    def _tell_room(self, found: Preflight) -> None:
        needed, free = bytes_words(found.needed_bytes), bytes_words(found.free_bytes)
        if found.has_room:
            self._room.setText(
                self.tr("The case will grow by about {0}; {1} are free on its disk.").format(needed, free)
            )
            return
        self._room.setText(
            self.tr("⚠ The case needs about {0}, but only {1} are free on its disk.").format(needed, free)
        )
        restyle(self._room, "contradicts")


def _item(row: FormatRow) -> QTreeWidgetItem:
    name = format_words(row.format)
    item = QTreeWidgetItem([name, number_words(row.files), bytes_words(row.size_bytes), row.reason])
    for column in (1, 2):
        item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item
