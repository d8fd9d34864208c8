"""Which Images the examiner has looked at: read once, written a few at a time beside the event loop."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.session.beside import read_beside
from desktop.session.session import Session
from engine.clock import system_clock
from engine.errors import EngineError
from engine.model.ids import ImageId
from engine.store import CaseKey, open_case

# Whoever leafs through does not look, and not every picture is worth a transaction of its own.
_GATHER_MS = 3_000


class Seen(QObject):
    """``changed`` when more is known; where the case cannot be written, it is remembered for this sitting."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._ids: set[str] = set()
        self._unwritten: set[str] = set()
        self._gather = QTimer(self, singleShot=True, interval=_GATHER_MS)
        self._gather.timeout.connect(self.write)
        session.case_changed.connect(self._on_case)

    def __contains__(self, image_id: object) -> bool:
        return image_id in self._ids

    def mark(self, image_id: ImageId) -> None:
        """Remember that the examiner has looked at an Image."""
        if image_id in self._ids:
            return
        self._ids.add(image_id)
        self._unwritten.add(image_id)
        self._gather.start()
        self.changed.emit()

    def write(self) -> None:
        """Write what was looked at since the last time."""
        store = self._session.store
        if store is None or not self._unwritten or self._session.is_read_only:
            return
        ids, self._unwritten = self._unwritten, set()
        path, key, examiner = store.path, store.key, self._session.examiner
        self._session.background.run(lambda: _write(path, key, ids, examiner), self._on_written)

    def _on_written(self, said: str) -> None:
        if said:
            self._session.noted.emit(said)

    def _on_case(self) -> None:
        self._gather.stop()
        self._ids, self._unwritten = set(), set()
        examiner = self._session.examiner
        read_beside(self._session, lambda store: store.seen(examiner), self._take)

    def _take(self, ids: frozenset[str]) -> None:
        self._ids |= ids
        self.changed.emit()


def _write(path: Path, key: CaseKey | None, ids: set[str], examiner: str) -> str:
    """Write, and return why it was impossible, empty where it was not."""
    try:
        with open_case(path, clock=system_clock, actor=examiner, key=key) as store:
            store.mark_seen(sorted(ids), examiner=examiner)
    except EngineError as error:
        return str(error)
    return ""
