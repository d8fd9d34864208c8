"""Pictures that the project draws itself to train on: pages and charts.

All are RGB pictures made from a seeded generator, so that they need no one's rights and come out
the same everywhere. Text is set in the typeface that Pillow carries.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from PIL import Image, ImageDraw, ImageFont

_TEXT = "report patient chest finding no left right lung exhibit it scene photo to an is was the of and in"
_SYLLABLES = tuple(_TEXT.split())
_INKS = ((0, 0, 0), (20, 20, 40), (40, 40, 40), (10, 30, 90))
_PAPERS = ((255, 255, 255), (250, 248, 240), (238, 238, 238), (245, 235, 215))
_HUES = ((200, 60, 50), (50, 90, 180), (60, 150, 80), (230, 160, 40), (120, 80, 160), (90, 90, 90))


def draw_page(rng: np.random.Generator) -> Image.Image:
    """Draw a page: heading and paragraphs, a few words, or a cover; sometimes a table, a box, two columns."""
    width, height = int(rng.integers(420, 720)), int(rng.integers(520, 900))
    if rng.random() < 0.2:
        width, height = height, width
    paper, ink = _pick(rng, _PAPERS), _pick(rng, _INKS)
    page = Image.new("RGB", (width, height), paper)
    draw = ImageDraw.Draw(page)
    size_px = int(rng.integers(9, 22))
    margin = int(rng.integers(15, 70))
    if rng.random() < 0.35:
        _write_few_words(rng, draw, page.size, ink)
        return page
    if rng.random() < 0.2:
        _draw_cover(rng, draw, page.size)
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


def _draw_cover(rng: np.random.Generator, draw: ImageDraw.ImageDraw, size: tuple[int, int]) -> None:
    """Fill a page with large type, blocks of color, and strokes as of a pen."""
    width, height = size
    for _ in range(int(rng.integers(0, 4))):
        left, top = float(rng.uniform(-0.2, 0.8)) * width, float(rng.uniform(-0.2, 0.8)) * height
        block = (
            left,
            top,
            left + float(rng.uniform(0.1, 0.7)) * width,
            top + float(rng.uniform(0.1, 0.9)) * height,
        )
        draw.rectangle(block, fill=_pick(rng, _HUES), outline=_pick(rng, (*_HUES, *_INKS)))
    for _ in range(int(rng.integers(0, 4))):
        x, y, angle = float(rng.uniform(0, width)), float(rng.uniform(0, height)), float(rng.uniform(0, 7))
        bend, points = float(rng.normal(0, 0.3)), []
        for _ in range(int(rng.integers(2, 16))):
            points.append((x, y))
            angle += bend
            x, y = x + 30 * float(np.cos(angle)), y + 30 * float(np.sin(angle))
        draw.line(points, fill=_pick(rng, _INKS), width=int(rng.integers(2, 16)), joint="curve")
    for _ in range(int(rng.integers(0, 3))):
        font = ImageFont.load_default(float(rng.uniform(24, 170)))
        place = (float(rng.uniform(0, 0.5)) * width, float(rng.uniform(0, 0.85)) * height)
        draw.text(place, _words(rng, int(rng.integers(1, 4))).title(), _pick(rng, (*_INKS, *_HUES)), font)


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
