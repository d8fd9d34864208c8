"""The links of the whole case, the contradictions first and worst first, to be decided one by one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.dialogs.texts import bar, column, label, named, progress_bar
from desktop.item_models.case_links import State, bookmarked_row, case_link_rows, decided_row, fits
from desktop.item_models.findings import LinkRow, contradiction_line
from desktop.item_models.wording import number_words
from desktop.session.beside import read_beside
from desktop.session.marks import Marks
from desktop.session.selection import Selection
from desktop.session.session import Session
from desktop.views.line_list import LineList
from engine.model.findings import LinkRelation
from engine.model.ids import LinkId
from engine.store.triage import ranked_links


class BoardPage(QWidget):
    """A triage list: arrows or J and K move, C confirms, R rejects, 1 to 9 bookmark, Enter shows the pair."""

    opened = Signal()

    def __init__(self, session: Session, marks: Marks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._marks = marks
        self._links: tuple[LinkId, ...] = ()
        self._shown: tuple[LinkId, ...] = ()
        self.list = LineList[LinkRow](
            self.tr("Contradictions"), self.tr("No link of this kind."), contradiction_line
        )
        self.relation = named(QComboBox(), self.tr("Which links"))
        for words, relation in (
            (self.tr("Contradictions"), LinkRelation.CONTRADICTS),
            (self.tr("Supporting links"), LinkRelation.SUPPORTS),
            (self.tr("All links"), None),
        ):
            self.relation.addItem(words, relation)
        self.state = named(QComboBox(), self.tr("Decided or not"))
        for words, state in (
            (self.tr("Decided or not"), State.ANY),
            (self.tr("Not decided yet"), State.UNDECIDED),
            (self.tr("Decided"), State.DECIDED),
            (self.tr("Confirmed"), State.CONFIRMED),
            (self.tr("Rejected"), State.REJECTED),
            (self.tr("Corrected"), State.CORRECTED),
            (self.tr("Bookmarked"), State.BOOKMARKED),
        ):
            self.state.addItem(words, state)
        self.progress = progress_bar(self.tr("Review progress"))
        self.progress.setMaximumWidth(140)
        self.count = label("", "muted")
        top = bar(label(self.tr("Contradictions, worst first"), "heading"), None, self.relation, self.state)
        column(top, bar(self.progress, self.count, None), self.list, parent=self)
        self.layout().setStretch(2, 1)  # type: ignore[union-attr]
        self.relation.activated.connect(self._read)
        self.state.activated.connect(self._show)
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _row: self.opened.emit())
        session.case_changed.connect(self._read)
        session.content_changed.connect(self._on_content)
        session.decided.connect(self._on_decided)
        session.selected.connect(self._follow)
        marks.changed.connect(self._on_marks)

    def _asked(self) -> LinkRelation | None:
        """Return which links are asked for; None: all."""
        stored = self.relation.currentData()
        return LinkRelation(stored) if stored else None

    def _read(self) -> None:
        self._links = ()
        self._show()
        self._read_again()

    def _read_again(self) -> None:
        asked = self._asked()
        read_beside(self._session, lambda store: ranked_links(store, asked), self._take)

    def _take(self, links: tuple[LinkId, ...]) -> None:
        self._links = links
        self._show()
        self._follow(self._session.selection)

    def _on_content(self) -> None:
        """Read again only when there is more or less, and stay where the hand is."""
        counts = self._session.counts()
        if counts is not None:
            known = {
                LinkRelation.CONTRADICTS: counts.contradictions,
                LinkRelation.SUPPORTS: counts.links - counts.contradictions,
            }
            asked = self._asked()
            if (known[asked] if asked else counts.links) != len(self._links):
                self._read_again()

    def _show(self) -> None:
        decisions = self._session.decisions
        state = State(self.state.currentData())
        bookmarked = {each.target_id for each in self._marks.bookmarks}
        shown = self._links
        if decisions is not None and state is not State.ANY:
            shown = tuple(link for link in shown if fits(link, state, decisions, bookmarked))
        self._shown = shown
        self.list.empty_label.setText(self._nothing())
        self.list.show_pages(len(shown), lambda offset, limit: self._rows(shown[offset : offset + limit]))
        self._tell()

    def _nothing(self) -> str:
        if self._links:
            return self.tr("No link is in this state.")
        if self._asked() is LinkRelation.CONTRADICTS:
            return self.tr(
                "No contradiction was found between pictures and words. That is not a proof of agreement."
            )
        return self.tr("Nothing links pictures and words yet.")

    def _tell(self) -> None:
        """Say how far the review is, of all links of this kind whatever is listed."""
        decisions = self._session.decisions
        decided = sum(decisions.standing(link) is not None for link in self._links) if decisions else 0
        words = self.tr("{0} of {1} decided").format(number_words(decided), number_words(len(self._links)))
        if len(self._shown) != len(self._links):
            words += "   " + self.tr("{0} listed").format(number_words(len(self._shown)))
        self.count.setText(words)
        self.progress.setRange(0, max(len(self._links), 1))
        self.progress.setValue(decided)
        self.progress.setAccessibleDescription(words)

    def _rows(self, links: tuple[LinkId, ...]) -> list[LinkRow]:
        store, decisions = self._session.store, self._session.decisions
        if store is None or decisions is None:
            return []
        found = [link for each in links if (link := store.link(each)) is not None]
        rows = case_link_rows(store, decisions, found)
        return [bookmarked_row(row, self._marks.of(row.link.id)) for row in rows]

    def _on_marks(self) -> None:
        self.list.rows.amend(lambda row: bookmarked_row(row, self._marks.of(row.link.id)))

    def _on_chosen(self, row: LinkRow) -> None:
        link = row.link
        self._session.select(
            Selection(
                image_id=link.image_id,
                report_id=link.report_id,
                region_id=link.region_id,
                entity_id=link.entity_id,
                link_id=link.id,
            )
        )

    def _follow(self, selection: Selection) -> None:
        if selection.link_id is not None:
            place = self._shown.index(selection.link_id) if selection.link_id in self._shown else -1
            self.list.move_to_row(place)

    def _on_decided(self, target_id: str) -> None:
        """Show the decision in place, so that the list does not jump under the hand."""
        decisions = self._session.decisions
        if decisions is not None and target_id in self._links:
            self.list.rows.amend(lambda row: decided_row(row, decisions))
            self._tell()
