"""The keywords of a case's reports."""

from __future__ import annotations

from engine.keywords import Keyword, find_keywords
from engine.store import CaseStore


def case_keywords(store: CaseStore, *, method: str, top: int) -> tuple[Keyword, ...]:
    """Return the ``top`` keywords by ``method``, best first; see ``engine.keywords`` for the methods."""
    return find_keywords([report.text for report in store.reports()], method=method, top=top)
