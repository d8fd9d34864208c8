"""A thorax in numbers: which tissue lies at which point, in Hounsfield units.

Coordinates are millimeters: ``x`` grows to the patient's left, ``y`` to the back, ``z`` downward.
The functions take arrays that broadcast against each other and return float32, so that one
description serves the voxels of a radiograph, the pixels of a CT slice and single points alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float32]
Point = tuple[Array, Array, Array]


def f32(values: ArrayLike) -> Array:
    """Return numbers as a float32 array."""
    return np.asarray(values, np.float32)


AIR_HU = -1000.0
LUNG_HU = -845.0
FAT_HU = -95.0
SOFT_HU = 45.0


class LesionKind(StrEnum):
    """What is wrong with a thorax."""

    NODULE = "nodule"
    CONSOLIDATION = "consolidation"
    EFFUSION = "effusion"
    PNEUMOTHORAX = "pneumothorax"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesion:
    """A lesion; ``side`` is -1 for the patient's right and +1 for the left.

    ``center_mm`` counts for nodule and consolidation. ``size_mm`` is a radius, the depth of the
    fluid above the dome, or the width of the gap in the pleura.
    """

    kind: LesionKind
    side: int
    size_mm: float
    center_mm: tuple[float, float, float] = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Anatomy:
    """One person's build: factors around 1 and what was found."""

    seed: int
    width: float = 1.0
    height: float = 1.0
    heart: float = 1.0
    fat_mm: float = 14.0
    breasts: bool = False
    pacemaker: bool = False
    lesions: tuple[Lesion, ...] = ()


def inside(distance: Array, edge_mm: float = 2.5) -> Array:
    """Return 1 inside (negative distance), 0 outside, and a ramp of ``edge_mm`` between."""
    return np.clip(0.5 - distance / edge_mm, 0.0, 1.0).astype(np.float32)


def ellipsoid(point: Point, center: tuple[float, float, float], radii: tuple[float, float, float]) -> Array:
    """Return about the signed distance in mm to an upright ellipsoid."""
    norm = np.sqrt(sum(((p - c) / r) ** 2 for p, c, r in zip(point, center, radii, strict=True)))
    return ((norm - 1.0) * min(radii)).astype(np.float32)


def cage_size(anatomy: Anatomy, z: Array) -> tuple[Array, Array]:
    """Return the half width and half depth in mm of the space inside the ribs at level ``z``."""
    level = np.clip((z - 40.0) / (205.0 * anatomy.height), 0.0, 1.0)
    swell = (1.0 - (1.0 - level) ** 2.3) ** 0.46
    return (126.0 * anatomy.width * swell).astype(np.float32), (86.0 * swell).astype(np.float32)


def cage(anatomy: Anatomy, x: Array, y: Array, z: Array) -> Array:
    """Return about the signed distance in mm to the inner chest wall."""
    half_width, half_depth = cage_size(anatomy, z)
    half_width, half_depth = np.maximum(half_width, 1.0), np.maximum(half_depth, 1.0)
    norm = _squarish(x / half_width, (y - 5.0) / half_depth)
    return f32((norm - 1.0) * np.minimum(half_width, half_depth))


def _squarish(a: Array, b: Array) -> Array:
    """Return the 2.5-norm of two numbers: a circle on its way to a square."""
    a, b = np.abs(a), np.abs(b)
    total: Array = (a * a * np.sqrt(a) + b * b * np.sqrt(b)) ** np.float32(0.4)
    return total


def diaphragm_z(anatomy: Anatomy, x: Array, y: Array) -> Array:
    """Return the level in mm of the diaphragm, whose right dome is the higher one."""
    right = x < 0
    top = np.where(right, 262.0, 276.0) * (0.2 + 0.8 * anatomy.height)
    center = np.where(right, -58.0, 64.0) * anatomy.width
    across = 40.0 * (np.abs(x - center) / (68.0 * anatomy.width)) ** 3.2
    along = 52.0 * ((y + 18.0) / 80.0) ** 2
    return f32(top + across + along)


