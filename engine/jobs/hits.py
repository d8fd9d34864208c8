"""Search hits with the names people know: paths instead of ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.errors import UsageError
from engine.jobs.search_answer import SearchHit
from engine.model.evidence import SourceFile
from engine.model.ids import ImageId, RegionId, ReportId
from engine.store import CaseStore
from engine.store.called import first_called


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedHit:
    """One answer: the report and the image by path, how well it fits, and why."""

    report: str
    image: str
    score: float
    why: tuple[str, ...]
    report_id: str
    image_id: str
    region_id: str


def name_hits(store: CaseStore, hits: Sequence[SearchHit]) -> list[NamedHit]:
    """Return the hits in their order, each with the paths of its report and image."""
    return [
        NamedHit(
            report=_path(store.files_of_report(hit.report_id)) if hit.report_id else "",
            image=_path(store.files_of_image(hit.image_id)) if hit.image_id else "",
            score=hit.score,
            why=hit.why,
            report_id=hit.report_id or "",
            image_id=hit.image_id or "",
            region_id=hit.region_id or "",
        )
        for hit in hits
    ]


def find_image(store: CaseStore, wanted: str) -> ImageId:
    """Return the image with this id or path; raises UsageError where there is none."""
    found = first_called(store, "image", wanted)
    if found is None:
        raise UsageError(f"no image {wanted!r} in the case; 'casebook show CASE images' lists them")
    return ImageId(found)


def find_region(store: CaseStore, image_id: ImageId, wanted: str) -> RegionId:
    """Return the region of an image with this id; raises UsageError where the image has none."""
    region = store.region(RegionId(wanted))
    if region is None or region.image_id != image_id:
        raise UsageError(f"the image has no region {wanted!r}; 'casebook show CASE regions' lists them")
    return region.id


def find_report(store: CaseStore, wanted: str) -> ReportId:
    """Return the report with this id or path; raises UsageError where there is none."""
    found = first_called(store, "report", wanted)
    if found is None:
        raise UsageError(f"no report {wanted!r} in the case; 'casebook show CASE reports' lists them")
    return ReportId(found)


def _path(files: Sequence[SourceFile]) -> str:
    return files[0].relative_path if files else ""
