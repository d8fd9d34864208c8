"""Builds the evidence of the sample case ``chest_radiographs``: six invented patients and their reports."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from sample_cases.chest_radiographs import dicom_files, patients, projection
from sample_cases.chest_radiographs.patients import CT_FRAMES_MM, CT_LEVELS_MM, CT_PATIENT, STUDIES, Study
from sample_cases.chest_radiographs.reports import LETTERS
from sample_cases.chest_radiographs.tubes import fine_parts
from sample_cases.documents import write_document


def build(out: Path) -> None:
    """Write ``out/images`` and ``out/reports``; the same bytes each time."""
    images, reports = out / "images", out / "reports"
    images.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda study: expose(images / study.file, study), STUDIES))
    _build_ct(images / "CB-0004_ct")
    for letter in LETTERS:
        write_document(reports / letter.file, letter.text, title=letter.title, mail=letter.mail)


def expose(path: Path, study: Study) -> None:
    """Write the radiograph of a study as DICOM, or as PNG where its name says so."""
    picture = _marked(projection.radiograph(study.anatomy))
    if path.suffix == ".png":
        cv2.imwrite(str(path), (picture >> 4).astype(np.uint8))
    else:
        dicom_files.write_radiograph(path, study, picture)


def _build_ct(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    parts = fine_parts(CT_PATIENT)
    for number, z_mm in enumerate(CT_LEVELS_MM, start=1):
        slice_hu = projection.ct_slice(CT_PATIENT, parts, z_mm)
        dicom_files.write_ct_slice(folder / f"slice_{number:02d}.dcm", slice_hu, z_mm, number)
    frames = [projection.ct_slice(CT_PATIENT, parts, z_mm) for z_mm in CT_FRAMES_MM]
    dicom_files.write_ct_frames(folder.parent / "CB-0004_ct_frames.dcm", frames, CT_FRAMES_MM)


def _marked(picture: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Return the radiograph with the lead letter that marks the patient's left side."""
    marked = picture.copy()
    place = (picture.shape[1] - 70, 70)
    cv2.putText(marked, "L", place, cv2.FONT_HERSHEY_DUPLEX, 1.3, 4_095, 4, cv2.LINE_AA)
    return marked


if __name__ == "__main__":
    build(Path("build/samples/chest_radiographs"))
    print(f"{len(STUDIES)} radiographs, CT of {patients.CT_ACCESSION}, {len(LETTERS)} texts")
