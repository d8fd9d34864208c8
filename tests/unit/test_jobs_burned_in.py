"""Which pictures are looked through for writing."""

from __future__ import annotations

import pytest

from engine.jobs.burned_in import is_read
from engine.model.evidence import CaseKind, Image
from engine.model.ids import image_id

DICOM = (("transfer_syntax", "Explicit VR Little Endian"),)
CAPTURE = (*DICOM, ("kind", "Secondary Capture Image Storage"))


def picture(modality: str, metadata: tuple[tuple[str, str], ...], frame: int = 0) -> Image:
    return Image(
        id=image_id("a" * 64, frame),
        sha256="a" * 64,
        frame=frame,
        width_px=9,
        height_px=9,
        modality=modality,
        metadata=metadata,
    )


@pytest.mark.parametrize(
    ("modality", "metadata", "frame", "expected"),
    [
        ("US", DICOM, 0, True),
        ("US", DICOM, 1, False),
        ("US", (*DICOM, ("burned_in_text", "NO")), 0, False),
        ("CT", DICOM, 0, False),
        ("CT", (*DICOM, ("burned_in_text", "YES")), 0, True),
        ("CR", CAPTURE, 0, True),
        ("SEG", DICOM, 0, False),
    ],
)
def test_dicom_is_read_where_it_may_bear_writing(
    modality: str, metadata: tuple[tuple[str, str], ...], frame: int, expected: bool
) -> None:
    image = picture(modality, metadata, frame)
    for kind in CaseKind:
        for fits in (True, False):
            assert is_read(image, kind, fits=fits) is expected


def test_other_pictures_are_read_in_forensic_cases_where_they_fit() -> None:
    photograph = picture("photograph", ())
    assert is_read(photograph, CaseKind.FORENSIC, fits=True)
    assert not is_read(photograph, CaseKind.FORENSIC, fits=False)
    assert not is_read(photograph, CaseKind.MEDICAL, fits=True)
    assert is_read(photograph, CaseKind.MEDICAL, fits=True, is_page=True)
