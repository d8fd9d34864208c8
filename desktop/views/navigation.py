"""The list on the left: where one can go, with how much is there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.item_models.wording import number_words
from desktop.session.session import Session
from desktop.theme import colors_of, icon
from desktop.views.action_table import SPECS
from desktop.views.actions import Actions

PAGES = (
    "overview",
    "images",
    "reports",
    "pair",
    "contradictions",
    "marks",
    "results",
    "timeline",
    "graph",
    "places",
    "issues",
    "jobs",
    "models",
)


CASELESS = ("jobs", "models")
"""Pages that are there without a case too."""


_LEAST_WIDTH_PX = 196
# The icon and the gaps.
_BESIDE_PX = 50


class Navigation(QListWidget):
    """``wanted`` carries the name of the page's action."""

    wanted = Signal(str)

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._titles = {name: actions[name].text().replace("&", "") for name in PAGES}
        self.setProperty("role", "navigation")
        self.setAccessibleName(self.tr("Pages"))
        self.setIconSize(QSize(20, 20))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for name in PAGES:
            item = QListWidgetItem(self._titles[name], self)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setToolTip(actions[name].toolTip())
        self._measure()
        self.currentItemChanged.connect(self._on_current)
        session.case_changed.connect(self.count_again)
        session.content_changed.connect(self.count_again)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def _measure(self) -> None:
        """Be wide enough for the longest line, at the size of text that the user chose."""
        lines = [f"{title}   000" for title in self._titles.values()]
        lines += [self.item(place).text() for place in range(self.count())]
        widest = max(map(self.fontMetrics().horizontalAdvance, lines))
        self.setFixedWidth(max(_LEAST_WIDTH_PX, widest + _BESIDE_PX))

    def dress(self) -> None:
        """Draw the icons in the colors of the theme."""
        color = colors_of(self.palette()).muted
        icons = {spec.name: spec.icon for spec in SPECS}
        for place in range(self.count()):
            item = self.item(place)
            item.setIcon(icon(icons[item.data(Qt.ItemDataRole.UserRole)], color))

    def show_page(self, name: str) -> None:
        """Mark the page that is shown, quietly."""
        self.blockSignals(True)
        self.setCurrentRow(PAGES.index(name) if name in PAGES else -1)
        self.blockSignals(False)

    def count_again(self) -> None:
        counts = self._session.counts()
        if counts is None:
            return
        numbers = {
            "images": counts.images,
            "reports": counts.reports,
            "contradictions": counts.contradictions,
            "issues": counts.issues,
        }
        for place, name in enumerate(PAGES):
            number = numbers.get(name)
            title = self._titles[name]
            self.item(place).setText(f"{title}   {number_words(number)}" if number else title)
        self._measure()

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.wanted.emit(item.data(Qt.ItemDataRole.UserRole))
