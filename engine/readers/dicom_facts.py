"""What a DICOM header tells of patient, study, series and picture."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from engine.model.evidence import Laterality
from engine.readers.dicom_elements import code_meaning, functional_group, uid_name, words
from engine.readers.dicom_geometry import pixel_spacing

_SIDES = {"L": Laterality.LEFT, "R": Laterality.RIGHT, "B": Laterality.BILATERAL}
# Metadata of an Image: the key, then the keyword of DICOM PS3.6.
_METADATA = (
    ("accession_number", "AccessionNumber"),
    ("patient_name", "PatientName"),
    ("patient_birth_date", "PatientBirthDate"),
    ("patient_sex", "PatientSex"),
    ("patient_age", "PatientAge"),
    ("study_id", "StudyID"),
    ("study_date", "StudyDate"),
    ("study_description", "StudyDescription"),
    ("series_uid", "SeriesInstanceUID"),
    ("series_number", "SeriesNumber"),
    ("series_description", "SeriesDescription"),
    ("protocol", "ProtocolName"),
    ("instance_uid", "SOPInstanceUID"),
    ("instance_number", "InstanceNumber"),
    ("frame_of_reference_uid", "FrameOfReferenceUID"),
    ("slice_thickness_mm", "SliceThickness"),
    ("slice_location_mm", "SliceLocation"),
    ("patient_position", "PatientPosition"),
    ("patient_orientation", "PatientOrientation"),
    ("image_position_mm", "ImagePositionPatient"),
    ("image_orientation", "ImageOrientationPatient"),
    ("image_type", "ImageType"),
    ("image_comments", "ImageComments"),
    ("contrast_agent", "ContrastBolusAgent"),
    ("manufacturer", "Manufacturer"),
    ("device", "ManufacturerModelName"),
    ("station", "StationName"),
    ("institution", "InstitutionName"),
    ("burned_in_text", "BurnedInAnnotation"),
    ("photometric", "PhotometricInterpretation"),
    ("window_center", "WindowCenter"),
    ("window_width", "WindowWidth"),
    ("rescale_type", "RescaleType"),
    ("presentation_lut_shape", "PresentationLUTShape"),
    ("imager_spacing_mm", "ImagerPixelSpacing"),
)
# What each frame of an enhanced object may state for itself (PS3.3 C.7.6.16): key, group, keyword.
_FRAME_METADATA = (
    ("image_position_mm", "PlanePositionSequence", "ImagePositionPatient"),
    ("image_orientation", "PlaneOrientationSequence", "ImageOrientationPatient"),
    ("slice_thickness_mm", "PixelMeasuresSequence", "SliceThickness"),
    ("window_center", "FrameVOILUTSequence", "WindowCenter"),
    ("window_width", "FrameVOILUTSequence", "WindowWidth"),
    ("rescale_type", "PixelValueTransformationSequence", "RescaleType"),
    ("segment_number", "SegmentIdentificationSequence", "ReferencedSegmentNumber"),
)
_FRAME_TIMES = ("FrameAcquisitionDateTime", "FrameReferenceDateTime")
# When the picture was made, most exact first: one date-time element, or a date and a time.
_TIMES = (
    ("AcquisitionDateTime", ""),
    ("AcquisitionDate", "AcquisitionTime"),
    ("ContentDate", "ContentTime"),
    ("SeriesDate", "SeriesTime"),
    ("StudyDate", "StudyTime"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DicomFacts:
    """Facts of one DICOM object.

    ``subject_ref`` is the Patient ID. ``study_ref`` is the Study Instance UID, which is unique
    in the world, or the accession number where there is none; the accession number, which
    people write into reports, is in ``metadata`` in any case.
    """

    modality: str
    body_part: str
    laterality: Laterality | None
    view: str
    captured_at: datetime | None
    spacing_mm: tuple[float, float] | None
    subject_ref: str
    study_ref: str
    metadata: tuple[tuple[str, str], ...]


def dicom_facts(dataset: Any) -> DicomFacts:
    """Read the header; an element that is damaged counts as absent."""
    captured_at, time_words = capture_time(dataset)
    spacing_mm, remark = pixel_spacing(dataset, 0)
    spacing_words = (("spacing", remark),) if remark else ()
    listed = tuple((key, value) for key, keyword in _METADATA if (value := words(dataset, keyword)))
    kind = uid_name(dataset, "SOPClassUID")
    syntax = getattr(dataset.file_meta.get("TransferSyntaxUID"), "name", "")
    named = (("kind", kind), ("transfer_syntax", str(syntax)))
    return DicomFacts(
        modality=words(dataset, "Modality").upper()[:16],
        body_part=(
            words(dataset, "BodyPartExamined") or code_meaning(dataset, "AnatomicRegionSequence")
        ).lower(),
        laterality=_laterality(dataset),
        view=words(dataset, "ViewPosition") or code_meaning(dataset, "ViewCodeSequence"),
        captured_at=captured_at,
        spacing_mm=spacing_mm,
        subject_ref=words(dataset, "PatientID"),
        study_ref=words(dataset, "StudyInstanceUID") or words(dataset, "AccessionNumber"),
        metadata=(*listed, *((k, v) for k, v in named if v), *time_words, *spacing_words),
    )


def frame_facts(dataset: Any, facts: DicomFacts, frame: int) -> DicomFacts:
    """Return the facts of one frame: what its functional groups state goes before the header's."""
    if "PerFrameFunctionalGroupsSequence" not in dataset and "SharedFunctionalGroupsSequence" not in dataset:
        return facts
    own = dict(facts.metadata)
    for key, sequence, keyword in _FRAME_METADATA:
        group = functional_group(dataset, frame, sequence)
        if group is not None and (value := words(group, keyword)):
            own[key] = value
    spacing_mm, remark = pixel_spacing(dataset, frame)
    own |= {"spacing": remark} if remark else {}
    content = functional_group(dataset, frame, "FrameContentSequence")
    captured_at = facts.captured_at
    if content is not None:
        zone = _zone(words(dataset, "TimezoneOffsetFromUTC"))
        for keyword in _FRAME_TIMES:
            at = parse_dicom_time(words(content, keyword), zone)
            if at is not None:
                captured_at, time_words = _timed(at, keyword)
                own |= dict(time_words)
                break
    anatomy = functional_group(dataset, frame, "FrameAnatomySequence")
    region = code_meaning(anatomy, "AnatomicRegionSequence").lower() if anatomy is not None else ""
    return replace(
        facts,
        body_part=facts.body_part or region,
        laterality=_frame_laterality(dataset, frame) or facts.laterality,
        captured_at=captured_at,
        spacing_mm=spacing_mm,
        metadata=tuple(own.items()),
    )


