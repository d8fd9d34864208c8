"""DICOM files without what names persons: the header after the profile, the pixels covered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from engine.errors import CorruptFile
from engine.privacy.dicom_profile import apply_profile
from engine.privacy.masking import Mask
from engine.privacy.pseudonyms import Pseudonyms

_SENDERS = ("SourceApplicationEntityTitle", "SendingApplicationEntityTitle", "PrivateInformation")
# What pydicom raises for damaged headers and pixels; NotImplementedError for a coding without a decoder.
_UNREADABLE = (AttributeError, KeyError, NotImplementedError, RuntimeError, ValueError)

MasksOfFrame = Callable[[int], Sequence[Mask]]


def write_clean(
    source: Path, out: Path, pseudonyms: Pseudonyms, *, clean: Callable[[str], str], masks: MasksOfFrame
) -> None:
    """Write the object of one DICOM file to ``out``, uncompressed where it has pixels that are covered.

    ``masks``: what to cover in a frame, in pixels of the upright view, which are those of the file. Raises
    CorruptFile where the object cannot be read or its pixels cannot be decoded: nothing is written then.
    """
    import pydicom
    from pydicom.errors import InvalidDicomError

    try:
        dataset = pydicom.dcmread(source, force=False)
        subject = str(dataset.get("PatientID", "") or "")
        if "PixelData" in dataset:
            _cover(dataset, masks)
        apply_profile(dataset, pseudonyms, subject, clean)
        dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
        for keyword in _SENDERS:
            if keyword in dataset.file_meta:
                delattr(dataset.file_meta, keyword)
        dataset.preamble = bytes(128)
        dataset.save_as(out, enforce_file_format=True)
    except (*_UNREADABLE, InvalidDicomError) as error:
        raise CorruptFile(f"{source.name} cannot be de-identified as DICOM: {error}") from error


def _cover(dataset: Any, masks: MasksOfFrame) -> None:
    """Fill the masks of every frame with the darkest value of the file."""
    import cv2
    from pydicom.uid import ExplicitVRLittleEndian

    frames = int(dataset.get("NumberOfFrames", 1) or 1)
    found = [masks(number) for number in range(frames)]
    if not any(found):
        return
    if dataset.file_meta.TransferSyntaxUID.is_compressed:
        dataset.decompress()
    pixels = np.array(dataset.pixel_array)
    stack = pixels if frames > 1 else pixels[np.newaxis]
    for number, areas in enumerate(found):
        cover = np.zeros(stack.shape[1:3], np.uint8)
        for mask in areas:
            cv2.fillPoly(cover, [mask.corners], (1,))
        stack[number][cover > 0] = pixels.min()
    dataset.PixelData = np.ascontiguousarray(stack if frames > 1 else stack[0]).tobytes()
    dataset["PixelData"].VR = "OB" if pixels.dtype.itemsize == 1 else "OW"
    if int(dataset.get("SamplesPerPixel", 1)) > 1:
        dataset.PlanarConfiguration = 0
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
