"""How much there is of everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.model.findings import LinkRelation
from engine.store.records import CaseCounts

if TYPE_CHECKING:
    from engine.store.case_store import CaseStore


def counts(store: CaseStore) -> CaseCounts:
    """Count all current rows; walks the indexes once, so ask for it rarely."""
    return CaseCounts(
        files=_count(store, "source_file"),
        images=_count(store, "image"),
        reports=_count(store, "report"),
        regions=_count(store, "region"),
        entities=_count(store, "entity"),
        links=_count(store, "link"),
        contradictions=_count(store, "link", f"AND relation = '{LinkRelation.CONTRADICTS}'"),
        relations=_count(store, "relation"),
        issues=_count(store, "issue"),
        reviews=_count(store, "review"),
    )


def _count(store: CaseStore, table: str, more: str = "") -> int:
    return store.connection.number(f"SELECT count(*) FROM {table} WHERE superseded_by IS NULL {more}")
