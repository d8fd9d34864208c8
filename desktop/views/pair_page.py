"""The heart: an Image beside a Report; one glance tells what agrees and what contradicts."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from desktop.dialogs.texts import bar, column, label
from desktop.item_models.findings import LinkRow, link_line
from desktop.item_models.pair_rows import concerns, link_rows
from desktop.item_models.partners import with_partner
from desktop.item_models.thumbnails import Thumbnails
from desktop.session.jobs import JobEnd
from desktop.session.reading import (
    ImageFindings,
    PairFindings,
    ReportFindings,
    read_image,
    read_pair,
    read_report,
)
from desktop.session.seen import Seen
from desktop.session.selection import Selection
from desktop.session.session import Session
from desktop.views.actions import Actions
from desktop.views.image_panel import ImagePanel
from desktop.views.line_list import LineList
from desktop.views.partner_boxes import PartnerBoxes
from desktop.views.relation_strip import RelationStrip
from desktop.views.report_text import ReportText
from desktop.views.second_image import SecondImage
from desktop.views.ties import Ties
from engine.errors import UsageError
from engine.model.findings import Link, LinkRelation
from engine.model.ids import EntityId, ImageId, LinkId, RegionId, ReportId


class PairPage(QWidget):
    """Follows the selection: shows its Image, the Report related best, and their Links.

    ``opened`` when the user wants something that is only seen here.
    """

    opened = Signal()

    def __init__(
        self,
        session: Session,
        thumbnails: Thumbnails,
        seen: Seen,
        actions: Actions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._image: ImageFindings | None = None
        self._report: ReportFindings | None = None
        self._links: tuple[Link, ...] = ()
        self._pair: PairFindings | None = None
        self._is_alone = self._is_behind = False
        self._sizes = [620, 480]
        self._strip = RelationStrip()
        self.image_panel = ImagePanel(session, thumbnails, actions)
        self.second = SecondImage(session, thumbnails, actions, self.image_panel.canvas)
        self.report_text = ReportText()
        self.link_list = LineList[LinkRow](
            self.tr("Links"),
            self.tr("Nothing ties this image to this report: no phrase names what the picture shows."),
            link_line,
        )
        self._boxes = PartnerBoxes(self)
        self._build()
        self._strip.set_open(bool(session.preferences.number("show_reasons", 0)))
        self._strip.opened.connect(lambda on: session.preferences.set_number("show_reasons", int(on)))
        actions["compare"].toggled.connect(self.show_second)
        self.image_panel.view.looked_at.connect(seen.mark)
        self.image_panel.region_clicked.connect(self._on_region)
        self.image_panel.frame_bar.chosen.connect(lambda frame: self._go(image_id=ImageId(frame)))
        self.report_text.entity_clicked.connect(self._on_entity)
        self.link_list.chosen.connect(self._on_link)
        self._boxes.image_chosen.connect(lambda image: self._go(image_id=ImageId(image)))
        self._boxes.report_chosen.connect(lambda report: self._go(report_id=ReportId(report)))
        session.selected.connect(self._follow)
        session.decided.connect(lambda _target: self._on_decided())
        session.case_changed.connect(self._clear)
        session.jobs.ended.connect(self._on_job_ended)

    def _build(self) -> None:
        right = QStackedWidget()
        report = QWidget()
        title = label(self.tr("Report"), "section")
        column(bar(title, self._boxes.reports), self.report_text, parent=report)
        right.addWidget(report)
        right.addWidget(self.second)
        left = QWidget()
        title = label(self.tr("Image"), "section")
        column(bar(title, self._boxes.images), self.image_panel, parent=left)
        self.sides = QSplitter(Qt.Orientation.Horizontal)
        self.sides.addWidget(left)
        self.sides.addWidget(right)
        self._right = right
        self.sides.setSizes(self._sizes)
        self.sides.setChildrenCollapsible(False)
        below = QWidget()
        title = label(self.tr("Links between phrase and region"), "section")
        column(bar(title, None), self.link_list, parent=below)
        self.halves = QSplitter(Qt.Orientation.Vertical)
        stage = QWidget()  # a splitter would take the pane of the ties for one more side
        column(self.sides, parent=stage)
        self.halves.addWidget(stage)
        self.halves.addWidget(below)
        self._below = below
        self.halves.setSizes([640, 150])
        self.halves.setStretchFactor(0, 1)
        self.halves.setChildrenCollapsible(False)
        column(self._strip, self.halves, parent=self).setStretch(1, 1)
        self.ties = Ties(self.image_panel.canvas, self.report_text, stage)

    def show_alone(self, alone: bool) -> None:
        """Give the image the whole page, or show the report and the links again."""
        self._is_alone = alone
        self._arrange()

    def show_reasons(self, shown: bool) -> None:
        """Say why picture and text relate as they do, or leave the room to the evidence."""
        self._strip.set_open(shown)

    def show_second(self, shown: bool) -> None:
        """Put a second image beside the first instead of the report, or the report again."""
        if shown and not self.isVisible():
            self.opened.emit()
        self._right.setCurrentIndex(1 if shown else 0)
        self._arrange()
        self.image_panel.make_room(shown)
        before, self._sizes = self._sizes, self.sides.sizes()
        self.sides.setSizes([1000, 1000] if shown else before)

    def compare(self, first: str, second: str) -> None:
        """Show two Images side by side."""
        self._session.select(Selection(image_id=ImageId(first)))
        self.second.want(ImageId(second))

    def _arrange(self) -> None:
        """Show what belongs to the report only where there is one in view."""
        is_second = self._right.currentIndex() == 1
        self._right.setHidden(self._is_alone)
        for part in (self._below, self._strip, self.ties):
            part.setHidden(self._is_alone or is_second)
        if not (self._is_alone or is_second):
            self._strip.show_pair(self._pair)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow(self._session.selection)
        if self._is_behind:
            self._show()

    def _on_decided(self) -> None:
        self._is_behind = not self.isVisible()
        if not self._is_behind:
            self._show()

    def _clear(self) -> None:
        self._image = self._report = self._pair = None
        self._links = ()
        self._show()

    def _on_job_ended(self, end: JobEnd) -> None:
        """Read the pair again: its Links may have come in the meantime."""
        if end.verb == "ingest" and (self._image is not None or self._report is not None):
            self._image = self._report = None
            self._follow(self._session.selection)

    def _go(self, *, image_id: ImageId | None = None, report_id: ReportId | None = None) -> None:
        now = self._session.selection
        self._session.select(
            Selection(image_id=image_id or now.image_id, report_id=report_id or now.report_id)
        )

    def _follow(self, selection: Selection) -> None:
        """Read what the selection names, and choose the best partner where it names only one side.

        Nothing is read while the page is not in view: whoever leafs through the gallery would wait for it.
        """
        store = self._session.store
        if store is None or not self.isVisible():
            return
        image_id, report_id = selection.image_id, selection.report_id
        shown = (
            self._image.image.id if self._image else None,
            self._report.report.id if self._report else None,
        )
        try:
            image_id, report_id = with_partner(store, image_id, report_id)
            if (image_id, report_id) != shown:
                self._read(image_id, report_id)
        except UsageError as error:
            self._session.failed.emit(str(error))
            return
        if (selection.image_id, selection.report_id) != (image_id, report_id):
            # What is shown is selected: tools, facts and decisions are about both sides.
            self._session.refine(image_id=image_id, report_id=report_id)
            return
        self._light(selection)

    def _read(self, image_id: ImageId | None, report_id: ReportId | None) -> None:
        store = self._session.store
        assert store is not None
        pair: PairFindings | None = None
        if image_id is not None and report_id is not None:
            pair = read_pair(store, image_id, report_id)
            self._image, self._report, self._links = pair.image, pair.report, pair.links
        else:
            self._image = read_image(store, image_id) if image_id is not None else None
            self._report = read_report(store, report_id) if report_id is not None else None
            self._links = ()
        self._pair = pair
        self._arrange()
        self._boxes.fill(store, self._image, self._report)
        self._show()

    def _show(self) -> None:
        self._is_behind = False
        against = [link for link in self._links if link.relation is LinkRelation.CONTRADICTS]
        self._show_image({link.region_id for link in against if link.region_id is not None})
        if self._report is None:
            self.report_text.clear_report(self.tr("No report is related to this image."))
        else:
            self.report_text.show_report(
                self._report.report,
                self._report.entities,
                linked={link.entity_id for link in self._links},
                contradicted={link.entity_id for link in against},
            )
        self.link_list.show_rows(self._rows())
        self._light(self._session.selection)

    def _show_image(self, contradicted: set[RegionId]) -> None:
        """Show the Image with its Regions as people left them."""
        decisions, image = self._session.decisions, self._image
        if decisions is None or image is None:
            self.image_panel.show_image(None, {}, ())
            return
        regions = decisions.regions_of(image.image.id, image.regions)
        reviews = decisions.reviews_of(regions)
        self.image_panel.show_image(replace(image, regions=regions), reviews, contradicted)

    def _rows(self) -> list[LinkRow]:
        decisions = self._session.decisions
        if self._image is None or self._report is None or decisions is None:
            return []
        return link_rows(self._image, self._report, self._links, decisions)

    def _light(self, selection: Selection) -> None:
        """Light up both ends of every Link of what is selected."""
        lit = [link for link in self._links if concerns(link, selection)]
        regions = {link.region_id for link in lit if link.region_id is not None}
        entities = {link.entity_id for link in lit}
        if selection.region_id is not None:
            regions.add(selection.region_id)
        if selection.entity_id is not None:
            entities.add(selection.entity_id)
        self.image_panel.light(regions)
        self.report_text.light(entities)
        self.ties.show_links(lit)
        self.link_list.move_to(lambda row: row.link.id == selection.link_id)

    def _on_region(self, region_id: str) -> None:
        self._choose(region_id=RegionId(region_id) if region_id else None)

    def _on_entity(self, entity_id: str) -> None:
        self._choose(entity_id=EntityId(entity_id) if entity_id else None)

    def _on_link(self, row: LinkRow) -> None:
        link = row.link
        self._choose(link_id=link.id, region_id=link.region_id, entity_id=link.entity_id)

    def _choose(
        self,
        *,
        region_id: RegionId | None = None,
        entity_id: EntityId | None = None,
        link_id: LinkId | None = None,
    ) -> None:
        self._session.select(
            Selection(
                image_id=self._image.image.id if self._image else None,
                report_id=self._report.report.id if self._report else None,
                region_id=region_id,
                entity_id=entity_id,
                link_id=link_id,
            )
        )
