"""Pictures of a thorax: what a flat detector and what a CT scanner would see."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from sample_cases.chest_radiographs.anatomy import Anatomy, Array, f32
from sample_cases.chest_radiographs.tissue import hounsfield
from sample_cases.chest_radiographs.tubes import Cloud, fine_parts

PIXEL_MM = 0.4
SHAPE_PX = (960, 900)
CT_PIXEL_MM = 0.75
CT_SHAPE_PX = (400, 512)

_SOURCE_MM = 1_800.0
_DETECTOR_Y_MM = -140.0
_TOP_MM = 12.0
_WATER_PER_MM = 0.0195  # at about 65 keV, the middle of a 120 kV beam
_LIME_PER_MM = 0.012  # what calcium absorbs beyond its density
_VOXEL_MM = 2.5
_SLAB_MM = 4.0


def radiograph(anatomy: Anatomy) -> NDArray[np.uint16]:
    """Return a posteroanterior chest radiograph: 12 bits in uint16, bone bright, patient's left at right."""
    path = _line_integrals(anatomy)
    primary = np.exp(-path)
    fluence = primary + 0.55 * _far_blur(primary, 90.0) + 0.004
    rng = np.random.default_rng(anatomy.seed + 1_000)
    quanta = rng.normal(0.0, 1.0, fluence.shape).astype(np.float32) * np.sqrt(fluence)
    fluence = cv2.GaussianBlur(fluence + 0.0030 * quanta, (0, 0), 0.7)
    return _tone(-np.log(np.maximum(fluence, 1e-4)))


def ct_slice(anatomy: Anatomy, parts: Cloud, z_mm: float, thickness_mm: float = 5.0) -> NDArray[np.int16]:
    """Return an axial CT slice in Hounsfield units, seen from the feet (patient's left on the right)."""
    height, width = CT_SHAPE_PX
    x = (np.arange(width, dtype=np.float32) - width / 2 + 0.5)[None, :] * CT_PIXEL_MM
    y = (np.arange(height, dtype=np.float32) - height / 2 + 0.5)[:, None] * CT_PIXEL_MM
    values = hounsfield(anatomy, x, y, f32([[z_mm]]))
    near = np.abs(parts.points[:, 2] - z_mm) < thickness_mm / 2
    column = (parts.points[near, 0] / CT_PIXEL_MM + width / 2).astype(int)
    row = (parts.points[near, 1] / CT_PIXEL_MM + height / 2).astype(int)
    volume_mm3 = CT_PIXEL_MM**2 * thickness_mm
    added = _bin(column, row, parts.weights[near] / volume_mm3, CT_SHAPE_PX)
    dense = values + 1000.0 * cv2.GaussianBlur(added, (0, 0), 0.8)
    ceiling = np.where(values < -300, 60.0, 1_400.0)  # vessels are no denser than blood
    values = np.maximum(np.minimum(dense, ceiling), values)
    rng = np.random.default_rng(anatomy.seed + int(z_mm * 10))
    grain = cv2.GaussianBlur(rng.normal(0, 1, CT_SHAPE_PX).astype(np.float32), (0, 0), 0.9)
    _table(values, y)
    return np.asarray(np.clip(values + 34.0 * grain, -1_024, 3_000), np.int16)


