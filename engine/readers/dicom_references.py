"""DICOM objects that hold no picture but point to some, as Reports: what they say and what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from engine.model.evidence import Report
from engine.readers.dicom_contours import structure_names
from engine.readers.dicom_elements import items, uid_name, words
from engine.readers.dicom_facts import DicomFacts
from engine.readers.dicom_text import MAX_REFERENCES
from engine.readers.prose import make_report


def presentation_state(dataset: Any, sha256: str, facts: DicomFacts) -> Report:
    """Return what a presentation state (PS3.3 A.33) writes over the images that it is about."""
    written = [
        text
        for annotation in items(dataset, "GraphicAnnotationSequence")
        for item in items(annotation, "TextObjectSequence")
        if (text := words(item, "UnformattedTextValue"))
    ]
    title = words(dataset, "ContentDescription") or words(dataset, "ContentLabel")
    about = referenced_instances(dataset)
    return reference_report(sha256, facts, title, written or _heading(dataset, title, about), about)


def structure_set(dataset: Any, sha256: str, facts: DicomFacts) -> Report:
    """Return the names of the structures of a radiotherapy structure set (PS3.3 A.19)."""
    title = words(dataset, "StructureSetName") or words(dataset, "StructureSetLabel")
    about = referenced_instances(dataset)
    names = [f"Structure {number}: {name}" for number, name in structure_names(dataset).items()]
    return reference_report(sha256, facts, title, [*_heading(dataset, title, about), *names], about)


def _heading(dataset: Any, title: str, about: tuple[str, ...]) -> list[str]:
    kind = uid_name(dataset, "SOPClassUID").removesuffix(" Storage")
    count = f"Refers to {len(about)} image{'' if len(about) == 1 else 's'}" if about else ""
    return list(dict.fromkeys(filter(None, (kind, title, count))))


def reference_report(
    sha256: str, facts: DicomFacts, title: str, lines: Iterable[str], about: tuple[str, ...]
) -> Report:
    """Return a Report of ``lines`` about other files, dated and identified as the object is."""
    return make_report(
        sha256,
        "\n".join(lines),
        title=title,
        authored_at=facts.captured_at,
        subject_ref=facts.subject_ref,
        study_ref=facts.study_ref,
        about=about,
        metadata=facts.metadata,
    )


def referenced_instances(dataset: Any) -> tuple[str, ...]:
    """Return the SOP Instance UIDs that an object without own pixels, or a segmentation, is about."""
    found: list[str] = []
    for series in _referenced_series(dataset):
        for keyword in ("ReferencedImageSequence", "ReferencedInstanceSequence", "ContourImageSequence"):
            found += (words(item, "ReferencedSOPInstanceUID") for item in items(series, keyword))
    return tuple(dict.fromkeys(uid for uid in found if uid))[:MAX_REFERENCES]


def _referenced_series(dataset: Any) -> Iterator[Any]:
    yield from items(dataset, "ReferencedSeriesSequence")
    for space in items(dataset, "ReferencedFrameOfReferenceSequence"):
        for study in items(space, "RTReferencedStudySequence"):
            yield from items(study, "RTReferencedSeriesSequence")
