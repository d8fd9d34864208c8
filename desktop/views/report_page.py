"""All Reports: a list of any length, and the one that is selected as marked text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

from desktop.dialogs.texts import column
from desktop.item_models.case_links import case_link_rows, decided_row
from desktop.item_models.findings import LinkRow, contradiction_line, report_line
from desktop.item_models.lines import Line
from desktop.session.jobs import JobEnd
from desktop.session.reading import read_report
from desktop.session.selection import Selection
from desktop.session.session import Session
from desktop.views.line_list import LineList
from desktop.views.report_reader import ReportReader
from engine.errors import UsageError
from engine.model.evidence import Report
from engine.model.findings import Link, LinkRelation
from engine.model.ids import EntityId
from engine.store.triage import place_of_report


class ReportPage(QWidget):
    """Lists Reports and shows one; ``opened`` when the user wants to see it beside its image."""

    opened = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown = ""
        self._links: tuple[Link, ...] = ()
        self._listed: EntityId | None = None
        self.list = LineList[Report](
            self.tr("Reports"), self.tr("This case has no reports yet. Drop text files here."), self._line
        )
        self.reader = ReportReader()
        self.text = self.reader.text
        self.links = LineList[LinkRow](
            self.tr("Links of the phrase"),
            self.tr("Click on a marked phrase to see what links it to a picture."),
            contradiction_line,
        )
        right = QSplitter(Qt.Orientation.Vertical)
        right.addWidget(self.reader)
        right.addWidget(self.links)
        right.setSizes([560, 130])
        right.setStretchFactor(0, 1)
        right.setChildrenCollapsible(False)
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.addWidget(self.list)
        sides.addWidget(right)
        sides.setSizes([340, 700])
        sides.setStretchFactor(1, 1)
        sides.setChildrenCollapsible(False)
        column(sides, parent=self)
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _row: self.opened.emit())
        self.text.entity_clicked.connect(self._on_entity)
        self.links.chosen.connect(self._on_link)
        self.links.opened.connect(lambda _row: self.opened.emit())
        session.decided.connect(lambda _target: self._on_decided())
        session.case_changed.connect(self._on_case)
        session.content_changed.connect(self._on_content)
        session.selected.connect(self._follow)
        session.jobs.ended.connect(self._on_job_ended)

    def _line(self, report: Report) -> Line:
        store = self._session.store
        return report_line(store, report) if store is not None else Line(title=report.title)

    def _on_case(self) -> None:
        self._shown, self._links, self._listed = "", (), None
        self.links.show_rows(())
        self.reader.clear(self.tr("Choose a report on the left."))
        store, counts = self._session.store, self._session.counts()
        if store is None or counts is None:
            self.list.show_rows(())
        else:
            self.list.show_pages(
                counts.reports, lambda offset, limit: store.reports(offset=offset, limit=limit)
            )

    def _on_content(self) -> None:
        counts = self._session.counts()
        if counts is None:
            return
        if self.list.rows.rowCount():
            self.list.rows.grow(counts.reports)
        else:
            self._on_case()

    def _on_job_ended(self, end: JobEnd) -> None:
        if end.verb == "ingest":
            self._shown, self._listed = "", None
            self._follow(self._session.selection)

    def _on_chosen(self, report: Report) -> None:
        if report.id != self._session.selection.report_id:
            self._session.select(Selection(report_id=report.id))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow(self._session.selection)

    def _follow(self, selection: Selection) -> None:
        """Show the selected Report; nothing is read for a page that is out of view."""
        store = self._session.store
        if store is None or selection.report_id is None or not self.isVisible():
            return
        if selection.report_id != self._shown:
            try:
                found = read_report(store, selection.report_id)
            except UsageError as error:
                self._session.failed.emit(str(error))
                return
            self._shown = selection.report_id
            self._links = store.links(report_id=selection.report_id)
            against = [link for link in self._links if link.relation is LinkRelation.CONTRADICTS]
            self.reader.show_report(
                found,
                linked={link.entity_id for link in self._links},
                contradicted={link.entity_id for link in against},
            )
            self.list.move_to_row(place_of_report(store, selection.report_id))
        self.text.light([selection.entity_id] if selection.entity_id is not None else [])
        self._show_links(selection)

    def _show_links(self, selection: Selection) -> None:
        """List what links the selected phrase to pictures, the contradictions first."""
        if selection.link_id is None or selection.entity_id != self._listed:
            self._listed = selection.entity_id
            wanted = [link for link in self._links if link.entity_id == selection.entity_id]
            self.links.empty_label.setText(
                self.tr("Nothing links this phrase to a picture.")
                if selection.entity_id
                else self.tr("Click on a marked phrase to see what links it to a picture.")
            )
            wanted.sort(key=lambda link: (link.relation is not LinkRelation.CONTRADICTS, -link.score))
            self.links.show_pages(
                len(wanted), lambda offset, limit: self._rows(wanted[offset : offset + limit])
            )
        self.links.move_to(lambda row: row.link.id == selection.link_id)

    def _rows(self, links: Sequence[Link]) -> list[LinkRow]:
        store, decisions = self._session.store, self._session.decisions
        return case_link_rows(store, decisions, links) if store is not None and decisions is not None else []

    def _on_decided(self) -> None:
        decisions = self._session.decisions
        if decisions is not None:
            self.links.rows.amend(lambda row: decided_row(row, decisions))

    def _on_link(self, row: LinkRow) -> None:
        link = row.link
        self._session.refine(image_id=link.image_id, region_id=link.region_id, link_id=link.id)

    def _on_entity(self, entity_id: str) -> None:
        chosen = EntityId(entity_id) if entity_id else None
        self._session.refine(entity_id=chosen, region_id=None, link_id=None)
