"""The case file: one SQLite database, and the only package that speaks SQL."""

from engine.store.case_store import CaseStore
from engine.store.coverage import Coverage
from engine.store.opening import create_case, open_case
from engine.store.records import (
    AuditHead,
    Bookmark,
    CaseCounts,
    Difference,
    FileFindings,
    Root,
    SavedSearch,
    TextHit,
)

__all__ = [
    "AuditHead",
    "Bookmark",
    "CaseCounts",
    "CaseStore",
    "Coverage",
    "Difference",
    "FileFindings",
    "Root",
    "SavedSearch",
    "TextHit",
    "create_case",
    "open_case",
]
