"""DICOM that was made to do harm costs its own file only, and its Issue says what is wrong with it."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from pydicom.encaps import encapsulate
from pydicom.sequence import Sequence
from pydicom.uid import DeflatedExplicitVRLittleEndian, RLELossless

from engine.errors import CorruptFile, FileTooLarge, ReadError, UnsupportedFile
from engine.hashing import bytes_sha256
from engine.jobs.reading import Decoded, DecodePool
from engine.protocols import ReadOptions, Source
from engine.readers.limits import MIB
from tests.unit.dicom_objects import coded, dataset, encode, item, read, segmentation, structure_set

PIXELS = np.zeros((16, 16), np.int16)
PLAIN = encode(dataset(PIXELS))
# Samples per Pixel begins the group that describes the picture.
BEFORE_PICTURE = PLAIN.index(b"\x28\x00\x02\x00")
OPEN_SEQUENCE = b"\x08\x00\x40\x11SQ\0\0\xff\xff\xff\xff\xfe\xff\x00\xe0\xff\xff\xff\xff"
PIXEL_HEAD = b"\xe0\x7f\x10\x00OW\0\0"


def closed_sequences(depth: int) -> bytes:
    data = b""
    for _ in range(depth):
        data = b"\xfe\xff\x00\xe0" + struct.pack("<I", len(data)) + data
        data = b"\x08\x00\x40\x11SQ\0\0" + struct.pack("<I", len(data)) + data
    return data


def picture(**elements: object) -> bytes:
    return encode(dataset(PIXELS, **elements))


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (PLAIN[:BEFORE_PICTURE] + OPEN_SEQUENCE * 50_000, CorruptFile, "recursion depth"),
        (PLAIN[:140], CorruptFile, "cut off"),
        (PLAIN[:-100], CorruptFile, "less than expected"),
        (PLAIN[:BEFORE_PICTURE], UnsupportedFile, "only the header of a CT Image"),
        (picture(NumberOfFrames=2**31 - 1), CorruptFile, "less than expected"),
        (picture(NumberOfFrames=-5), CorruptFile, "'-5' is invalid"),
        (picture(BitsAllocated=7), CorruptFile, "Bits Allocated"),
        (picture(BitsAllocated=0), CorruptFile, "Bits Allocated"),
        (picture(SamplesPerPixel=1000), CorruptFile, "Samples per Pixel"),
        (picture(Rows=0), CorruptFile, "0 rows"),
        (picture(Rows=65_535, Columns=65_535), FileTooLarge, "65535 x 65535"),
    ],
)
def test_the_reason_is_true(tmp_path: Path, data: bytes, error: type[ReadError], words: str) -> None:
    with pytest.raises(error, match=words):
        read(tmp_path, data)


@pytest.mark.parametrize(
    "data",
    [
        PLAIN[:BEFORE_PICTURE] + closed_sequences(1_500) + PLAIN[BEFORE_PICTURE:],
        PLAIN.replace(PIXEL_HEAD + struct.pack("<I", 512), PIXEL_HEAD + struct.pack("<I", 0xFFFFFFF0)),
        PLAIN.replace(b"\x08\x00\x60\x00CS", b"\x08\x00\x60\x00ZZ"),
        picture(RescaleSlope="1e300", RescaleIntercept="1e300"),
        picture(WindowCenter="1e308", WindowWidth="1e-300"),
    ],
)
def test_a_picture_with_nonsense_around_it_is_still_shown(tmp_path: Path, data: bytes) -> None:
    with np.errstate(all="ignore"):
        assert read(tmp_path, data).frames[0].pixels.view.shape == (16, 16, 3)


def test_a_lookup_table_that_is_too_short_is_not_used(tmp_path: Path) -> None:
    made = dataset(PIXELS, WindowCenter=0, WindowWidth=10)
    made.VOILUTSequence = Sequence([item(LUTDescriptor=[60_000, 0, 16], LUTData=b"\0\0")])
    made.VOILUTSequence[0]["LUTDescriptor"].VR, made.VOILUTSequence[0]["LUTData"].VR = "US", "OW"
    assert 120 < read(tmp_path, encode(made)).frames[0].pixels.view[0, 0, 0] < 150


def test_a_report_of_endless_depth_is_damaged(tmp_path: Path) -> None:
    made = dataset(SOPClassUID="1.2.840.10008.5.1.4.1.1.88.22", Modality="SR")
    made.ConceptNameCodeSequence = Sequence([coded("Report")])
    with pytest.raises(CorruptFile, match="recursion"):
        read(
            tmp_path, encode(made) + OPEN_SEQUENCE.replace(b"\x08\x00\x40\x11", b"\x40\x00\x30\xa7") * 20_000
        )


def test_a_mask_of_noise_is_not_outlined_and_says_so(tmp_path: Path) -> None:
    noise = np.indices((1, 500, 500)).sum(axis=0).astype(np.uint8) % 2
    content = read(tmp_path, encode(segmentation(noise, ["1.1"], [1])))
    assert len(content.frames) == 1 and content.outlines == ()
    assert "'Nodule' of frame 1 is not outlined" in content.remarks[0]


def test_a_contour_out_of_this_world_is_left_out(tmp_path: Path) -> None:
    far, flat = [1e308, -1e308, 1e308] * 5, [0.0] * 9
    content = read(tmp_path, encode(structure_set([("1.1", far), ("1.1", flat)])))
    assert content.outlines == ()
    assert content.reports


def test_a_file_that_inflates_without_end_is_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.readers.dicom_codecs.MAX_UNPACKED_BYTES", 8 * MIB)
    made = dataset(PIXELS)
    made.file_meta.TransferSyntaxUID = DeflatedExplicitVRLittleEndian
    honest = encode(made)
    assert read(tmp_path, honest).frames
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    endless = b"".join(packer.compress(bytes(MIB)) for _ in range(10))
    start = 144 + int.from_bytes(honest[140:144], "little")
    with pytest.raises(FileTooLarge, match="inflates to more than"):
        read(tmp_path, honest[:start] + endless + packer.flush())


def test_a_decoder_that_panics_costs_its_own_file_only(tmp_path: Path) -> None:
    """Run lengths that give more than a row holds: the decoder of pylibjpeg-rle panics, as Rust does."""
    made = dataset(PIXELS)
    made.file_meta.TransferSyntaxUID = RLELossless
    runs = b"\x81\0" * 4
    head = struct.pack("<16I", 2, 64, 64 + len(runs), *[0] * 13)
    made.PixelData = encapsulate([head + runs + b"\x81\0" * 2])
    made["PixelData"].is_undefined_length = True
    sources = []
    for name, data in (("bad.dcm", encode(made)), ("good.dcm", PLAIN)):
        (tmp_path / name).write_bytes(data)
        sources.append(
            Source(path=tmp_path / name, relative_path=name, sha256=bytes_sha256(data), size_bytes=len(data))
        )
    with DecodePool(1) as pool:
        bad, good = (outcome for _, outcome in pool.decode(sources, ReadOptions()))
    assert isinstance(bad, CorruptFile) and "reader failed" in str(bad)
    assert isinstance(good, Decoded)
