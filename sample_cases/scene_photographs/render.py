"""A small renderer: triangles into a depth buffer, then light, shadow and a camera's faults.

Deferred shading over numpy arrays; one distant light with a shadow map, a sky, and occlusion in
corners from the depth buffer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from sample_cases.scene_photographs.mesh import Array, Material, Thing
from sample_cases.scene_photographs.raster import (
    Buffer,
    parallel_distance,
    project,
    project_parallel,
    rasterize,
)

_OVERSAMPLE = 1.25
_SHADOW_PX = 1_024


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """Where a photograph is taken from, and how wide."""

    at: tuple[float, float, float]
    toward: tuple[float, float, float]
    view_deg: float = 50.0
    width_px: int = 1_024
    height_px: int = 768


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
class _Triangles:
    positions: Array
    normals: Array
    uv: Array
    material: NDArray[np.int32]
    materials: tuple[Material, ...]


def render(things: Sequence[Thing], camera: Camera, light: Light, seed: int) -> NDArray[np.uint8]:
    """Return the photograph, RGB bytes of shape (height, width, 3)."""
    scene = _gather(things)
    width, height = int(camera.width_px * _OVERSAMPLE), int(camera.height_px * _OVERSAMPLE)
    eye = _look(np.float32(camera.at), np.float32(camera.toward))
    focal = width / 2 / np.tan(np.radians(camera.view_deg) / 2)
    seen = (scene.positions - np.float32(camera.at)) @ eye.T
    buffer = rasterize(*project(seen, focal, width, height), width, height)
    hit = np.flatnonzero(buffer.which >= 0)
    index, weight = _corner_weights(buffer, hit, seen)
    position, normal, uv = (
        np.einsum("nk,nkc->nc", weight, values[index])
        for values in (scene.positions, scene.normals, scene.uv)
    )
    toward_eye = np.float32(camera.at) - position
    toward_eye /= np.sqrt(_dot(toward_eye, toward_eye))[:, None]
    normal /= np.sqrt(_dot(normal, normal) + 1e-12)[:, None]
    normal *= np.where(_dot(normal, toward_eye) < 0, np.float32(-1), np.float32(1))[:, None]
    color, gloss, glow, metal = _surface(scene, index, uv)
    lit = _shadow(scene, light, np.float32(camera.toward), position, normal)
    openness = _openness(buffer.near.reshape(height, width), focal).reshape(-1)[hit]
    shine = _shade(color, gloss, metal, normal, toward_eye, lit, light, openness)
    picture = _sky(eye, focal, width, height, light).reshape(-1, 3)
    picture[hit] = shine + glow[:, None] * color
    small = cv2.resize(
        picture.reshape(height, width, 3), (camera.width_px, camera.height_px), interpolation=cv2.INTER_AREA
    )
    return _develop(small, seed)


def _dot(a: Array, b: Array) -> Array:
    return np.einsum("ij,ij->i", a, b)


def _corner_weights(buffer: Buffer, hit: NDArray[np.intp], seen: Array) -> tuple[NDArray[np.int32], Array]:
    """Return the triangle of each pixel and its corners' weights, corrected for perspective."""
    index = buffer.which[hit]
    second, third = buffer.second[hit], buffer.third[hit]
    weight = np.stack([1.0 - second - third, second, third], 1) / seen[..., 2][index]
    return index, weight / buffer.near[hit][:, None]


def _gather(things: Sequence[Thing]) -> _Triangles:
    meshes = [mesh for thing in things for mesh in thing.meshes]
    materials = tuple({id(mesh.material): mesh.material for mesh in meshes}.values())
    number = {id(material): index for index, material in enumerate(materials)}
    return _Triangles(
        np.concatenate([mesh.positions for mesh in meshes]),
        np.concatenate([mesh.normals for mesh in meshes]),
        np.concatenate([mesh.uv for mesh in meshes]),
        np.concatenate(
            [np.full(len(mesh.positions), number[id(mesh.material)], np.int32) for mesh in meshes]
        ),
        materials,
    )


