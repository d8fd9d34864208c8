"""Things of the street and of the store room, each at the origin on the ground, in meters."""

from __future__ import annotations

from sample_cases.scene_photographs.materials import BLACK, STEEL, Color
from sample_cases.scene_photographs.mesh import Material, Mesh, Thing, arc, box, lathe, tube


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


def street_lamp() -> Thing:
    pole = Material(color=(70, 76, 74), gloss=0.4)
    return Thing(
        (
            tube([(0, 0, 0), (0, 0, 3.4), (0, -0.2, 3.75), (0, -0.6, 3.85)], 0.05, pole),
            box((0.16, 0.42, 0.08), pole, round_m=0.03).moved(y=-0.75, z=3.8),
            lathe([(0.10, 0.5), (0.11, 0.0)], pole),
        )
    )


def carton() -> Thing:
    board = Material(color=(186, 148, 104), gloss=0.05)
    tape = Material(color=(206, 180, 130), gloss=0.4)
    return Thing((box((0.44, 0.34, 0.30), board), box((0.06, 0.345, 0.302), tape)))


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
            tube(arc((-0.15, 0.06, 0.40), (-0.235, 0.02, 0.24), (-0.16, 0.07, 0.06)), 0.017, dark),
            tube(arc((0.15, 0.06, 0.40), (0.235, 0.02, 0.24), (0.16, 0.07, 0.06)), 0.017, dark),
            tube([(-0.11, -0.168, 0.215), (0.11, -0.168, 0.215)], 0.005, STEEL),
        )
    )
