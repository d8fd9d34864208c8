"""A small renderer: triangles into a depth buffer, then light, shadow and a camera's faults.

Deferred shading over numpy arrays; one distant light with a shadow map, a sky, and darker hollows
from the depth buffer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from sample_cases.scene_photographs.light import Light, ShadowMap, Triangles, cast_shadows, gather, look
from sample_cases.scene_photographs.mesh import Array, Thing, f32
from sample_cases.scene_photographs.raster import Buffer, project, rasterize
from sample_cases.scene_photographs.shading import Sight, dot, shade, surface_of

_OVERSAMPLE = 1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """Where a photograph is taken from, and how wide."""

    at: tuple[float, float, float]
    toward: tuple[float, float, float]
    view_deg: float = 50.0
    width_px: int = 960
    height_px: int = 720


@dataclass(frozen=True, slots=True)
class Scene:
    """What is photographed, with the shadows already cast."""

    triangles: Triangles
    light: Light
    shadows: ShadowMap


def make_scene(things: Sequence[Thing], light: Light) -> Scene:
    triangles = gather(things)
    return Scene(triangles, light, cast_shadows(triangles, light))


def render(scene: Scene, camera: Camera, seed: int) -> NDArray[np.uint8]:
    """Return the photograph, RGB bytes of shape (height, width, 3)."""
    width, height = int(camera.width_px * _OVERSAMPLE), int(camera.height_px * _OVERSAMPLE)
    at = f32(camera.at)
    eye = look(at, f32(camera.toward))
    focal = float(width / 2 / np.tan(np.radians(camera.view_deg) / 2))
    seen = (scene.triangles.positions - at) @ eye.T
    buffer = rasterize(*project(seen, focal, width, height), width, height)
    hit = np.flatnonzero(buffer.which >= 0)
    picture = _sky(eye, focal, width, height, scene.light).reshape(-1, 3)
    openness = _openness(buffer.near.reshape(height, width), focal).reshape(-1)[hit]
    picture[hit] = _colors(scene, at, *_corner_weights(buffer, hit, seen), openness)
    size = (camera.width_px, camera.height_px)
    return _develop(cv2.resize(picture.reshape(height, width, 3), size, interpolation=cv2.INTER_AREA), seed)


def _colors(scene: Scene, at: Array, index: NDArray[np.int32], weight: Array, openness: Array) -> Array:
    """Return the linear color of each seen point."""
    triangles = scene.triangles
    position, normal, uv = (
        np.einsum("nk,nkc->nc", weight, values[index])
        for values in (triangles.positions, triangles.normals, triangles.uv)
    )
    toward_eye = at - position
    toward_eye /= np.sqrt(dot(toward_eye, toward_eye))[:, None]
    normal /= np.sqrt(dot(normal, normal) + np.float32(1e-12))[:, None]
    normal *= np.where(dot(normal, toward_eye) < 0, np.float32(-1), np.float32(1))[:, None]
    sight = Sight(normal, toward_eye, scene.shadows.share(position, normal), openness)
    return shade(surface_of(triangles, index, uv), sight, scene.light)


def _corner_weights(buffer: Buffer, hit: NDArray[np.intp], seen: Array) -> tuple[NDArray[np.int32], Array]:
    """Return the triangle of each pixel and its corners' weights, corrected for perspective."""
    index = buffer.which[hit]
    second, third = buffer.second[hit], buffer.third[hit]
    weight = np.stack([1.0 - second - third, second, third], 1) / seen[..., 2][index]
    return index, weight / buffer.near[hit][:, None]


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
    return f32(cv2.resize(np.clip(1.0 - 1.5 * hollow, 0.2, 1.0), (width, height)))


def _shifted(picture: Array, dx: int, dy: int) -> Array:
    shift = f32([[1, 0, dx], [0, 1, dy]])
    size, border = picture.shape[::-1], cv2.BORDER_REPLICATE
    return f32(cv2.warpAffine(picture, shift, size, flags=cv2.INTER_NEAREST, borderMode=border))


def _sky(eye: Array, focal: float, width: int, height: int, light: Light) -> Array:
    rise = (height / 2 - np.arange(height, dtype=np.float32)) / focal - eye[2, 2] * -1.0
    level = np.clip(rise * 1.6 + 0.15, 0, 1)[:, None, None]
    pale, deep = f32([0.86, 0.90, 0.94]), f32(light.sky) * f32([0.75, 0.95, 1.25])
    return np.broadcast_to(pale * (1 - level) + deep * level, (height, width, 3)).astype(np.float32).copy()


def _develop(picture: Array, seed: int) -> NDArray[np.uint8]:
    """Return bytes as a phone would: tone curve, soft glow, darker corners, a little grain."""
    height, width = picture.shape[:2]
    quarter = cv2.resize(
        np.clip(picture - 1.6, 0, 2), (width // 4, height // 4), interpolation=cv2.INTER_AREA
    )
    glow = cv2.resize(cv2.GaussianBlur(quarter, (0, 0), width / 240), (width, height))
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :, None]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None, None]
    light = (picture + 0.3 * glow) * (1 - 0.16 * (x * x + y * y))
    filmic = (light * (2.51 * light + 0.03)) / (light * (2.43 * light + 0.59) + 0.14)
    rng = np.random.default_rng(seed)
    grain = cv2.GaussianBlur(rng.standard_normal(picture.shape, np.float32), (0, 0), 0.6)
    encoded = np.clip(filmic, 0, 1) ** np.float32(1 / 2.2) + grain * np.float32(0.012)
    return np.asarray(np.clip(encoded, 0, 1) * 255 + 0.5, np.uint8)
