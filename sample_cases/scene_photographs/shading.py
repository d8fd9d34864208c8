"""What color each seen point of a surface has under a light."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sample_cases.scene_photographs.light import Light, Triangles
from sample_cases.scene_photographs.mesh import Array, f32

_LINEAR = ((np.arange(256, dtype=np.float32) / 255) ** np.float32(2.2)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Surface:
    """Points of surfaces: linear color (n, 3), and gloss, glow and metal for each."""

    color: Array
    gloss: Array
    glow: Array
    metal: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sight:
    """How points are seen: unit normal, unit direction to the eye, and how much light reaches them."""

    normal: Array
    toward_eye: Array
    lit: Array
    openness: Array

    def only(self, which: NDArray[np.bool_]) -> Sight:
        return Sight(self.normal[which], self.toward_eye[which], self.lit[which], self.openness[which])


def dot(a: Array, b: Array) -> Array:
    product: Array = np.einsum("ij,ij->i", a, b)
    return product


def surface_of(triangles: Triangles, index: NDArray[np.int32], uv: Array) -> Surface:
    """Return the surfaces that the triangles ``index`` show at their ``uv``."""
    kind = triangles.material[index]
    color = np.stack([_LINEAR[list(m.color)] for m in triangles.materials])[kind]
    for number, material in enumerate(triangles.materials):
        if material.texture is not None:
            here = kind == number
            rows, columns = material.texture.shape[:2]
            at = uv[here]
            row = (at[:, 1] * rows).astype(np.int32).clip(0, rows - 1)
            column = (at[:, 0] * columns).astype(np.int32).clip(0, columns - 1)
            color[here] = _LINEAR[material.texture[row, column]]
    gloss = f32([m.gloss for m in triangles.materials])[kind]
    glow = f32([m.glow for m in triangles.materials])[kind]
    metal = np.array([m.metal for m in triangles.materials])[kind]
    return Surface(color, gloss, glow, metal)


def shade(surface: Surface, sight: Sight, light: Light) -> Array:
    """Return linear colors: matte light first, then reflections where a surface is glossy."""
    toward = f32(light.direction) / np.linalg.norm(light.direction).astype(np.float32)
    facing = np.clip(sight.normal @ toward, 0, 1) * sight.lit
    up = sight.normal[:, 2:3] * 0.5 + 0.5
    received = (f32(light.ground) + up * (f32(light.sky) - f32(light.ground))) * sight.openness[:, None]
    received += facing[:, None] * (light.strength * f32(light.color))
    received *= np.where(surface.metal, np.float32(0.45), np.float32(1.0))[:, None]
    shown = surface.color * (received + surface.glow[:, None])
    shiny = surface.gloss > 0.08
    if shiny.any():
        part = Surface(surface.color[shiny], surface.gloss[shiny], surface.glow[shiny], surface.metal[shiny])
        shown[shiny] += _reflection(part, sight.only(shiny), light, toward)
    return f32(shown)


def _reflection(surface: Surface, sight: Sight, light: Light, toward: Array) -> Array:
    """Return the mirrored sky and the light's highlight (Blinn, Schlick)."""
    half = sight.toward_eye + toward
    half /= np.sqrt(dot(half, half))[:, None]
    power = 8.0 + 300.0 * surface.gloss**2
    highlight = np.clip(dot(sight.normal, half), 0, 1) ** power * (power + 8) / 60 * surface.gloss * sight.lit
    faced = dot(sight.normal, sight.toward_eye)
    above = np.clip((2 * faced * sight.normal[:, 2] - sight.toward_eye[:, 2]) * 1.5 + 0.5, 0, 1)[:, None]
    around = f32(light.ground) * 0.6 + above * (f32(light.sky) * 1.5 - f32(light.ground) * 0.6)
    away = 1 - np.clip(faced, 0, 1)
    grazing = (away * away) * (away * away) * away
    strength = surface.gloss * (
        0.05 + 0.95 * grazing + np.where(surface.metal, np.float32(0.75), np.float32(0))
    )
    mirrored = around * (strength * sight.openness * 1.2)[:, None] + highlight[:, None] * f32(light.color)
    tinted: Array = mirrored * np.where(surface.metal[:, None], surface.color, np.float32(1.0))
    return tinted