def _line_integrals(anatomy: Anatomy) -> Array:
    """Return attenuation along each ray of the cone beam: soft parts as voxels, fine parts as points."""
    x = np.arange(-205.0, 205.0, _VOXEL_MM, dtype=np.float32)[None, None, :]
    y = np.arange(-138.0, 138.0, _SLAB_MM, dtype=np.float32)[:, None, None]
    z = np.arange(-15.0, 410.0, _VOXEL_MM, dtype=np.float32)[None, :, None]
    tissue = hounsfield(anatomy, x, y, z)
    density = (1 + tissue / 1000) * _WATER_PER_MM + np.maximum(tissue - 80, 0) / 1000 * _LIME_PER_MM
    rows, columns = SHAPE_PX[0] // 2, SHAPE_PX[1] // 2
    total = np.zeros((rows, columns), np.float32)
    pixel = PIXEL_MM * 2
    for slab, depth in zip(density, y.ravel(), strict=True):
        zoom = _magnification(depth)
        scale = zoom * _VOXEL_MM / pixel
        left = (x[0, 0, 0] * zoom) / pixel + columns / 2
        top = ((z[0, 0, 0] - _center_z()) * zoom) / pixel + rows / 2
        warp = f32([[scale, 0, left], [0, scale, top]])
        total += cv2.warpAffine(slab, warp, (columns, rows), flags=cv2.INTER_LINEAR)
    soft = cv2.resize(total * _SLAB_MM, SHAPE_PX[::-1], interpolation=cv2.INTER_CUBIC)
    return f32(soft + _project(fine_parts(anatomy)))


def _project(parts: Cloud) -> Array:
    """Return the attenuation of the fine parts on the detector."""
    zoom = _magnification(parts.points[:, 1])
    column = (parts.points[:, 0] * zoom / PIXEL_MM + SHAPE_PX[1] / 2).astype(int)
    row = ((parts.points[:, 2] - _center_z()) * zoom / PIXEL_MM + SHAPE_PX[0] / 2).astype(int)
    thickness = parts.weights * zoom**2 / PIXEL_MM**2
    return f32(cv2.GaussianBlur(_bin(column, row, thickness, SHAPE_PX), (0, 0), 1.6) * 0.038)


def _bin(column: NDArray[np.int_], row: NDArray[np.int_], weights: Array, shape: tuple[int, int]) -> Array:
    height, width = shape
    keep = (column >= 0) & (column < width) & (row >= 0) & (row < height)
    flat = np.bincount(row[keep] * width + column[keep], weights=weights[keep], minlength=height * width)
    return flat.reshape(shape).astype(np.float32)


def _magnification(y: Array | float) -> Array:
    return np.asarray(_SOURCE_MM / (_SOURCE_MM - (y - _DETECTOR_Y_MM)), np.float32)


def _center_z() -> float:
    return _TOP_MM + SHAPE_PX[0] * PIXEL_MM / 2 / 1.07


def _far_blur(picture: Array, sigma_mm: float, step: int = 12) -> Array:
    """Return the picture blurred by a wide Gaussian, on a coarser grid to be quick."""
    height, width = picture.shape
    small = cv2.resize(picture, (width // step, height // step), interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), sigma_mm / PIXEL_MM / step, borderType=cv2.BORDER_REPLICATE)
    blurred: Array = cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
    return blurred


def _tone(log_signal: Array) -> NDArray[np.uint16]:
    """Return the picture as a workstation shows it: flattened a little, edges lifted, S-curve."""
    coarse = _far_blur(log_signal, 60.0)
    medium = _far_blur(log_signal, 6.0, step=3)
    picture = log_signal - 0.35 * coarse + 0.75 * (log_signal - medium)
    low, high = np.percentile(picture, (1.0, 99.6))
    level = np.clip((picture - low) / (high - low), -0.2, 1.2)
    curve = 1.0 / (1.0 + np.exp(-(level - 0.60) * 6.2))
    return np.asarray(np.clip((curve - 0.018) / 0.95, 0.0, 1.0) * 4_095, np.uint16)


def _table(values: Array, y: Array) -> None:
    """Lay the patient's couch under the thorax, in place."""
    width = values.shape[1]
    x = (np.arange(width, dtype=np.float32) - width / 2)[None, :] * CT_PIXEL_MM
    surface = 119.0 - (x / 190.0) ** 2 * 20.0
    shell = (np.abs(y - surface) < 1.6) & (np.abs(x) < 185.0) & (values < -500)
    values[shell] = -250.0
