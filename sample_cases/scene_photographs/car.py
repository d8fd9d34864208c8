"""A car of no make, lofted from cross-sections along its length, with a number plate at each end."""

from __future__ import annotations

import numpy as np

from sample_cases.scene_photographs.materials import RUBBER, STEEL
from sample_cases.scene_photographs.mesh import (
    Array,
    Material,
    Mesh,
    Thing,
    box,
    f32,
    lathe,
    quad,
    surface,
    tube,
)
from sample_cases.scene_photographs.textures import number_plate

# Station along the length, half width, lowest and highest point, in meters; the nose is at -x.
_BODY = (
    (-2.12, 0.30, 0.42, 0.50),
    (-2.10, 0.66, 0.28, 0.60),
    (-2.00, 0.80, 0.22, 0.68),
    (-1.70, 0.86, 0.20, 0.76),
    (-1.10, 0.885, 0.20, 0.86),
    (-0.70, 0.89, 0.20, 0.92),
    (0.0, 0.89, 0.20, 0.94),
    (0.9, 0.89, 0.20, 0.95),
    (1.5, 0.875, 0.21, 0.96),
    (1.9, 0.84, 0.24, 0.95),
    (2.05, 0.76, 0.30, 0.88),
    (2.10, 0.40, 0.42, 0.70),
)
_GLASS = (
    (-1.02, 0.66, 0.84, 0.88),
    (-0.70, 0.71, 0.84, 1.12),
    (-0.32, 0.71, 0.84, 1.36),
    (0.1, 0.705, 0.84, 1.425),
    (0.7, 0.70, 0.84, 1.42),
    (1.15, 0.69, 0.84, 1.36),
    (1.55, 0.67, 0.84, 1.12),
    (1.78, 0.62, 0.84, 0.95),
)


def car(color: tuple[int, int, int], plate: str) -> Thing:
    """Return a car that stands on the ground, its nose toward -x."""
    paint = Material(color=color, gloss=0.75)
    glass = Material(color=(24, 30, 36), gloss=1.0)
    roof = tuple((x, w * 0.99, 1.27 if -0.3 < x < 1.2 else top, top + 0.012) for x, w, _, top in _GLASS[2:6])
    parts: list[Mesh] = [_loft(_BODY, paint, 3.2), _loft(_GLASS, glass, 3.4, lean=0.24), _roof(roof, paint)]
    parts += _pillars(paint)
    for x in (-1.32, 1.28):
        for side in (-1.0, 1.0):
            parts += [part.moved(x=x, y=side * 0.80, z=0.31) for part in _wheel(side)]
    parts += _lights()
    sign = Material(texture=number_plate(plate), gloss=0.3)
    front = [(-2.135, 0.26, 0.50), (-2.135, -0.26, 0.50), (-2.135, -0.26, 0.38), (-2.135, 0.26, 0.38)]
    rear = [(2.115, -0.26, 0.66), (2.115, 0.26, 0.66), (2.115, 0.26, 0.54), (2.115, -0.26, 0.54)]
    grille = box((0.03, 0.9, 0.10), Material(color=(20, 20, 22), gloss=0.3), round_m=0.012).moved(
        x=-2.09, z=0.53
    )
    trim = box((0.04, 1.2, 0.09), Material(color=(20, 20, 22), gloss=0.3), round_m=0.012).moved(
        x=-2.08, z=0.27
    )
    return Thing((*parts, grille, trim, quad(front, sign), quad(rear, sign)))