def _look(at: Array, toward: Array) -> Array:
    """Return the rows right, down, forward of a camera."""
    forward = toward - at
    forward /= np.linalg.norm(forward)
    right = np.cross(forward, np.float32([0, 0, 1]))
    right /= np.linalg.norm(right)
    return np.stack([right, np.cross(forward, right), forward]).astype(np.float32)


def _surface(
    scene: _Triangles, index: NDArray[np.int32], uv: Array
) -> tuple[Array, Array, Array, NDArray[np.bool_]]:
    """Return linear color, gloss, glow and whether it is metal for each pixel."""
    kind = scene.material[index]
    table = np.stack([_LINEAR[list(m.color)] for m in scene.materials])
    color = table[kind]
    for number, material in enumerate(scene.materials):
        if material.texture is not None:
            here = kind == number
            rows, columns = material.texture.shape[:2]
            at = uv[here]
            row = (at[:, 1] * rows).astype(int).clip(0, rows - 1)
            column = (at[:, 0] * columns).astype(int).clip(0, columns - 1)
            color[here] = _LINEAR[material.texture[row, column]]
    gloss = np.float32([m.gloss for m in scene.materials])[kind]
    glow = np.float32([m.glow for m in scene.materials])[kind]
    metal = np.array([m.metal for m in scene.materials])[kind]
    return color, gloss, glow, metal


_LINEAR = ((np.arange(256, dtype=np.float32) / 255) ** np.float32(2.2)).astype(np.float32)


def _shadow(scene: _Triangles, light: Light, center: Array, position: Array, normal: Array) -> Array:
    """Return the share in [0, 1] of the main light that reaches each position."""
    toward = np.float32(light.direction)
    toward /= np.linalg.norm(toward)
    view = _look(toward * 50.0, np.zeros(3, np.float32))
    scale = _SHADOW_PX / 2 / light.radius_m

    def to_map(points: Array) -> Array:
        local = (points - center) @ view.T
        return local * np.float32([scale, scale, 1.0]) + np.float32([_SHADOW_PX / 2, _SHADOW_PX / 2, 100.0])

    corners = to_map(scene.positions.reshape(-1, 3)).reshape(-1, 3, 3)
    depth = parallel_distance(rasterize(*project_parallel(corners), _SHADOW_PX, _SHADOW_PX))
    local = to_map(position + normal * 0.006)
    share = np.zeros(len(position), np.float32)
    taps = [(0, 0), (1.3, 0.5), (-1.2, 0.8), (0.4, -1.4), (-0.9, -1.0), (1.9, -0.9), (-0.3, 2.0)]
    for dx, dy in taps:
        column = (local[:, 0] + dx).astype(int).clip(0, _SHADOW_PX - 1)
        row = (local[:, 1] + dy).astype(int).clip(0, _SHADOW_PX - 1)
        share += local[:, 2] < depth[row * _SHADOW_PX + column] + 0.012
    return share / len(taps)


