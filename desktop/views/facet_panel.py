"""The facets beside the gallery: every value with how many images it would leave, to tick."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHeaderView, QPushButton, QTreeWidget, QTreeWidgetItem, QWidget
from shiboken6 import delete

from desktop.dialogs.texts import bar, column, label
from desktop.item_models.wording import assertion_words, mark, number_words, say
from desktop.theme import colors_of
from engine.model.findings import Assertion
from engine.store.image_facets import Facet

_VALUE = Qt.ItemDataRole.UserRole
_TITLES = {
    Facet.CONTRADICTIONS: mark("Wording", "Contradictions"),
    Facet.REVIEWED: mark("Wording", "Decisions"),
    Facet.SEEN: mark("Wording", "Seen"),
    Facet.LABEL: mark("Wording", "Region or scene"),
    Facet.MODALITY: mark("Wording", "Modality"),
    Facet.DATE: mark("Wording", "Date"),
    Facet.ASSERTION: mark("Wording", "Said in its reports"),
}
_WORDS = {
    (Facet.CONTRADICTIONS, "yes"): mark("Wording", "with contradictions"),
    (Facet.CONTRADICTIONS, "no"): mark("Wording", "without"),
    (Facet.REVIEWED, "yes"): mark("Wording", "decided by a person"),
    (Facet.REVIEWED, "no"): mark("Wording", "not decided yet"),
    (Facet.SEEN, "yes"): mark("Wording", "seen by you"),
    (Facet.SEEN, "no"): mark("Wording", "not seen yet"),
}


class FacetPanel(QWidget):
    """``narrowed`` when other values are ticked; ``chosen`` says which."""

    narrowed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_filling = False
        self._chosen: dict[Facet, set[str]] = {facet: set() for facet in Facet}
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(self.tr("Facets"))
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(10)
        self.tree.setRootIsDecorated(True)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._clear = QPushButton(self.tr("Clear all"))
        self._clear.setProperty("role", "quiet")
        self._clear.setEnabled(False)
        column(bar(label(self.tr("Facets"), "section"), None, self._clear), self.tree, parent=self)
        self.setMinimumWidth(190)
        self._sections = {facet: self._section(facet) for facet in _TITLES}
        self.tree.itemChanged.connect(self._on_ticked)
        self._clear.clicked.connect(self.clear)

    @property
    def chosen(self) -> dict[Facet, frozenset[str]]:
        """The ticked values of every facet that has any."""
        return {facet: frozenset(values) for facet, values in self._chosen.items() if values}

    def choose(self, facets: Mapping[Facet, frozenset[str]]) -> None:
        """Tick these values and no others, as if by hand."""
        self._chosen = {facet: set(facets.get(facet, ())) for facet in Facet}
        self._tick_chosen()
        self._on_changed()

    def clear(self) -> None:
        """Untick everything."""
        self.choose({})

    def forget(self) -> None:
        """Begin with another case: nothing is ticked, nothing is known."""
        self._chosen = {facet: set() for facet in Facet}
        self._clear.setEnabled(False)
        self.show_counts({})

    def show_counts(self, counts: Mapping[Facet, tuple[tuple[str, int], ...]]) -> None:
        """Show these values; what is ticked stays in the list even where nothing is left of it."""
        self._is_filling = True
        current = self.tree.currentItem()
        place = (current.parent(), current.data(0, _VALUE)) if current is not None else (None, None)
        for facet, section in self._sections.items():
            known = dict(counts.get(facet, ()))
            for value in sorted(self._chosen[facet] - known.keys()):
                known[value] = 0
            for old in section.takeChildren():
                delete(old)  # PySide would keep them until the panel goes
            for value, count in known.items():
                item = QTreeWidgetItem(section)
                item.setText(0, _words(facet, value))
                item.setText(1, number_words(count))
                item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                item.setData(0, _VALUE, value)
                item.setToolTip(0, _words(facet, value))
                spoken = self.tr("{0}, {1} images").format(_words(facet, value), number_words(count))
                item.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken)
                item.setCheckState(0, _tick(value in self._chosen[facet]))
                if place == (section, value):
                    self.tree.setCurrentItem(item)
            section.setHidden(not known)
        self._is_filling = False
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        """Let numbers step back, and those of nothing more so."""
        colors = colors_of(self.palette())
        self._is_filling = True
        for section in self._sections.values():
            for item in _children(section):
                item.setForeground(1, QColor(colors.muted))
        self._is_filling = False

    def _section(self, facet: Facet) -> QTreeWidgetItem:
        section = QTreeWidgetItem(self.tree)
        section.setText(0, say(_TITLES[facet]))
        section.setFirstColumnSpanned(True)
        section.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = self.tree.font()
        font.setBold(True)
        section.setFont(0, font)
        section.setExpanded(True)
        section.setHidden(True)
        return section

    def _on_ticked(self, item: QTreeWidgetItem) -> None:
        facet = next((each for each, section in self._sections.items() if section is item.parent()), None)
        if self._is_filling or facet is None:
            return
        value = str(item.data(0, _VALUE))
        if item.checkState(0) is Qt.CheckState.Checked:
            self._chosen[facet].add(value)
        else:
            self._chosen[facet].discard(value)
        self._on_changed()

    def _tick_chosen(self) -> None:
        self._is_filling = True
        for facet, section in self._sections.items():
            for item in _children(section):
                item.setCheckState(0, _tick(item.data(0, _VALUE) in self._chosen[facet]))
        self._is_filling = False

    def _on_changed(self) -> None:
        self._clear.setEnabled(bool(self.chosen))
        self.narrowed.emit()


def _children(section: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    found = (section.child(place) for place in range(section.childCount()))
    return [item for item in found if item is not None]


def _words(facet: Facet, value: str) -> str:
    if facet is Facet.ASSERTION and value in tuple(Assertion):
        return assertion_words(Assertion(value))
    return say(_WORDS[(facet, value)]) if (facet, value) in _WORDS else value


def _tick(is_on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked
