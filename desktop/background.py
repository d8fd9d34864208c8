"""Work beside the event loop: small functions on a pool of threads, their results back in the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot


class _Call(QRunnable):
    """One call on a pool thread; the result travels by a queued signal of ``Background``."""

    def __init__(self, owner: Background, ticket: int) -> None:
        super().__init__()
        self._owner = owner
        self._ticket = ticket

    def run(self) -> None:
        function = self._owner.take(self._ticket)
        if function is None:  # forgotten between its start and now
            return
        try:
            result, error = function(), None
        except (OSError, ValueError, RuntimeError, LookupError) as caught:
            result, error = None, caught
        self._owner.done.emit(self._ticket, result, error)


class Background(QObject):
    """Runs functions beside the event loop; ``then`` gets the result in the thread of the window.

    A function that fails with an error it may meet (OSError, ValueError, …) gives nothing to
    ``then``; ``otherwise`` gets the error. ``forget`` drops what has not come back yet.
    """

    done = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None, *, threads: int = 2) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._waiting: dict[int, tuple[Callable[[Any], None], Callable[[Any], None] | None]] = {}
        # Here and not in the calls: Qt keeps some of those for good, with all that they hold.
        self._functions: dict[int, Callable[[], object]] = {}
        self._last_ticket = 0
        self.done.connect(self._deliver)

    def run(
        self,
        function: Callable[[], object],
        then: Callable[[Any], None],
        otherwise: Callable[[Any], None] | None = None,
    ) -> int:
        """Start ``function`` on a thread; return a ticket."""
        self._last_ticket += 1
        self._waiting[self._last_ticket] = (then, otherwise)
        self._functions[self._last_ticket] = function
        self._pool.start(_Call(self, self._last_ticket))
        return self._last_ticket

    def take(self, ticket: int) -> Callable[[], object] | None:
        """Give a function away to the thread that runs it; None where it was forgotten."""
        return self._functions.pop(ticket, None)

    def forget(self) -> None:
        """Drop every call that has not come back; their results go nowhere."""
        self._waiting.clear()
        self._functions.clear()
        self._pool.clear()

    def stop(self) -> None:
        """Drop what waits and let what runs end; called before the window goes."""
        self.forget()
        self._pool.waitForDone()

    @Slot(int, object, object)
    def _deliver(self, ticket: int, result: object, error: object) -> None:
        then, otherwise = self._waiting.pop(ticket, (None, None))
        if error is None and then is not None:
            then(result)
        elif error is not None and otherwise is not None:
            otherwise(error)
