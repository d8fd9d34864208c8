"""DICOM files as tests need them: made with pydicom, byte for byte as the standard has them."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pydicom
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian, generate_uid

from engine.hashing import bytes_sha256
from engine.protocols import Content, ReadOptions, Source
from engine.readers.dicom import DicomReader

SEGMENTATION = "1.2.840.10008.5.1.4.1.1.66.4"
STRUCTURES = "1.2.840.10008.5.1.4.1.1.481.3"
SPACE = "1.2.3.7"


def dataset(array: np.ndarray | None = None, **elements: object) -> Dataset:
    """Return a CT object of patient P-7, with ``array`` as its pixels, and ``elements`` set on it."""
    made = Dataset()
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    made.SOPClassUID = made.file_meta.MediaStorageSOPClassUID = CTImageStorage
    made.SOPInstanceUID = made.file_meta.MediaStorageSOPInstanceUID = generate_uid()
    made.StudyInstanceUID, made.PatientID, made.Modality = "1.2.3", "P-7", "CT"
    if array is not None:
        made.Rows, made.Columns = array.shape[-2:] if array.ndim < 4 else array.shape[1:3]
        made.SamplesPerPixel, made.PhotometricInterpretation = 1, "MONOCHROME2"
        made.BitsAllocated = made.BitsStored = 8 * array.dtype.itemsize
        made.HighBit = made.BitsStored - 1
        made.PixelRepresentation = int(array.dtype.kind == "i")
        made.PixelData = array.tobytes()
        made["PixelData"].VR = "OB" if array.dtype.itemsize == 1 else "OW"
        if array.ndim == 3:
            made.NumberOfFrames = array.shape[0]
    for keyword, value in elements.items():
        setattr(made, keyword, value)
    return made


def encode(made: Dataset) -> bytes:
    target = io.BytesIO()
    pydicom.dcmwrite(target, made, enforce_file_format=True)
    return target.getvalue()


def read(folder: Path, data: bytes, name: str = "a.dcm") -> Content:
    path = folder / name
    path.write_bytes(data)
    source = Source(path=path, relative_path=name, sha256=bytes_sha256(data), size_bytes=len(data))
    return DicomReader().read(source, ReadOptions())


def item(**elements: object) -> Dataset:
    """Return an item of a sequence; lists of items become sequences."""
    made = Dataset()
    for keyword, value in elements.items():
        nested = isinstance(value, list) and bool(value) and isinstance(value[0], Dataset)
        setattr(made, keyword, Sequence(value) if nested else value)
    return made


def coded(meaning: str, code: str = "1") -> Dataset:
    return item(CodeValue=code, CodingSchemeDesignator="99X", CodeMeaning=meaning)


def ct_slice(uid: str, z_mm: float, shape: tuple[int, int] = (30, 40)) -> Dataset:
    """Return an axial slice with pixels of 0.5 mm (down) by 0.25 mm (right), its corner at (-5, 10, z)."""
    made = dataset(
        np.zeros(shape, np.int16),
        FrameOfReferenceUID=SPACE,
        ImagePositionPatient=[-5, 10, z_mm],
        ImageOrientationPatient=[1, 0, 0, 0, 1, 0],
        PixelSpacing=[0.5, 0.25],
        SliceThickness=2,
    )
    made.SOPInstanceUID = made.file_meta.MediaStorageSOPInstanceUID = uid
    return made


def segmentation(
    masks: np.ndarray, targets: list[str], segments: list[int], *, kind: str = "BINARY", z_mm: float = 0.0
) -> Dataset:
    """Return a segmentation object: a frame per mask, on the image and of the segment named beside it."""
    stack = (masks > 0).astype(np.uint8) if kind == "BINARY" else masks.astype(np.uint8)
    made = dataset(stack, FrameOfReferenceUID=SPACE, SegmentationType=kind, Modality="SEG")
    made.SOPClassUID = made.file_meta.MediaStorageSOPClassUID = SEGMENTATION
    if kind == "BINARY":
        made.BitsAllocated = made.BitsStored = 1
        made.HighBit = 0
        packed = np.packbits(stack.ravel(), bitorder="little").tobytes()
        made.PixelData = packed + b"\0" * (len(packed) % 2)
    if kind == "FRACTIONAL":
        made.MaximumFractionalValue = 200
    made.SegmentSequence = Sequence(
        [
            item(SegmentNumber=1, SegmentLabel="Nodule"),
            item(
                SegmentNumber=2,
                SegmentLabel="Segment 2",
                SegmentedPropertyTypeCodeSequence=[
                    item(
                        CodeValue="2",
                        CodingSchemeDesignator="99X",
                        CodeMeaning="Kidney",
                        SegmentedPropertyTypeModifierCodeSequence=[coded("Left")],
                    )
                ],
            ),
        ]
    )
    made.SharedFunctionalGroupsSequence = Sequence(
        [
            item(
                PixelMeasuresSequence=[item(PixelSpacing=[0.5, 0.25], SliceThickness=2)],
                PlaneOrientationSequence=[item(ImageOrientationPatient=[1, 0, 0, 0, 1, 0])],
            )
        ]
    )
    groups = []
    for number, (target, segment) in enumerate(zip(targets, segments, strict=True)):
        group = item(PlanePositionSequence=[item(ImagePositionPatient=[-5, 10, z_mm + 2 * number])])
        if kind != "LABELMAP":
            group.SegmentIdentificationSequence = Sequence([item(ReferencedSegmentNumber=segment)])
        if target:
            source = item(ReferencedSOPClassUID=CTImageStorage, ReferencedSOPInstanceUID=target)
            group.DerivationImageSequence = Sequence([item(SourceImageSequence=[source])])
        groups.append(group)
    made.PerFrameFunctionalGroupsSequence = Sequence(groups)
    return made


def structure_set(contours: list[tuple[str, list[float]]], name: str = "Heart") -> Dataset:
    """Return a radiotherapy structure set with one structure: (image, x, y, z, x, y, z, …) per contour."""
    made = dataset(
        SOPClassUID=STRUCTURES, Modality="RTSTRUCT", StructureSetLabel="plan", StructureSetDate="20240502"
    )
    roi = item(ROINumber=3, ROIName=name, ReferencedFrameOfReferenceUID=SPACE)
    made.StructureSetROISequence = Sequence([roi])
    drawn = [
        item(
            ContourGeometricType="CLOSED_PLANAR",
            NumberOfContourPoints=len(places) // 3,
            ContourData=places,
            **(
                {
                    "ContourImageSequence": [
                        item(ReferencedSOPClassUID=CTImageStorage, ReferencedSOPInstanceUID=target)
                    ]
                }
                if target
                else {}
            ),
        )
        for target, places in contours
    ]
    made.ROIContourSequence = Sequence([item(ReferencedROINumber=3, ContourSequence=drawn)])
    return made
