"""What a case holds after an ingest, and how long that took."""

from __future__ import annotations

from dataclasses import dataclass

from engine.store import CaseStore


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestSummary:
    """What the case holds after the job, and how long the job took."""

    files: int
    images: int
    reports: int
    regions: int
    entities: int
    links: int
    relations: int
    issues: int
    seconds: float


def summary_of(store: CaseStore, seconds: float) -> IngestSummary:
    """Count what the case holds now."""
    counts = store.counts()
    return IngestSummary(
        files=counts.files,
        images=counts.images,
        reports=counts.reports,
        regions=counts.regions,
        entities=counts.entities,
        links=counts.links,
        relations=counts.relations,
        issues=counts.issues,
        seconds=round(seconds, 3),
    )
