"""An analyst's verdict on a finding, found by its id alone."""

from __future__ import annotations

from engine.errors import UsageError
from engine.model.findings import FindingKind, Review, Verdict
from engine.store import CaseStore


def review_finding(
    store: CaseStore, finding: str, verdict: Verdict, *, examiner: str = "", label: str = "", note: str = ""
) -> Review:
    """Write a Review; raises UsageError where no finding has the id or a correction says nothing."""
    kind = store.kind_of(finding)
    if kind is None or kind is FindingKind.IMAGE:
        raise UsageError(f"no region, entity, link or relation has the id {finding!r}")
    if verdict is Verdict.CORRECTED and not (label or note):
        raise UsageError("a correction needs --label or --note: what is right instead?")
    return store.add_review(
        kind, finding, verdict, examiner=examiner or store.case.examiner, label=label, note=note
    )
