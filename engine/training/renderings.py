"""Pictures that the project draws itself to train on: pages, charts and slices of a CT phantom.

All are RGB pictures made from a seeded generator, so that they need no one's rights and come out
the same everywhere. Text is set in the typeface that Pillow carries.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

_TEXT = "report patient chest finding no left right lung exhibit it scene photo to an is was the of and in"
_SYLLABLES = tuple(_TEXT.split())
_INKS = ((0, 0, 0), (20, 20, 40), (40, 40, 40), (10, 30, 90))
_PAPERS = ((255, 255, 255), (250, 248, 240), (238, 238, 238), (245, 235, 215))
_HUES = ((200, 60, 50), (50, 90, 180), (60, 150, 80), (230, 160, 40), (120, 80, 160), (90, 90, 90))


def draw_page(rng: np.random.Generator) -> Image.Image:
    """Draw a page: heading and paragraphs, or only a few words; sometimes a table, a box, two columns."""
    width, height = int(rng.integers(420, 720)), int(rng.integers(520, 900))
    paper, ink = _pick(rng, _PAPERS), _pick(rng, _INKS)
    page = Image.new("RGB", (width, height), paper)
    draw = ImageDraw.Draw(page)
    size_px = int(rng.integers(9, 22))
    margin = int(rng.integers(15, 70))
    if rng.random() < 0.35:
        _write_few_words(rng, draw, page.size, ink)
        return page
    columns = 2 if rng.random() < 0.25 else 1
    draw.text((margin, margin), _words(rng, 4).title(), ink, ImageFont.load_default(size_px * 1.7))
    column_width = (width - margin * (columns + 1)) // columns
    for column in range(columns):
        left = margin + column * (column_width + margin)
        _write_column(
            rng, draw, (left, margin + size_px * 3, left + column_width, height - margin), size_px, ink
        )
    if rng.random() < 0.25:
        _draw_table(rng, draw, (margin, height // 2, width - margin, height - margin), paper, ink)
    if rng.random() < 0.2:
        box = (width // 2, margin, width - margin // 2, margin + 60)
        draw.rectangle(box, outline=_pick(rng, _HUES), width=3)
    return _photographed(rng, page)


def draw_chart(rng: np.random.Generator) -> Image.Image:
    """Draw a chart: lines, bars, points or a pie, with axes, ticks, title and legend."""
    width, height = int(rng.integers(400, 800)), int(rng.integers(300, 620))
    paper = _pick(rng, (*_PAPERS, (25, 28, 35)))
    ink = (230, 230, 230) if sum(paper) < 200 else _pick(rng, _INKS)
    chart = Image.new("RGB", (width, height), paper)
    draw = ImageDraw.Draw(chart)
    font = ImageFont.load_default(float(rng.integers(10, 17)))
    left, top, right, bottom = 60, 45, width - int(rng.integers(20, 90)), height - 50
    draw.text((left, 12), _words(rng, 3).title(), ink, ImageFont.load_default(18.0))
    kind = int(rng.integers(4))
    if kind == 3:
        _draw_pie(rng, draw, (left, top, left + bottom - top, bottom), paper)
        return chart
    for tick in range(6):
        y = bottom - (bottom - top) * tick / 5
        x = left + (right - left) * tick / 5
        draw.text((left - 40, y - 7), str(tick * int(rng.integers(1, 20))), ink, font)
        draw.text((x - 8, bottom + 8), str(tick), ink, font)
        if rng.random() < 0.7:
            draw.line((left, y, right, y), fill=(190, 190, 190), width=1)
    draw.line((left, top, left, bottom, right, bottom), fill=ink, width=2)
    for series in range(int(rng.integers(1, 4))):
        _draw_series(rng, draw, (left, top, right, bottom), kind, _HUES[(series + int(rng.integers(6))) % 6])
    return chart


def draw_ct_slice(rng: np.random.Generator) -> Image.Image:
    """Draw one slice of a body phantom in Hounsfield units, through one of three common windows."""
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
    center, width = ((-600, 1500), (40, 400), (300, 1500))[int(rng.choice(3, p=(0.5, 0.35, 0.15)))]
    gray = np.clip((hounsfield - center) / width + 0.5, 0, 1) * 255
    picture = Image.fromarray(gray.astype(np.uint8)).filter(ImageFilter.GaussianBlur(rng.uniform(0.4, 1.2)))
    air = rng.uniform(-0.06, 0.12, 4)  # between the body and the picture's edges; some cut into the body
    edges = (-wide - air[0], -tall - air[1], wide + air[2], tall + air[3])
    box = [int(np.clip((edge + 1) / 2, 0, 1) * size_px) for edge in edges]
    return picture.rotate(rng.uniform(-6, 6)).crop((box[0], box[1], box[2], box[3])).convert("RGB")


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


def _write_column(
    rng: np.random.Generator,
    draw: ImageDraw.ImageDraw,
    box: tuple[int, int, int, int],
    size_px: int,
    ink: tuple[int, int, int],
) -> None:
    left, y, right, bottom = box
    font = ImageFont.load_default(float(size_px))
    while y < bottom - size_px:
        if rng.random() < 0.15:
            y += size_px
            continue
        line = _words(rng, 40)
        while line and draw.textlength(line, font) > right - left:
            line = line[: -max(1, len(line) // 8)]
        if rng.random() < 0.15:
            line = line[: len(line) // 2]
        draw.text((left, y), line, ink, font)
        y += int(size_px * rng.uniform(1.2, 1.6))


def _write_few_words(
    rng: np.random.Generator, draw: ImageDraw.ImageDraw, size: tuple[int, int], ink: tuple[int, int, int]
) -> None:
    """Leave most of the page empty: up to four lines, mostly at its top, sometimes in large type."""
    size_px = float(rng.choice((9, 12, 16, 60), p=(0.3, 0.3, 0.25, 0.15)))
    font = ImageFont.load_default(size_px)
    left = int(rng.integers(10, size[0] // 2))
    top = int(rng.integers(10, size[1] // (5 if rng.random() < 0.7 else 1)))
    for number in range(int(rng.integers(0, 5))):
        words = _words(rng, int(rng.integers(1, 12)))
        draw.text((left, top + number * size_px * 1.4), words, ink, font)


def _draw_table(
    rng: np.random.Generator,
    draw: ImageDraw.ImageDraw,
    box: tuple[int, int, int, int],
    paper: tuple[int, int, int],
    ink: tuple[int, int, int],
) -> None:
    left, top, right, bottom = box
    draw.rectangle(box, fill=paper)
    rows, columns = int(rng.integers(3, 9)), int(rng.integers(2, 6))
    font = ImageFont.load_default(11.0)
    for row in range(rows + 1):
        y = top + (bottom - top) * row / rows
        draw.line((left, y, right, y), fill=ink)
        for column in range(columns):
            draw.text((left + 4 + (right - left) * column / columns, y + 4), _words(rng, 1), ink, font)
    for column in range(columns + 1):
        x = left + (right - left) * column / columns
        draw.line((x, top, x, bottom), fill=ink)


def _draw_series(
    rng: np.random.Generator,
    draw: ImageDraw.ImageDraw,
    box: tuple[int, int, int, int],
    kind: int,
    hue: tuple[int, int, int],
) -> None:
    left, top, right, bottom = box
    count = int(rng.integers(4, 14)) if kind == 1 else int(rng.integers(8, 60))
    heights = np.clip(rng.uniform(0.2, 0.8) + np.cumsum(rng.normal(0, 0.1, count)), 0.02, 0.98)
    places = [
        (left + (right - left) * (index + 0.5) / count, bottom - (bottom - top) * float(height))
        for index, height in enumerate(heights)
    ]
    if kind == 0:
        draw.line(places, fill=hue, width=int(rng.integers(1, 4)))
    elif kind == 1:
        half = (right - left) / count * 0.35
        for x, y in places:
            draw.rectangle((x - half, y, x + half, bottom), fill=hue)
    else:
        for x, y in places:
            draw.ellipse((x - 3, y - 3, x + 3, y + 3), fill=hue)


def _draw_pie(
    rng: np.random.Generator,
    draw: ImageDraw.ImageDraw,
    box: tuple[int, int, int, int],
    paper: tuple[int, int, int],
) -> None:
    edges = np.concatenate([[0], np.cumsum(rng.dirichlet(np.ones(int(rng.integers(3, 7)))))]) * 360
    for index, (start, end) in enumerate(pairwise(edges)):
        draw.pieslice(box, float(start), float(end), fill=_HUES[index % 6], outline=paper)


def _photographed(rng: np.random.Generator, page: Image.Image) -> Image.Image:
    """Return the page as it is, or slightly turned and shaded as if scanned or photographed."""
    if rng.random() < 0.5:
        return page
    shade = Image.linear_gradient("L").resize(page.size).point(lambda value: 255 - value // 4)
    shaded = Image.composite(page, Image.new("RGB", page.size, (150, 145, 135)), shade)
    return shaded.rotate(rng.uniform(-4, 4), fillcolor=(120, 115, 110))


def _words(rng: np.random.Generator, count: int) -> str:
    return " ".join("".join(rng.choice(_SYLLABLES, int(rng.integers(1, 4)))) for _ in range(count))


def _pick(rng: np.random.Generator, choices: tuple[tuple[int, int, int], ...]) -> tuple[int, int, int]:
    return choices[int(rng.integers(len(choices)))]
