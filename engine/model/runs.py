"""Who did what, when and with which tools: Components, Runs, Issues and the audit chain."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime

from engine.model.ids import ComponentId, ImageId, RunId, SourceFileId, stable_id


class RunOutcome(enum.StrEnum):
    """How a Run ended; ``RUNNING`` after a crash means that it never did."""

    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One reader, segmenter, recognizer or linker with all that decides its output.

    ``labels`` names everything it can find: a label outside of them was not looked for, which
    is never the same as not there.
    """

    id: ComponentId
    kind: str
    name: str
    version: str
    weights_sha256: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    labels: tuple[str, ...] = ()

    @property
    def rules_out(self) -> tuple[str, ...]:
        """The labels that are not there where it finds none: none of a component that misses most.

        Such a one says so by its parameter ``absence=unknown``.
        """
        return () if ("absence", "unknown") in self.parameters else self.labels


def make_component(
    kind: str,
    name: str,
    version: str,
    *,
    weights_sha256: str = "",
    parameters: tuple[tuple[str, str], ...] = (),
    labels: tuple[str, ...] = (),
) -> Component:
    """Return a Component whose id depends on all of its fields."""
    identity = stable_id("component", kind, name, version, weights_sha256, parameters, labels)
    return Component(
        id=ComponentId(identity),
        kind=kind,
        name=name,
        version=version,
        weights_sha256=weights_sha256,
        parameters=parameters,
        labels=labels,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """A segmenter or classifier has looked at an Image, whether or not it found anything."""

    image_id: ImageId
    component_id: ComponentId


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One execution of a job on a case."""

    id: RunId
    kind: str
    started_at: datetime
    finished_at: datetime | None
    outcome: RunOutcome
    engine_version: str
    device: str
    seed: int
    component_ids: tuple[ComponentId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A file or step that failed, as a row: shown, exported, never swallowed.

    ``error`` is the name of the error class, ``message`` one line for people.
    """

    run_id: RunId
    relative_path: str
    root: str
    step: str
    error: str
    message: str
    at: datetime
    source_file_id: SourceFileId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One link of the hash chain; ``hash`` covers the entry and the hash before it."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    digest: str
    previous_hash: str
    hash: str
