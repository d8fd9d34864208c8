"""Things that stand about in the scenes, each at the origin on the ground, in meters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sample_cases.scene_photographs.mesh import (
    Material,
    Mesh,
    Thing,
    box,
    extrude,
    lathe,
    quad,
    surface,
    tube,
)
from sample_cases.scene_photographs.textures import lettering, ruler

Color = tuple[int, int, int]

STEEL = Material(color=(196, 200, 205), gloss=0.75, metal=True)
BLACK = Material(color=(28, 28, 30), gloss=0.25)
RUBBER = Material(color=(30, 30, 32), gloss=0.08)


def marker(number: int) -> Thing:
    """Return an exhibit marker: a folded yellow card with a black number on both sides."""
    sign = lettering(str(number), size=(220, 240), ink=(20, 20, 20), paper=(255, 205, 20), height=0.75)
    card = Material(texture=sign, gloss=0.15)
    plain = Material(color=(232, 186, 20), gloss=0.1)
    front = [(-0.055, 0.0, 0.125), (0.055, 0.0, 0.125), (0.055, -0.045, 0.0), (-0.055, -0.045, 0.0)]
    back = [(0.055, 0.001, 0.125), (-0.055, 0.001, 0.125), (-0.055, 0.046, 0.0), (0.055, 0.046, 0.0)]
    edge = tube([(-0.055, 0, 0.125), (0.055, 0, 0.125)], 0.002, plain)
    return Thing((quad(front, card), quad(back, card), edge))


def scale_bar() -> Thing:
    """Return a ruler of 20 cm that lies flat."""
    strip = quad(
        [(-0.1, 0.02, 0.002), (0.1, 0.02, 0.002), (0.1, -0.02, 0.002), (-0.1, -0.02, 0.002)],
        Material(texture=ruler(), gloss=0.1),
    )
    return Thing((strip,))


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
        parts.append(surface(np.float32(rows), Material(texture=paper, gloss=0.1)))
    return Thing(tuple(parts))


def knife(handle: Color = (34, 28, 26)) -> Thing:
    """Return a kitchen knife of 32 cm, lying on its side."""
    blade = [(0.0, -0.018), (0.13, -0.019), (0.17, -0.010), (0.195, 0.014), (0.0, 0.018)]
    steel = extrude(blade, 0.0022, STEEL)
    grip = extrude(
        [(-0.12, -0.016), (-0.11, -0.019), (0.0, -0.014), (0.0, 0.016), (-0.115, 0.016)],
        0.018,
        Material(color=handle, gloss=0.35),
    )
    rivets = [
        lathe([(0.0, 0.010), (0.0042, 0.0099), (0.0042, -0.0099), (0.0, -0.010)], STEEL, 10)
        .turned(90, 0)
        .moved(x=x)
        for x in (-0.03, -0.06, -0.09)
    ]
    return Thing((steel, grip, *rivets)).turned(90, 0).moved(z=0.011)


def backpack(color: Color) -> Thing:
    cloth = Material(color=color, gloss=0.06)
    dark = Material(color=tuple(int(c * 0.55) for c in color), gloss=0.06)  # type: ignore[arg-type]
    return Thing(
        (
            box((0.32, 0.19, 0.46), cloth, round_m=0.085),
            box((0.26, 0.10, 0.21), dark, round_m=0.045).moved(y=-0.115, z=0.04),
            box((0.24, 0.07, 0.10), dark, round_m=0.03).moved(y=-0.09, z=0.28),
            tube(
                [
                    (-0.05, 0.02, 0.44),
                    (-0.045, 0.02, 0.49),
                    (0, 0.02, 0.51),
                    (0.045, 0.02, 0.49),
                    (0.05, 0.02, 0.44),
                ],
                0.012,
                dark,
            ),
            tube(_arc((-0.15, 0.06, 0.40), (-0.235, 0.02, 0.24), (-0.16, 0.07, 0.06)), 0.017, dark),
            tube(_arc((0.15, 0.06, 0.40), (0.235, 0.02, 0.24), (0.16, 0.07, 0.06)), 0.017, dark),
            tube([(-0.11, -0.168, 0.215), (0.11, -0.168, 0.215)], 0.005, STEEL),
        )
    )


def _arc(a: Sequence[float], b: Sequence[float], c: Sequence[float], steps: int = 10) -> np.ndarray:
    t = np.linspace(0, 1, steps)[:, None]
    first, middle, last = (np.float32(p) for p in (a, b, c))
    return ((1 - t) ** 2 * first + 2 * t * (1 - t) * (2 * middle - (first + last) / 2) + t**2 * last).astype(
        np.float32
    )


def suitcase(color: Color) -> Thing:
    shell = Material(color=color, gloss=0.35)
    ridges = [
        box((0.44, 0.012, 0.03), shell, round_m=0.005).moved(y=-0.128, z=0.10 + 0.09 * i) for i in range(6)
    ]
    handle = tube([(-0.10, 0, 0.66), (-0.10, 0, 0.82), (0.10, 0, 0.82), (0.10, 0, 0.66)], 0.009, STEEL)
    return Thing(
        (
            box((0.48, 0.25, 0.68), shell, round_m=0.05),
            *ridges,
            handle,
            box((0.14, 0.02, 0.05), BLACK, round_m=0.008).moved(z=0.68),
        )
    )


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


def cup(color: Color) -> Thing:
    china = Material(color=color, gloss=0.6)
    profile = [(0.036, 0.088), (0.039, 0.092), (0.042, 0.09), (0.042, 0.02), (0.035, 0.0), (0.0, 0.0)]
    inner = [(0.0, 0.03), (0.034, 0.03), (0.037, 0.09)]
    handle = tube(_arc((0.041, 0, 0.075), (0.075, 0, 0.048), (0.041, 0, 0.022)), 0.006, china)
    return Thing((lathe(profile, china), lathe(inner, Material(color=(72, 44, 28), gloss=0.4)), handle))


def phone() -> Thing:
    screen = quad(
        [(-0.033, 0.068, 0.0092), (0.033, 0.068, 0.0092), (0.033, -0.068, 0.0092), (-0.033, -0.068, 0.0092)],
        Material(color=(14, 20, 30), gloss=0.95),
    )
    return Thing((box((0.072, 0.148, 0.009), Material(color=(40, 42, 48), gloss=0.6), round_m=0.004), screen))


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


def hammer() -> Thing:
    wood = Material(color=(182, 132, 80), gloss=0.25)
    grip = tube([(0, 0, 0), (0.12, 0, 0), (0.31, 0, 0)], 0.013, wood)
    head = lathe(
        [
            (0.0, 0.055),
            (0.013, 0.055),
            (0.013, 0.03),
            (0.010, 0.02),
            (0.011, -0.02),
            (0.004, -0.058),
            (0.0, -0.058),
        ],
        STEEL,
        14,
    )
    return Thing((grip, head.turned(90, 0).moved(x=0.31))).moved(z=0.014)


def screwdriver(color: Color) -> Thing:
    plastic = Material(color=color, gloss=0.5)
    profile = [
        (0.0, 0.105),
        (0.010, 0.104),
        (0.013, 0.09),
        (0.012, 0.05),
        (0.015, 0.02),
        (0.013, 0.002),
        (0.0, 0.0),
    ]
    shaft = lathe([(0.0, 0.225), (0.002, 0.222), (0.003, 0.215), (0.003, 0.10)], STEEL, 10)
    return Thing((lathe(profile, plastic, 10), shaft)).turned(90, 1).moved(z=0.014)


def toolbox(color: Color) -> Thing:
    paint = Material(color=color, gloss=0.4)
    lid = extrude([(-0.24, 0.17), (0.24, 0.17), (0.21, 0.23), (-0.21, 0.23)], 0.20, paint)
    latches = [box((0.035, 0.012, 0.05), STEEL).moved(x=x, y=-0.104, z=0.14) for x in (-0.14, 0.14)]
    handle = tube([(-0.10, 0, 0.23), (-0.10, 0, 0.29), (0.10, 0, 0.29), (0.10, 0, 0.23)], 0.010, BLACK)
    return Thing((box((0.48, 0.21, 0.17), paint, round_m=0.012), lid, *latches, handle))


def cone() -> Thing:
    """Return a traffic cone."""
    orange, white = Material(color=(235, 92, 28), gloss=0.2), Material(color=(238, 238, 232), gloss=0.3)

    def part(high: float, low: float, material: Material) -> Mesh:
        return lathe([(0.03 + 0.15 * (1 - high / 0.7), high), (0.03 + 0.15 * (1 - low / 0.7), low)], material)

    base = box((0.42, 0.42, 0.03), orange, round_m=0.01)
    return Thing(
        (
            base,
            part(0.70, 0.52, orange),
            part(0.52, 0.38, white),
            part(0.38, 0.25, orange),
            part(0.25, 0.14, white),
            part(0.14, 0.02, orange),
        )
    )


def carton() -> Thing:
    board = Material(color=(186, 148, 104), gloss=0.05)
    tape = Material(color=(206, 180, 130), gloss=0.4)
    return Thing((box((0.44, 0.34, 0.30), board), box((0.06, 0.345, 0.302), tape)))


def banana() -> Thing:
    skin = Material(color=(238, 204, 60), gloss=0.25)
    bend = _arc((-0.09, 0.0, 0.02), (0.0, -0.045, 0.02), (0.09, 0.0, 0.02), 14)
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


def bowl(color: Color) -> Thing:
    china = Material(color=color, gloss=0.55)
    angle = np.linspace(0, np.pi / 2.2, 10)
    outer = [(0.13 * float(np.cos(a)), 0.075 * (1 - float(np.sin(a)))) for a in angle]
    inner = [(r * 0.96, z + 0.004) for r, z in reversed(outer)]
    return Thing((lathe(outer, china), lathe(inner, china)))


def street_lamp() -> Thing:
    pole = Material(color=(70, 76, 74), gloss=0.4)
    return Thing(
        (
            tube([(0, 0, 0), (0, 0, 3.4), (0, -0.2, 3.75), (0, -0.6, 3.85)], 0.05, pole),
            box((0.16, 0.42, 0.08), pole, round_m=0.03).moved(y=-0.75, z=3.8),
            lathe([(0.10, 0.5), (0.11, 0.0)], pole),
        )
    )
