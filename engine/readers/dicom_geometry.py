"""Where a DICOM picture lies in the patient, and how large its pixels are there."""

from __future__ import annotations

import math
from typing import Any, cast

from engine.model.geometry import Plane
from engine.readers.dicom_elements import functional_group, items, numbers, words

Spacing = tuple[float, float]
_AT_DETECTOR = "at the detector, not corrected for magnification"
_UNIT_TOLERANCE = 0.01


def pixel_spacing(dataset: Any, frame: int) -> tuple[Spacing | None, str]:
    """Return (row, column) spacing in mm, and words where it is not simply that of the patient.

    PS3.3 10.7.1.1 to 10.7.1.3: Pixel Spacing is that of the patient, unless it equals Imager Pixel
    Spacing and names no calibration; Imager Pixel Spacing is that of the detector.
    """
    measures = functional_group(dataset, frame, "PixelMeasuresSequence")
    own = _pair(dataset, "PixelSpacing") or (
        _pair(measures, "PixelSpacing") if measures is not None else None
    )
    imager = _pair(dataset, "ImagerPixelSpacing")
    if own:
        return own, _calibration(dataset, own, imager)
    if imager:
        return _at_patient(dataset, imager)
    film = _pair(dataset, "NominalScannedPixelSpacing")
    if film:
        return film, "of the scanned film"
    return _ultrasound_spacing(dataset), ""


def _pair(holder: Any, keyword: str) -> Spacing | None:
    values = numbers(holder, keyword)
    return (values[0], values[1]) if len(values) == 2 and min(values) > 0 else None


def _calibration(dataset: Any, own: Spacing, imager: Spacing | None) -> str:
    """Say how a spacing was calibrated, where the file says so or where it must have been."""
    kind = words(dataset, "PixelSpacingCalibrationType").lower()
    described = words(dataset, "PixelSpacingCalibrationDescription")
    if kind or described:
        return ", ".join(filter(None, (f"calibrated ({kind or 'kind not named'})", described)))
    if imager is None:
        return ""
    alike = all(math.isclose(a, b, rel_tol=1e-4) for a, b in zip(own, imager, strict=True))
    return _AT_DETECTOR if alike else "calibrated by means that the file does not name"


def _at_patient(dataset: Any, imager: Spacing) -> tuple[Spacing, str]:
    factor = numbers(dataset, "EstimatedRadiographicMagnificationFactor")[:1]
    if not factor or factor[0] <= 0:
        return imager, _AT_DETECTOR
    corrected = (imager[0] / factor[0], imager[1] / factor[0])
    return corrected, f"at the detector, divided by the estimated magnification {factor[0]:g}"


def _ultrasound_spacing(dataset: Any) -> Spacing | None:
    """Ultrasound states its scale per region (PS3.3 C.8.5.5), in cm for unit 3."""
    regions = items(dataset, "SequenceOfUltrasoundRegions")
    if len(regions) != 1:
        return None
    units = numbers(regions[0], "PhysicalUnitsXDirection") + numbers(regions[0], "PhysicalUnitsYDirection")
    deltas = numbers(regions[0], "PhysicalDeltaY") + numbers(regions[0], "PhysicalDeltaX")
    if units != (3.0, 3.0) or len(deltas) != 2 or 0 in deltas:
        return None
    return abs(deltas[0]) * 10, abs(deltas[1]) * 10


def image_plane(dataset: Any, frame: int) -> Plane | None:
    """Return the plane of a frame (PS3.3 C.7.6.2, C.7.6.16.2.3, .4), None where it is not stated."""
    holders = [
        group if group is not None else dataset
        for group in (
            functional_group(dataset, frame, "PlanePositionSequence"),
            functional_group(dataset, frame, "PlaneOrientationSequence"),
        )
    ]
    origin, directions = (
        numbers(holders[0], "ImagePositionPatient"),
        numbers(holders[1], "ImageOrientationPatient"),
    )
    spacing, _ = pixel_spacing(dataset, frame)
    return plane_of(origin, directions, spacing)


def plane_of(
    origin: tuple[float, ...], directions: tuple[float, ...], spacing: Spacing | None
) -> Plane | None:
    """Return the plane of position, orientation and spacing; None unless all of them are sound."""
    if len(origin) != 3 or len(directions) != 6 or spacing is None:
        return None
    right, down = directions[:3], directions[3:]
    across = sum(a * b for a, b in zip(right, down, strict=True))
    lengths = [math.hypot(*right), math.hypot(*down)]
    if abs(across) > _UNIT_TOLERANCE or max(abs(length - 1) for length in lengths) > _UNIT_TOLERANCE:
        return None
    vectors = cast("list[tuple[float, float, float]]", [origin, right, down])
    return Plane(origin_mm=vectors[0], right=vectors[1], down=vectors[2], spacing_mm=spacing)
