"""The two halves of a pair, gathered from the case file."""

from __future__ import annotations

from collections.abc import Iterable

from engine.model.evidence import Image, Report, SourceFile
from engine.protocols import ImageSide, ReportSide
from engine.store.case_store import CaseStore


def image_side(store: CaseStore, image: Image) -> ImageSide:
    """Gather the picture half of a pair."""
    return ImageSide(
        image=image,
        files=_outer_first(store.files_of_image(image.id)),
        regions=store.regions(image_id=image.id),
        looked_for=store.looked_for(image.id),
    )


def report_side(store: CaseStore, report: Report) -> ReportSide:
    """Gather the text half of a pair."""
    return ReportSide(
        report=report,
        files=_outer_first(store.files_of_report(report.id)),
        entities=store.entities(report_id=report.id),
    )


def _outer_first(files: Iterable[SourceFile]) -> tuple[SourceFile, ...]:
    """Order the occurrences of a content by path, files in folders before those inside others.

    So that reasons name the same file in whatever order the case was filled.
    """
    return tuple(sorted(files, key=lambda file: (file.parent_id is not None, file.relative_path)))
