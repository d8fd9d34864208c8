"""The case file: one SQLite database, and the only package that speaks SQL."""

from engine.store.case_key import SHORTEST_PASSPHRASE, CaseKey, is_encrypted, key_of, new_key
from engine.store.case_store import CaseStore
from engine.store.coverage import Coverage
from engine.store.opening import create_case, open_case, upgrade_case
from engine.store.records import (
    PROFILES,
    AuditHead,
    Bookmark,
    CaseCounts,
    CaseSettings,
    Difference,
    FileFindings,
    Root,
    SavedSearch,
    TextHit,
)

__all__ = [
    "PROFILES",
    "SHORTEST_PASSPHRASE",
    "AuditHead",
    "Bookmark",
    "CaseCounts",
    "CaseKey",
    "CaseSettings",
    "CaseStore",
    "Coverage",
    "Difference",
    "FileFindings",
    "Root",
    "SavedSearch",
    "TextHit",
    "create_case",
    "is_encrypted",
    "key_of",
    "new_key",
    "open_case",
    "upgrade_case",
]
