"""Exhibit markers, the scale, and tools, each at the origin on the ground, in meters."""

from __future__ import annotations

from sample_cases.scene_photographs.materials import BLACK, STEEL, Color
from sample_cases.scene_photographs.mesh import Material, Thing, box, extrude, lathe, quad, tube
from sample_cases.scene_photographs.textures import lettering, ruler


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
