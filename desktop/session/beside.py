"""Reading from the open case beside the event loop, where counting takes longer than a frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

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
