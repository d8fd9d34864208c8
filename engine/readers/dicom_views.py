"""What the eye is shown of a DICOM frame: windowed, looked up, turned where low values are bright."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.readers.dicom_elements import functional_group, items, numbers, words
from engine.readers.opening import PARSER_ERRORS
from engine.readers.preview import as_rgb, window

# Mediastinum and abdomen, the usual first look at a CT without a window of its own.
_CT_WINDOW = (40.0, 400.0)
_MAX_LUT_BITS = 16


def gray_view(
    dataset: Any, values: NDArray[np.float32], array: NDArray[Any], frame: int
) -> NDArray[np.uint8]:
    """Return measured values as an RGB view, uint8 (height, width, 3), by PS3.3 C.11.2.

    The first lookup table counts before the first window; without both the picture's own range
    is shown. ``array`` holds the values as they were stored, which tell padding.
    """
    inverted = is_inverted(dataset)
    group = functional_group(dataset, frame, "FrameVOILUTSequence")
    for holder in (group, dataset):
        gray = None if holder is None else _stated(dataset, holder, values)
        if gray is not None:
            return as_rgb(np.invert(gray) if inverted else gray)
    center, width = _own_window(dataset, values, array)
    return window(values, center, width, inverted=inverted)


def is_inverted(dataset: Any) -> bool:
    """Tell whether low values are bright."""
    shape = words(dataset, "PresentationLUTShape").upper()
    return words(dataset, "PhotometricInterpretation").upper() == "MONOCHROME1" or shape == "INVERSE"


def to_eight_bits(array: NDArray[Any], bits: int) -> NDArray[np.uint8]:
    """Return numbers of ``bits`` bits as uint8."""
    if array.dtype == np.uint8 and bits == 8:
        return np.ascontiguousarray(array)
    scale = 255 / (2.0**bits - 1)
    return (array.astype(np.float32) * np.float32(scale)).clip(0, 255).round().astype(np.uint8)


def _stated(dataset: Any, holder: Any, values: NDArray[np.float32]) -> NDArray[np.uint8] | None:
    gray = _looked_up(dataset, holder, values)
    return gray if gray is not None else _windowed(holder, values)


def _windowed(holder: Any, values: NDArray[np.float32]) -> NDArray[np.uint8] | None:
    """Apply the first window (PS3.3 C.11.2.1.2.1, C.11.2.1.3)."""
    centers, widths = numbers(holder, "WindowCenter"), numbers(holder, "WindowWidth")
    if not centers or not widths or widths[0] <= 0:
        return None
    center, width = centers[0], widths[0]
    function = words(holder, "VOILUTFunction").upper()
    if function == "SIGMOID":
        return _sigmoid(values, center, width)
    # A LINEAR window counts whole steps; one narrower than a step was meant exactly.
    if function != "LINEAR_EXACT" and width >= 1:
        center, width = center - 0.5, width - 1
    return window(values, center, width)[..., 0]


def _sigmoid(values: NDArray[np.float32], center: float, width: float) -> NDArray[np.uint8]:
    steepness = np.nan_to_num((values - np.float32(center)) * np.float32(-4 / width), posinf=88, neginf=-88)
    gray = 255 / (1 + np.exp(steepness.clip(-88, 88)))
    return np.asarray(np.rint(gray), np.uint8)


def _looked_up(dataset: Any, holder: Any, values: NDArray[np.float32]) -> NDArray[np.uint8] | None:
    """Apply the first VOI lookup table where it is sound (PS3.3 C.11.2.1.1)."""
    tables = items(holder, "VOILUTSequence")
    descriptor = numbers(tables[0], "LUTDescriptor") if tables else ()
    if len(descriptor) != 3:
        return None
    count, first, bits = int(descriptor[0]) or 65_536, int(descriptor[1]), int(descriptor[2])
    table = _table(dataset, tables[0], count)
    if table is None or not 1 <= bits <= _MAX_LUT_BITS:
        return None
    gray = to_eight_bits(table, bits)
    indexes = np.nan_to_num(values - first).clip(0, count - 1).astype(np.int64)
    return gray[indexes]


def _table(dataset: Any, item: Any, count: int) -> NDArray[Any] | None:
    try:
        raw = item.LUTData
        if not isinstance(raw, bytes):
            table = np.asarray(raw, dtype=np.float32)
        elif len(raw) in (count, count + count % 2):  # entries of eight bits, one a byte
            table = np.frombuffer(raw, "u1")
        else:
            table = np.frombuffer(raw, "<u2" if dataset.original_encoding[1] else ">u2")
    except PARSER_ERRORS:
        return None
    return table[:count] if len(table) >= count else None


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
