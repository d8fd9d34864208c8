"""What a search found, with the reasons, and how the question was understood."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from desktop.dialogs.texts import bar, column, label, named
from desktop.item_models.findings import HitRow, hit_line
from desktop.session.queries import Answer, Hit
from desktop.session.reading import file_name
from desktop.session.selection import Selection
from desktop.session.session import Session
from desktop.views.line_list import LineList

_FILTERS = ("assertion", "side", "modality", "date", "subject")


class SearchPage(QWidget):
    """The hits of the last search, best first."""

    opened = Signal()
    narrowed = Signal(str)
    """A value of a facet was chosen: the text of the search that keeps only its hits."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._title = label(self.tr("Search"), "heading")
        self._state = label("", "muted")
        self._assertion = named(QComboBox(), self.tr("How the text must speak of it"))
        for words, assertion in (
            (self.tr("Stated as present"), "present"),
            (self.tr("Stated or denied"), "any"),
            (self.tr("Denied"), "absent"),
        ):
            self._assertion.addItem(words, assertion)
        self._assertion.activated.connect(self._again)
        self._expand = named(QCheckBox(self.tr("Synonyms and similar sense")), self.tr("Look for more"))
        self._expand.setChecked(True)
        self._expand.clicked.connect(self._again)
        self._text = ""
        self.facets = label("", "muted", wraps=True)
        self.facets.setTextFormat(Qt.TextFormat.RichText)
        self.facets.linkActivated.connect(self.narrowed)
        self.facets.linkActivated.connect(self.search)
        self.facets.setVisible(False)
        self._understood = label("", "muted", wraps=True)
        self.list = LineList[HitRow](
            self.tr("Hits"), self.tr("Type what you look for into the box above and press Enter."), hit_line
        )
        self._explained = bar(self._understood)
        head = bar(self._title, self._state, None, self._expand, self._assertion)
        column(head, self._explained, self.facets, self.list, parent=self)
        self._explained.setVisible(False)
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _row: self.opened.emit())
        session.queries.answered.connect(self._show)
        session.queries.failed.connect(self._state.setText)
        session.case_changed.connect(self._clear)

    @property
    def state(self) -> str:
        """How many hits there are, and whether more may come."""
        return self._state.text()

    def search(self, text: str) -> None:
        """Look for ``text`` in the way that is chosen on this page."""
        store = self._session.store
        self._text = " ".join(text.split())
        if store is not None and self._text:
            self._session.queries.search(
                store,
                self._text,
                assertion=self._assertion.currentData(),
                expand=self._expand.isChecked(),
            )

    def _again(self) -> None:
        self.search(self._text)

    def _clear(self) -> None:
        self._title.setText(self.tr("Search"))
        self._state.clear()
        self._explained.setVisible(False)
        self.facets.setVisible(False)
        self.list.show_rows(())

    def _show(self, answer: Answer) -> None:
        rows = [row for hit in answer.hits if (row := self._row(hit)) is not None]
        self._title.setText(self.tr("Search: {0}").format(answer.text))
        if answer.is_partial:
            self._state.setText(
                self.tr("{0} hits by words alone; meaning is still loading…").format(len(rows))
            )
        else:
            self._state.setText(self.tr("{0} hits").format(len(rows)))
        words = ", ".join(answer.expansion)
        said = [
            self.tr("Also looked for: {0}").format(words) if words else "",
            answer.remark,
            self.tr("Did you mean “{0}”?").format(answer.suggestion) if answer.suggestion else "",
        ]
        self._understood.setText("\n".join(part for part in said if part))
        self._explained.setVisible(bool(words or answer.remark))
        self.facets.setText(_facets_line(answer))
        self.facets.setVisible(bool(answer.facets))
        self.list.empty_label.setText(self.tr("Nothing fits “{0}”.").format(answer.text))
        self.list.show_rows(rows)

    def _row(self, hit: Hit) -> HitRow | None:
        store = self._session.store
        if store is None:
            return None
        image = file_name(store.files_of_image(hit.image_id)) if hit.image_id else ""
        report = ""
        if hit.report_id:
            titles = [found.title for found in store.reports(id=hit.report_id) if found.title]
            report = titles[0] if titles else file_name(store.files_of_report(hit.report_id))
        return HitRow(hit=hit, image_name=image, report_name=report)

    def _on_chosen(self, row: HitRow) -> None:
        hit = row.hit
        self._session.select(
            Selection(image_id=hit.image_id, report_id=hit.report_id, region_id=hit.region_id)
        )


def _facets_line(answer: Answer) -> str:
    """Return the facets as rich text; a value that a filter can keep is a link to that search."""
    found: dict[str, list[str]] = {}
    for each in answer.facets:
        shown = f"{escape(each.value)} {each.count}"
        if each.facet in _FILTERS:
            target = escape(f'{answer.text} {each.facet}:"{each.value}"', quote=True)
            shown = f'<a href="{target}">{shown}</a>'
        found.setdefault(each.facet, []).append(shown)
    return " · ".join(f"{escape(name)}: {', '.join(values)}" for name, values in found.items())
