"""Pixels of a DICOM object: decoded frame by frame, rescaled to values, windowed for the eye."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import CorruptFile, FileTooLarge, ReadError, UnsupportedFile
from engine.protocols import Pixels
from engine.readers.dicom_facts import functional_group, items, numbers, words
from engine.readers.limits import MAX_DECODED_BYTES, MAX_FRAMES, MIB
from engine.readers.opening import PARSER_ERRORS, reason
from engine.readers.preview import as_rgb, window

# A view has three bytes per pixel, measured values another four.
_BYTES_PER_PIXEL = 7
# Mediastinum and abdomen, the usual first look at a CT without a window of its own.
_CT_WINDOW = (40.0, 400.0)
_MAX_SIDE_PX = 65_536


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
    return DecodedFrames(frames=tuple(frames), remarks=(*remarks, *damaged[:5]), metadata=metadata)


def _frame_count(dataset: Any) -> int:
    stated = numbers(dataset, "NumberOfFrames")
    return max(1, int(stated[0])) if stated else 1


def _affordable(dataset: Any, count: int) -> tuple[int, tuple[str, ...]]:
    """Return how many frames the limits allow; raises FileTooLarge where not one fits."""
    rows, columns = (int((*numbers(dataset, keyword), 0)[0]) for keyword in ("Rows", "Columns"))
    if rows < 1 or columns < 1:
        raise CorruptFile(f"its picture would have {rows} rows and {columns} columns")
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

    number = 0
    try:
        for array in iter_pixels(dataset, indices=range(wanted)):
            yield number, array
            number += 1
    except MemoryError:
        raise
    except (*PARSER_ERRORS, NotImplementedError) as error:
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
    return Pixels(view=_gray_view(dataset, values, array, number), values=values)


def _palette(dataset: Any, array: NDArray[Any]) -> NDArray[np.uint8]:
    from pydicom.pixels import apply_color_lut

    try:
        colored = np.asarray(apply_color_lut(array, dataset))
    except PARSER_ERRORS as error:
        raise CorruptFile(f"its color palette is damaged: {reason(error)}") from error
    return _to_eight_bits(colored[..., :3], 16 if colored.dtype.itemsize > 1 else 8)


def _color(dataset: Any, array: NDArray[Any]) -> NDArray[np.uint8]:
    bits = int((*numbers(dataset, "BitsStored"), 8.0)[0])
    return _to_eight_bits(array[..., :3], bits)


def _to_eight_bits(array: NDArray[Any], bits: int) -> NDArray[np.uint8]:
    if array.dtype == np.uint8 and bits == 8:
        return np.ascontiguousarray(array)
    scale = 255 / (2.0**bits - 1)
    return (array.astype(np.float32) * np.float32(scale)).clip(0, 255).round().astype(np.uint8)


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


def _gray_view(
    dataset: Any, values: NDArray[np.float32], array: NDArray[Any], number: int
) -> NDArray[np.uint8]:
    inverted = _is_inverted(dataset)
    looked_up = _voi_table(dataset, values)
    if looked_up is not None:
        return as_rgb(np.invert(looked_up) if inverted else looked_up)
    center, width = _window(dataset, number) or _own_window(dataset, values, array)
    return window(values, center, width, inverted=inverted)


def _is_inverted(dataset: Any) -> bool:
    shape = words(dataset, "PresentationLUTShape").upper()
    return words(dataset, "PhotometricInterpretation").upper() == "MONOCHROME1" or shape == "INVERSE"


def _voi_table(dataset: Any, values: NDArray[np.float32]) -> NDArray[np.uint8] | None:
    """Apply the VOI lookup table where there is a sound one (PS3.3 C.11.2.1.1)."""
    tables = items(dataset, "VOILUTSequence")
    descriptor = numbers(tables[0], "LUTDescriptor") if tables else ()
    if len(descriptor) != 3:
        return None
    count, first, bits = int(descriptor[0]) or 65_536, int(descriptor[1]), int(descriptor[2])
    try:
        raw = tables[0].LUTData
        table = np.frombuffer(raw, "<u2") if isinstance(raw, bytes) else np.asarray(raw, dtype=np.float32)
    except PARSER_ERRORS:
        return None
    if len(table) < count or not 1 <= bits <= 16:
        return None
    gray = _to_eight_bits(table[:count], bits)
    indexes = np.nan_to_num(values - first).clip(0, count - 1).astype(np.int64)
    return gray[indexes]


def _window(dataset: Any, number: int) -> tuple[float, float] | None:
    """Return center and width of the first window, as ``preview.window`` takes them."""
    group = functional_group(dataset, number, "FrameVOILUTSequence")
    holder = group if group is not None else dataset
    centers, widths = numbers(holder, "WindowCenter"), numbers(holder, "WindowWidth")
    if not centers or not widths or widths[0] <= 0:
        return None
    if words(holder, "VOILUTFunction").upper() in ("LINEAR_EXACT", "SIGMOID") or widths[0] <= 1:
        return centers[0], widths[0]
    return centers[0] - 0.5, widths[0] - 1  # LINEAR counts whole steps: C.11.2.1.2.1


def _own_window(dataset: Any, values: NDArray[np.float32], array: NDArray[Any]) -> tuple[float, float]:
    """Return a window for a picture that states none: all but the rarest values, padding aside."""
    if words(dataset, "Modality").upper() == "CT" and words(dataset, "RescaleIntercept"):
        return _CT_WINDOW
    if int((*numbers(dataset, "BitsStored"), 0.0)[0]) == 1:
        return 0.5, 1.0
    padding = numbers(dataset, "PixelPaddingValue")
    shown = values[array != padding[0]] if padding else values
    sample = shown.ravel()[:: max(1, shown.size // 500_000)]
    sample = sample[np.isfinite(sample)]
    if sample.size == 0:
        return 0.5, 1.0
    low, high = (float(edge) for edge in np.percentile(sample, (0.5, 99.5)))
    if high <= low:
        low, high = float(sample.min()), float(sample.max())
    return (low + high) / 2, max(high - low, 1.0)
