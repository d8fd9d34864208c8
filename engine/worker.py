"""The engine as a process for the desktop: requests in on stdin, messages out on stdout, a line each.

A job worker does one job at a time with its models loaded. A query worker answers searches and
previews; a newer query of a verb replaces an older one that has not been answered. A training worker
makes and measures models, and is the only one that may load torch. End of file on
stdin ends the process, so a desktop that dies leaves no orphan.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from queue import SimpleQueue
from typing import Any, TextIO

from engine.errors import Cancelled, EngineError, Skipped, UsageError
from engine.jobs.device import AUTO, DEVICES, ready_device
from engine.left_out import leave_torch_out
from engine.messages import Kind, Message, Request, parse_request
from engine.progress import Progress
from engine.segmenters.backends import CPU
from engine.settings import ENGINE_VERSION, go_offline

Verb = Callable[[Request, "Reply"], Mapping[str, Any]]


class Wishes:
    """What the desktop asked of a running request; ``skipped`` names the file to go on without."""

    def __init__(self) -> None:
        self.cancelled = threading.Event()
        self.skipped = ""


class Reply:
    """How a verb talks back about its request: progress, news, and the question whether to stop."""

    def __init__(self, request: Request, send: Callable[[Message], None], wishes: Wishes) -> None:
        self._request = request
        self._send = send
        self._wishes = wishes

    def progress(self, news: Progress) -> None:
        """Send ``news``; raises Cancelled, or Skipped, when the desktop has asked for that."""
        if self._wishes.cancelled.is_set():
            raise Cancelled(f"{self._request.verb} was cancelled at {news.item or news.step}")
        if news.can_skip and self._wishes.skipped == news.item:
            self._wishes.skipped = ""
            raise Skipped("the user went on without it while it was being read; try it again")
        body: dict[str, Any] = {"step": news.step, "done": news.done, "total": news.total, "item": news.item}
        if news.can_skip:
            body["can_skip"] = True
        if news.metrics:
            body["metrics"] = dict(news.metrics)
        self.say(Kind.PROGRESS, body)

    def say(self, kind: Kind, body: Mapping[str, Any]) -> None:
        self._send(Message(kind=kind, of=self._request.id, body=body))


class Worker:
    """Reads requests in one thread, carries them out in the main thread, writes one line a message."""

    def __init__(self, verbs: Mapping[str, Verb], stdin: Iterable[str], stdout: TextIO) -> None:
        self._verbs = verbs
        self._stdin = stdin
        self._stdout = stdout
        self._writing = threading.Lock()
        self._requests: SimpleQueue[Request | None] = SimpleQueue()
        self._wishes: dict[str, Wishes] = {}
        self._newest: dict[str, str] = {}

    def serve(self, role: str, device: str) -> None:
        """Work until stdin ends."""
        reader = threading.Thread(target=self._listen, name="casebook-requests", daemon=True)
        reader.start()
        self._send(Message(kind=Kind.READY, body={"role": role, "version": ENGINE_VERSION, "device": device}))
        while (request := self._requests.get()) is not None:
            self._carry_out(request, replaceable=role == "query")

    def _listen(self) -> None:
        for line in self._stdin:
            if line.strip():
                self._accept(line)
        for wishes in list(self._wishes.values()):
            wishes.cancelled.set()
        self._requests.put(None)

    def _accept(self, line: str) -> None:
        try:
            request = parse_request(line)
        except UsageError as error:
            self._send(_failure("", error))
            return
        wishes = self._wishes.get(str(request.arguments.get("of", "")))
        if request.verb == "cancel":
            if wishes is not None:
                wishes.cancelled.set()
            return
        if request.verb == "skip":
            if wishes is not None:
                wishes.skipped = str(request.arguments.get("item", ""))
            return
        self._wishes[request.id] = Wishes()
        self._newest[request.verb] = request.id
        self._requests.put(request)

    def _carry_out(self, request: Request, *, replaceable: bool) -> None:
        wishes = self._wishes[request.id]
        outdated = replaceable and self._newest[request.verb] != request.id
        try:
            if outdated or wishes.cancelled.is_set():
                self._send(Message(kind=Kind.CANCELLED, of=request.id))
                return
            verb = self._verbs.get(request.verb)
            if verb is None:
                raise UsageError(f"no verb {request.verb!r}; there are: {', '.join(sorted(self._verbs))}")
            body = verb(request, Reply(request, self._send, wishes))
            kind = Kind.ANSWER if replaceable else Kind.FINISHED
            self._send(Message(kind=kind, of=request.id, body=body))
        except Cancelled:
            self._send(Message(kind=Kind.CANCELLED, of=request.id))
        except EngineError as error:
            self._send(_failure(request.id, error))
        except Exception as error:  # noqa: BLE001 - the worker loop must outlive any one request
            self._send(_failure(request.id, error))
        finally:
            del self._wishes[request.id]

    def _send(self, message: Message) -> None:
        with self._writing:
            self._stdout.write(message.as_line())
            self._stdout.flush()


def _failure(of: str, error: Exception) -> Message:
    body = {"error": type(error).__name__, "message": str(error) or type(error).__name__}
    return Message(kind=Kind.FAILED, of=of, body=body)


def run(argv: list[str] | None = None) -> int:
    """Enter the process; ``--role job``, ``query`` or ``training``."""
    parser = argparse.ArgumentParser(prog="casebook-worker", description="Casebook's engine process.")
    parser.add_argument("--role", choices=("job", "query", "training"), required=True)
    parser.add_argument("--device", choices=DEVICES, default=AUTO)
    options = parser.parse_args(argv)
    go_offline()
    # Only jobs look at many pictures; a training chooses for itself, and may load torch.
    device = CPU if options.role != "job" else ready_device(options.device)
    if options.role == "query":
        leave_torch_out()
    # Libraries print; their words must not land between our lines, so fd 1 becomes stderr.
    with os.fdopen(os.dup(1), "w", encoding="ascii", newline="\n") as stdout:
        os.dup2(2, 1)
        sys.stdout = sys.stderr
        with _verbs_of(options.role)(device) as verbs:
            Worker(verbs, sys.stdin, stdout).serve(options.role, device)
    return 0


def _verbs_of(role: str) -> Callable[[str], AbstractContextManager[Mapping[str, Verb]]]:
    if role == "training":
        from engine.jobs.training_verbs import training_verbs

        return training_verbs
    from engine.jobs.verbs import job_verbs, query_verbs

    return job_verbs if role == "job" else query_verbs


if __name__ == "__main__":
    sys.exit(run())
