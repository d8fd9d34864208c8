"""Furniture and what stands on it, each at the origin on the ground, in meters."""

from __future__ import annotations

import numpy as np

from sample_cases.scene_photographs.materials import Color
from sample_cases.scene_photographs.mesh import (
    Material,
    Mesh,
    Thing,
    arc,
    box,
    f32,
    lathe,
    quad,
    surface,
    tube,
)
from sample_cases.scene_photographs.textures import lettering


def table(material: Material, size: tuple[float, float] = (1.5, 0.85), height: float = 0.74) -> Thing:
    width, depth = size
    leg = Material(color=(96, 66, 44), gloss=0.2)
    top = quad(
        [
            (-width / 2, depth / 2, height),
            (width / 2, depth / 2, height),
            (width / 2, -depth / 2, height),
            (-width / 2, -depth / 2, height),
        ],
        material,
        cells=6,
    )
    slab = box((width, depth, 0.035), leg).moved(z=height - 0.0355)
    legs = [
        box((0.06, 0.06, height - 0.03), leg).moved(x=sx * (width / 2 - 0.07), y=sy * (depth / 2 - 0.07))
        for sx in (-1, 1)
        for sy in (-1, 1)
    ]
    return Thing((top, slab, *legs))


def chair(color: Color) -> Thing:
    wood = Material(color=color, gloss=0.25)
    parts: list[Mesh] = [box((0.43, 0.42, 0.035), wood, round_m=0.012).moved(z=0.44)]
    for x in (-0.18, 0.18):
        parts.append(tube([(x, -0.17, 0.45), (x * 1.06, -0.19, 0.0)], 0.018, wood))
        parts.append(
            tube([(x * 1.06, 0.2, 0.0), (x, 0.18, 0.45), (x, 0.2, 0.7), (x, 0.24, 0.93)], 0.018, wood)
        )
    parts += [
        box((0.36, 0.018, 0.06), wood, round_m=0.008).moved(y=0.205 + 0.01 * i, z=0.58 + 0.13 * i)
        for i in range(3)
    ]
    return Thing(tuple(parts))


def lamp(shade: Color, *, lit: bool = True) -> Thing:
    """Return a table lamp with a cloth shade."""
    foot = Material(color=(70, 96, 110), gloss=0.7)
    cloth = Material(color=shade, gloss=0.03, glow=1.1 if lit else 0.0)
    profile = [
        (0.012, 0.34),
        (0.012, 0.25),
        (0.05, 0.19),
        (0.062, 0.13),
        (0.05, 0.06),
        (0.03, 0.03),
        (0.075, 0.015),
        (0.075, 0.0),
    ]
    return Thing(
        (
            lathe(profile, foot),
            lathe([(0.10, 0.50), (0.165, 0.29)], cloth),
            lathe([(0.0, 0.45), (0.10, 0.499)], cloth),
        )
    )


def bottle(color: Color, label: str = "", *, height: float = 0.30) -> Thing:
    """Return a wine bottle with a paper label."""
    glass = Material(color=color, gloss=0.9)
    profile = [
        (0.0, 1.0), (0.047, 1.0), (0.05, 0.985), (0.05, 0.955), (0.043, 0.95), (0.043, 0.76),
        (0.055, 0.70), (0.10, 0.63), (0.122, 0.57), (0.125, 0.5), (0.125, 0.03), (0.118, 0.0), (0.0, 0.0),
    ]  # fmt: skip
    body = lathe([(r * height, z * height) for r, z in profile], glass)
    foil = lathe(
        [(0.052 * height, 0.99 * height), (0.047 * height, 0.84 * height)],
        Material(color=(60, 20, 24), gloss=0.5),
    )
    parts = [body, foil]
    if label:
        paper = lettering(
            label, size=(360, 200), ink=(60, 30, 30), paper=(236, 226, 200), height=0.4, border=8
        )
        turn = np.linspace(np.pi * 1.18, np.pi * 1.82, 16)
        x, y = 0.1265 * height * np.cos(turn), 0.1265 * height * np.sin(turn)
        rows = [np.stack([x, y, np.full(16, z * height)], -1) for z in (0.45, 0.14)]
        parts.append(surface(f32(rows), Material(texture=paper, gloss=0.1)))
    return Thing(tuple(parts))


def cup(color: Color) -> Thing:
    china = Material(color=color, gloss=0.6)
    profile = [(0.036, 0.088), (0.039, 0.092), (0.042, 0.09), (0.042, 0.02), (0.035, 0.0), (0.0, 0.0)]
    inner = [(0.0, 0.03), (0.034, 0.03), (0.037, 0.09)]
    handle = tube(arc((0.041, 0, 0.075), (0.075, 0, 0.048), (0.041, 0, 0.022)), 0.006, china)
    return Thing((lathe(profile, china), lathe(inner, Material(color=(72, 44, 28), gloss=0.4)), handle))


def bowl(color: Color) -> Thing:
    china = Material(color=color, gloss=0.55)
    angle = np.linspace(0, np.pi / 2.2, 10)
    outer = [(0.13 * float(np.cos(a)), 0.075 * (1 - float(np.sin(a)))) for a in angle]
    inner = [(r * 0.96, z + 0.004) for r, z in reversed(outer)]
    return Thing((lathe(outer, china), lathe(inner, china)))


def banana() -> Thing:
    skin = Material(color=(238, 204, 60), gloss=0.25)
    bend = arc((-0.09, 0.0, 0.02), (0.0, -0.045, 0.02), (0.09, 0.0, 0.02), 14)
    body = tube(bend, 0.017, skin, 6)
    tips = [
        lathe([(0.0, 0.024), (0.006, 0.022), (0.017, 0.0)], Material(color=(90, 74, 40)), 8) for _ in range(2)
    ]
    return Thing(
        (
            body,
            tips[0].turned(-90, 1).turned(28).moved(-0.09, 0, 0.02),
            tips[1].turned(90, 1).turned(-28).moved(0.09, 0, 0.02),
        )
    )


def ball(color: Color, radius: float) -> Thing:
    angle = np.linspace(np.pi / 2, -np.pi / 2, 18)
    profile = [(float(np.cos(a)) * radius, float(np.sin(a)) * radius + radius) for a in angle]
    return Thing((lathe(profile, Material(color=color, gloss=0.3)),))


def book(color: Color, title: str) -> Thing:
    cover = lettering(title, size=(300, 420), ink=(245, 238, 220), paper=color, height=0.09, border=10)
    face = quad(
        [(-0.075, 0.105, 0.0305), (0.075, 0.105, 0.0305), (0.075, -0.105, 0.0305), (-0.075, -0.105, 0.0305)],
        Material(texture=cover, gloss=0.2),
    )
    pages = box((0.146, 0.202, 0.024), Material(color=(238, 230, 212))).moved(z=0.003)
    boards = [box((0.15, 0.21, 0.003), Material(color=color, gloss=0.2)).moved(z=z) for z in (0.0, 0.027)]
    spine = box((0.004, 0.21, 0.03), Material(color=color, gloss=0.2)).moved(x=-0.075)
    return Thing((pages, *boards, spine, face))


def phone() -> Thing:
    screen = quad(
        [(-0.033, 0.068, 0.0092), (0.033, 0.068, 0.0092), (0.033, -0.068, 0.0092), (-0.033, -0.068, 0.0092)],
        Material(color=(14, 20, 30), gloss=0.95),
    )
    return Thing((box((0.072, 0.148, 0.009), Material(color=(40, 42, 48), gloss=0.6), round_m=0.004), screen))
