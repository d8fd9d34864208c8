"""What pydicom itself makes of a file, for a child process: it may crash or hang on hostile input."""

from __future__ import annotations

import logging
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
from pydicom.pixels import apply_color_lut, apply_modality_lut, pixel_array


def expected_frames(path: Path) -> list[np.ndarray] | None:
    """Return each frame as the standard has it before any window, None where pydicom cannot decode it.

    Gray: float32 in the unit of the modality transform, which a frame may state for itself.
    Color: RGB, uint8.
    """
    logging.disable(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            decoded = pixel_array(path)
        except Exception:  # noqa: BLE001 - the peer may fail as it likes
            return None
        header = pydicom.dcmread(path, force=True)
        many = decoded.ndim == (3 if header.SamplesPerPixel == 1 else 4)
        frames = decoded if many else decoded[None]
        return [_expected(header, array, number) for number, array in enumerate(frames)]


def _expected(header: Any, array: np.ndarray, number: int) -> np.ndarray:
    if header.PhotometricInterpretation == "PALETTE COLOR":
        colors = apply_color_lut(array, header)[..., :3]
        return _eight_bits(colors, 8 * colors.dtype.itemsize)
    if header.SamplesPerPixel > 1:
        return _eight_bits(array[..., :3], header.BitsStored)
    holder = _transformation(header, number)
    if holder.get("RescaleSlope") is not None and holder.get("RescaleIntercept") is not None:
        slope, intercept = np.float32(holder.RescaleSlope), np.float32(holder.RescaleIntercept)
        return array.astype(np.float32) * slope + intercept
    return np.asarray(apply_modality_lut(array, header), np.float32)


def _transformation(header: Any, number: int) -> Any:
    """Return what states the scale of a frame: its own group, the shared one, or the header."""
    groups = [
        *(header.get("PerFrameFunctionalGroupsSequence") or [])[number : number + 1],
        *(header.get("SharedFunctionalGroupsSequence") or [])[:1],
    ]
    stated = [group.PixelValueTransformationSequence[0] for group in groups if _states_scale(group)]
    return stated[0] if stated else header


def _states_scale(group: Any) -> bool:
    return bool(group.get("PixelValueTransformationSequence"))


def _eight_bits(array: np.ndarray, bits: int) -> np.ndarray:
    return array if array.dtype == np.uint8 and bits == 8 else np.rint(array * (255 / (2.0**bits - 1)))
