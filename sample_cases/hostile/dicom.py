"""DICOM files that lie about themselves."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import numpy as np
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.uid import UID, ExplicitVRLittleEndian, JPEG2000Lossless


def _file(syntax: UID = ExplicitVRLittleEndian, *, rows: int = 64, columns: int = 64) -> FileDataset:
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = UID("1.2.840.10008.5.1.4.1.1.7")
    meta.MediaStorageSOPInstanceUID = UID("2.25.1")
    meta.TransferSyntaxUID = syntax
    file = FileDataset("", Dataset(), file_meta=meta, preamble=b"\0" * 128)
    file.SOPClassUID, file.SOPInstanceUID = meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID
    file.Modality, file.PatientID, file.StudyInstanceUID = "OT", "CB-0666", "2.25.2"
    file.SamplesPerPixel, file.PhotometricInterpretation = 1, "MONOCHROME2"
    file.Rows, file.Columns = rows, columns
    file.BitsAllocated = file.BitsStored = 8
    file.HighBit, file.PixelRepresentation = 7, 0
    ramp = np.add.outer(np.arange(64), np.arange(64)).astype(np.uint8)
    file.PixelData = ramp.tobytes()
    return file


def _bytes(file: FileDataset) -> bytes:
    buffer = io.BytesIO()
    file.save_as(buffer, enforce_file_format=True)
    return buffer.getvalue()


def too_few_pixels() -> bytes:
    return _bytes(_file(rows=4_096, columns=4_096))


def wrong_length() -> bytes:
    """Return a file whose pixel data claim two gigabytes."""
    data = _bytes(_file())
    length = data.rindex((64 * 64).to_bytes(4, "little"))
    return data[:length] + (0x7FFFFFF0).to_bytes(4, "little") + data[length + 4 :]


def no_transfer_syntax() -> bytes:
    """Return a file without the element that says how it is written."""
    data = _bytes(_file())
    start = data.index(b"\x02\x00\x10\x00UI")
    length = int.from_bytes(data[start + 6 : start + 8], "little")
    group = data.index(b"\x02\x00\x00\x00UL")
    old = int.from_bytes(data[group + 8 : group + 12], "little")
    shorter = (old - 8 - length).to_bytes(4, "little")
    return data[: group + 8] + shorter + data[group + 12 : start] + data[start + 8 + length :]


def false_compression() -> bytes:
    """Return plain pixels that claim to be JPEG 2000."""
    data = _bytes(_file())
    plain, compressed = ExplicitVRLittleEndian.encode(), JPEG2000Lossless.encode()
    start = data.index(b"\x02\x00\x10\x00UI")
    old_length = int.from_bytes(data[start + 6 : start + 8], "little")
    field = compressed + b"\0" * (len(compressed) % 2)
    group = data.index(b"\x02\x00\x00\x00UL")
    grown = int.from_bytes(data[group + 8 : group + 12], "little") + len(field) - old_length
    assert plain in data[start : start + 40]
    longer: bytes = (
        data[: group + 8]
        + grown.to_bytes(4, "little")
        + data[group + 12 : start + 6]
        + len(field).to_bytes(2, "little")
        + field
        + data[start + 8 + old_length :]
    )
    return longer


def many_frames() -> bytes:
    file = _file()
    file.NumberOfFrames = 2_000_000_000
    return _bytes(file)


def no_pixels() -> bytes:
    file = _file()
    del file.PixelData
    return _bytes(file)


def cut_in_header() -> bytes:
    data = _bytes(_file())
    return data[: data.index(b"CB-0666")]


MAKERS: Mapping[str, Callable[[], bytes]] = {
    "too_few_pixels.dcm": too_few_pixels,
    "wrong_length.dcm": wrong_length,
    "no_transfer_syntax.dcm": no_transfer_syntax,
    "false_compression.dcm": false_compression,
    "many_frames.dcm": many_frames,
    "no_pixels.dcm": no_pixels,
    "cut_in_header.dcm": cut_in_header,
}
