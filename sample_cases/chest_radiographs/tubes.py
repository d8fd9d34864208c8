"""The fine parts of a thorax as clouds of points: ribs, shoulder girdle, lung vessels, a pacemaker.

Each point carries a volume in mm³ times how much denser than water (Hounsfield units / 1000) it
is than what lies there already; a radiograph adds them up along its rays, a CT slice within its
thickness. Clouds stay sharp where voxels would need a hundred times the memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sample_cases.chest_radiographs.anatomy import Anatomy, cage_size, f32
from sample_cases.chest_radiographs.tissue import aerated

Points = NDArray[np.float32]

_STEP_MM = 0.6


@dataclass(frozen=True, slots=True)
class Cloud:
    """Points, shape (n, 3) in mm, and their weights, shape (n,)."""

    points: Points
    weights: Points


def joined(clouds: Sequence[Cloud]) -> Cloud:
    return Cloud(
        np.concatenate([cloud.points for cloud in clouds]),
        np.concatenate([cloud.weights for cloud in clouds]),
    )


def fine_parts(anatomy: Anatomy) -> Cloud:
    """Return all bones but the spine, the vessels and what was implanted."""
    parts = [_vessels(anatomy)]
    for side in (-1.0, 1.0):
        parts += [_rib(anatomy, number, side) for number in range(1, 13)]
        parts += [_clavicle(side), _scapula(side), _humerus(side)]
    if anatomy.pacemaker:
        parts.append(_pacemaker())
    return joined(parts)


def _resample(line: Points) -> Points:
    """Return the polyline with a point each step."""
    lengths = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    at = np.arange(0.0, lengths[-1], _STEP_MM)
    return np.stack([np.interp(at, lengths, line[:, axis]) for axis in range(3)], axis=1).astype(np.float32)


def _bone(
    line: Points, tall_mm: Points | float, thick_mm: float, *, cortex: float = 1.0, fade_mm: float = 0.0
) -> Cloud:
    """Return a bone along ``line`` with a dense wall, taller than thick; its ends fade within ``fade_mm``."""
    center = _resample(line)
    tall = np.interp(
        np.linspace(0, 1, len(center)), np.linspace(0, 1, np.size(tall_mm)), np.atleast_1d(tall_mm)
    )
    tangent = np.gradient(center, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    outward = center * f32([1.0, 1.0, 0.0])
    outward -= tangent * np.sum(outward * tangent, axis=1, keepdims=True)
    outward /= np.linalg.norm(outward, axis=1, keepdims=True) + 1e-6
    upward = np.cross(tangent, outward)
    run = np.arange(len(center)) * _STEP_MM
    fade = np.clip(np.minimum(run, run[-1] - run) / max(fade_mm, _STEP_MM), 0.0, 1.0)
    points, weights = [], []
    for radius, density, count in ((0.93, 1.15 * cortex, 40), (0.5, 0.22, 14)):
        angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
        ring = (
            center[:, None]
            + upward[:, None] * (np.cos(angle)[None, :] * tall[:, None] * radius)[..., None]
            + outward[:, None] * (np.sin(angle)[None, :] * thick_mm * radius)[..., None]
        )
        wall = 1.0 if radius > 0.8 else thick_mm * 0.8
        length = fade * np.pi * (tall + thick_mm) * radius / count
        points.append(ring.reshape(-1, 3))
        weights.append(np.repeat(length * wall * _STEP_MM * density, count))
    return Cloud(np.concatenate(points).astype(np.float32), np.concatenate(weights).astype(np.float32))


def _rib(anatomy: Anatomy, number: int, side: float) -> Cloud:
    """Return a rib: from its vertebra up and out, round the chest and down to the front."""
    at = np.linspace(0.0, 1.0, 60)
    reach = {1: 2.55, 2: 2.45, 8: 2.25, 9: 2.1, 10: 1.95, 11: 1.35, 12: 0.95}.get(number, 2.40)
    turn = 0.18 + at * reach
    start = 34.0 + 22.5 * number * anatomy.height
    fall = {1: 26.0, 2: 48.0, 3: 66.0}.get(number, 80.0 + 2.0 * number) * anatomy.height
    z = start + fall * (1.0 - np.cos(at * 2.5)) / 1.8 - 5.0 * np.sin(at * np.pi) * (number < 4)
    half_width, half_depth = cage_size(anatomy, np.maximum(z, 62.0 + 12.0 * at).astype(np.float32))
    grow = np.clip(at * 6.0, 0.0, 1.0)
    x = side * ((half_width + 4.5) * np.sin(turn) * grow + 20.0 * (1.0 - grow))
    y = 5.0 + (half_depth + 4.0) * np.cos(turn) * grow + 72.0 * (1.0 - grow)
    line = np.stack([x, y, z], axis=1).astype(np.float32)
    tall = f32([4.0, 5.6, 6.0, 6.4, 6.8, 6.4])
    return _bone(line, tall * (0.85 if number > 10 else 1.0), 3.6, fade_mm=24.0)


def _clavicle(side: float) -> Cloud:
    line = f32([[12, -70, 92], [38, -72, 86], [70, -58, 76], [100, -32, 68], [130, -10, 60], [150, 0, 52]])
    return _bone(line * f32([side, 1, 1]), f32([8.0, 5.5, 5.0, 5.0, 6.0, 6.5]), 5.0)


def _scapula(side: float) -> Cloud:
    flip = f32([side, 1, 1])
    border = f32([[158, 44, 84], [142, 62, 125], [128, 72, 165], [116, 78, 196]])
    medial = f32([[116, 78, 196], [100, 82, 150], [100, 80, 105], [112, 70, 78]])
    spine = f32([[100, 82, 104], [128, 80, 84], [152, 64, 66], [176, 38, 58]])
    across, down = np.meshgrid(np.linspace(0, 1, 160), np.linspace(0, 1, 240))
    left = f32([100, 78, 92]) + down[..., None] * f32([16, 0, 104])
    right = f32([156, 46, 84]) + down[..., None] * f32([-40, 32, 112])
    blade = (left + across[..., None] * (right - left)).reshape(-1, 3).astype(np.float32)
    area = 56.0 * 108.0 * 0.6 / len(blade)
    plate = Cloud(blade * flip, np.full(len(blade), area * 2.4 * 0.75, np.float32))
    edges = (_bone(border * flip, 5.0, 4.0), _bone(medial * flip, 2.2, 2.0), _bone(spine * flip, 5.0, 4.0))
    return joined([plate, *edges])


def _humerus(side: float) -> Cloud:
    flip = f32([side, 1, 1])
    shaft = _bone(f32([[190, 30, 92], [206, 26, 130], [214, 24, 180]]) * flip, 12.0, 12.0)
    rng = np.random.default_rng(5)
    ball = rng.normal(size=(40_000, 3))
    ball /= np.linalg.norm(ball, axis=1, keepdims=True)
    ball *= 24.0 * rng.uniform(0.0, 1.0, (40_000, 1)) ** (1 / 3)
    weight = 4 / 3 * np.pi * 24.0**3 * 0.30 / len(ball)
    head = Cloud(
        ((ball + f32([184, 36, 78])) * flip).astype(np.float32), np.full(len(ball), weight, np.float32)
    )
    return joined([shaft, head])


def _vessels(anatomy: Anatomy) -> Cloud:
    """Return two trees of vessels from the hila outward, thinner with each fork."""
    rng = np.random.default_rng(anatomy.seed)
    points, weights = [], []
    for side in (-1.0, 1.0):
        root = f32([side * 36.0, 4.0, 160.0 if side > 0 else 168.0])
        angle = np.linspace(-1.35, 1.45, 9) + rng.normal(0, 0.08, 9)
        heading = np.stack([side * np.cos(angle), rng.uniform(-0.75, 0.75, 9), np.sin(angle)], axis=1).astype(
            np.float32
        )
        starts = np.repeat(root[None], 9, axis=0) + heading * 4
        radius = np.full(9, 4.2, np.float32)
        for generation in range(8):
            length = (27.0 - 2.2 * generation) * rng.uniform(0.6, 1.25, len(starts))
            heading /= np.linalg.norm(heading, axis=1, keepdims=True)
            ends = starts + heading * length[:, None].astype(np.float32)
            cloud = _tapered(starts, ends, radius, radius * 0.8, rng)
            points.append(cloud.points)
            weights.append(cloud.weights)
            starts = np.repeat(ends, 2, axis=0)
            bend = rng.normal(0, 0.36, (len(ends), 3)).astype(np.float32)
            heading = np.stack([heading + bend, heading - bend], axis=1).reshape(-1, 3)
            ratio = rng.uniform(0.62, 0.86, len(ends))
            radius = (
                np.stack([radius * ratio, radius * (1.38 - ratio)], axis=1).reshape(-1).astype(np.float32)
            )
    cloud = Cloud(np.concatenate(points), np.concatenate(weights))
    x, y, z = cloud.points.T
    return Cloud(cloud.points, cloud.weights * aerated(anatomy, x, y, z))


def _tapered(starts: Points, ends: Points, thick: Points, thin: Points, rng: np.random.Generator) -> Cloud:
    """Return straight vessels of soft tissue in air, filled with scattered points."""
    length = np.linalg.norm(ends - starts, axis=1)
    count = np.clip((length * thick * 14).astype(int), 24, 2_400)
    which = np.repeat(np.arange(len(starts)), count)
    along = rng.uniform(0, 1, len(which)).astype(np.float32)
    radius = thick[which] + along * (thin - thick)[which]
    offset = rng.normal(size=(len(which), 3)).astype(np.float32)
    offset *= (radius / np.linalg.norm(offset, axis=1) * rng.uniform(0, 1, len(which)) ** 0.5)[:, None]
    sway = np.sin(along * np.pi)[:, None] * (rng.normal(0, 1.6, (len(starts), 3))[which])
    points = starts[which] + along[:, None] * (ends - starts)[which] + offset + sway
    volume = np.pi * thick * thin * length / count
    return Cloud(points.astype(np.float32), (volume[which] * 0.86).astype(np.float32))


def _pacemaker() -> Cloud:
    """Return a generator below the left clavicle and two leads to the heart."""
    rng = np.random.default_rng(9)
    disc = rng.uniform(-1, 1, (60_000, 2))
    disc = disc[np.sum(np.abs(disc) ** 3, axis=1) < 1]
    case = np.stack([98 + disc[:, 0] * 22, np.full(len(disc), -88.0), 112 + disc[:, 1] * 19], axis=1)
    rim = np.where(np.sum(np.abs(disc) ** 3, axis=1) > 0.8, 1.6, 1.0)
    weights = rim * 22 * 19 * 3.5 * 7.0 * 4.5 / len(disc)
    generator = Cloud(case.astype(np.float32), weights.astype(np.float32))
    leads = [
        f32([[80, -85, 102], [52, -70, 84], [20, -50, 92], [-16, -30, 120], [-20, -25, 180], *tip])
        for tip in ([[-26, -30, 205], [-22, -45, 196]], [[-8, -30, 230], [25, -45, 262], [42, -50, 264]])
    ]
    wires = [_bone(_smooth(lead), 1.0, 1.0, cortex=6.0) for lead in leads]
    return joined([generator, *wires])


def _smooth(line: Points) -> Points:
    """Return the polyline with its corners cut three times (Chaikin)."""
    for _ in range(3):
        quarter, three = line[:-1] * 0.75 + line[1:] * 0.25, line[:-1] * 0.25 + line[1:] * 0.75
        middle = np.stack([quarter, three], axis=1).reshape(-1, 3)
        line = np.concatenate([line[:1], middle, line[-1:]])
    return line
