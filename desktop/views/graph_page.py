"""Persons, exhibits, images and reports around one of them: drawn above, in words below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QPushButton, QSplitter, QWidget

from desktop.dialogs.texts import bar, column, label, named
from desktop.item_models.things import selection_of, thing_name, thing_names, thing_of, tie_line
from desktop.item_models.wording import number_words
from desktop.session.beside import Reading, read_beside
from desktop.session.session import Session
from desktop.views.graph_view import GraphView
from desktop.views.line_list import LineList
from engine.store.surroundings import Surroundings, Thing, ThingKind, Tie, notable_things, surroundings

_MOST_OF_A_KIND = 7


class GraphPage(QWidget):
    """Follows the selection when it is opened; ``opened`` shows an image or report beside its partner."""

    opened = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._names: dict[Thing, str] = {}
        self._reading = Reading(session, notable_things, self._offer)
        self.graph = GraphView()
        self.ties = LineList[Tie](
            self.tr("Ties in words"),
            self.tr("Nothing is tied to it."),
            lambda tie: tie_line(tie, self._names, self.graph.current),
        )
        self._around = named(QComboBox(), self.tr("In the middle"))
        self._around.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._around.setMinimumContentsLength(18)
        self._said = label("", "muted")
        self._middle = QPushButton(self.tr("Put into the middle"))
        self._middle.setToolTip(self.tr("Show what stands around the chosen card (Enter, or a double click)"))
        self._open = QPushButton(self.tr("Show large"))
        self._open.setToolTip(self.tr("Show the chosen image or report beside its partner"))
        head = bar(
            label(self.tr("Graph"), "heading"),
            label(self.tr("around"), "muted"),
            self._around,
            None,
            self._middle,
            self._open,
        )
        legend = label(
            self.tr(
                "solid line: links support     dashed line with ≠: links contradict     dotted: compared, no "
                "link     thin: named in the text, or about this person"
            ),
            "muted",
            wraps=True,
        )
        sides = QSplitter(Qt.Orientation.Vertical)
        sides.addWidget(self.graph)
        sides.addWidget(self.ties)
        sides.setSizes([500, 160])
        sides.setStretchFactor(0, 1)
        sides.setChildrenCollapsible(False)
        foot = bar(self._said, legend)
        foot.layout().setStretch(1, 1)  # type: ignore[union-attr]
        column(head, sides, foot, parent=self)
        self.layout().setStretch(1, 1)  # type: ignore[union-attr]
        self.setFocusProxy(self.graph)
        self._around.activated.connect(lambda _row: self.show_around(self._around.currentData()))
        self.graph.chosen.connect(self._choose)
        self.graph.centered.connect(self.show_around)
        self._middle.clicked.connect(lambda: self.show_around(self.graph.current))
        self._open.clicked.connect(self.opened)
        self.ties.opened.connect(self._on_tie)
        session.case_changed.connect(self._forget)
        session.content_changed.connect(self._reading.forget)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        selected = thing_of(self._session.selection)
        if not self._reading.renew() and selected is not None and selected not in self._names:
            self.show_around(selected)

    def show_around(self, thing: Thing | None) -> None:
        """Put a thing into the middle."""
        if thing is not None:
            read_beside(
                self._session,
                lambda store: surroundings(store, thing, most_of_a_kind=_MOST_OF_A_KIND),
                self._take,
            )

    def _forget(self) -> None:
        self._reading.forget()
        self._names = {}
        self._around.clear()
        self.graph.show_graph(None, {})
        self._tell(None)

    def _offer(self, notable: tuple[tuple[Thing, int], ...]) -> None:
        store = self._session.store
        if store is None:
            return
        self._around.clear()
        for thing, _ in notable:
            self._around.addItem(thing_name(store, thing), thing)
        selected = thing_of(self._session.selection)
        if selected is None and notable:
            selected = notable[0][0]
        if selected is None:
            selected = next((Thing(ThingKind.REPORT, each.id) for each in store.reports(limit=1)), None)
        self.show_around(selected)

    def _take(self, found: Surroundings) -> None:
        store = self._session.store
        if store is None:
            return
        self._names = thing_names(store, found)
        row = self._row_of(found.center)
        if row < 0:
            self._around.insertItem(0, self._names[found.center], found.center)
            row = 0
        self._around.setCurrentIndex(row)
        self.graph.show_graph(found, self._names)
        self._choose(found.center)
        self._tell(found)

    def _row_of(self, thing: Thing) -> int:
        rows = range(self._around.count())
        return next((row for row in rows if self._around.itemData(row) == thing), -1)

    def _tell(self, found: Surroundings | None) -> None:
        shown = number_words(len(found.things)) if found else ""
        if found is None:
            self._said.clear()
        elif found.left_off:
            self._said.setText(
                self.tr("{0} shown, {1} more left off").format(shown, number_words(found.left_off))
            )
        else:
            self._said.setText(self.tr("{0} shown, nothing left off").format(shown))

    def _choose(self, thing: Thing) -> None:
        self.graph.choose(thing)
        self.ties.show_rows(self.graph.ties)
        selection = selection_of(thing)
        self._open.setEnabled(selection is not None)
        if selection is not None:
            self._session.select(selection)

    def _on_tie(self, tie: Tie) -> None:
        """Move along a tie to its other end."""
        self._choose(tie.second if tie.first == self.graph.current else tie.first)
