"""Writes radiographs and CT slices as DICOM files with the tags that real ones carry."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.sequence import Sequence as DicomSequence
from pydicom.uid import ExplicitVRLittleEndian

from sample_cases.chest_radiographs.patients import CT_ACCESSION, CT_TAKEN, Study
from sample_cases.chest_radiographs.projection import CT_PIXEL_MM, PIXEL_MM

_DX = "1.2.840.10008.5.1.4.1.1.1.1"
_CR = "1.2.840.10008.5.1.4.1.1.1"
_CT = "1.2.840.10008.5.1.4.1.1.2"
_ENHANCED_CT = "1.2.840.10008.5.1.4.1.1.2.1"
_INTERCEPT = -1024


def write_radiograph(path: Path, study: Study, picture: NDArray[np.uint16]) -> None:
    """Write a DX or CR file; MONOCHROME1 stores the picture inverted, as some plates do."""
    stored = picture if study.monochrome == 2 else np.uint16(4_095) - picture
    file = _file(path, _DX if study.modality == "DX" else _CR, study.accession, study.file)
    _describe(file, study.patient, study.accession, study.taken, study.modality)
    file.PatientSex, file.PatientAge = study.sex, study.age
    file.StudyDescription, file.SeriesDescription = "Chest radiograph", f"Chest {study.view}"
    file.BodyPartExamined, file.ViewPosition = "CHEST", study.view
    file.Laterality = ""
    file.PatientOrientation = ["L", "F"]
    file.KVP, file.DistanceSourceToDetector = "120", "1800"
    file.ImagerPixelSpacing = [PIXEL_MM, PIXEL_MM]
    file.PixelSpacing = [PIXEL_MM, PIXEL_MM]
    file.BurnedInAnnotation = "NO"
    file.PresentationIntentType = "FOR PRESENTATION"
    file.LossyImageCompression = "00"
    _pixels(file, stored, bits=12, photometric=f"MONOCHROME{study.monochrome}")
    file.RescaleIntercept, file.RescaleSlope, file.RescaleType = "0", "1", "US"
    file.WindowCenter, file.WindowWidth = "2048", "4096"
    file.save_as(path, enforce_file_format=True)


def write_ct_slice(path: Path, slice_hu: NDArray[np.int16], z_mm: float, number: int) -> None:
    """Write one slice of the series; stored values are Hounsfield units + 1024."""
    file = _ct(path, _CT, path.name)
    file.InstanceNumber = number
    file.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
    file.ImagePositionPatient = _position(slice_hu.shape, z_mm)
    file.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
    file.SliceLocation, file.SliceThickness = f"{-z_mm:.1f}", "5"
    file.PixelSpacing = [CT_PIXEL_MM, CT_PIXEL_MM]
    file.RescaleIntercept, file.RescaleSlope, file.RescaleType = str(_INTERCEPT), "1", "HU"
    file.WindowCenter, file.WindowWidth = ["-500", "40"], ["1500", "400"]
    file.WindowCenterWidthExplanation = ["LUNG", "SOFT TISSUE"]
    _pixels(file, _stored(slice_hu), bits=12, photometric="MONOCHROME2")
    file.save_as(path, enforce_file_format=True)


def write_ct_frames(path: Path, frames_hu: Sequence[NDArray[np.int16]], levels_mm: Sequence[float]) -> None:
    """Write several slices as one enhanced CT file, whose transforms lie in its functional groups."""
    file = _ct(path, _ENHANCED_CT, path.name)
    file.InstanceNumber = 1
    file.ImageType = ["ORIGINAL", "PRIMARY", "VOLUME", "NONE"]
    file.SeriesInstanceUID = _uid(CT_ACCESSION, "frames")
    file.NumberOfFrames = len(frames_hu)
    shared = Dataset()
    shared.PixelMeasuresSequence = _one(PixelSpacing=[CT_PIXEL_MM, CT_PIXEL_MM], SliceThickness="5")
    shared.PlaneOrientationSequence = _one(ImageOrientationPatient=[1, 0, 0, 0, 1, 0])
    shared.PixelValueTransformationSequence = _one(
        RescaleIntercept=str(_INTERCEPT), RescaleSlope="1", RescaleType="HU"
    )
    shared.FrameVOILUTSequence = _one(WindowCenter="-500", WindowWidth="1500")
    file.SharedFunctionalGroupsSequence = DicomSequence([shared])
    each = []
    for index, z_mm in enumerate(levels_mm, start=1):
        frame = Dataset()
        frame.PlanePositionSequence = _one(ImagePositionPatient=_position(frames_hu[0].shape, z_mm))
        frame.FrameContentSequence = _one(StackID="1", InStackPositionNumber=index)
        each.append(frame)
    file.PerFrameFunctionalGroupsSequence = DicomSequence(each)
    _pixels(file, _stored(np.stack(frames_hu)), bits=12, photometric="MONOCHROME2")
    file.save_as(path, enforce_file_format=True)


def _ct(path: Path, sop_class: str, key: str) -> FileDataset:
    file = _file(path, sop_class, CT_ACCESSION, key)
    _describe(file, "CB-0004", CT_ACCESSION, CT_TAKEN, "CT")
    file.PatientSex, file.PatientAge = "F", "066Y"
    file.StudyDescription, file.SeriesDescription = "CT thorax without contrast", "Thorax 5 mm"
    file.BodyPartExamined, file.KVP = "CHEST", "120"
    file.PatientPosition = "HFS"
    return file


def _file(path: Path, sop_class: str, accession: str, key: str) -> FileDataset:
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = sop_class
    meta.MediaStorageSOPInstanceUID = _uid(accession, key)
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    file = FileDataset(str(path), {}, file_meta=meta, preamble=b"\0" * 128)
    file.SOPClassUID, file.SOPInstanceUID = sop_class, meta.MediaStorageSOPInstanceUID
    file.SpecificCharacterSet = "ISO_IR 192"
    return file


def _describe(file: FileDataset, patient: str, accession: str, taken: str, modality: str) -> None:
    date, clock = taken.replace("-", "").replace(":", "").split("T")
    file.PatientID, file.PatientName = patient, patient
    file.PatientBirthDate = ""
    file.PatientIdentityRemoved = "YES"
    file.StudyInstanceUID, file.SeriesInstanceUID = _uid(accession), _uid(accession, modality)
    file.StudyID = file.AccessionNumber = accession
    file.StudyDate = file.SeriesDate = file.AcquisitionDate = file.ContentDate = date
    file.StudyTime = file.SeriesTime = file.AcquisitionTime = file.ContentTime = clock
    file.Modality = modality
    file.Manufacturer, file.ManufacturerModelName = "Casebook samples", "Voxel thorax"
    file.InstitutionName = "Sample hospital"
    file.ReferringPhysicianName = ""
    file.SeriesNumber = file.InstanceNumber = 1


def _pixels(file: FileDataset, values: NDArray[np.uint16], *, bits: int, photometric: str) -> None:
    file.SamplesPerPixel, file.PhotometricInterpretation = 1, photometric
    file.Rows, file.Columns = values.shape[-2:]
    file.BitsAllocated, file.BitsStored, file.HighBit, file.PixelRepresentation = 16, bits, bits - 1, 0
    file.PixelData = np.ascontiguousarray(values, "<u2").tobytes()


def _stored(values_hu: NDArray[np.int16]) -> NDArray[np.uint16]:
    return np.clip(values_hu.astype(np.int32) - _INTERCEPT, 0, 4_095).astype(np.uint16)


def _position(shape: tuple[int, ...], z_mm: float) -> list[float]:
    """Return the center of the first pixel in patient coordinates: head up is positive there."""
    rows, columns = shape
    return [-(columns / 2 - 0.5) * CT_PIXEL_MM, -(rows / 2 - 0.5) * CT_PIXEL_MM, -z_mm]


def _one(**values: object) -> DicomSequence:
    item = Dataset()
    for name, value in values.items():
        setattr(item, name, value)
    return DicomSequence([item])


def _uid(*parts: str) -> str:
    """Return a stable UID of the kind that needs no registration (2.25 and a UUID)."""
    return f"2.25.{uuid.uuid5(uuid.NAMESPACE_OID, '/'.join(('casebook', *parts))).int}"
