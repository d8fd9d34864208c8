"""The header of a source picture, as the case recorded it: enough to make an object that belongs to it.

The evidence itself is not read again: it may have moved, and reading it is the business of a process
that may fail. Elements that the case does not keep are left empty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from engine.model.evidence import Image
from engine.model.ids import stable_id

NO_DICOM = "it is no DICOM picture"
_UID = re.compile(r"[0-9]+(\.[0-9]+)+")
_UID_CHARACTERS = 64
# Keys of an Image's metadata and the elements of PS3.6 that they came from.
_COPIED = (
    ("patient_name", "PatientName"),
    ("patient_birth_date", "PatientBirthDate"),
    ("patient_sex", "PatientSex"),
    ("accession_number", "AccessionNumber"),
    ("study_id", "StudyID"),
    ("study_date", "StudyDate"),
    ("study_description", "StudyDescription"),
)
# Words in the names of the storage classes that may hold several frames.
_OF_FRAMES = (
    "Multi-frame", "Enhanced", "Angiographic", "Radiofluoroscopic", "Nuclear Medicine", "Tomography",
    "Tomosynthesis", "3D", "Video", "Microscopic", "Microscopy", "Parametric Map", "RT Dose", "RT Image",
)  # fmt: skip
_SHARED = ("ImageOrientationPatient", "PixelSpacing", "SliceThickness")
_EMPTY = (
    "PatientName", "PatientBirthDate", "PatientSex", "AccessionNumber", "StudyID", "StudyDate",
    "StudyTime", "ReferringPhysicianName",
)  # fmt: skip


def why_not(image: Image) -> str:
    """Return why no DICOM object can be about this Image; empty where one can."""
    facts = dict(image.metadata)
    if not facts.get("instance_uid"):
        return NO_DICOM
    if image.modality in {"SEG", "RTSTRUCT", "PR", "SR"}:
        return f"it is itself an object about other pictures ({image.modality})"
    for key, uid in (("study", image.study_ref), ("series", facts.get("series_uid", ""))):
        if not _is_uid(uid):
            return f"its {key} has no UID"
    return "" if _is_uid(facts["instance_uid"]) and _class_uid(facts) else "it does not say what it is"


def has_frames(image: Image) -> bool:
    """Tell whether an object of this kind may have several frames, as PS3.3 has it."""
    kind = dict(image.metadata).get("kind", "")
    return any(words in kind for words in _OF_FRAMES)


REFUSALS = (ValueError, KeyError, TypeError, AttributeError)
"""What highdicom raises where a source lacks what its kind must have: that source is left out."""


def source_header(images: Sequence[Image]) -> Any:
    """Return a pydicom Dataset for the frames of one file, all that the case has of them.

    Raises ValueError where ``why_not`` has a reason.
    """
    from pydicom.dataset import Dataset, FileMetaDataset
    from pydicom.uid import ExplicitVRLittleEndian

    image, facts = images[0], dict(images[0].metadata)
    if reason := why_not(image):
        raise ValueError(reason)
    header = Dataset()
    header.file_meta = FileMetaDataset()
    header.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    header.SpecificCharacterSet = "ISO_IR 192"
    header.SOPClassUID, header.SOPInstanceUID = _class_uid(facts), facts["instance_uid"]
    header.StudyInstanceUID, header.SeriesInstanceUID = image.study_ref, facts["series_uid"]
    header.Modality = image.modality
    header.Rows, header.Columns = image.height_px, image.width_px
    for keyword in _EMPTY:
        setattr(header, keyword, None)
    _put(header, "PatientID", image.subject_ref)
    for key, keyword in _COPIED:
        _put(header, keyword, facts.get(key, ""))
    frames = max(each.frame for each in images) + 1
    if frames > 1:
        header.NumberOfFrames = frames
    _place(header, images)
    return header


def object_uid(*key: object) -> str:
    """Return a UID that depends on ``key`` only (PS3.5 B.2: 2.25 and a number of 128 bits)."""
    digits = stable_id("dicom", *key) + stable_id("uid", *key)
    return f"2.25.{int(digits, 16)}"


def dated(made: Any, at: datetime) -> Any:
    """Give an object the one time of the export instead of the present, and say its character set."""
    day, time = f"{at:%Y%m%d}", f"{at:%H%M%S}.{at.microsecond:06d}"
    made.SpecificCharacterSet = "ISO_IR 192"
    for keyword in ("ContentDate", "InstanceCreationDate", "SeriesDate"):
        if keyword in made or keyword == "ContentDate":
            setattr(made, keyword, day)
    for keyword in ("ContentTime", "InstanceCreationTime", "SeriesTime"):
        if keyword in made or keyword == "ContentTime":
            setattr(made, keyword, time)
    made.TimezoneOffsetFromUTC = "+0000"
    for equipment in made.get("ContributingEquipmentSequence", ()):
        equipment.ContributionDateTime = f"{day}{time}"
    return made


def _place(header: Any, images: Sequence[Image]) -> None:
    """State where each frame lies in the patient, where all of that is known of all of them."""
    places = [_plane(image) for image in images]
    space = dict(images[0].metadata).get("frame_of_reference_uid", "")
    if not _is_uid(space) or not all(places) or len(images) != int(header.get("NumberOfFrames", 1)):
        return
    header.FrameOfReferenceUID, header.PositionReferenceIndicator = space, None
    if len(images) == 1:
        for keyword, value in (places[0] or {}).items():
            setattr(header, keyword, value)
        return
    shared = places[0] or {}
    if any(place and place[each] != shared[each] for place in places for each in _SHARED):
        return
    measures = {each: shared[each] for each in ("PixelSpacing", "SliceThickness")}
    header.SharedFunctionalGroupsSequence = [
        _item(
            PixelMeasuresSequence=[_item(**measures)],
            PlaneOrientationSequence=[_item(ImageOrientationPatient=shared["ImageOrientationPatient"])],
        )
    ]
    header.PerFrameFunctionalGroupsSequence = [
        _item(PlanePositionSequence=[_item(ImagePositionPatient=place["ImagePositionPatient"])])
        for place in places
        if place
    ]


def _plane(image: Image) -> dict[str, Any] | None:
    """Return position, orientation, spacing and thickness of a frame, None where one of them is not known."""
    facts = dict(image.metadata)
    origin, directions = _numbers(facts, "image_position_mm", 3), _numbers(facts, "image_orientation", 6)
    if not (origin and directions and image.spacing_mm):
        return None
    thickness = _numbers(facts, "slice_thickness_mm", 1)
    return {
        "ImagePositionPatient": origin,
        "ImageOrientationPatient": directions,
        "PixelSpacing": list(image.spacing_mm),
        "SliceThickness": thickness[0] if thickness else None,
    }


def _item(**elements: Any) -> Any:
    from pydicom.dataset import Dataset

    made = Dataset()
    for keyword, value in elements.items():
        setattr(made, keyword, value)
    return made


def _numbers(facts: Mapping[str, str], key: str, count: int) -> list[float]:
    try:
        values = [float(part) for part in facts.get(key, "").split("\\")]
    except ValueError:
        return []
    return values if len(values) == count else []


def _class_uid(facts: Mapping[str, str]) -> str:
    """Return the SOP class whose name the case recorded, rather than a retired one of the same name."""
    from pydicom.uid import UID_dictionary

    kind = facts.get("kind", "")
    if _is_uid(kind):
        return kind
    named = [(bool(entry[3]), uid) for uid, entry in UID_dictionary.items() if kind and entry[0] == kind]
    return min(named, default=(False, ""))[1]


def _put(header: Any, keyword: str, value: str) -> None:
    """Set an element where its representation allows the value: damaged evidence says many things."""
    from pydicom.config import RAISE
    from pydicom.datadict import dictionary_VR
    from pydicom.valuerep import validate_value

    try:
        validate_value(dictionary_VR(keyword), value, RAISE)
        setattr(header, keyword, value or None)
    except ValueError:
        setattr(header, keyword, None)


def _is_uid(text: str) -> bool:
    return len(text) <= _UID_CHARACTERS and bool(_UID.fullmatch(text))
