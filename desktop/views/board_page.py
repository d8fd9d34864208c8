"""The contradictions of the whole case, worst first, to be decided one after the other."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.dialogs.texts import bar, column, label
from desktop.item_models.findings import LinkRow, contradiction_line
from desktop.session.reading import file_name
from desktop.session.selection import Selection
from desktop.session.session import Session
from desktop.views.actions import Actions
from desktop.views.buttons import button
from desktop.views.line_list import LineList
from engine.model.findings import Link, LinkRelation


class BoardPage(QWidget):
    """A triage list: arrow keys or J and K move, C confirms, R rejects, Enter shows the pair."""

    opened = Signal()

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._links: tuple[Link, ...] = ()
        self.list = LineList[LinkRow](
            self.tr("Contradictions"),
            self.tr(
                "No contradiction was found between pictures and words. That is not a proof of agreement."
            ),
            contradiction_line,
        )
        self._undecided = QCheckBox(self.tr("Only undecided"))
        self._count = label("", "muted")
        tools = [button(actions, name, with_text=True) for name in ("confirm", "reject")]
        top = bar(
            label(self.tr("Contradictions, worst first"), "heading"),
            self._count,
            None,
            self._undecided,
            *tools,
        )
        column(top, self.list, parent=self)
        self._undecided.toggled.connect(self._show)
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _row: self.opened.emit())
        session.case_changed.connect(self._read)
        session.content_changed.connect(self._on_content)
        session.decided.connect(self._on_decided)
        session.selected.connect(self._follow)

    def _read(self) -> None:
        store = self._session.store
        found = store.links(relation=LinkRelation.CONTRADICTS) if store is not None else ()
        self._links = tuple(sorted(found, key=lambda link: (-link.score, link.id)))
        self._show()

    def _on_content(self) -> None:
        """Read again only when there is more or less, and stay where the hand is."""
        counts = self._session.counts()
        if counts is not None and counts.contradictions != len(self._links):
            self._read()
            self._follow(self._session.selection)

    def _show(self) -> None:
        shown = self._links
        decisions = self._session.decisions
        if self._undecided.isChecked() and decisions is not None:
            shown = tuple(link for link in shown if decisions.standing(link.id) is None)
        self.list.show_pages(len(shown), lambda offset, limit: self._rows(shown[offset : offset + limit]))
        self._tell()

    def _tell(self) -> None:
        decisions = self._session.decisions
        if decisions is not None:
            decided = sum(decisions.standing(link.id) is not None for link in self._links)
            self._count.setText(self.tr("{0} of {1} decided").format(decided, len(self._links)))

    def _rows(self, links: tuple[Link, ...]) -> list[LinkRow]:
        store, decisions = self._session.store, self._session.decisions
        if store is None or decisions is None:
            return []
        rows = []
        for link in links:
            entity = store.entity(link.entity_id)
            if entity is not None:
                rows.append(
                    LinkRow(
                        link=link,
                        entity=entity,
                        region=store.region(link.region_id) if link.region_id else None,
                        image_name=file_name(store.files_of_image(link.image_id)) or link.image_id,
                        report_name=file_name(store.files_of_report(link.report_id)) or link.report_id,
                        review=decisions.standing(link.id),
                    )
                )
        return rows

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
            self.list.move_to(lambda row: row.link.id == selection.link_id)

    def _on_decided(self, target_id: str) -> None:
        """Show the decision in place, so that the list does not jump under the hand."""
        if any(link.id == target_id for link in self._links):
            self.list.rows.reread()
            self._tell()
