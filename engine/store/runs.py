"""Runs and their Issues: a Run's beginning and end, and the Runs that a crash left behind.

``begin_run``, ``finish_run``, ``add_issue`` and ``clear_issues`` are methods of ``CaseStore``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.errors import UsageError
from engine.model.ids import RunId, stable_id
from engine.model.runs import Component, Issue, Run, RunOutcome
from engine.settings import ENGINE_VERSION
from engine.store.change import Change
from engine.store.connection import CaseConnection
from engine.store.reading import current_numbers
from engine.store.run_rows import component_row, issue_row, run_row

if TYPE_CHECKING:
    from engine.store.case_store import CaseStore


def begin_run(
    store: CaseStore, kind: str, components: Sequence[Component], *, device: str = "cpu", seed: int = 0
) -> Run:
    """Begin a Run and take the writer lock; raises CaseLocked where another run holds it."""
    store.check_writable()
    store.lock.acquire()
    at = store.now()
    with store.change("begin-run", kind, at=at) as change:
        _fail_crashed(store.connection, change)
        _insert_components(store.connection, change, components)
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


def finish_run(store: CaseStore, run: Run, outcome: RunOutcome) -> None:
    """End a Run and give the writer lock back; does nothing to one that has ended."""
    at = store.now()
    with store.change("finish-run", run.id, at=at) as change:
        number = run_number(store.connection, run.id)
        if not store.connection.row("SELECT 1 FROM run_end WHERE run_number = ?", (number,)):
            change.insert(
                "run_end", {"run_number": number, "finished_at": at.isoformat(), "outcome": outcome.value}
            )
    store.lock.release()


def add_issue(store: CaseStore, issue: Issue) -> None:
    with store.change("issue", f"{issue.root}/{issue.relative_path}") as change:
        change.insert("issue", issue_row(issue, run_number(store.connection, issue.run_id)))


def clear_issues(store: CaseStore, root: str, relative_path: str, *, step: str | None = None) -> None:
    """Supersede the Issues of a file that is tried again, or those of one step."""
    rows = store.connection.rows(
        "SELECT number FROM issue WHERE root = CAST(? AS TEXT) AND relative_path = CAST(? AS TEXT) "
        "AND superseded_by IS NULL AND step = coalesce(?, step)",
        (root, relative_path, step),
    )
    if rows:
        with store.change("clear-issues", f"{root}/{relative_path}") as change:
            change.supersede("issue", [number for (number,) in rows])


def run_number(connection: CaseConnection, run: RunId) -> int:
    """Return the row number of a run; raises UsageError where the case has none of that id."""
    number = connection.number("SELECT number FROM run WHERE id = ?", (run,))
    if not number:
        raise UsageError(f"the case holds no run {run}; begin one first")
    return number


def _insert_components(connection: CaseConnection, change: Change, components: Sequence[Component]) -> None:
    known = current_numbers(connection, "component", (component.id for component in components))
    new = {component.id: component for component in components if component.id not in known}
    for component in new.values():
        change.insert("component", component_row(component))


def _fail_crashed(connection: CaseConnection, change: Change) -> None:
    """End as failed, at an unknown time, every run without an end: the writer lock is ours now."""
    for (number,) in connection.rows(
        "SELECT number FROM run WHERE number NOT IN (SELECT run_number FROM run_end) ORDER BY number"
    ):
        change.insert(
            "run_end", {"run_number": number, "finished_at": None, "outcome": RunOutcome.FAILED.value}
        )
