"""Images that are nearly the same, found by the engine once and kept until rows come in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from desktop.session.session import Session
from engine.messages import Kind, Message
from engine.model.ids import ImageId

Groups = Sequence[Sequence[ImageId]]


class Duplicates(QObject):
    """``found`` when the groups are known; ``failed`` carries why they are not."""

    found = Signal()
    failed = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._asked = ""
        self._groups: Groups | None = None
        session.query_engine.message.connect(self._take)
        for change in (session.case_changed, session.content_changed):
            change.connect(self._forget)

    @property
    def groups(self) -> Groups | None:
        """The groups, the largest first; None while they are not known."""
        return self._groups

    def want(self) -> None:
        """Let the engine look for them, unless it does so already."""
        store = self._session.store
        if store is not None and not self._asked and self._groups is None:
            self._asked = self._session.query_engine.request("duplicates", {"case": str(store.path)})

    def _forget(self) -> None:
        self._groups, self._asked = None, ""

    def _take(self, message: Message) -> None:
        if not self._asked or message.of != self._asked:
            return
        if message.kind is Kind.ANSWER:
            self._asked = ""
            self._groups = [[ImageId(each) for each in group] for group in message.body["groups"]]
            self.found.emit()
        elif message.kind in (Kind.FAILED, Kind.CANCELLED):
            self._asked = ""
            self.failed.emit(str(message.body.get("message", "")))
