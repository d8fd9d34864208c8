"""Where things were, without a map: places with counts, and what is tied to the chosen one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QSplitter, QWidget

from desktop.dialogs.texts import bar, column, label, named
from desktop.item_models.lines import Line
from desktop.item_models.places import count_words, locality_line, occurrence_line
from desktop.session.beside import Reading
from desktop.session.selection import Selection
from desktop.session.session import Session
from desktop.views.line_list import LineList
from engine.store.localities import Locality, Occurrence, localities, occurrences


class PlacesPage(QWidget):
    """Coordinates of cameras, institutions of scanners, places that texts name; ``opened`` shows one."""

    opened = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._places: tuple[Locality, ...] = ()
        self._reading = Reading(session, localities, self._take)
        self._count = label("", "muted")
        self.filter = named(QLineEdit(clearButtonEnabled=True), self.tr("Filter places"))
        self.filter.setPlaceholderText(self.tr("Filter places"))
        self.filter.setMaximumWidth(260)
        self.list = LineList[Locality](
            self.tr("Places"),
            self.tr("No image carries coordinates or an institution, and no text names a place."),
            locality_line,
        )
        self.found = LineList[Occurrence](
            self.tr("Images and reports of the place"), self.tr("Choose a place on the left."), self._line
        )
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.addWidget(self.list)
        sides.addWidget(self.found)
        sides.setSizes([420, 520])
        sides.setChildrenCollapsible(False)
        column(bar(label(self.tr("Places"), "heading"), self._count, None, self.filter), sides, parent=self)
        self.layout().setStretch(1, 1)  # type: ignore[union-attr]
        self.filter.textChanged.connect(self._show)
        self.list.chosen.connect(self._on_place)
        self.list.opened.connect(lambda _place: self.found.view.setFocus())
        self.found.chosen.connect(self._on_occurrence)
        self.found.opened.connect(lambda _found: self.opened.emit())
        session.case_changed.connect(self._forget)
        session.content_changed.connect(self._on_content)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._reading.renew()

    def _forget(self) -> None:
        self._reading.forget()
        self._take(())

    def _on_content(self) -> None:
        self._reading.forget()
        if self.isVisible():
            self._reading.renew()

    def _take(self, places: tuple[Locality, ...]) -> None:
        self._places = places
        self._show()

    def _show(self) -> None:
        wanted = self.filter.text().casefold().strip()
        shown = [place for place in self._places if wanted in locality_line(place).spoken.casefold()]
        self.found.show_rows(())
        self.list.show_rows(shown)
        self._count.setText(count_words(len(shown)) if self._places else "")

    def _on_place(self, place: Locality) -> None:
        store = self._session.store
        self.found.show_rows(occurrences(store, place) if store is not None else ())

    def _line(self, found: Occurrence) -> Line:
        store = self._session.store
        return occurrence_line(store, found) if store is not None else Line(title="")

    def _on_occurrence(self, found: Occurrence) -> None:
        self._session.select(
            Selection(image_id=found.image_id, report_id=found.report_id, entity_id=found.entity_id)
        )
