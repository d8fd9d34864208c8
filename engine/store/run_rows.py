"""Component, Run, Issue and audit entry as rows of the case file, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from engine.model.ids import ComponentId, RunId, SourceFileId
from engine.model.runs import AuditEntry, Component, Issue, Run, RunOutcome
from engine.store.connection import Value
from engine.store.evidence_rows import compact, moment, pairs


def component_row(component: Component) -> dict[str, Value]:
    return {
        "id": component.id,
        "kind": component.kind,
        "name": component.name,
        "version": component.version,
        "weights_sha256": component.weights_sha256,
        "parameters": compact(component.parameters),
        "labels": compact(component.labels),
    }


COMPONENT_COLUMNS = "id, kind, name, version, weights_sha256, parameters, labels"


def read_component(row: Iterable[Any]) -> Component:
    identity, kind, name, version, weights_sha256, parameters, labels = row
    return Component(
        id=ComponentId(identity),
        kind=kind,
        name=name,
        version=version,
        weights_sha256=weights_sha256,
        parameters=pairs(parameters),
        labels=tuple(json.loads(labels)),
    )


def run_row(run: Run) -> dict[str, Value]:
    """Return the row of a Run's beginning; its end is a row of its own."""
    return {
        "id": run.id,
        "kind": run.kind,
        "started_at": run.started_at.isoformat(),
        "engine_version": run.engine_version,
        "device": run.device,
        "seed": run.seed,
        "component_ids": compact(run.component_ids),
    }


# Selected FROM run LEFT JOIN run_end.
RUN_COLUMNS = "run.id, kind, started_at, finished_at, outcome, engine_version, device, seed, component_ids"


def read_run(row: Iterable[Any]) -> Run:
    identity, kind, started_at, finished_at, outcome, engine_version, device, seed, component_ids = row
    return Run(
        id=RunId(identity),
        kind=kind,
        started_at=datetime.fromisoformat(started_at),
        finished_at=moment(finished_at),
        outcome=RunOutcome(outcome) if outcome is not None else RunOutcome.RUNNING,
        engine_version=engine_version,
        device=device,
        seed=seed,
        component_ids=tuple(ComponentId(each) for each in json.loads(component_ids)),
    )


def issue_row(issue: Issue, run_number: int) -> dict[str, Value]:
    return {
        "run_number": run_number,
        "root": issue.root,
        "relative_path": issue.relative_path,
        "step": issue.step,
        "error": issue.error,
        "message": issue.message,
        "at": issue.at.isoformat(),
        "source_file_id": issue.source_file_id,
    }


# Selected FROM issue JOIN run.
ISSUE_COLUMNS = "run.id, relative_path, root, step, error, message, at, source_file_id"


def read_issue(row: Iterable[Any]) -> Issue:
    run, relative_path, root, step, error, message, at, source_file = row
    return Issue(
        run_id=RunId(run),
        relative_path=relative_path,
        root=root,
        step=step,
        error=error,
        message=message,
        at=datetime.fromisoformat(at),
        source_file_id=SourceFileId(source_file) if source_file is not None else None,
    )


AUDIT_COLUMNS = "number, at, actor, action, subject, digest, previous_hash, hash"


def read_audit(row: Iterable[Any]) -> AuditEntry:
    number, at, actor, action, subject, digest, previous_hash, entry_hash = row
    return AuditEntry(
        number=number,
        at=datetime.fromisoformat(at),
        actor=actor,
        action=action,
        subject=subject,
        digest=digest,
        previous_hash=previous_hash,
        hash=entry_hash,
    )
