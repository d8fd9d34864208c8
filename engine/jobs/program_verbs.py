"""What the job worker can be asked about the program itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, Protocol

from engine.clock import system_clock
from engine.jobs.self_test import test_installation
from engine.messages import Request


class Reply(Protocol):
    """How a verb tells how far it is."""

    def progress(self, news: Any) -> None: ...


def _self_test(_: Request, reply: Reply) -> Mapping[str, Any]:
    """Answer with ``ok``, ``workstation`` (sentences) and ``checks`` (``name``, ``ok``, ``detail``)."""
    tested = test_installation(clock=system_clock, progress=reply.progress)
    return {
        "ok": tested.ok,
        "workstation": list(tested.workstation.sentences()),
        "checks": [asdict(check) for check in tested.checks],
    }


PROGRAM_VERBS: Mapping[str, Callable[[Request, Reply], Mapping[str, Any]]] = {"self_test": _self_test}
