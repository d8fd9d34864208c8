"""Pixels of a DICOM object: decoded frame by frame, rescaled to values, windowed for the eye."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import CorruptFile, FileTooLarge, ReadError, UnsupportedFile
from engine.protocols import Pixels
from engine.readers.dicom_codecs import is_packed_otherwise, unpacked_frames
from engine.readers.dicom_elements import functional_group, items, numbers, words
from engine.readers.dicom_views import gray_view, to_eight_bits
from engine.readers.limits import MAX_DECODED_BYTES, MAX_FRAMES, MIB
from engine.readers.opening import PARSER_ERRORS, reason

# A view has three bytes per pixel, measured values another four.
_BYTES_PER_PIXEL = 7
_MAX_SIDE_PX = 65_536
_MAX_REMARKS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedFrames:
    """The frames that could be decoded, with their numbers, and remarks on the others."""

    frames: tuple[tuple[int, Pixels], ...]
    remarks: tuple[str, ...]
    metadata: tuple[tuple[str, str], ...]


def decode_frames(dataset: Any) -> DecodedFrames:
    """Decode a dataset that has pixels; raises CorruptFile, FileTooLarge or UnsupportedFile.

    Values are in the unit of the modality transform (PS3.3 C.11.1; Hounsfield for CT), not
    inverted; views are windowed (C.11.2), with MONOCHROME1 turned so that air is dark.
    """
    count = _frame_count(dataset)
    wanted, remarks = _affordable(dataset, count)
    frames: list[tuple[int, Pixels]] = []
    damaged: list[str] = []
    for number, decoded in _arrays(dataset, wanted):
        if isinstance(decoded, ReadError):
            if not frames and number == wanted - 1:
                raise decoded
            damaged.append(f"frame {number + 1} of {count} is damaged: {decoded}")
        else:
            frames.append((number, _pixels(dataset, decoded, number)))
    metadata = (("frames", str(count)),) if count > 1 else ()
    if len(damaged) > _MAX_REMARKS:
        damaged[_MAX_REMARKS:] = [f"{len(damaged) - _MAX_REMARKS} more of its frames are damaged"]
    return DecodedFrames(frames=tuple(frames), remarks=(*remarks, *damaged), metadata=metadata)


def _frame_count(dataset: Any) -> int:
    stated = numbers(dataset, "NumberOfFrames")
    return max(1, int(stated[0])) if stated else 1


def _affordable(dataset: Any, count: int) -> tuple[int, tuple[str, ...]]:
    """Return how many frames the limits allow; raises FileTooLarge where not one fits."""
    rows, columns = (int((*numbers(dataset, keyword), 0)[0]) for keyword in ("Rows", "Columns"))
    if rows < 1 or columns < 1:
        raise CorruptFile(
            "has pixels but states no size for them: rows and columns are missing"
            if not numbers(dataset, "Rows") and not numbers(dataset, "Columns")
            else f"its picture would have {rows} rows and {columns} columns"
        )
    frame_bytes = rows * columns * _BYTES_PER_PIXEL
    if frame_bytes > MAX_DECODED_BYTES or max(rows, columns) > _MAX_SIDE_PX:
        raise FileTooLarge(
            f"one frame has {columns} x {rows} pixels; the limit is {MAX_DECODED_BYTES // MIB} MiB decoded"
        )
    wanted = min(count, MAX_FRAMES, MAX_DECODED_BYTES // frame_bytes)
    if wanted == count:
        return count, ()
    return wanted, (f"has {count} frames; only the first {wanted} are read (limit on decoded pixels)",)


def _arrays(dataset: Any, wanted: int) -> Iterator[tuple[int, NDArray[Any] | ReadError]]:
    """Yield each frame's array as pydicom decodes it, or why it cannot be."""
    from pydicom.pixels import iter_pixels

    if is_packed_otherwise(dataset):
        yield from enumerate(unpacked_frames(dataset, _frame_count(dataset), wanted))
        return
    number = 0
    try:
        for array in iter_pixels(dataset, indices=range(wanted)):
            yield number, array
            number += 1
    except MemoryError:
        raise
    except PARSER_ERRORS as error:
        failure = _failure(dataset, error)
    else:
        return
    if isinstance(failure, UnsupportedFile) or wanted == 1:
        raise failure
    # One damaged frame ends the iteration; the others are asked for one by one.
    yield number, failure
    for other in range(number + 1, wanted):
        yield other, _single(dataset, other)


def _single(dataset: Any, number: int) -> NDArray[Any] | ReadError:
    from pydicom.pixels import pixel_array

    try:
        array: NDArray[Any] = pixel_array(dataset, index=number)
    except PARSER_ERRORS as error:
        return _failure(dataset, error)
    return array


def _failure(dataset: Any, error: Exception) -> ReadError:
    syntax = dataset.file_meta.TransferSyntaxUID
    message = str(error)
    if (
        "missing dependencies" in message
        or "is not supported" in message
        # So pydicom says that it has no decoder for a transfer syntax.
        or isinstance(error, NotImplementedError)
    ):
        return UnsupportedFile(f"no codec for its pixels, packed as {syntax.name}: {reason(error)}")
    return CorruptFile(f"its pixels ({syntax.name}) are damaged: {reason(error)}")


def _pixels(dataset: Any, array: NDArray[Any], number: int) -> Pixels:
    photometric = words(dataset, "PhotometricInterpretation").upper()
    if photometric == "PALETTE COLOR":
        return Pixels(view=_palette(dataset, array))
    if array.ndim == 3:
        return Pixels(view=_color(dataset, array))
    values = _modality_values(dataset, array, number)
    return Pixels(view=gray_view(dataset, values, array, number), values=values)


def _palette(dataset: Any, array: NDArray[Any]) -> NDArray[np.uint8]:
    from pydicom.pixels import apply_color_lut

    try:
        colored = np.asarray(apply_color_lut(array, dataset))
    except PARSER_ERRORS as error:
        raise CorruptFile(f"its color palette is damaged: {reason(error)}") from error
    return to_eight_bits(colored[..., :3], 16 if colored.dtype.itemsize > 1 else 8)


def _color(dataset: Any, array: NDArray[Any]) -> NDArray[np.uint8]:
    bits = int((*numbers(dataset, "BitsStored"), 8.0)[0])
    return to_eight_bits(array[..., :3], bits)


def _modality_values(dataset: Any, array: NDArray[Any], number: int) -> NDArray[np.float32]:
    from pydicom.pixels import apply_modality_lut

    group = functional_group(dataset, number, "PixelValueTransformationSequence")
    holder = group if group is not None else dataset
    slope, intercept = numbers(holder, "RescaleSlope"), numbers(holder, "RescaleIntercept")
    if slope and intercept and slope[0] != 0:
        return array.astype(np.float32) * np.float32(slope[0]) + np.float32(intercept[0])
    if items(dataset, "ModalityLUTSequence"):
        try:
            return np.asarray(apply_modality_lut(array, dataset), dtype=np.float32)
        except PARSER_ERRORS:
            pass  # a damaged table: the stored values are still true
    return array.astype(np.float32)