def heart(anatomy: Anatomy, x: Array, y: Array, z: Array) -> Array:
    """Return about the signed distance in mm to heart and great vessels."""
    size = anatomy.heart
    z = z - 210.0 * (anatomy.height - 1.0)  # the heart rests on the diaphragm
    dx, dz = x - 20.0 * size, z - 228.0
    along, across = 0.80 * dx + 0.60 * dz, -0.60 * dx + 0.80 * dz
    ventricles = ellipsoid((along, y + 28.0, across), (0, 0, 0), (72 * size, 50.0 * size, 48.0 * size))
    atrium = ellipsoid((x, y, z), (-17.0 * size, -15.0, 215.0), (28.0 * size, 36.0, 42.0))
    base = ellipsoid((x, y, z), (14.0 * size, -26.0, 258.0), (58.0 * size, 46.0, 32.0))
    outflow = ellipsoid((x, y, z), (26.0, -22.0, 165.0), (22.0, 30.0, 36.0))
    knob = ellipsoid((x, y, z), (22.0, 10.0, 122.0), (18.0, 38.0, 17.0))
    descending = np.hypot(x - 20.0, y - 46.0) - 12.5 + np.maximum(120.0 - z, 0.0)
    nearest = np.minimum(np.minimum(ventricles, atrium), np.minimum(np.minimum(outflow, base), knob))
    return np.minimum(nearest, descending).astype(np.float32)


def mediastinum(x: Array, y: Array, z: Array) -> Array:
    """Return about the signed distance in mm to the column between the lungs."""
    right = 25.0 + 5.0 * np.exp(-(((z - 125.0) / 50.0) ** 2)) + 5.0 * np.exp(-(((z - 45.0) / 34.0) ** 2))
    left = 24.0 + 7.0 * np.exp(-(((z - 62.0) / 36.0) ** 2)) + 2.0 * np.sin(z / 21.0)
    waist = 1.0 - 0.55 * np.exp(-(((y - 28.0) / 22.0) ** 2)) * np.clip((z - 120.0) / 40.0, 0.0, 1.0)
    front = 1.0 - 0.75 * np.clip((-y - 30.0) / 45.0, 0.0, 1.0) - 0.12 * np.clip((y - 10.0) / 40.0, 0.0, 1.0)
    bulge = 1.0 + 0.10 * np.sin(y / 11.0 + 0.6)
    shape = waist * front * bulge
    return np.where(x < 0, -x - right * shape, x - left * shape).astype(np.float32)


def lung(anatomy: Anatomy, x: Array, y: Array, z: Array, wall: Array) -> Array:
    """Return the share in [0, 1] of both lungs' space, fluid and free air included.

    ``wall``: the distance to the chest wall at the points, from ``cage``.
    """
    distance = np.maximum(wall, z - diaphragm_z(anatomy, x, y))
    distance = np.maximum(distance, -mediastinum(x, y, z))
    return inside(np.maximum(distance, -heart(anatomy, x, y, z)))


def body(anatomy: Anatomy, x: Array, y: Array, z: Array) -> Array:
    """Return about the signed distance in mm to the skin, arms raised out of the picture."""
    wall = 148.0 * anatomy.width + anatomy.fat_mm
    slope = 62.0 + np.clip(z - 2.0, 0.0, None) ** 1.3 * 0.95
    armpit = wall + np.clip((196.0 - z) / 90.0, 0.0, 1.0) ** 2.2 * 100.0
    half_width = np.minimum(slope, armpit)
    half_depth = 60.0 + (44.0 + anatomy.fat_mm * 0.7) * np.clip((z - 10.0) / 110.0, 0.0, 1.0)
    norm = _squarish(x / half_width, (y - 4.0) / half_depth)
    distance = (norm - 1.0) * np.minimum(half_width, half_depth)
    if anatomy.breasts:
        for side in (-1.0, 1.0):
            breast = ellipsoid((x, y, z), (side * 78.0, -88.0, 232.0), (58.0, 58.0, 56.0))
            distance = np.minimum(distance, breast)
    return f32(distance)


def vertebrae(x: Array, y: Array, z: Array) -> tuple[Array, Array]:
    """Return the shares in [0, 1] of cortical and of spongy bone in the spine."""
    level = np.mod(z + 6.0, 25.0)
    end = np.minimum(level, 25.0 - level)
    waist = 1.5 * np.cos((level - 12.5) / 12.5 * np.pi)
    radius = np.hypot(x / 1.12, y - 64.0) - (16.0 - waist)
    block = inside(np.maximum(radius, 2.5 - end))
    spongy = inside(np.maximum(radius + 2.0, 4.5 - end))
    arch = ellipsoid((np.abs(x), y, level), (15.0, 82.0, 10.0), (5.0, 9.0, 6.0))
    process = ellipsoid((x, y, level), (0.0, 100.0, 15.0), (3.0, 16.0, 6.0))
    transverse = ellipsoid((np.abs(x), y, level), (27.0, 86.0, 9.0), (12.0, 5.0, 5.0))
    posterior = inside(np.minimum(np.minimum(arch, process), transverse))
    return np.maximum(block - spongy, posterior * 0.6), spongy
