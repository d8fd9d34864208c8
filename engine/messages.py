"""The lines between the desktop and its engine processes: one JSON object each, ids and counts only.

A request has an ``id``, a ``verb`` and ``arguments``. Every message names the request it answers.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.errors import UsageError


class Kind(enum.StrEnum):
    """What a message from the engine says."""

    READY = "ready"
    PROGRESS = "progress"
    STORED = "stored"
    ISSUE = "issue"
    ANSWER = "answer"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Something the desktop wants done.

    The verb ``cancel`` names the request in ``arguments["of"]``; so does ``skip``, which names in
    ``arguments["item"]`` the file that the request should go on without.
    """

    id: str
    verb: str
    arguments: Mapping[str, Any] = field(default_factory=dict)

    def as_line(self) -> str:
        fields = {"id": self.id, "verb": self.verb, "arguments": dict(self.arguments)}
        return json.dumps(fields, ensure_ascii=True) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """News from the engine about request ``of`` (empty for ``ready``)."""

    kind: Kind
    of: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)

    def as_line(self) -> str:
        fields = {"kind": self.kind.value, "of": self.of, "body": dict(self.body)}
        return json.dumps(fields, ensure_ascii=True) + "\n"


def parse_request(line: str) -> Request:
    """Read one line; raises UsageError where it is not a request."""
    fields = _fields(line)
    try:
        return Request(id=str(fields["id"]), verb=str(fields["verb"]), arguments=dict(fields["arguments"]))
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"not a request: {line[:80]!r}") from error


def parse_message(line: str) -> Message:
    """Read one line; raises UsageError where it is not a message."""
    fields = _fields(line)
    try:
        return Message(kind=Kind(fields["kind"]), of=str(fields["of"]), body=dict(fields["body"]))
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"not a message: {line[:80]!r}") from error


def _fields(line: str) -> dict[str, Any]:
    try:
        fields = json.loads(line)
    except ValueError as error:
        raise UsageError(f"not JSON: {line[:80]!r}") from error
    if not isinstance(fields, dict):
        raise UsageError(f"not an object: {line[:80]!r}")
    return fields
