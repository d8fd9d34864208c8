"""Runs: their beginning and end, and those that a crash left behind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from engine.errors import UsageError
from engine.model.ids import RunId, stable_id
from engine.model.runs import Component, Run, RunOutcome
from engine.settings import ENGINE_VERSION
from engine.store.change import Change
from engine.store.connection import CaseConnection
from engine.store.evidence_rows import iso
from engine.store.reading import current_numbers
from engine.store.run_rows import component_row, run_row


def insert_run(
    connection: CaseConnection,
    change: Change,
    kind: str,
    components: Sequence[Component],
    *,
    at: datetime,
    device: str,
    seed: int,
) -> Run:
    """Add a Run and the components that the case does not know yet; close those that crashed."""
    _fail_crashed(connection, change)
    known = current_numbers(connection, "component", (component.id for component in components))
    new = {component.id: component for component in components if component.id not in known}
    for component in new.values():
        change.insert("component", component_row(component))
    run = Run(
        id=RunId(stable_id("run", kind, at.isoformat(), change.entry)),
        kind=kind,
        started_at=at,
        finished_at=None,
        outcome=RunOutcome.RUNNING,
        engine_version=ENGINE_VERSION,
        device=device,
        seed=seed,
        component_ids=tuple(dict.fromkeys(component.id for component in components)),
    )
    change.insert("run", run_row(run))
    return run


def end_run(
    connection: CaseConnection, change: Change, run: RunId, outcome: RunOutcome, *, at: datetime | None
) -> None:
    number = run_number(connection, run)
    if not connection.number("SELECT count(*) FROM run_end WHERE run_number = ?", (number,)):
        change.insert("run_end", {"run_number": number, "finished_at": iso(at), "outcome": outcome.value})


def run_number(connection: CaseConnection, run: RunId) -> int:
    """Return the row number of a run; raises UsageError where the case has none of that id."""
    number = connection.number("SELECT number FROM run WHERE id = ?", (run,))
    if not number:
        raise UsageError(f"the case holds no run {run}; begin one first")
    return number


def _fail_crashed(connection: CaseConnection, change: Change) -> None:
    """End as failed, at an unknown time, every run without an end: the writer lock is ours now."""
    for (number,) in connection.rows(
        "SELECT number FROM run WHERE number NOT IN (SELECT run_number FROM run_end) ORDER BY number"
    ):
        change.insert(
            "run_end", {"run_number": number, "finished_at": None, "outcome": RunOutcome.FAILED.value}
        )
