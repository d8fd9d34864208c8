"""Opening a case, and searching a forensic one, are actions that the audit chain records."""

from __future__ import annotations

from engine.model.evidence import CaseKind
from engine.store import CaseStore

NOT_AUDITED = "this is not in the audit log, because the case cannot be written here"


def note_opening(store: CaseStore, *, examiner: str = "") -> bool:
    """Record that the case was opened to be looked at; False where that cannot be written."""
    return store.note_action("open", store.case.name, actor=examiner)


def note_search(store: CaseStore, what: str, *, hits: int, examiner: str = "") -> bool:
    """Record what was looked for in a forensic case; False where that cannot be written."""
    if store.case.kind is not CaseKind.FORENSIC:
        return True
    return store.note_action("search", what, f"{hits} hits", actor=examiner)
