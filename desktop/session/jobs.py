"""Long work in the job worker, one after the other: how far it is, how fast, and how it ended."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.engine_client import EngineClient
from engine.messages import Kind, Message

# A rate from less than this would jump about.
_SETTLED_S = 1.0
# Words of a request that nobody remembers once it is sent.
_SECRETS = frozenset({"passphrase", "key", "certificate_passphrase"})


@dataclass(frozen=True, slots=True, kw_only=True)
class JobProgress:
    """Where the running job stands; ``remaining_s`` is None until a rate is known.

    ``can_skip``: the job waits for ``item``. ``metrics``: what a training has reached.
    """

    verb: str
    step: str
    done: int
    total: int
    item: str
    rate_per_s: float
    remaining_s: float | None
    can_skip: bool = False
    metrics: Mapping[str, float] = field(default_factory=dict)

    @property
    def percent(self) -> int:
        return min(100 * self.done // self.total, 100) if self.total else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class JobEnd:
    """How a job ended: ``kind`` is finished, cancelled or failed; ``body`` its summary or error.

    ``arguments`` are those that it was asked with, without passphrases; ``seconds`` counts from when it
    was asked for.
    """

    verb: str
    kind: Kind
    body: Mapping[str, Any]
    arguments: Mapping[str, Any] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass(slots=True)
class _Job:
    verb: str
    arguments: Mapping[str, Any]
    then: Callable[[JobEnd], None] | None
    asked_s: float
    item: str = ""
    can_skip: bool = False
    step: str = ""
    step_began_s: float = 0.0
    step_began_at: int = 0


class Jobs(QObject):
    """The queue of the job worker as the window sees it; the first one is running."""

    progressed = Signal(object)
    started = Signal(str)
    ended = Signal(object)

    def __init__(self, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._jobs: dict[str, _Job] = {}
        client.message.connect(self._take)

    @property
    def running(self) -> str:
        """The verb of the running job, or an empty string."""
        return next(iter(self._jobs.values())).verb if self._jobs else ""

    @property
    def waiting(self) -> tuple[str, ...]:
        """The verbs of the jobs that are queued behind the running one."""
        return tuple(job.verb for job in self._jobs.values())[1:]

    @property
    def can_skip(self) -> bool:
        """Whether the running job waits for a file that it can go on without."""
        return next(iter(self._jobs.values())).can_skip if self._jobs else False

    @property
    def client(self) -> EngineClient:
        return self._client

    def run(
        self, verb: str, arguments: Mapping[str, Any], then: Callable[[JobEnd], None] | None = None
    ) -> None:
        """Start a job, or queue it behind the running one."""
        request_id = self._client.request(verb, arguments)
        kept = {name: value for name, value in arguments.items() if name not in _SECRETS}
        self._jobs[request_id] = _Job(verb, kept, then, asked_s=time.monotonic())
        self.started.emit(verb)

    def cancel(self) -> None:
        """Cancel the running job and what is queued behind it."""
        for request_id in reversed(tuple(self._jobs)):
            self._client.cancel(request_id)

    def cancel_verb(self, verb: str) -> None:
        """Cancel the jobs of one verb and leave the others."""
        for request_id, job in tuple(self._jobs.items()):
            if job.verb == verb:
                self._client.cancel(request_id)

    def skip(self) -> None:
        """Let the running job go on without the file that it waits for."""
        for request_id, job in tuple(self._jobs.items())[:1]:
            self._client.skip(request_id, job.item)

    def _take(self, message: Message) -> None:
        job = self._jobs.get(message.of)
        if job is None:
            return
        if message.kind is Kind.PROGRESS:
            self.progressed.emit(self._measured(job, message.body))
        elif message.kind in (Kind.FINISHED, Kind.CANCELLED, Kind.FAILED):
            del self._jobs[message.of]
            end = JobEnd(
                verb=job.verb,
                kind=message.kind,
                body=message.body,
                arguments=job.arguments,
                seconds=time.monotonic() - job.asked_s,
            )
            if job.then is not None:
                job.then(end)
            self.ended.emit(end)

    def _measured(self, job: _Job, body: Mapping[str, Any]) -> JobProgress:
        """Add rate and remaining time, measured since the step began."""
        step, done, total = str(body.get("step", "")), int(body.get("done", 0)), int(body.get("total", 0))
        now_s = time.monotonic()
        job.item, job.can_skip = str(body.get("item", "")), bool(body.get("can_skip", False))
        if step != job.step:
            job.step, job.step_began_s, job.step_began_at = step, now_s, done
        passed_s = now_s - job.step_began_s
        rate_per_s = (done - job.step_began_at) / passed_s if passed_s > _SETTLED_S else 0.0
        remaining_s = (total - done) / rate_per_s if rate_per_s > 0 and total else None
        return JobProgress(
            verb=job.verb,
            step=step,
            done=done,
            total=total,
            item=job.item,
            can_skip=job.can_skip,
            metrics=dict(body.get("metrics", {})),
            rate_per_s=rate_per_s,
            remaining_s=remaining_s,
        )