def _openness(near: Array, focal: float) -> Array:
    """Return how open to the sky each pixel is, in [0, 1], from the hollows around it.

    Nearness (1 / depth) of a plane is linear on the screen, so that a plane has no hollows.
    """
    height, width = near.shape
    small = cv2.resize(near, (width // 3, height // 3), interpolation=cv2.INTER_AREA)
    near_enough = np.maximum(small, 0.02)
    hollow = np.zeros_like(small)
    for reach_m in (0.05, 0.2, 0.7):
        step = np.clip(reach_m * focal / 3 * float(np.median(near_enough)), 1.0, 50.0)
        for angle in np.arange(0.0, np.pi, np.pi / 4):
            dx, dy = round(step * np.cos(angle)), round(step * np.sin(angle))
            ahead, behind = (_shifted(small, s * dx, s * dy) for s in (1, -1))
            rise_m = (ahead + behind - 2 * small) / (2 * near_enough**2)
            share = np.clip(rise_m / (reach_m * 0.6), 0, 1)
            hollow += share * (np.abs(rise_m) < reach_m * 2.0)
    hollow = cv2.GaussianBlur(hollow, (0, 0), 1.2) / 12
    return cv2.resize(np.clip(1.0 - 1.5 * hollow, 0.2, 1.0), (width, height), interpolation=cv2.INTER_LINEAR)


def _shifted(picture: Array, dx: int, dy: int) -> Array:
    shift = np.float32([[1, 0, dx], [0, 1, dy]])
    return cv2.warpAffine(
        picture, shift, picture.shape[::-1], flags=cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE
    )


def _shade(
    color: Array,
    gloss: Array,
    metal: NDArray[np.bool_],
    normal: Array,
    toward_eye: Array,
    lit: Array,
    light: Light,
    openness: Array,
) -> Array:
    toward = np.float32(light.direction)
    toward /= np.linalg.norm(toward)
    facing = np.clip(normal @ toward, 0, 1) * lit
    up = normal[:, 2:3] * 0.5 + 0.5
    ambient = (np.float32(light.sky) * up + np.float32(light.ground) * (1 - up)) * openness[:, None]
    diffuse = color * (ambient + facing[:, None] * light.strength * np.float32(light.color))
    half = toward_eye + toward
    half /= np.sqrt(_dot(half, half))[:, None]
    power = 8.0 + 300.0 * gloss**2
    highlight = np.clip(_dot(normal, half), 0, 1) ** power * (power + 8) / 60 * gloss * lit
    faced = _dot(normal, toward_eye)
    rise = 2 * faced * normal[:, 2] - toward_eye[:, 2]
    above = np.clip(rise * 1.5 + 0.5, 0, 1)[:, None]
    around = np.float32(light.sky) * 1.5 * above + np.float32(light.ground) * 0.6 * (1 - above)
    grazing = (1 - np.clip(faced, 0, 1)) ** 5
    strength = gloss * (0.05 + 0.95 * grazing) + np.where(metal, gloss * 0.75, 0.0)
    tint = np.where(metal[:, None], color, 1.0)
    body = diffuse * np.where(metal, 0.45, 1.0)[:, None]
    reflected = around * tint * (strength * openness)[:, None] * 1.2
    return (body + reflected + highlight[:, None] * np.float32(light.color) * tint).astype(np.float32)


def _sky(eye: Array, focal: float, width: int, height: int, light: Light) -> Array:
    rise = (height / 2 - np.arange(height, dtype=np.float32)) / focal - eye[2, 2] * -1.0
    level = np.clip(rise * 1.6 + 0.15, 0, 1)[:, None, None]
    pale, deep = np.float32([0.86, 0.90, 0.94]), np.float32(light.sky) * np.float32([0.75, 0.95, 1.25])
    return np.broadcast_to(pale * (1 - level) + deep * level, (height, width, 3)).astype(np.float32).copy()


def _develop(picture: Array, seed: int) -> NDArray[np.uint8]:
    """Return bytes as a phone would: tone curve, soft glow, darker corners, a little grain."""
    height, width = picture.shape[:2]
    bloom = cv2.GaussianBlur(np.clip(picture - 1.6, 0, 2), (0, 0), width / 60)
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    light = (picture + 0.3 * bloom) * (1 - 0.16 * (x**2 + y**2))[..., None]
    filmic = (light * (2.51 * light + 0.03)) / (light * (2.43 * light + 0.59) + 0.14)
    rng = np.random.default_rng(seed)
    grain = cv2.GaussianBlur(rng.normal(0, 1, picture.shape).astype(np.float32), (0, 0), 0.6)
    encoded = np.clip(filmic, 0, 1) ** np.float32(1 / 2.2) + grain * 0.012
    return (np.clip(encoded, 0, 1) * 255 + 0.5).astype(np.uint8)
