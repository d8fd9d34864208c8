"""What the job worker can be asked about the program itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from engine.clock import system_clock
from engine.jobs.self_test import test_installation
from engine.jobs.verb import Reply, Verb
from engine.messages import Request


def _self_test(_: Request, reply: Reply) -> Mapping[str, Any]:
    """Answer with ``ok``, ``workstation`` (sentences) and ``checks`` (``name``, ``ok``, ``detail``)."""
    tested = test_installation(clock=system_clock, progress=reply.progress)
    return {
        "ok": tested.ok,
        "workstation": list(tested.workstation.sentences()),
        "checks": [asdict(check) for check in tested.checks],
    }


PROGRAM_VERBS: Mapping[str, Verb] = {"self_test": _self_test}
