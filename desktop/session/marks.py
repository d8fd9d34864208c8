"""What an analyst keeps at hand in a case: bookmarks in categories, searches by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.clock import system_clock
from engine.errors import CaseError
from engine.store import Bookmark, CaseStore, SavedSearch, open_case

if TYPE_CHECKING:
    from desktop.session.session import Session

CATEGORY_COUNT = 9
_CATEGORIES = "categories"
_HISTORY = "searches"
_MOST_SEARCHES = 40


class Marks(QObject):
    """Bookmarks and saved searches of the open case; ``changed`` when there are others.

    A bookmark is of one of nine categories, whose names are this workstation's; a row keeps the name
    that it was made with. Rows are written at once, as decisions are.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._bookmarks: dict[str, Bookmark] = {}
        self._searches: tuple[SavedSearch, ...] = ()
        session.case_changed.connect(self._read)
        session.content_changed.connect(self._read)

    @property
    def bookmarks(self) -> tuple[Bookmark, ...]:
        """All bookmarks, in the order they were made."""
        return tuple(self._bookmarks.values())

    @property
    def searches(self) -> tuple[SavedSearch, ...]:
        return self._searches

    def of(self, target_id: str | None) -> Bookmark | None:
        """Return the bookmark on a finding, an Image or a Report."""
        return self._bookmarks.get(target_id) if target_id else None

    def categories(self) -> tuple[str, ...]:
        """Return the names of the nine categories, on the keys 1 to 9."""
        stored = self._session.preferences.texts(_CATEGORIES)
        usual = (self.tr("Important"), self.tr("Ask someone"), self.tr("For the report"), self.tr("Later"))
        names = [*stored, *usual[len(stored) :]][:CATEGORY_COUNT]
        return tuple(
            (names[place] if place < len(names) else "") or self.tr("Category {0}").format(place + 1)
            for place in range(CATEGORY_COUNT)
        )

    def set_categories(self, names: tuple[str, ...]) -> None:
        self._session.preferences.set_texts(_CATEGORIES, names)
        self.changed.emit()

    def target(self) -> tuple[str, str] | None:
        """Return kind and id of what a bookmark now would be on: a finding, else the Report or Image."""
        finding = self._session.target()
        if finding is not None:
            return finding[0].value, finding[1]
        chosen = self._session.selection
        if chosen.report_id is not None and chosen.image_id is None:
            return "report", chosen.report_id
        return ("image", chosen.image_id) if chosen.image_id is not None else None

    def toggle(self, category: int) -> None:
        """Put the selection into a category (from 0), or take it out where it is in it already."""
        target = self.target()
        if target is None:
            self._session.noted.emit(self.tr("Select what the bookmark is for."))
            return
        kind, identity = target
        name = self.categories()[category]
        standing = self.of(identity)
        if standing is not None and standing.title == name:
            self.remove(standing)
            return
        examiner = self._session.examiner
        if self._write(lambda store: store.add_bookmark(kind, identity, examiner=examiner, title=name)):
            self._session.noted.emit(self.tr("Bookmarked: {0}").format(name))

    def remove(self, bookmark: Bookmark) -> None:
        kind, identity, examiner = bookmark.target_kind, bookmark.target_id, self._session.examiner
        if self._write(lambda store: store.remove_bookmark(kind, identity, examiner=examiner)):
            self._session.noted.emit(self.tr("Bookmark removed: {0}").format(bookmark.title))

    def save_search(self, name: str, query: str) -> None:
        examiner = self._session.examiner
        self._write(lambda store: store.save_search(name, query, examiner=examiner))

    def remove_search(self, name: str) -> None:
        examiner = self._session.examiner
        self._write(lambda store: store.remove_search(name, examiner=examiner))

    def past_searches(self) -> tuple[str, ...]:
        """Return what was looked for in this case on this workstation, the newest first."""
        return self._session.preferences.texts(self._history())

    def remember_search(self, text: str) -> None:
        """Remember what was looked for; nothing of an encrypted case, since it may name a patient."""
        store = self._session.store
        if store is None or store.connection.key is not None:
            return
        kept = [each for each in self.past_searches() if each != text]
        self._session.preferences.set_texts(self._history(), (text, *kept)[:_MOST_SEARCHES])
        self.changed.emit()

    def _history(self) -> str:
        """Return where the searches of this case are kept: by the first entry of its audit chain."""
        store = self._session.store
        first = store.audit(number=1) if store is not None else ()
        return f"{_HISTORY}/{first[0].hash[:16] if first else 'none'}"

    def _read(self) -> None:
        store = self._session.store
        self._bookmarks = {each.target_id: each for each in store.bookmarks()} if store else {}
        self._searches = store.saved_searches() if store else ()
        self.changed.emit()

    def _write(self, change: Callable[[CaseStore], object]) -> bool:
        """Write in a short transaction of its own, and tell whether it could be written."""
        store = self._session.store
        if store is None:
            return False
        if self._session.is_read_only:
            self._session.failed.emit(self.tr("This case is open for reading only; nothing was written."))
            return False
        examiner, key = self._session.examiner, store.connection.key
        try:
            with open_case(store.path, clock=system_clock, actor=examiner, key=key) as own:
                change(own)
        except CaseError as error:
            self._session.failed.emit(str(error))
            return False
        self._read()
        return True
