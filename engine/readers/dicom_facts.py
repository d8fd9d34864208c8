"""What a DICOM header tells of patient, study, series and picture."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from engine.model.evidence import Laterality
from engine.readers.opening import PARSER_ERRORS
from engine.readers.prose import normalize

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
)
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
    spacing_mm, spacing_words = _spacing(dataset)
    listed = tuple((key, value) for key, keyword in _METADATA if (value := words(dataset, keyword)))
    kind = uid_name(dataset, "SOPClassUID")
    syntax = getattr(dataset.file_meta.get("TransferSyntaxUID"), "name", "")
    named = (("kind", kind), ("transfer_syntax", str(syntax)))
    return DicomFacts(
        modality=words(dataset, "Modality").upper()[:16],
        body_part=words(dataset, "BodyPartExamined").lower(),
        laterality=_laterality(dataset),
        view=words(dataset, "ViewPosition"),
        captured_at=captured_at,
        spacing_mm=spacing_mm,
        subject_ref=words(dataset, "PatientID"),
        study_ref=words(dataset, "StudyInstanceUID") or words(dataset, "AccessionNumber"),
        metadata=(*listed, *((k, v) for k, v in named if v), *time_words, *spacing_words),
    )


def words(dataset: Any, keyword: str) -> str:
    """Return an element as one line of text, its values parted by "\\\\"; empty where damaged."""
    try:
        value = dataset.get(keyword)
        if value is None or isinstance(value, bytes):
            return ""
        several = (
            not isinstance(value, str) and hasattr(value, "__iter__") and not hasattr(value, "family_name")
        )
        text = "\\".join(str(item) for item in value) if several else str(value)
    except PARSER_ERRORS:
        return ""
    return " ".join(normalize(text).split()).strip("^ ")[:1000]


def numbers(dataset: Any, keyword: str) -> tuple[float, ...]:
    """Return the finite numbers of an element; empty where it is absent or damaged."""
    try:
        value = dataset.get(keyword)
        if value is None or value == "":
            return ()
        values = value if hasattr(value, "__iter__") and not isinstance(value, str) else [value]
        found = tuple(float(item) for item in values)
    except PARSER_ERRORS:
        return ()
    return found if all(math.isfinite(item) for item in found) else ()


def uid_name(dataset: Any, keyword: str) -> str:
    """Return the standard's name of a UID element, the UID itself where it has none."""
    uid = words(dataset, keyword)
    if not uid:
        return ""
    from pydicom.uid import UID

    return str(UID(uid).name)


def items(dataset: Any, keyword: str) -> list[Any]:
    """Return the items of a sequence; empty where it is absent or damaged."""
    try:
        return list(dataset.get(keyword) or ())
    except PARSER_ERRORS:
        return []


def functional_group(dataset: Any, frame: int, keyword: str) -> Any | None:
    """Return an item of the functional groups of a frame (enhanced multi-frame, PS3.3 C.7.6.16)."""
    per_frame = items(dataset, "PerFrameFunctionalGroupsSequence")
    own = per_frame[frame : frame + 1]
    for group in (*own, *items(dataset, "SharedFunctionalGroupsSequence")[:1]):
        found = items(group, keyword)
        if found:
            return found[0]
    return None


def capture_time(dataset: Any) -> tuple[datetime | None, tuple[tuple[str, str], ...]]:
    """Return when the picture was made, UTC, with words on its zone and its source.

    Without a zone in the file the scanner's wall clock stands under UTC, and the words say so.
    """
    zone = _zone(words(dataset, "TimezoneOffsetFromUTC"))
    for date_keyword, time_keyword in _TIMES:
        stamp = words(dataset, date_keyword) + (words(dataset, time_keyword) if time_keyword else "")
        at = parse_dicom_time(stamp, zone)
        if at is None:
            continue
        zone_words = str(at.tzinfo).removeprefix("UTC") if at.tzinfo else "scanner local, unverified"
        try:
            utc = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
        except OverflowError:
            continue
        return utc, (("captured_at_zone", zone_words), ("captured_at_source", date_keyword))
    return None, ()


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
    anatomy = functional_group(dataset, 0, "FrameAnatomySequence")
    return _SIDES.get(words(anatomy, "FrameLaterality").upper()[:1]) if anatomy is not None else None


def _spacing(dataset: Any) -> tuple[tuple[float, float] | None, tuple[tuple[str, str], ...]]:
    """Return (row, column) spacing in mm, and words where it is that of the detector."""
    measures = functional_group(dataset, 0, "PixelMeasuresSequence")
    candidates = (
        (dataset, "PixelSpacing", ""),
        (measures, "PixelSpacing", ""),
        (dataset, "ImagerPixelSpacing", "at the detector, not corrected for magnification"),
        (dataset, "NominalScannedPixelSpacing", "of the scanned film"),
    )
    for holder, keyword, remark in candidates:
        values = numbers(holder, keyword) if holder is not None else ()
        if len(values) == 2 and min(values) > 0:
            return (values[0], values[1]), ((("spacing", remark),) if remark else ())
    return _ultrasound_spacing(dataset), ()


def _ultrasound_spacing(dataset: Any) -> tuple[float, float] | None:
    """Ultrasound states its scale per region (PS3.3 C.8.5.5), in cm for unit 3."""
    regions = items(dataset, "SequenceOfUltrasoundRegions")
    if len(regions) != 1:
        return None
    units = numbers(regions[0], "PhysicalUnitsXDirection") + numbers(regions[0], "PhysicalUnitsYDirection")
    deltas = numbers(regions[0], "PhysicalDeltaY") + numbers(regions[0], "PhysicalDeltaX")
    if units != (3.0, 3.0) or len(deltas) != 2 or 0 in deltas:
        return None
    return abs(deltas[0]) * 10, abs(deltas[1]) * 10
