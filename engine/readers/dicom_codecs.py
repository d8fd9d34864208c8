"""Packings of pixels that pydicom does not open rightly: deflated frames, and single bits."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import CorruptFile, FileTooLarge, UnsupportedFile
from engine.readers.dicom_elements import numbers
from engine.readers.limits import MAX_UNPACKED_BYTES, MIB
from engine.readers.opening import PARSER_ERRORS, reason

# PS3.5, A.4.12: each frame is a deflated stream of its own.
_DEFLATED_FRAMES = "1.2.840.10008.1.2.8.1"
_RUN_LENGTHS = "1.2.840.10008.1.2.5"
_DEFLATED_FILE = b"1.2.840.10008.1.2.1.99"
_HEAD_BYTES = 1024
# After preamble, magic and the element that states the length of the rest of the header.
_META_START = 144
# As they are, little endian: frames of single bits follow each other without a gap (PS3.5, 8.1.1),
# and pydicom 3.0 cuts such a frame short that begins and ends inside a byte.
_UNPACKED = frozenset({"1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.1.99"})


def check_deflated(data: bytes) -> None:
    """Raise FileTooLarge where a deflated file (PS3.5, A.5) would fill memory once it is inflated."""
    head = data[:_HEAD_BYTES]
    if head[128:132] != b"DICM" or _DEFLATED_FILE not in head:
        return
    start = _META_START + int.from_bytes(head[_META_START - 4 : _META_START], "little")
    unpacker, packed, total = zlib.decompressobj(-zlib.MAX_WBITS), data[start:], 0
    while packed and not unpacker.eof:
        try:
            total += len(unpacker.decompress(packed, MIB))
        except zlib.error:
            return  # what is damaged is named by who reads it
        if total > MAX_UNPACKED_BYTES:
            raise FileTooLarge(f"inflates to more than the limit of {MAX_UNPACKED_BYTES // MIB} MiB")
        packed = unpacker.unconsumed_tail


def is_packed_otherwise(dataset: Any) -> bool:
    """Tell whether ``unpacked_frames`` must open these pixels."""
    syntax = str(dataset.file_meta.TransferSyntaxUID)
    single_bits = _number(dataset, "BitsAllocated") == 1 and _number(dataset, "SamplesPerPixel") == 1
    return syntax == _DEFLATED_FRAMES or (single_bits and syntax in {_RUN_LENGTHS, *_UNPACKED})


def unpacked_frames(dataset: Any, count: int, wanted: int) -> Iterator[NDArray[Any] | CorruptFile]:
    """Yield the first ``wanted`` of ``count`` frames as stored, or what is wrong with one.

    Raises UnsupportedFile, and CorruptFile where the frames cannot be told apart.
    """
    from pydicom.encaps import generate_frames

    shape = _shape(dataset)
    if str(dataset.file_meta.TransferSyntaxUID) in _UNPACKED:
        yield from _single_bits(bytes(dataset.PixelData), shape, wanted)
        return
    try:
        packed = list(generate_frames(bytes(dataset.PixelData), number_of_frames=count))
    except PARSER_ERRORS as error:
        raise CorruptFile(f"its frames cannot be told apart: {reason(error)}") from error
    for number in range(wanted):
        if number < len(packed):
            yield _frame(dataset, packed[number], shape)
        else:
            yield CorruptFile("it is not in the file")


def _single_bits(
    data: bytes, shape: tuple[int, ...], wanted: int
) -> Iterator[NDArray[np.uint8] | CorruptFile]:
    pixels = math.prod(shape)
    for number in range(wanted):
        first = number * pixels
        part = np.frombuffer(data, np.uint8)[first // 8 : -(-(first + pixels) // 8)]
        bits = np.unpackbits(part, bitorder="little")[first % 8 :][:pixels]
        missing = pixels - len(bits)
        yield CorruptFile(f"{missing} of its {pixels} bits are missing") if missing else bits.reshape(shape)


def _frame(dataset: Any, packed: bytes, shape: tuple[int, ...]) -> NDArray[Any] | CorruptFile:
    bits = _number(dataset, "BitsAllocated")
    size_bytes = -(-math.prod(shape) * bits // 8)
    unpack = _inflate if str(dataset.file_meta.TransferSyntaxUID) == _DEFLATED_FRAMES else _run_lengths
    try:
        data = unpack(packed, size_bytes)
        return _array(data, shape, bits, signed=bool(_number(dataset, "PixelRepresentation")))
    except CorruptFile as error:
        return error
    except PARSER_ERRORS as error:
        return CorruptFile(reason(error))


def _shape(dataset: Any) -> tuple[int, ...]:
    samples = _number(dataset, "SamplesPerPixel") or 1
    if samples > 1 and _number(dataset, "PlanarConfiguration"):
        raise UnsupportedFile("no codec for its pixels: color planes packed by another codec than pydicom's")
    size = (_number(dataset, "Rows"), _number(dataset, "Columns"))
    return (*size, samples) if samples > 1 else size


def _number(dataset: Any, keyword: str) -> int:
    return int((*numbers(dataset, keyword), 0)[0])


def _inflate(frame: bytes, size_bytes: int) -> bytes:
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(frame, size_bytes)


def _run_lengths(frame: bytes, size_bytes: int) -> bytes:
    """Return the one segment of a frame of single bits (PS3.5, annex G)."""
    from rle.rle import decode_segment, parse_header

    offsets = [offset for offset in parse_header(frame[:64]) if offset]
    if len(offsets) != 1:
        raise CorruptFile(f"a frame of single bits has {len(offsets)} segments instead of one")
    return bytes(decode_segment(frame[offsets[0] :]))[:size_bytes]


def _array(data: bytes, shape: tuple[int, ...], bits: int, *, signed: bool) -> NDArray[Any]:
    pixels = math.prod(shape)
    if bits == 1:
        return np.unpackbits(np.frombuffer(data, np.uint8), count=pixels, bitorder="little").reshape(shape)
    kind = "i" if signed else "u"
    return np.frombuffer(data, f"<{kind}{bits // 8}", count=pixels).reshape(shape)
