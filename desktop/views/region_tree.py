"""The list beside the picture: every Region under its label, parts under their whole, each with a tick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QCheckBox, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from desktop.dialogs.texts import bar, column, label
from desktop.item_models.wording import probability_words, region_words, verdict_words
from desktop.theme import region_color
from engine.model.findings import Region, Review, Verdict
from engine.model.ids import RegionId

_ID = Qt.ItemDataRole.UserRole
_LABEL = Qt.ItemDataRole.UserRole + 1
_MARKS = {Verdict.CONFIRMED: "✓", Verdict.REJECTED: "✗", Verdict.ADDED: "✎", Verdict.CORRECTED: "✎"}
_SWATCH_PX = 14


class RegionTree(QWidget):
    """``hidden_changed`` carries the ids of Regions whose tick is off, ``chosen`` one to select.

    What is hidden is remembered by label, so that the next Image looks alike. Parts begin hidden: they
    lie on their whole and would cover it.
    """

    hidden_changed = Signal(object)
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hidden_labels: set[str] = set()
        self._is_filling = False
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(self.tr("Regions of the image"))
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.setIconSize(QSize(_SWATCH_PX, _SWATCH_PX))
        self.tree.setIndentation(14)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.parts = QCheckBox(self.tr("Show parts"))
        self.parts.setToolTip(self.tr("Parts of regions, such as the thirds of a lung"))
        column(bar(label(self.tr("Regions"), "section"), None), self.tree, bar(self.parts), parent=self)
        self.setMinimumWidth(165)
        self.tree.itemChanged.connect(self._on_ticked)
        self.tree.currentItemChanged.connect(self._on_current)
        self.tree.itemActivated.connect(self._on_current)
        self.parts.toggled.connect(self._on_parts)

    def show_regions(self, regions: Sequence[Region], reviews: Mapping[str, Review]) -> None:
        """List these Regions; those without an outline are about the whole Image and are not listed."""
        self._is_filling = True
        self.tree.clear()
        outlined = {region.id: region for region in regions if region.polygons}
        parts: dict[RegionId, list[Region]] = {}
        wholes: dict[str, list[Region]] = {}
        for region in outlined.values():
            if region.parent_id in outlined:
                parts.setdefault(region.parent_id, []).append(region)
            else:
                wholes.setdefault(region.label, []).append(region)
        for name, group in sorted(wholes.items()):
            under: QTreeWidget | QTreeWidgetItem = self.tree
            if len(group) > 1:
                under = _group_item(self.tree, name, len(group))
                under.setCheckState(0, _tick(name not in self._hidden_labels))
            for region in group:
                self._add(under, region, parts, reviews)
        self.parts.setVisible(bool(parts))
        self._is_filling = False
        self._tell()

    def move_to(self, region_id: RegionId | None) -> None:
        """Make a Region the current one, quietly."""
        self.tree.blockSignals(True)
        found = next((item for item in self._items() if item.data(0, _ID) == region_id), None)
        self.tree.setCurrentItem(found) if found is not None else self.tree.clearSelection()
        self.tree.blockSignals(False)

    def _add(
        self,
        under: QTreeWidget | QTreeWidgetItem,
        region: Region,
        parts: Mapping[RegionId, Sequence[Region]],
        reviews: Mapping[str, Review],
    ) -> None:
        review = reviews.get(region.id)
        item = QTreeWidgetItem(under)
        item.setText(0, region.label)
        item.setIcon(0, _swatch(region))
        mark = _MARKS.get(review.verdict, "") if review else ""
        item.setText(1, mark or f"{region.score:.2f}")
        said = verdict_words(review) if review else probability_words(region.score)
        item.setToolTip(0, f"{region_words(region)}\n{said}")
        item.setToolTip(1, said)
        item.setData(0, _ID, region.id)
        item.setData(0, _LABEL, region.label)
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{region_words(region)}, {said}")
        is_hidden = region.label in self._hidden_labels
        is_hidden = is_hidden or (region.parent_id is not None and not self.parts.isChecked())
        item.setCheckState(0, _tick(not is_hidden))
        for part in parts.get(region.id, ()):
            self._add(item, part, parts, reviews)

    def _on_ticked(self, item: QTreeWidgetItem) -> None:
        """A tick of a group counts for its Regions; one taken off a whole takes its parts along."""
        if self._is_filling:
            return
        self._is_filling = True
        is_shown = item.checkState(0) is Qt.CheckState.Checked
        is_group = item.data(0, _ID) is None
        if is_group or not is_shown:
            for place in range(item.childCount()):
                _tick_all(item.child(place), is_shown, with_parts=not is_shown)
        change = self._hidden_labels.discard if is_shown else self._hidden_labels.add
        if is_group or item.parent() is None:
            change(item.data(0, _LABEL))
        self._is_filling = False
        self._tell()

    def _on_parts(self, shown: bool) -> None:
        self._is_filling = True
        for item in self._items():
            parent = item.parent()
            if parent is not None and parent.data(0, _ID) is not None:
                item.setCheckState(0, _tick(shown))
        self._is_filling = False
        self._tell()

    def _tell(self) -> None:
        hidden = (
            str(item.data(0, _ID))
            for item in self._items()
            if item.data(0, _ID) is not None and item.checkState(0) is Qt.CheckState.Unchecked
        )
        self.hidden_changed.emit(frozenset(hidden))

    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and item.data(0, _ID) is not None and not self._is_filling:
            self.chosen.emit(str(item.data(0, _ID)))

    def _items(self) -> list[QTreeWidgetItem]:
        waiting = [self.tree.topLevelItem(place) for place in range(self.tree.topLevelItemCount())]
        found: list[QTreeWidgetItem] = []
        while waiting:
            item = waiting.pop(0)
            if item is not None:
                found.append(item)
                waiting += [item.child(place) for place in range(item.childCount())]
        return found


def _group_item(tree: QTreeWidget, name: str, count: int) -> QTreeWidgetItem:
    item = QTreeWidgetItem(tree)
    item.setText(0, f"{name} ({count})")
    item.setData(0, _LABEL, name)
    item.setExpanded(True)
    return item


def _tick(is_on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked


def _tick_all(item: QTreeWidgetItem | None, is_on: bool, *, with_parts: bool) -> None:
    if item is None:
        return
    item.setCheckState(0, _tick(is_on))
    if with_parts:
        for place in range(item.childCount()):
            _tick_all(item.child(place), is_on, with_parts=True)


def _swatch(region: Region) -> QIcon:
    """Return the color of a Region; a part has a smaller one."""
    pixmap = QPixmap(_SWATCH_PX, _SWATCH_PX)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor("#566172"))
    painter.setBrush(region_color(region.label))
    inset = 4 if region.parent_id else 1
    side = _SWATCH_PX - 2 * inset
    painter.drawRoundedRect(inset, inset, side, side, 3, 3)
    painter.end()
    return QIcon(pixmap)
