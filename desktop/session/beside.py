"""Reading from the open case beside the event loop, where counting takes longer than a frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from desktop.session.session import Session
from engine.clock import system_clock
from engine.errors import EngineError
from engine.store import CaseStore, open_case

Found = TypeVar("Found")


def read_beside(session: Session, read: Callable[[CaseStore], Found], then: Callable[[Found], None]) -> None:
    """Call ``read`` on a connection of its own in another thread, then ``then`` in this one.

    What cannot be read is said in ``Session.failed``; nothing comes after the case was closed.
    """
    store = session.store
    if store is None:
        return
    path, key = store.path, store.connection.key

    def work() -> Found:
        try:
            with open_case(path, clock=system_clock, read_only=True, key=key) as own:
                return read(own)
        except EngineError as error:
            raise RuntimeError(str(error)) from error

    session.background.run(work, then, lambda error: session.failed.emit(str(error)))


class Reading(Generic[Found]):
    """What a page shows of the open case: read once it is looked at, and again after the case has changed."""

    def __init__(
        self, session: Session, read: Callable[[CaseStore], Found], then: Callable[[Found], None]
    ) -> None:
        self._session, self._read, self._then = session, read, then
        self._is_stale = True

    def forget(self) -> None:
        """Know that the case has changed; ``renew`` then reads again."""
        self._is_stale = True

    def renew(self) -> bool:
        """Read beside the event loop unless that was done; tell whether it is being done."""
        was_stale, self._is_stale = self._is_stale, False
        if was_stale:
            read_beside(self._session, self._read, self._then)
        return was_stale
