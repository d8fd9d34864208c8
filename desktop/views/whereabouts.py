"""Where one was in a case: the page and the selection, found again when it is opened again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.session.selection import Selection
from engine.model.ids import EntityId, ImageId, LinkId, RegionId, ReportId
from engine.store import CaseStore

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow


class Whereabouts(QObject):
    """Remembers page and selection of every case on this workstation, by the case and not by its path."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._store: CaseStore | None = None
        self._name = ""
        window.session.case_changed.connect(self._restore)
        window.session.selected.connect(lambda _selection: self._remember())
        window.stack.currentChanged.connect(lambda _place: self._remember())

    def _remember(self) -> None:
        """Keep where one is; not before a case that was just opened has found its place again."""
        if self._store is None or self._store is not self._session.store:
            return
        chosen = self._session.selection
        ids = [identity or "" for identity in astuple(chosen)]
        self._session.preferences.set_texts(self._name, [self._window.page_name(), *ids])

    def _restore(self) -> None:
        store = self._session.store
        self._store = None
        if store is None:
            return
        first = store.audit(number=1)
        self._name = f"places/{first[0].hash[:16]}" if first else "places/none"
        page, *ids = self._session.preferences.texts(self._name) or ("",)
        chosen = _existing(store, ids)
        if page in self._window.pages:
            self._session.select(chosen)
            self._window.go(page)
        self._store = store


def _existing(store: CaseStore, ids: Sequence[str]) -> Selection:
    """Return the selection of these ids, in the order of its fields, as far as the case still has them."""
    image, report, region, entity, link = (*ids, "", "", "", "", "")[:5]
    return Selection(
        image_id=ImageId(image) if image and store.image(ImageId(image)) else None,
        report_id=ReportId(report) if report and store.report(ReportId(report)) else None,
        region_id=RegionId(region) if region and store.region(RegionId(region)) else None,
        entity_id=EntityId(entity) if entity and store.entity(EntityId(entity)) else None,
        link_id=LinkId(link) if link and store.link(LinkId(link)) else None,
    )
