"""Tissue of a whole thorax at given points, lesions included, in Hounsfield units."""

from __future__ import annotations

import numpy as np

from sample_cases.chest_radiographs.anatomy import (
    AIR_HU,
    FAT_HU,
    LUNG_HU,
    SOFT_HU,
    Anatomy,
    Array,
    Lesion,
    LesionKind,
    body,
    cage,
    diaphragm_z,
    ellipsoid,
    heart,
    inside,
    lung,
    vertebrae,
)


def hounsfield(anatomy: Anatomy, x: Array, y: Array, z: Array) -> Array:
    """Return the tissue in Hounsfield units at the points, without ribs and lung vessels."""
    skin = body(anatomy, x, y, z)
    chest = cage(anatomy, x, y, z)
    values = np.full(np.broadcast_shapes(x.shape, y.shape, z.shape), AIR_HU, np.float32)
    values = _paint(values, inside(skin, 5.0), FAT_HU)
    values = _paint(values, inside(skin + anatomy.fat_mm, 6.0), SOFT_HU + 5)
    values = _paint(values, inside(chest + 3.0) * (z < 250), -25.0)  # fat between the organs
    organs = np.maximum(chest + 3.0, diaphragm_z(anatomy, x, y) - z)
    values = _paint(values, inside(organs), SOFT_HU + 12)
    values = _paint(values, _stomach_gas(anatomy, x, y, z), AIR_HU)
    values = _paint(values, inside(heart(anatomy, x, y, z)), SOFT_HU)
    values = _paint(values, _great_vessels(x, y, z), SOFT_HU)
    values = _paint(values, lung(anatomy, x, y, z, chest), _lung_tissue(anatomy, x, y, z, chest))
    cortical, spongy = vertebrae(x, y, z)
    values = _paint(values, spongy, 170.0)
    values = _paint(values, cortical, 420.0)
    return _paint(values, _airways(x, y, z), AIR_HU)


def aerated(anatomy: Anatomy, x: Array, y: Array, z: Array) -> Array:
    """Return the share in [0, 1] of lung that has vessels: no fluid, no free air, no lesion."""
    wall = cage(anatomy, x, y, z)
    share = lung(anatomy, x, y, z, wall)
    for lesion in anatomy.lesions:
        share = share * (1.0 - _extent(lesion, x, y, z, wall))
    return share


def _lung_tissue(anatomy: Anatomy, x: Array, y: Array, z: Array, wall: Array) -> Array:
    """Return lung in Hounsfield units: denser at the back and near the base, and mottled."""
    values = LUNG_HU + 0.25 * (y + 60.0) + 0.12 * (z - 160.0)
    wave = np.sin(x / 5.1 + anatomy.seed) * np.sin(y / 6.3 + 1.7) * np.sin(z / 4.7 + 0.9 * anatomy.seed)
    values = (values + 18.0 * wave).astype(np.float32)
    for lesion in anatomy.lesions:
        share = _extent(lesion, x, y, z, wall)
        values = _paint(values, share, _LESION_HU[lesion.kind])
        if lesion.kind is LesionKind.PNEUMOTHORAX:
            values = _paint(values, share * (4.0 - 4.0 * share), -350.0)  # the pleura, seen edge on
    return values


_LESION_HU = {
    LesionKind.NODULE: 60.0,
    LesionKind.CONSOLIDATION: -60.0,
    LesionKind.EFFUSION: 15.0,
    LesionKind.PNEUMOTHORAX: AIR_HU,
}


def _extent(lesion: Lesion, x: Array, y: Array, z: Array, wall: Array) -> Array:
    """Return the share in [0, 1] that a lesion takes of each point."""
    on_side = (x * lesion.side > 0).astype(np.float32)
    if lesion.kind is LesionKind.EFFUSION:
        meniscus = 34.0 * np.clip(-wall / 30.0, 0.0, 1.0)
        surface = 322.0 - lesion.size_mm + meniscus
        return on_side * inside(surface - z, 4.0)
    if lesion.kind is LesionKind.PNEUMOTHORAX:
        apex = np.clip((210.0 - z) / 110.0, 0.0, 1.0)
        return on_side * inside(-wall - lesion.size_mm * apex, 3.5)
    cx, cy, cz = lesion.center_mm
    if lesion.kind is LesionKind.NODULE:
        wobble = 1.0 + 0.10 * np.sin((x - cx) / 3.1) * np.cos((z - cz) / 2.7 + (y - cy) / 3.3)
        radius = lesion.size_mm
        return inside(
            ellipsoid((x, y, z), lesion.center_mm, (radius, radius, radius)) - (wobble - 1) * radius
        )
    radius = lesion.size_mm
    distance = ellipsoid((x, y, z), lesion.center_mm, (radius * 1.15, radius * 0.9, radius))
    patchy = (
        np.sin(x / 7.0 + 1.0) * np.sin(z / 8.0 + y / 9.0)
        + np.sin(x / 3.7 + z / 4.3) * np.sin(y / 4.1 + 2.0) * 0.7
    )
    return on_side * (inside(distance + 6.0 * patchy, 26.0) * 0.85).astype(np.float32)


def _great_vessels(x: Array, y: Array, z: Array) -> Array:
    """Return vessels and gullet of the upper chest, seen in CT as discs in fat."""
    veins = np.minimum(np.hypot(x + 19.0, y + 6.0) - 8.5, np.hypot(x - 2.0, y - 38.0) - 6.5)
    arteries = np.minimum(np.hypot(x + 8.0, y + 8.0) - 6.0, np.hypot(x - 12.0, y + 4.0) - 5.5)
    upper = np.where(z < 190.0, np.minimum(veins, np.where(z < 112.0, arteries, 99.0)), 99.0)
    return inside(upper.astype(np.float32))


def _airways(x: Array, y: Array, z: Array) -> Array:
    trachea = np.maximum(np.hypot(x + 1.0, y - 22.0) - 8.5, z - 150.0)
    share = inside(trachea)
    for side, slope in ((-1.0, 1.15), (1.0, 0.85)):  # the right main bronchus is the steeper one
        run = z - 148.0
        bronchus = np.hypot(x - side * (2.0 + run / slope * 0.8), y - 20.0) - 7.0
        share = np.maximum(share, inside(np.maximum(bronchus, np.maximum(-run, run - 32.0))))
    return share


def _stomach_gas(anatomy: Anatomy, x: Array, y: Array, z: Array) -> Array:
    top = 292.0 * (0.2 + 0.8 * anatomy.height)
    bubble = ellipsoid((x, y, z), (66.0 * anatomy.width, -10.0, top + 22.0), (22.0, 20.0, 13.0))
    return inside(np.maximum(bubble, z - (top + 27.0)))


def _paint(values: Array, share: Array, tissue: float | Array) -> Array:
    """Return ``values`` with ``tissue`` laid over it where ``share`` says."""
    return (values + share * (tissue - values)).astype(np.float32)
