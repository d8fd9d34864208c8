"""What an analyst set for the whole case: what it is called, who decides, which models read it.

``settings`` and ``change_settings`` are methods of ``CaseStore``.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine.errors import UsageError
from engine.store.evidence_rows import case_row, compact
from engine.store.records import PROFILES, CaseSettings

if TYPE_CHECKING:
    from engine.store.case_store import CaseStore
    from engine.store.change import Change


def settings(store: CaseStore) -> CaseSettings:
    """Return the settings in force; what was never set is as ``CaseSettings`` says."""
    rows = store.connection.rows("SELECT name, value FROM setting WHERE superseded_by IS NULL")
    stored: dict[str, Any] = {name: json.loads(value) for name, value in rows}
    case = store.case
    return CaseSettings(
        name=case.name,
        reference=case.reference,
        examiner=case.examiner,
        subject=str(stored.get("subject", "")),
        profile=str(stored.get("profile", PROFILES[0])),
        left_out=tuple(stored.get("left_out", ())),
    )


def change_settings(store: CaseStore, wanted: CaseSettings) -> None:
    """Write what differs from the settings in force, in one transaction; raises UsageError for a profile."""
    if wanted.profile not in PROFILES:
        raise UsageError(f"no profile {wanted.profile!r}; there are: {', '.join(PROFILES)}")
    before = settings(store)
    case = replace(store.case, name=wanted.name, reference=wanted.reference, examiner=wanted.examiner)
    with store.change("settings", wanted.name, actor=before.examiner) as change:
        if case != store.case:
            numbers = store.connection.rows("SELECT number FROM case_info WHERE superseded_by IS NULL")
            change.supersede("case_info", (number for (number,) in numbers))
            change.insert("case_info", case_row(case))
        for name in ("subject", "profile", "left_out"):
            if getattr(wanted, name) != getattr(before, name):
                _set(store, change, name, getattr(wanted, name))
    store.case = case


def _set(store: CaseStore, change: Change, name: str, value: object) -> None:
    rows = store.connection.rows(
        "SELECT number FROM setting WHERE superseded_by IS NULL AND name = ?", (name,)
    )
    change.supersede("setting", (number for (number,) in rows))
    change.insert("setting", {"name": name, "value": compact(value)})
