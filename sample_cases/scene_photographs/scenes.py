"""Where the things stand: four invented places, and the photographs taken there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from sample_cases.scene_photographs import household, outdoors, textures, tools
from sample_cases.scene_photographs.car import car
from sample_cases.scene_photographs.light import Light
from sample_cases.scene_photographs.mesh import Material, Thing, box, quad
from sample_cases.scene_photographs.render import Camera, Scene, make_scene

DAYLIGHT = Light(direction=(-0.55, -0.6, 0.85), radius_m=6.5)
INDOORS = Light(
    direction=(-0.5, -0.75, 1.1),
    strength=1.15,
    sky=(0.50, 0.49, 0.47),
    ground=(0.36, 0.32, 0.28),
    radius_m=3.2,
)
_TABLE_M = 0.74

# Open water in the North Sea: no photograph points at anybody's door.
CAR_PARK, FLAT, WORKSHOP, KITCHEN = (
    (55.00112, 5.50203),
    (55.00387, 5.50871),
    (55.01022, 5.49418),
    (55.00391, 5.50866),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Photograph:
    """One picture: ``file`` below ``photographs/``, when (local time) and where it was taken."""

    file: str
    taken: str
    place: tuple[float, float]
    camera: Camera
    scene: Callable[[], Scene]
    model: str = "C-100"


def _ground(texture: textures.Texture, size_m: float, cells: int = 16, gloss: float = 0.06) -> Thing:
    """Return a floor; its texture lies once over the whole."""
    s = size_m / 2
    corners = [(-s, s, 0), (s, s, 0), (s, -s, 0), (-s, -s, 0)]
    return Thing((quad(corners, Material(texture=texture, gloss=gloss), cells),))


def _wall(texture: textures.Texture, y: float, width: float, height: float) -> Thing:
    s = width / 2
    corners = [(-s, y, height), (s, y, height), (s, y, 0), (-s, y, 0)]
    return Thing((quad(corners, Material(texture=texture, gloss=0.03), 8),))


@cache
def _car_park() -> Scene:
    paint = Material(color=(228, 228, 222), gloss=0.1)
    lines = [
        quad([(x, 3, 0.004), (x + 0.1, 3, 0.004), (x - 0.5, -1.6, 0.004), (x - 0.6, -1.6, 0.004)], paint, 4)
        for x in (-2.6, 3.4)
    ]
    things = (
        _ground(textures.asphalt(11), 18.0, 24),
        _wall(textures.bricks(2), 3.4, 18.0, 4.2),
        Thing(tuple(lines)),
        outdoors.street_lamp().moved(-3.4, 2.9),
        outdoors.cone().moved(-2.9, 0.5),
        car((34, 78, 150), "KX-7194").turned(38).moved(0.5, 0.75),
        household.bottle((34, 92, 46), "SAMPLE", height=0.31).moved(-1.35, -0.95),
        tools.marker(1).scaled(1.6).turned(10).moved(-1.68, -1.12),
        tools.knife().turned(25).moved(0.75, -1.75),
        tools.scale_bar().turned(25).moved(0.83, -1.87),
        tools.marker(2).scaled(1.6).turned(-12).moved(0.35, -1.55),
    )
    return make_scene(things, DAYLIGHT)


@cache
def _second_car() -> Scene:
    things = (
        _ground(textures.asphalt(12), 18.0, 24),
        _wall(textures.bricks(5), 3.0, 18.0, 4.2),
        car((164, 32, 34), "BR-3308").turned(226).moved(0.2, 0.9),
        outdoors.cone().moved(2.75, 0.3),
        outdoors.cone().moved(-2.3, -0.2),
    )
    return make_scene(things, DAYLIGHT)


@cache
def _living_room() -> Scene:
    top = Material(texture=textures.wood((164, 114, 70), 3), gloss=0.3)
    frame = Thing((box((1.02, 0.03, 0.72), Material(color=(60, 46, 36), gloss=0.2)), quad(
        [(-0.46, -0.02, 0.67), (0.46, -0.02, 0.67), (0.46, -0.02, 0.05), (-0.46, -0.02, 0.05)],
        Material(texture=textures.landscape(), gloss=0.2), 2)))  # fmt: skip
    things = (
        _ground(textures.wood((122, 86, 58), 5, 22, 1_600), 8.0, 12, 0.25),
        _wall(textures.speckled((196, 190, 172), 2.0, (3, 160), 4), 1.6, 8.0, 2.8),
        Thing((box((8.0, 0.03, 0.10), Material(color=(232, 228, 218), gloss=0.2)),)).moved(y=1.58),
        frame.moved(-0.15, 1.57, 1.25),
        household.table(top),
        household.bottle((34, 92, 46), "SAMPLE").moved(-0.42, 0.12, _TABLE_M),
        household.bottle((96, 54, 22), "ALE", height=0.26).moved(-0.24, 0.20, _TABLE_M),
        tools.marker(3).moved(-0.34, -0.10, _TABLE_M),
        household.lamp((236, 206, 150)).moved(0.52, 0.20, _TABLE_M),
        household.cup((196, 54, 46)).turned(-20).moved(0.08, 0.06, _TABLE_M),
        household.phone().turned(25).moved(0.24, -0.20, _TABLE_M),
        tools.marker(4).moved(0.40, -0.16, _TABLE_M),
        household.book((34, 62, 92), "ATLAS").turned(-14).moved(-0.02, 0.24, _TABLE_M),
        household.chair((124, 84, 52)).turned(205).moved(-0.75, -0.62),
        outdoors.backpack((176, 38, 42)).turned(18).moved(1.12, -0.12),
        tools.marker(5).scaled(1.3).turned(8).moved(0.86, -0.42),
    )
    return make_scene(things, INDOORS)


@cache
def _workshop() -> Scene:
    bench = Material(texture=textures.wood((190, 160, 118), 8, 4), gloss=0.12)
    things = (
        _ground(textures.speckled((132, 130, 126), 5, (2, 40, 200), 6), 8.0, 12),
        _wall(textures.speckled((150, 158, 156), 3, (2, 90), 7), 1.3, 8.0, 2.8),
        household.table(bench, (1.7, 0.8), 0.86),
        tools.toolbox((36, 84, 148)).turned(-8).moved(-0.45, 0.12, 0.86),
        tools.hammer().turned(24).moved(0.02, -0.18, 0.86),
        tools.marker(6).moved(0.02, 0.04, 0.86),
        tools.screwdriver((222, 140, 24)).turned(-20).moved(0.62, -0.16, 0.86),
        tools.screwdriver((60, 140, 70)).turned(-32).moved(0.68, -0.05, 0.86),
        tools.marker(7).moved(0.50, 0.08, 0.86),
        outdoors.carton().turned(12).moved(1.35, 0.55),
    )
    return make_scene(things, INDOORS)


@cache
def _store_room() -> Scene:
    things = (
        _ground(textures.speckled((132, 130, 126), 5, (2, 40, 200), 6), 8.0, 12),
        _wall(textures.speckled((150, 158, 156), 3, (2, 90), 7), 1.3, 8.0, 2.8),
        outdoors.suitcase((88, 94, 104)).turned(14).moved(0.05, 0.1),
        outdoors.carton().turned(-8).moved(-0.75, 0.6),
        outdoors.carton().turned(6).scaled(0.85).moved(-0.72, 0.62, 0.30),
        tools.marker(8).scaled(1.4).moved(0.42, -0.25),
    )
    return make_scene(things, INDOORS)


@cache
def _kitchen() -> Scene:
    top = Material(texture=textures.wood((206, 180, 140), 12, 5), gloss=0.35)
    fruit = [
        household.banana().turned(100 + 9 * i, 2).moved(0.0 + 0.034 * i, 0.0, 0.07 + 0.006 * i)
        for i in range(3)
    ]
    oranges = [
        household.ball((232, 126, 26), 0.037).moved(x, y, 0.05) for x, y in ((-0.062, 0.03), (-0.055, -0.05))
    ]
    basket = household.bowl((228, 230, 232)).scaled(1.15)
    things = (
        _ground(textures.tiles((206, 208, 204), 14), 6.0, 10, 0.3),
        _wall(textures.tiles((222, 228, 226), 20, 3), 0.9, 6.0, 2.6),
        household.table(top, (1.4, 0.8)),
        Thing(basket.meshes + sum((f.meshes for f in (*fruit, *oranges)), ())).moved(-0.08, 0.0, _TABLE_M),
        household.cup((60, 96, 140)).turned(-30).moved(0.30, -0.02, _TABLE_M),
        household.cup((60, 96, 140)).turned(15).moved(0.42, 0.10, _TABLE_M),
        tools.knife((120, 40, 34)).turned(-12).moved(0.24, -0.24, _TABLE_M),
        household.chair((112, 70, 44)).turned(8).moved(0.12, 0.60),
    )
    return make_scene(things, INDOORS)


def _shot(
    file: str,
    clock: str,
    place: tuple[float, float],
    scene: Callable[[], Scene],
    at: tuple[float, float, float],
    toward: tuple[float, float, float],
    view_deg: float,
) -> Photograph:
    camera = Camera(at=at, toward=toward, view_deg=view_deg)
    return Photograph(file=file, taken=f"2026-03-14T{clock}", place=place, camera=camera, scene=scene)


PHOTOGRAPHS = (
    _shot("IMG_2041.JPG", "07:42:10", CAR_PARK, _car_park, (-1.3, -5.6, 1.65), (-0.1, 0.4, 0.75), 54),
    _shot("IMG_2042.JPG", "07:44:31", CAR_PARK, _car_park, (-2.2, -2.7, 1.15), (-0.9, 0.1, 0.55), 46),
    _shot("IMG_2043.JPG", "07:47:05", CAR_PARK, _car_park, (0.55, -2.55, 0.62), (0.62, -1.70, 0.03), 42),
    _shot("IMG_2044.JPG", "07:49:52", CAR_PARK, _car_park, (-1.7, -2.0, 0.55), (-1.5, -1.0, 0.13), 40),
    _shot("IMG_2045.JPG", "08:03:18", CAR_PARK, _second_car, (-0.5, -5.4, 1.6), (0.15, 0.4, 0.72), 52),
    _shot("IMG_2051.JPG", "10:12:40", FLAT, _living_room, (-0.5, -3.1, 1.6), (0.12, 0.0, 0.75), 50),
    _shot("IMG_2052.JPG", "10:15:22", FLAT, _living_room, (-0.15, -1.25, 1.30), (-0.02, 0.10, 0.80), 50),
    _shot("IMG_2053.JPG", "10:19:03", FLAT, _living_room, (0.75, -1.75, 0.85), (1.05, -0.15, 0.24), 40),
    _shot("DSC_0107.PNG", "10:22:47", FLAT, _living_room, (0.05, -0.85, 1.22), (0.30, 0.25, 0.92), 52),
    _shot("IMG_2061.TIF", "14:03:36", WORKSHOP, _workshop, (0.05, -1.75, 1.65), (0.08, 0.05, 0.88), 52),
    _shot("IMG_2062.WEBP", "14:06:11", WORKSHOP, _workshop, (0.18, -0.75, 1.32), (0.18, -0.08, 0.88), 44),
    _shot("IMG_2063.HEIC", "14:11:58", WORKSHOP, _store_room, (-0.15, -2.3, 1.15), (-0.1, 0.2, 0.42), 44),
    _shot("IMG_2071.JPG", "16:30:25", KITCHEN, _kitchen, (0.2, -1.35, 1.45), (0.13, 0.0, 0.76), 48),
)
