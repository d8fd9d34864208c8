"""Light and the shadows it casts, by a depth map as the light sees the scene."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sample_cases.scene_photographs.mesh import Array, Material, Thing, f32
from sample_cases.scene_photographs.raster import parallel_distance, project_parallel, rasterize

_MAP_PX = 2_048
_TAPS = ((0, 0), (2.3, 0.9), (-2.1, 1.4), (0.7, -2.6), (-1.6, -1.8), (3.3, -1.6), (-0.5, 3.4))


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """One main light from a direction, and what comes from everywhere."""

    direction: tuple[float, float, float]
    color: tuple[float, float, float] = (1.0, 0.95, 0.86)
    strength: float = 1.7
    sky: tuple[float, float, float] = (0.55, 0.62, 0.72)
    ground: tuple[float, float, float] = (0.34, 0.31, 0.28)
    radius_m: float = 6.0


@dataclass(frozen=True, slots=True)
class Triangles:
    """All triangles of a scene, each with the number of its Material."""

    positions: Array
    normals: Array
    uv: Array
    material: NDArray[np.int32]
    materials: tuple[Material, ...]


@dataclass(frozen=True, slots=True)
class ShadowMap:
    """How far the light reaches, for each pixel of its view: ``view`` rows are right, down, forward."""

    distance: Array
    view: Array
    pixels_per_m: float

    def share(self, position: Array, normal: Array) -> Array:
        """Return the share in [0, 1] of the light that reaches each position."""
        local = _on_map(position + normal * np.float32(0.006), self.view, self.pixels_per_m)
        column, row, distance = local.T
        total = np.zeros(len(position), np.float32)
        for dx, dy in _TAPS:
            at_column = (column + dx).astype(np.int32).clip(0, _MAP_PX - 1)
            at_row = (row + dy).astype(np.int32).clip(0, _MAP_PX - 1)
            total += distance < self.distance[at_row * _MAP_PX + at_column] + 0.012
        return total / np.float32(len(_TAPS))


def cast_shadows(triangles: Triangles, light: Light) -> ShadowMap:
    toward = f32(light.direction)
    view = look(toward * 50.0, np.zeros(3, np.float32))
    scale = _MAP_PX / 2 / light.radius_m
    corners = _on_map(triangles.positions.reshape(-1, 3), view, scale).reshape(-1, 3, 3)
    buffer = rasterize(*project_parallel(corners), _MAP_PX, _MAP_PX)
    return ShadowMap(parallel_distance(buffer), view, scale)


def _on_map(points: Array, view: Array, pixels_per_m: float) -> Array:
    """Return column, row and distance (with a head start of 100 m) as the light sees them."""
    local: Array = (points @ view.T) * f32([pixels_per_m, pixels_per_m, 1.0])
    return local + f32([_MAP_PX / 2, _MAP_PX / 2, 100.0])


def gather(things: Sequence[Thing]) -> Triangles:
    meshes = [mesh for thing in things for mesh in thing.meshes]
    materials = tuple({id(mesh.material): mesh.material for mesh in meshes}.values())
    number = {id(material): index for index, material in enumerate(materials)}
    return Triangles(
        np.concatenate([mesh.positions for mesh in meshes]),
        np.concatenate([mesh.normals for mesh in meshes]),
        np.concatenate([mesh.uv for mesh in meshes]),
        np.concatenate(
            [np.full(len(mesh.positions), number[id(mesh.material)], np.int32) for mesh in meshes]
        ),
        materials,
    )


def look(at: Array, toward: Array) -> Array:
    """Return the rows right, down, forward of a camera."""
    forward = toward - at
    forward /= np.linalg.norm(forward)
    right = np.cross(forward, f32([0, 0, 1]))
    right /= np.linalg.norm(right)
    return f32(np.stack([right, np.cross(forward, right), forward]))