def _loft(
    stations: tuple[tuple[float, float, float, float], ...],
    material: Material,
    power: float,
    lean: float = 0.0,
) -> Mesh:
    """Return a hull through rounded cross-sections; ``lean`` draws the upper part inward."""
    xs = np.array([s[0] for s in stations])
    fine = np.unique(np.concatenate([np.linspace(xs[0], xs[-1], 34), xs]))
    width, low, high = (np.interp(fine, xs, [s[i] for s in stations]) for i in (1, 2, 3))
    turn = np.linspace(0, 2 * np.pi, 33)
    across = np.sign(np.cos(turn)) * np.abs(np.cos(turn)) ** (2 / power)
    upward = np.sign(np.sin(turn)) * np.abs(np.sin(turn)) ** (2 / power)
    z = (low + high)[:, None] / 2 + (high - low)[:, None] / 2 * upward
    inward = 1.0 - lean * np.clip((z - 0.90) / 0.5, 0, 1)
    y = width[:, None] * across * inward
    grid = np.stack([np.broadcast_to(fine[:, None], y.shape), y, z], -1).astype(np.float32)
    return surface(grid, material)


def _roof(stations: tuple[tuple[float, float, float, float], ...], material: Material) -> Mesh:
    xs = np.array([s[0] for s in stations])
    fine = np.linspace(xs[0] - 0.06, xs[-1] + 0.08, 20)
    top = np.interp(fine, xs, [s[3] for s in stations])
    across = np.linspace(-1, 1, 17)
    drop = 0.055 * np.abs(across) ** 4
    grid = np.stack(
        [
            np.broadcast_to(fine[:, None], (20, 17)),
            np.broadcast_to(0.555 * across, (20, 17)),
            top[:, None] - drop + 0.004,
        ],
        -1,
    ).astype(np.float32)
    return surface(grid, material)


def _pillars(paint: Material) -> list[Mesh]:
    lines: list[Mesh] = []
    for side in (-1.0, 1.0):
        edge: list[Array] = [
            f32([[-0.98, side * 0.69, 0.90], [-0.62, side * 0.625, 1.17], [-0.32, side * 0.565, 1.36]]),
            f32([[0.42, side * 0.70, 0.92], [0.42, side * 0.635, 1.15], [0.42, side * 0.555, 1.40]]),
            f32([[1.72, side * 0.66, 0.95], [1.5, side * 0.63, 1.12], [1.18, side * 0.55, 1.36]]),
            f32([[-0.34, side * 0.562, 1.365], [0.2, side * 0.555, 1.405], [1.2, side * 0.55, 1.37]]),
        ]
        lines += [tube(line, 0.035, paint) for line in edge]
        lines.append(box((0.16, 0.10, 0.11), paint, round_m=0.03).moved(-0.72, side * 0.93, 0.92))
        lines += [
            box((0.14, 0.02, 0.025), STEEL, round_m=0.008).moved(x, side * 0.895, 0.78) for x in (0.22, 1.1)
        ]
    return lines


def _wheel(side: float) -> list[Mesh]:
    tire = [
        (0.19, 0.10),
        (0.27, 0.11),
        (0.305, 0.09),
        (0.31, 0.0),
        (0.305, -0.09),
        (0.27, -0.10),
        (0.19, -0.10),
    ]
    rim = [(0.0, 0.085), (0.05, 0.09), (0.06, 0.07), (0.17, 0.085), (0.195, 0.105), (0.20, 0.06)]
    arch = lathe([(0.0, 0.05), (0.36, 0.05), (0.36, -0.10)], Material(color=(14, 14, 16), gloss=0.02))
    spokes = [
        box((0.035, 0.12, 0.02), STEEL).moved(y=0.11, z=0.078).turned(72.0 * number) for number in range(5)
    ]
    hub = Material(color=(60, 62, 66), gloss=0.5, metal=True)
    meshes = [lathe(tire, RUBBER), lathe(rim, hub), *spokes, arch]
    return [mesh.turned(90.0 if side < 0 else -90.0, 0) for mesh in meshes]


def _lights() -> list[Mesh]:
    clear, red = Material(color=(226, 230, 235), gloss=0.9), Material(color=(170, 18, 22), gloss=0.7)
    lights = []
    for side in (-1.0, 1.0):
        lights.append(box((0.16, 0.34, 0.13), clear, round_m=0.05).moved(-1.99, side * 0.60, 0.56))
        lights.append(box((0.10, 0.22, 0.24), red, round_m=0.04).moved(2.03, side * 0.64, 0.66))
    return lights
