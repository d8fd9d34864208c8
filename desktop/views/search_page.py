"""What a search found, with the reasons, and how the question was understood."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QToolButton, QWidget

from desktop.dialogs.asking import ask
from desktop.dialogs.saved_searches import NameSearch, SavedSearches
from desktop.dialogs.search_help import SearchHelp
from desktop.dialogs.texts import bar, column, label, named
from desktop.item_models.findings import HitRow, hit_line
from desktop.session.marks import Marks
from desktop.session.queries import Answer, Hit
from desktop.session.reading import file_name
from desktop.session.selection import Selection
from desktop.session.session import Session
from desktop.views.elided import ElidedLabel
from desktop.views.line_list import LineList
from engine.model.ids import ImageId, RegionId
from engine.store import CaseStore

_FILTERS = ("assertion", "side", "modality", "date", "subject")


class SearchPage(QWidget):
    """The hits of the last search, best first, with every reason for the chosen one."""

    opened = Signal()
    narrowed = Signal(str)
    """Another text than that in the box is looked for: a facet, a suggestion, a saved search."""

    def __init__(self, session: Session, marks: Marks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._marks = marks
        self._title = ElidedLabel()
        self._title.setText(self.tr("Search"))
        self._title.setProperty("role", "heading")
        self._state = ElidedLabel(least_chars=7)
        self._state.setProperty("role", "muted")
        self._assertion = named(QComboBox(), self.tr("How the text must speak of it"))
        for words, assertion in (
            (self.tr("Stated as present"), "present"),
            (self.tr("Stated or denied"), "any"),
            (self.tr("Denied"), "absent"),
        ):
            self._assertion.addItem(words, assertion)
        self._assertion.activated.connect(self._again)
        self._expand = named(QCheckBox(self.tr("Synonyms too")), self.tr("Look for more"))
        self._expand.setToolTip(self.tr("Also look for synonyms, kinds and sentences of similar sense"))
        self._expand.setChecked(True)
        self._expand.clicked.connect(self._again)
        self._text = ""
        self.facets, self._understood = _links(), _links()
        for links in (self.facets, self._understood):
            links.linkActivated.connect(self._go)
        self.list = LineList[HitRow](
            self.tr("Hits"), self.tr("Type what you look for into the box above and press Enter."), hit_line
        )
        self._why = label("", "", wraps=True)
        self._why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._explained, self._narrow = bar(self._understood), bar(self.facets)
        self._reasons = bar(self._why)
        head = bar(self._title, self._state, None, self._expand, self._assertion, *self._tools())
        self._assertion.setMinimumWidth(0)  # it says what is searched for: the title gives way instead
        column(head, self._explained, self._narrow, self.list, self._reasons, parent=self)
        for each in (self._explained, self._narrow, self._reasons):
            each.setVisible(False)
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _row: self.opened.emit())
        session.queries.answered.connect(self._show)
        session.queries.failed.connect(self._state.setText)
        session.case_changed.connect(self._clear)

    def _tools(self) -> tuple[QToolButton, ...]:
        self.save_button = _tool(self.tr("Save…"), self.tr("Save this search under a name"), self._save)
        self.save_button.setEnabled(False)
        saved = _tool(
            self.tr("Saved"),
            self.tr("Saved searches: run one again, or delete it"),
            self._offer_saved,
        )
        helped = _tool("?", self.tr("How to search: words, phrases, filters"), self._help)
        return self.save_button, saved, helped

    @property
    def state(self) -> str:
        """How many hits there are, and whether more may come."""
        return self._state.text()

    @property
    def reasons(self) -> str:
        """Why the chosen hit was found, a line each."""
        return self._why.text()

    def search(self, text: str) -> None:
        """Look for ``text`` in the way that is chosen on this page."""
        store = self._session.store
        self._text = " ".join(text.split())
        if store is not None and self._text:
            self._marks.remember_search(self._text)
            self.save_button.setEnabled(True)
            self._session.queries.search(
                store,
                self._text,
                assertion=self._assertion.currentData(),
                expand=self._expand.isChecked(),
            )

    def find_similar(self, image_id: ImageId, region_id: RegionId | None = None) -> None:
        """Show the pictures that look like one, or what looks like a region of it."""
        store = self._session.store
        if store is not None:
            self._text = ""
            self.save_button.setEnabled(False)
            name = file_name(store.files_of_image(image_id))
            self._state.setText(self.tr("Looking…"))
            region = store.region(region_id) if region_id else None
            words = self.tr("pictures like {0}").format(name)
            if region is None or not region.polygons:  # of the whole picture
                region_id = None
            else:
                words = self.tr("regions like “{0}” in {1}").format(region.label, name)
            self._session.queries.similar(image_id, region_id, words)

    def _again(self) -> None:
        self.search(self._text)

    def _go(self, text: str) -> None:
        """Look for another text, and say so in the search box."""
        self.narrowed.emit(text)
        self.search(text)

    def _save(self) -> None:
        dialog = NameSearch(self._text, [each.name for each in self._marks.searches], self)
        if ask(dialog):
            self._marks.save_search(dialog.entered(), self._text)

    def _offer_saved(self) -> None:
        dialog = SavedSearches(self._marks.searches, self._marks.remove_search, self)
        dialog.wanted.connect(self._go)
        ask(dialog)

    def _help(self) -> None:
        dialog = SearchHelp(self)
        dialog.tried.connect(self._go)
        ask(dialog)

    def _clear(self) -> None:
        self._title.setText(self.tr("Search"))
        self._state.clear()
        self._text = ""
        self.save_button.setEnabled(False)
        for each in (self._explained, self._narrow, self._reasons):
            each.setVisible(False)
        self.list.show_rows(())

    def _show(self, answer: Answer) -> None:
        hits = answer.hits
        self._title.setText(self.tr("Search: {0}").format(answer.text))
        if answer.is_partial:
            self._state.setText(
                self.tr("%Ln hit(s) by words alone; meaning is still loading…", "", len(hits))
            )
        else:
            self._state.setText(self.tr("%Ln hit(s)", "", len(hits)))
        said = self._how_understood(answer)
        self._understood.setText(said)
        self._explained.setVisible(bool(said))
        self.facets.setText(_facets_line(answer))
        self._narrow.setVisible(bool(answer.facets))
        self._reasons.setVisible(False)
        self.list.empty_label.setText(self.tr("Nothing fits “{0}”.").format(answer.text))
        self.list.show_pages(len(hits), lambda offset, limit: self._rows(hits[offset : offset + limit]))

    def _how_understood(self, answer: Answer) -> str:
        """Return as rich text what else was looked for, and what may have been meant instead."""
        said = []
        if answer.expansion:
            words = escape(", ".join(answer.expansion))
            said.append(self.tr("Also looked for: {0}").format(words))
            if '"' not in answer.text and ":" not in answer.text:
                only = _link(f'"{answer.text}"', self.tr("only exactly these words"))
                said[-1] += f" &nbsp; {only}"
        if answer.remark:
            said.append(escape(answer.remark))
        if answer.suggestion:
            said.append(
                self.tr("Did you mean {0}?").format(_link(answer.suggestion, f"“{answer.suggestion}”"))
            )
        return "<br>".join(said)

    def _rows(self, hits: Sequence[Hit]) -> list[HitRow]:
        store = self._session.store
        return [self._row(store, hit) for hit in hits] if store is not None else []

    def _row(self, store: CaseStore, hit: Hit) -> HitRow:
        image = file_name(store.files_of_image(hit.image_id)) if hit.image_id else ""
        report = ""
        if hit.report_id:
            titles = [found.title for found in store.reports(id=hit.report_id) if found.title]
            report = titles[0] if titles else file_name(store.files_of_report(hit.report_id))
        return HitRow(hit=hit, image_name=image, report_name=report)

    def _on_chosen(self, row: HitRow) -> None:
        hit = row.hit
        reasons = [self.tr("Why: {0}").format(hit.why[0])] if hit.why else []
        self._why.setText("\n".join([*reasons, *(f"     · {reason}" for reason in hit.why[1:])]))
        self._reasons.setVisible(bool(reasons))
        self._session.select(
            Selection(image_id=hit.image_id, report_id=hit.report_id, region_id=hit.region_id)
        )


def _tool(text: str, hint: str, act: Callable[[], None]) -> QToolButton:
    made = named(QToolButton(), hint)
    made.setText(text)
    made.setToolTip(hint)
    made.clicked.connect(lambda _checked=False: act())
    return made


def _links() -> QLabel:
    """Return a label of rich text whose links can be reached by key."""
    made = label("", "muted", wraps=True)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
    )
    return made


def _link(target: str, shown: str) -> str:
    return f'<a href="{escape(target, quote=True)}">{escape(shown)}</a>'


def _facets_line(answer: Answer) -> str:
    """Return the facets as rich text; a value that a filter can keep is a link to that search."""
    found: dict[str, list[str]] = {}
    for each in answer.facets:
        shown = f"{escape(each.value)} {each.count}"
        if each.facet in _FILTERS:
            shown = _link(f'{answer.text} {each.facet}:"{each.value}"', f"{each.value} {each.count}")
        found.setdefault(each.facet, []).append(shown)
    return " · ".join(f"{escape(name)}: {', '.join(values)}" for name, values in found.items())
