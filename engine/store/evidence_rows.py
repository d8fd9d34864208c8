"""Case, Source file, Image and Report as rows of the case file, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from engine.model.evidence import (
    Case,
    CaseKind,
    Image,
    Laterality,
    Location,
    Page,
    Report,
    Section,
    SourceFile,
    Span,
)
from engine.model.ids import ImageId, ReportId, SourceFileId
from engine.store.connection import Value


def compact(value: object) -> str:
    """Return short JSON; text stays readable, so that it can be searched."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text is not None else None


def side(text: str | None) -> Laterality | None:
    return Laterality(text) if text is not None else None


def pairs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in json.loads(text))


def real(value: float | None) -> float | None:
    return float(value) if value is not None else None


def case_row(case: Case) -> dict[str, Value]:
    return {
        "kind": case.kind.value,
        "name": case.name,
        "reference": case.reference,
        "examiner": case.examiner,
        "created_at": case.created_at.isoformat(),
    }


CASE_COLUMNS = "kind, name, reference, examiner, created_at"


def read_case(row: Iterable[Any]) -> Case:
    kind, name, reference, examiner, created_at = row
    return Case(
        kind=CaseKind(kind),
        name=name,
        reference=reference,
        examiner=examiner,
        created_at=datetime.fromisoformat(created_at),
    )


def file_row(file: SourceFile, run_number: int) -> dict[str, Value]:
    return {
        "id": file.id,
        "root": file.root,
        "relative_path": file.relative_path,
        "sha256": file.sha256,
        "size_bytes": file.size_bytes,
        "modified_at": iso(file.modified_at),
        "media_type": file.media_type,
        "parent_id": file.parent_id,
        "page": file.page,
        "caption": file.caption or None,
        "run_number": run_number,
    }


FILE_COLUMNS = (
    "id, root, relative_path, sha256, size_bytes, modified_at, media_type, parent_id, page, caption"
)


def read_file(row: Iterable[Any]) -> SourceFile:
    identity, root, relative_path, sha256, size_bytes, modified_at, media_type, parent_id, *in_container = row
    page, caption = in_container
    return SourceFile(
        id=SourceFileId(identity),
        root=root,
        relative_path=relative_path,
        sha256=sha256,
        size_bytes=size_bytes,
        modified_at=moment(modified_at),
        media_type=media_type,
        parent_id=SourceFileId(parent_id) if parent_id is not None else None,
        page=page,
        caption=caption or "",
    )


def image_row(image: Image) -> dict[str, Value]:
    spacing = image.spacing_mm or (None, None)
    place = image.location
    return {
        "id": image.id,
        "sha256": image.sha256,
        "frame": image.frame,
        "width_px": image.width_px,
        "height_px": image.height_px,
        "modality": image.modality,
        "body_part": image.body_part,
        "laterality": image.laterality.value if image.laterality else None,
        "view": image.view,
        "captured_at": iso(image.captured_at),
        "spacing_row_mm": real(spacing[0]),
        "spacing_column_mm": real(spacing[1]),
        "latitude_deg": real(place.latitude_deg) if place else None,
        "longitude_deg": real(place.longitude_deg) if place else None,
        "altitude_m": real(place.altitude_m) if place else None,
        "subject_ref": image.subject_ref,
        "study_ref": image.study_ref,
        "perceptual_hash": image.perceptual_hash,
        "metadata": compact(image.metadata),
    }


IMAGE_COLUMNS = (
    "id, sha256, frame, width_px, height_px, modality, body_part, laterality, view, captured_at, "
    "spacing_row_mm, spacing_column_mm, latitude_deg, longitude_deg, altitude_m, subject_ref, study_ref, "
    "perceptual_hash, metadata"
)


def read_image(row: Iterable[Any]) -> Image:
    (
        identity,
        sha256,
        frame,
        width_px,
        height_px,
        modality,
        body_part,
        laterality,
        view,
        captured_at,
        *rest,
    ) = row
    row_mm, column_mm, latitude, longitude, altitude, subject_ref, study_ref, perceptual, metadata = rest
    return Image(
        id=ImageId(identity),
        sha256=sha256,
        frame=frame,
        width_px=width_px,
        height_px=height_px,
        modality=modality,
        body_part=body_part,
        laterality=side(laterality),
        view=view,
        captured_at=moment(captured_at),
        spacing_mm=(row_mm, column_mm) if row_mm is not None else None,
        location=_location(latitude, longitude, altitude),
        subject_ref=subject_ref,
        study_ref=study_ref,
        perceptual_hash=perceptual,
        metadata=pairs(metadata),
    )


def _location(latitude: float | None, longitude: float | None, altitude: float | None) -> Location | None:
    if latitude is None or longitude is None:
        return None
    return Location(latitude_deg=latitude, longitude_deg=longitude, altitude_m=altitude)


def report_row(report: Report) -> dict[str, Value]:
    return {
        "id": report.id,
        "sha256": report.sha256,
        "part": report.part,
        "text": report.text,
        "title": report.title,
        "language": report.language,
        "authored_at": iso(report.authored_at),
        "subject_ref": report.subject_ref,
        "study_ref": report.study_ref,
        "about": compact(report.about),
        "sections": compact([[s.kind, s.title, s.span.start, s.span.end] for s in report.sections]),
        "pages": compact([[page.number, page.span.start, page.span.end] for page in report.pages]),
        "ocr_confidence": real(report.ocr_confidence),
        "metadata": compact(report.metadata),
    }


def read_sections(sections: str) -> tuple[Section, ...]:
    return tuple(
        Section(kind=kind, title=heading, span=Span(start=start, end=end))
        for kind, heading, start, end in json.loads(sections)
    )


REPORT_COLUMNS = (
    "id, sha256, part, text, title, language, authored_at, subject_ref, study_ref, about, sections, pages, "
    "ocr_confidence, metadata"
)


def read_report(row: Iterable[Any]) -> Report:
    identity, sha256, part, text, title, language, authored_at, *rest = row
    subject_ref, study_ref, about, sections, pages, ocr_confidence, metadata = rest
    return Report(
        id=ReportId(identity),
        sha256=sha256,
        part=part,
        text=text,
        title=title,
        language=language,
        authored_at=moment(authored_at),
        subject_ref=subject_ref,
        study_ref=study_ref,
        about=tuple(json.loads(about)),
        sections=read_sections(sections),
        pages=tuple(
            Page(number=number, span=Span(start=start, end=end)) for number, start, end in json.loads(pages)
        ),
        ocr_confidence=ocr_confidence,
        metadata=pairs(metadata),
    )
