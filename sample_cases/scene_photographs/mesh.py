"""Triangle meshes and the few shapes that all things in the scenes are made of.

World coordinates are meters: ``x`` to the right, ``y`` away from the viewer, ``z`` up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float32]


def f32(values: ArrayLike) -> Array:
    """Return numbers as a float32 array."""
    return np.asarray(values, np.float32)


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Material:
    """A surface: color as sRGB bytes, gloss in [0, 1], a texture over ``uv``, or speckle in [0, 1].

    ``glow`` makes it shine by itself; ``metal`` tints its reflections with its own color.
    """

    color: tuple[int, int, int] = (200, 200, 200)
    gloss: float = 0.1
    texture: NDArray[np.uint8] | None = None
    glow: float = 0.0
    metal: bool = False


@dataclass(frozen=True, eq=False, slots=True)
class Mesh:
    """Triangles, shape (n, 3, 3): corner positions, normals, and uv (n, 3, 2), of one Material."""

    positions: Array
    normals: Array
    uv: Array
    material: Material

    def moved(self, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> Mesh:
        return replace(self, positions=self.positions + f32([x, y, z]))

    def turned(self, degrees: float, axis: int = 2) -> Mesh:
        """Return the mesh turned about an axis through the origin, right-handed."""
        matrix = _rotation(degrees, axis)
        return replace(self, positions=self.positions @ matrix.T, normals=self.normals @ matrix.T)

    def scaled(self, x: float, y: float | None = None, z: float | None = None) -> Mesh:
        factor = f32([x, x if y is None else y, x if z is None else z])
        normals = self.normals / factor
        normals /= np.linalg.norm(normals, axis=-1, keepdims=True) + 1e-9
        return replace(self, positions=self.positions * factor, normals=normals.astype(np.float32))


@dataclass(frozen=True, slots=True)
class Thing:
    """Several meshes that are moved as one."""

    meshes: tuple[Mesh, ...]

    def moved(self, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> Thing:
        return Thing(tuple(mesh.moved(x, y, z) for mesh in self.meshes))

    def turned(self, degrees: float, axis: int = 2) -> Thing:
        return Thing(tuple(mesh.turned(degrees, axis) for mesh in self.meshes))

    def scaled(self, factor: float) -> Thing:
        return Thing(tuple(mesh.scaled(factor) for mesh in self.meshes))

    def __add__(self, other: Thing) -> Thing:
        return Thing(self.meshes + other.meshes)


def _rotation(degrees: float, axis: int) -> Array:
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    matrix = np.eye(3)
    a, b = [(1, 2), (2, 0), (0, 1)][axis]
    matrix[a, a] = matrix[b, b] = c
    matrix[a, b], matrix[b, a] = -s, s
    return matrix.astype(np.float32)


def surface(grid: Array, material: Material, *, flat: bool = False) -> Mesh:
    """Return a mesh over a grid of points, shape (rows, columns, 3), smoothly shaded."""
    rows, columns = grid.shape[:2]
    down, across = np.gradient(grid, axis=0), np.gradient(grid, axis=1)
    normals = np.cross(across, down)
    lengths = np.linalg.norm(normals, axis=-1, keepdims=True)
    normals = np.where(lengths > 1e-12, normals / np.maximum(lengths, 1e-12), f32([0, 0, 1]))
    u, v = np.meshgrid(np.linspace(0, 1, columns), np.linspace(0, 1, rows))
    uv = np.stack([u, v], axis=-1)
    mesh = Mesh(_split(grid), _split(normals), _split(uv), material)
    return faceted(mesh) if flat else mesh


def _split(grid: NDArray[Any]) -> Array:
    """Return two triangles for each cell of the grid."""
    a, b, c, d = grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]
    triangles = np.stack([np.stack([a, b, c], 2), np.stack([a, c, d], 2)], 2)
    return f32(triangles.reshape(-1, 3, grid.shape[-1]))


def faceted(mesh: Mesh) -> Mesh:
    """Return the mesh with one normal for each triangle."""
    a, b, c = np.moveaxis(mesh.positions, 1, 0)
    normals = np.cross(b - a, c - a)
    normals /= np.linalg.norm(normals, axis=-1, keepdims=True) + 1e-12
    return replace(mesh, normals=np.repeat(normals[:, None], 3, axis=1).astype(np.float32))


def quad(corners: Sequence[Sequence[float]], material: Material, cells: int = 1) -> Mesh:
    """Return a rectangle from its corners: top left, top right, bottom right, bottom left."""
    a, b, c, d = f32(corners)
    s = np.linspace(0, 1, cells + 1, dtype=np.float32)[None, :, None]
    t = np.linspace(0, 1, cells + 1, dtype=np.float32)[:, None, None]
    return surface((1 - t) * ((1 - s) * a + s * b) + t * ((1 - s) * d + s * c), material, flat=True)


def box(size: tuple[float, float, float], material: Material, *, round_m: float = 0.0) -> Mesh:
    """Return a box that stands on the ground around the origin; ``round_m`` softens its edges."""
    half = f32(size) / 2
    if round_m <= 0:
        rows = f32([[0, 1], [0, 1]])
        faces = []
        for axis in range(3):
            for sign in (-1.0, 1.0):
                s, t = np.meshgrid(f32([-1, 1]), f32([-1, 1]))
                point = np.zeros((*rows.shape, 3), np.float32)
                point[..., axis] = sign
                point[..., (axis + 1) % 3], point[..., (axis + 2) % 3] = s * sign, t
                faces.append(surface(point * half, material, flat=True))
        return merged(faces).moved(z=float(half[2]))
    angle_u = np.linspace(-np.pi, np.pi, 25)
    angle_v = np.linspace(-np.pi / 2, np.pi / 2, 13)
    # Each eighth of a sphere is pushed out to its own corner of the box.
    u, v = np.meshgrid(np.repeat(angle_u, 2)[1:-1], np.repeat(angle_v, 2)[1:-1])
    direction = np.stack([np.cos(v) * np.cos(u), np.cos(v) * np.sin(u), np.sin(v)], -1)
    middle = np.stack([_corner(np.cos(u)), _corner(np.sin(u)), np.where(v > 0, 1.0, -1.0)], -1) * np.maximum(
        half - round_m, 0
    )
    grid = (middle + direction * round_m).astype(np.float32)
    mesh = surface(grid[::-1], material)
    normals = _split(direction[::-1])
    return replace(mesh, normals=normals).moved(z=float(half[2]))


def _corner(value: NDArray[Any]) -> NDArray[Any]:
    return np.where(value > 1e-9, 1.0, -1.0)


def merged(meshes: Sequence[Mesh]) -> Mesh:
    """Return meshes of one material as one."""
    return Mesh(
        np.concatenate([mesh.positions for mesh in meshes]),
        np.concatenate([mesh.normals for mesh in meshes]),
        np.concatenate([mesh.uv for mesh in meshes]),
        meshes[0].material,
    )


def lathe(profile: Sequence[tuple[float, float]], material: Material, sides: int = 28) -> Mesh:
    """Return a turned body from (radius, height) pairs, from top to bottom."""
    turn = np.linspace(0, 2 * np.pi, sides + 1)
    radius, height = f32(profile).T
    x, y = radius[:, None] * np.cos(turn), radius[:, None] * np.sin(turn)
    return surface(np.stack([x, y, np.broadcast_to(height[:, None], x.shape)], -1), material)


def tube(path: ArrayLike, radius: float, material: Material, sides: int = 10) -> Mesh:
    """Return a round rod along the points of ``path``."""
    line = f32(path)
    tangent = np.gradient(line, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True) + 1e-9
    helper = np.where(np.abs(tangent[:, 2:3]) < 0.9, f32([[0, 0, 1]]), f32([[1, 0, 0]]))
    side = np.cross(tangent, helper)
    side /= np.linalg.norm(side, axis=1, keepdims=True) + 1e-9
    upward = np.cross(side, tangent)
    turn = np.linspace(0, 2 * np.pi, sides + 1)[None, :, None]
    grid = line[:, None] + radius * (np.cos(turn) * side[:, None] + np.sin(turn) * upward[:, None])
    return surface(grid.astype(np.float32), material)


def extrude(outline: Sequence[tuple[float, float]], depth: float, material: Material) -> Mesh:
    """Return a convex outline in the x-z plane, drawn out along y, centered on it."""
    ring = f32([*outline, outline[0]])
    front = np.stack([ring[:, 0], np.full(len(ring), -depth / 2, np.float32), ring[:, 1]], -1)
    back = front + f32([0, depth, 0])
    wall = surface(np.stack([front, back]), material, flat=True)
    caps = []
    for face in (front, back):
        center = np.repeat(face[:-1].mean(axis=0)[None], len(face), axis=0)
        caps.append(surface(np.stack([face, center]), material, flat=True))
    return merged([wall, *caps])


def arc(a: Sequence[float], b: Sequence[float], c: Sequence[float], steps: int = 10) -> Array:
    """Return points on a bow from ``a`` over ``b`` to ``c``."""
    t = np.linspace(0, 1, steps)[:, None]
    first, middle, last = (f32(p) for p in (a, b, c))
    return ((1 - t) ** 2 * first + 2 * t * (1 - t) * (2 * middle - (first + last) / 2) + t**2 * last).astype(
        np.float32
    )
