"""Two batches on their way: one is worked on in a second thread while the caller prepares the next."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from types import TracebackType
from typing import Generic, Self, TypeVar

Batch = TypeVar("Batch")
Result = TypeVar("Result")

_TOLD_EVERY_S = 0.5


class Relay(Generic[Batch, Result]):
    """Has one batch after another worked on in a thread of its own; a context manager.

    ``take`` gets each result in the caller's thread, in the order of the batches, and always at the same
    point of the caller's work. ``meanwhile`` is called twice a second while the caller must wait; what it
    raises ends the wait, and leaving the context then waits for the batch in work alone.
    """

    def __init__(
        self, work: Callable[[Batch], Result], take: Callable[[Result], None], meanwhile: Callable[[], None]
    ) -> None:
        self._work = work
        self._take = take
        self._meanwhile = meanwhile
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._running: Future[Result] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.shutdown(cancel_futures=True)

    def hand_over(self, batch: Batch) -> None:
        """Have a batch worked on once the last one is done, and take the result of that one meanwhile.

        Raises what working on the last one raised.
        """
        last = self._finished()
        self._running = self._thread.submit(self._work, batch)
        if last is not None:
            self._take(last.result())

    def finish(self) -> None:
        """Take the result of the batch that is being worked on, if there is one."""
        last = self._finished()
        if last is not None:
            self._take(last.result())

    def _finished(self) -> Future[Result] | None:
        """Wait for the batch that is being worked on; raises what working on it raised."""
        last, self._running = self._running, None
        if last is not None:
            while not wait([last], timeout=_TOLD_EVERY_S).done:
                self._meanwhile()
            last.result()
        return last