def capture_time(dataset: Any) -> tuple[datetime | None, tuple[tuple[str, str], ...]]:
    """Return when the picture was made, UTC, with words on its zone and its source.

    Without a zone in the file the scanner's wall clock stands under UTC, and the words say so.
    """
    zone = _zone(words(dataset, "TimezoneOffsetFromUTC"))
    for date_keyword, time_keyword in _TIMES:
        stamp = words(dataset, date_keyword) + (words(dataset, time_keyword) if time_keyword else "")
        at = parse_dicom_time(stamp, zone)
        if at is not None:
            return _timed(at, date_keyword)
    return None, ()


def _timed(at: datetime, keyword: str) -> tuple[datetime | None, tuple[tuple[str, str], ...]]:
    zone_words = str(at.tzinfo).removeprefix("UTC") if at.tzinfo else "scanner local, unverified"
    try:
        utc = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        return None, ()
    return utc, (("captured_at_zone", zone_words), ("captured_at_source", keyword))


def parse_dicom_time(stamp: str, zone: timezone | None) -> datetime | None:
    """Return the time of ``20240501133700.123+0200``, as exact as said; naive without any zone."""
    match = re.match(
        r"(\d{4})[.-]?(\d{2})[.-]?(\d{2})[T ]?(?:(\d{2}):?(?:(\d{2}):?(?:(\d{2}))?)?)?"
        r"(?:\.(\d{1,6})\d*)?([+-]\d{4})?",
        stamp,
    )
    if match is None:
        return None
    *parts, fraction, offset = match.groups()
    year, month, day, hour, minute, second = (int(part or 0) for part in parts)
    microsecond = int((fraction or "0").ljust(6, "0"))
    try:
        return datetime(
            year, month, day, hour, minute, min(second, 59), microsecond, _zone(offset or "") or zone
        )
    except ValueError:
        return None


def _zone(text: str) -> timezone | None:
    match = re.fullmatch(r"([+-])(\d{2})(\d{2})", text.strip())
    if match is None:
        return None
    sign, hours, minutes = match.groups()
    shift = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-shift if sign == "-" else shift) if shift < timedelta(hours=24) else None


def _laterality(dataset: Any) -> Laterality | None:
    for keyword in ("ImageLaterality", "Laterality", "FrameLaterality"):
        side = _SIDES.get(words(dataset, keyword).upper()[:1])
        if side is not None:
            return side
    return _frame_laterality(dataset, 0)


def _frame_laterality(dataset: Any, frame: int) -> Laterality | None:
    anatomy = functional_group(dataset, frame, "FrameAnatomySequence")
    return _SIDES.get(words(anatomy, "FrameLaterality").upper()[:1]) if anatomy is not None else None
