"""An analyst's verdict on a finding, found by its id alone."""

from __future__ import annotations

from engine.errors import UsageError
from engine.model.findings import FindingKind, Review, Verdict
from engine.store import CaseStore


def review_finding(
    store: CaseStore, finding: str, verdict: Verdict, *, examiner: str = "", label: str = "", note: str = ""
) -> Review:
    """Write a Review; raises UsageError where no finding has the id or a correction says nothing."""
    kind = kind_of(store, finding)
    if verdict is Verdict.CORRECTED and not (label or note):
        raise UsageError("a correction needs --label or --note: what is right instead?")
    return store.add_review(
        kind, finding, verdict, examiner=examiner or store.case.examiner, label=label, note=note
    )


def kind_of(store: CaseStore, finding: str) -> FindingKind:
    """Return what kind of finding has this id; raises UsageError where none has."""
    readers = {
        FindingKind.REGION: store.regions,
        FindingKind.ENTITY: store.entities,
        FindingKind.LINK: store.links,
        FindingKind.RELATION: store.relations,
    }
    for kind, read in readers.items():
        if read(id=finding):
            return kind
    raise UsageError(f"no region, entity, link or relation has the id {finding!r}")
