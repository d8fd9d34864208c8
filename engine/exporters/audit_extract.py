"""The latest entries of the audit chain as a report lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.exporters.contents import CaseContent
from engine.model.runs import AuditEntry

if TYPE_CHECKING:
    from engine.store import CaseStore

_MOST_ENTRIES = 40


def latest_entries(store: CaseStore, content: CaseContent) -> tuple[str, tuple[AuditEntry, ...]]:
    """Return the last entries before this export, oldest first, under a heading that counts them."""
    first = max(content.audit_length - _MOST_ENTRIES, 0)
    entries = store.audit(limit=content.audit_length - first, offset=first)
    title = f"The last {len(entries)} of {content.audit_length:,} entries" if first else "All entries"
    return title, entries


def own_entry(content: CaseContent) -> str:
    """Return how the chain records this export itself."""
    if content.read_only:
        return "is not recorded in the chain, because the case was opened read-only"
    return "is recorded in the chain after this file was written, with the file's SHA-256"
