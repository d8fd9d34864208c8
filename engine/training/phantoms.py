"""Medical pictures that the project draws itself to train on: phantoms of bodies, cut or rayed through.

All are RGB pictures made from a seeded generator, so that they need no one's rights.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageOps


def draw_ct_slice(rng: np.random.Generator) -> Image.Image:
    """Draw one slice of a body phantom in Hounsfield units, across or along it, through a common window."""
    if rng.random() < 0.25:
        return _finished(rng, _coronal(rng), (0.0, 0.0, 1.0, 1.0))
    size_px = 256
    y, x = np.mgrid[-1 : 1 : size_px * 1j, -1 : 1 : size_px * 1j]
    hounsfield = np.full((size_px, size_px), -1000.0)
    wide, tall = rng.uniform(0.75, 0.97), rng.uniform(0.5, 0.8)
    roundness = rng.uniform(1.8, 3.2)
    body = np.abs(x / wide) ** roundness + np.abs(y / tall) ** roundness
    hounsfield[body < 1] = -100
    hounsfield[body < rng.uniform(0.75, 0.92)] = 45
    if rng.random() < 0.7:
        _add_lungs(rng, hounsfield, x, y, wide, tall)
    else:
        _add_organs(rng, hounsfield, x, y, wide, tall)
    _add_bones(rng, hounsfield, x, y, wide, tall)
    if rng.random() < 0.4:
        hounsfield[((y - tall - 0.08) ** 2 < 0.0006) & (np.abs(x) < 0.8)] = -300  # the table
    hounsfield += rng.normal(0, rng.uniform(5, 40), hounsfield.shape)
    air = rng.uniform(-0.06, 0.12, 4)  # between the body and the picture's edges; some cut into the body
    if rng.random() < 0.25:
        air -= rng.uniform(0.1, 0.3)  # only what lies in the chest
    edges = (-wide - air[0], -tall - air[1], wide + air[2], tall + air[3])
    left, top, right, bottom = ((edge + 1) / 2 for edge in edges)
    return _finished(rng, hounsfield, (left, top, right, bottom))


def _finished(
    rng: np.random.Generator, hounsfield: NDArray[np.float64], box: tuple[float, float, float, float]
) -> Image.Image:
    """Return a slice through a window, slightly turned, cut to ``box`` (shares of its sides)."""
    level, width = ((-600.0, 1500.0), (40.0, 400.0), (300.0, 1500.0))[int(rng.choice(3, p=(0.55, 0.35, 0.1)))]
    center, width = level + rng.uniform(-0.1, 0.1) * width, width * rng.uniform(0.6, 1.2)
    gray = np.clip((hounsfield - center) / width + 0.5, 0, 1) * 255
    picture = Image.fromarray(gray.astype(np.uint8)).filter(ImageFilter.GaussianBlur(rng.uniform(0.4, 1.2)))
    if rng.random() < 0.15:  # the scanner's round field of view
        field = Image.new("L", picture.size, 0)
        ImageDraw.Draw(field).ellipse((0, 0, *picture.size), fill=255)
        picture = Image.composite(picture, Image.new("L", picture.size, 0), field)
    size_px = picture.width
    pixels = [int(np.clip(edge, 0, 1) * size_px) for edge in box]
    return (
        picture.rotate(rng.uniform(-6, 6)).crop((pixels[0], pixels[1], pixels[2], pixels[3])).convert("RGB")
    )


def _coronal(rng: np.random.Generator) -> NDArray[np.float64]:
    """Return a slice from shoulders to diaphragm: two long lungs, the airway, ribs cut along the sides."""
    size_px = 256
    y, x = np.mgrid[-1 : 1 : size_px * 1j, -1 : 1 : size_px * 1j]
    wide = rng.uniform(0.7, 1.3)
    hounsfield = np.where(np.abs(x) < wide * (0.85 + 0.15 * np.clip(-y, 0, 1)), -60.0, -1000.0)
    hounsfield[np.abs(x) < wide * 0.85] = 45
    for side in (-1, 1):
        center, breadth = side * wide * rng.uniform(0.38, 0.46), wide * rng.uniform(0.26, 0.36)
        floor = rng.uniform(0.45, 0.9)
        dome = floor - 0.25 * (1 - ((x - center) / breadth) ** 2)
        lung = (((x - center) / breadth) ** 2 + ((y - 0.3) / 1.15) ** 2 < 1) & (y < dome)
        hounsfield[lung] = rng.uniform(-880, -760)
        for _ in range(int(rng.integers(40, 140))):
            angle, start = rng.uniform(0, 2 * np.pi), rng.uniform(0, 0.6, 2)
            from_x, from_y = (
                center - side * 0.5 * breadth + start[0] * np.cos(angle),
                start[1] * np.sin(angle),
            )
            along = (x - from_x) * np.cos(angle) + (y - from_y) * np.sin(angle)
            across = (y - from_y) * np.cos(angle) - (x - from_x) * np.sin(angle)
            vessel = (
                (np.abs(across) < rng.uniform(0.004, 0.014)) & (along > 0) & (along < rng.uniform(0.03, 0.2))
            )
            hounsfield[vessel & lung] = 0
        if rng.random() < 0.5:
            spot = (x - center) ** 2 + (y - rng.normal(0.2, 0.3)) ** 2 < rng.uniform(0.05, 0.2) ** 2
            hounsfield[spot & lung] = rng.uniform(-600, 20)
        for rib in np.arange(-0.9, 0.9, rng.uniform(0.14, 0.24)):
            place = ((x - side * wide * 0.8) / 0.05) ** 2 + ((y - rib) / 0.035) ** 2
            hounsfield[place < 1] = 450
    hounsfield[(np.abs(x) < 0.06) & (y < rng.uniform(-0.3, 0.1))] = rng.choice((-990, 45))  # the airway
    if rng.random() < 0.4:
        hounsfield[np.abs(x) < rng.uniform(0.08, 0.14)] = 250  # the spine
    return np.asarray(hounsfield + rng.normal(0, rng.uniform(5, 40), hounsfield.shape))


def draw_lateral_chest(rng: np.random.Generator) -> Image.Image:
    """Draw a lateral chest radiograph: how much of a phantom of ellipsoids each ray passes."""
    size_px = 256
    y, x = np.mgrid[-1 : 1 : size_px * 1j, -1 : 1 : size_px * 1j]
    lean = rng.uniform(-0.25, 0.15)
    x = x + lean * y
    depth = rng.uniform(0.6, 0.95)

    def passed(center_x: float, center_y: float, across: float, along: float) -> NDArray[np.float64]:
        rest = 1 - ((x - center_x) / across) ** 2 - ((y - center_y) / along) ** 2
        return np.asarray(np.sqrt(np.clip(rest, 0, None)))

    amount = passed(0, 0.5, depth, 1.7) * 1.5 + passed(depth * 0.2, -1.0, depth * 0.9, 0.55)
    floor = rng.uniform(0.25, 0.75)
    lungs = passed(0, 0.1, depth * 0.78, rng.uniform(0.85, 1.05)) * (y < floor - 0.2 * np.cos(2.2 * x))
    amount -= lungs * rng.uniform(0.8, 1.15)
    amount += passed(-depth * 0.3, rng.uniform(0.15, 0.45), 0.32, 0.36) * rng.uniform(0.3, 0.8)  # the heart
    amount += passed(-depth * 0.05, -0.1, 0.18, 0.22) * rng.uniform(0.1, 0.4)  # vessels at its root
    step = rng.uniform(0.15, 0.2)
    for number, place in enumerate(np.arange(-1, 1, step)):
        bend = depth * (0.62 + 0.1 * np.sin(2 * place + 0.5))
        amount += passed(bend, place, 0.11, step * 0.42) * rng.uniform(0.3, 0.5)
        if number % 2 == 0:
            slope = (x - bend) * rng.uniform(0.3, 0.6)
            rib = np.abs(y - place - slope - 0.25 * (x / depth) ** 2) < 0.025
            amount += rib * (np.abs(x) < depth * 0.75) * 0.1
    if rng.random() < 0.6:
        amount += passed(-depth * 0.2, -0.95, rng.uniform(0.2, 0.5), 0.3) * rng.uniform(0.3, 1)  # raised arms
    amount += rng.normal(0, 0.012, amount.shape)
    low, high = np.percentile(amount, (rng.uniform(2, 12), rng.uniform(90, 99.5)))
    gray = np.clip((amount - low) / max(high - low, 1e-6), 0, 1) ** rng.uniform(0.7, 1.5) * 255
    picture = Image.fromarray(gray.astype(np.uint8)).filter(ImageFilter.GaussianBlur(rng.uniform(0.8, 2.2)))
    if rng.random() < 0.5:
        picture = ImageOps.mirror(picture)
    cut = [int(value) for value in rng.uniform(0, 0.12, 4) * size_px]
    return picture.crop((cut[0], cut[1], size_px - cut[2], size_px - cut[3])).convert("RGB")


def _add_lungs(
    rng: np.random.Generator,
    hounsfield: NDArray[np.float64],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    wide: float,
    tall: float,
) -> None:
    for side in (-1, 1):
        center = side * wide * rng.uniform(0.42, 0.5)
        breadth, length = wide * rng.uniform(0.28, 0.44), tall * rng.uniform(0.5, 0.85)
        lung = ((x - center) / breadth) ** 2 + ((y + 0.02) / length) ** 2 < 1
        hounsfield[lung] = rng.uniform(-880, -780)
        for _ in range(int(rng.integers(25, 110))):
            vessel_x, vessel_y = rng.normal(center * 0.8, breadth * 0.5), rng.normal(0, length * 0.5)
            vessel = (x - vessel_x) ** 2 + (y - vessel_y) ** 2 < rng.uniform(0.008, 0.022) ** 2
            hounsfield[vessel & lung] = 20
        if rng.random() < 0.4:
            spot = (x - center) ** 2 + (y - rng.normal(0, 0.2)) ** 2 < rng.uniform(0.05, 0.2) ** 2
            hounsfield[spot & lung] = rng.uniform(-600, 20)
    heart = ((x - rng.uniform(-0.15, 0.0)) / rng.uniform(0.2, 0.3)) ** 2 + ((y + 0.12) / 0.27) ** 2 < 1
    hounsfield[heart] = rng.uniform(30, 180)


def _add_organs(
    rng: np.random.Generator,
    hounsfield: NDArray[np.float64],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    wide: float,
    tall: float,
) -> None:
    liver = ((x + wide * 0.4) / (wide * 0.42)) ** 2 + ((y + 0.05) / (tall * 0.6)) ** 2 < 1
    hounsfield[liver] = rng.uniform(55, 120)
    for _ in range(int(rng.integers(4, 14))):
        center_x, center_y = rng.uniform(-0.5, 0.5) * wide, rng.uniform(-0.6, 0.5) * tall
        organ = ((x - center_x) / rng.uniform(0.04, 0.16)) ** 2 + (
            (y - center_y) / rng.uniform(0.04, 0.12)
        ) ** 2 < 1
        hounsfield[organ] = rng.choice((-900, -90, 10, 60, 150))


def _add_bones(
    rng: np.random.Generator,
    hounsfield: NDArray[np.float64],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    wide: float,
    tall: float,
) -> None:
    spine = (x / 0.11) ** 2 + ((y - tall * 0.6) / 0.1) ** 2
    hounsfield[spine < 1] = 400
    hounsfield[spine < 0.6] = 180
    for angle in np.linspace(0, 2 * np.pi, int(rng.integers(8, 18)), endpoint=False) + rng.uniform(0, 1):
        rib_x, rib_y = wide * 0.86 * np.cos(angle), tall * 0.84 * np.sin(angle)
        rib = ((x - rib_x) / 0.05) ** 2 + ((y - rib_y) / 0.03) ** 2 < 1
        hounsfield[rib] = 500
