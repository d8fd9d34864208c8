"""Painted surfaces: wood, asphalt, bricks, plaster, labels, signs and number plates."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from sample_cases.scene_photographs.mesh import f32

Texture = NDArray[np.uint8]


def noise(shape: tuple[int, int], scales: tuple[float, ...], seed: int) -> NDArray[np.float32]:
    """Return smooth noise around 0 with a spread of about 1, summed over scales in pixels."""
    rng = np.random.default_rng(seed)
    total = np.zeros(shape, np.float32)
    for scale in scales:
        small = (max(2, int(shape[1] / scale)), max(2, int(shape[0] / scale)))
        grid = rng.normal(0, 1, small[::-1]).astype(np.float32)
        total += cv2.resize(grid, shape[::-1], interpolation=cv2.INTER_CUBIC)
    return f32(total / len(scales) ** 0.5)


def speckled(
    color: tuple[int, int, int], amount: float, scales: tuple[float, ...], seed: int, size: int = 768
) -> Texture:
    """Return a color with noise of ``amount`` levels."""
    grain = noise((size, size), scales, seed)[..., None]
    return np.clip(f32(color) + amount * grain, 0, 255).astype(np.uint8)


def wood(color: tuple[int, int, int], seed: int, planks: int = 6, size: int = 1_024) -> Texture:
    """Return planks with grain along the columns' direction."""
    rng = np.random.default_rng(seed)
    picture = np.zeros((size, size, 3), np.float32)
    each = size // planks
    for plank in range(planks):
        top = plank * each
        bottom = size if plank == planks - 1 else top + each
        stretch = cv2.resize(noise((bottom - top, 48), (2, 5, 9), seed + plank), (size, bottom - top))
        fibers = cv2.resize(rng.normal(0, 1, (bottom - top, 12)).astype(np.float32), (size, bottom - top))
        rings = np.sin(stretch * 3.0 + np.linspace(0, 9, bottom - top)[:, None])
        tone = rng.normal(0, 9) + 10 * rings + 4 * fibers
        picture[top:bottom] = f32(color) + tone[..., None] * f32([1.0, 0.85, 0.65])
        if planks > 1:
            picture[top : top + 3] *= 0.45
            seam = int(rng.uniform(0.1, 0.9) * size)
            picture[top:bottom, seam : seam + 3] *= 0.55
    return np.clip(picture, 0, 255).astype(np.uint8)


def bricks(seed: int, columns: int = 14, rows: int = 20, size: int = 1_200) -> Texture:
    rng = np.random.default_rng(seed)
    picture = f32([176, 168, 156]) + 9 * noise((size, size), (3, 9), seed)[..., None]
    tall, wide = size / rows, size / columns
    for row in range(rows):
        shift = (row % 2) * wide / 2
        for column in range(-1, columns + 1):
            tone = rng.normal(0, 11)
            color = f32([158, 84, 66]) + tone * f32([1, 0.8, 0.7])
            x0, x1 = int(column * wide + shift) + 4, int((column + 1) * wide + shift) - 3
            y0, y1 = int(row * tall) + 4, int((row + 1) * tall) - 3
            picture[max(y0, 0) : y1, max(x0, 0) : max(x1, 0)] = color
    picture += 8 * noise((size, size), (2, 6, 30), seed + 1)[..., None]
    return np.clip(picture, 0, 255).astype(np.uint8)


def lettering(
    text: str,
    *,
    size: tuple[int, int],
    ink: tuple[int, int, int],
    paper: tuple[int, int, int],
    height: float = 0.7,
    border: int = 0,
) -> Texture:
    """Return a sign: ``text`` in the middle of ``paper``, as high as a share of the sign."""
    width, tall = size
    picture = Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size=tall * height)
    left, top, right, bottom = draw.textbbox((0, 0), text, font=font, stroke_width=tall // 60)
    if right - left > width * 0.9:
        font = ImageFont.load_default(size=tall * height * width * 0.9 / (right - left))
        left, top, right, bottom = draw.textbbox((0, 0), text, font=font, stroke_width=tall // 60)
    place = ((width - left - right) / 2, (tall - top - bottom) / 2)
    draw.text(place, text, font=font, fill=ink, stroke_width=tall // 60, stroke_fill=ink)
    if border:
        draw.rectangle((border, border, width - 1 - border, tall - 1 - border), outline=ink, width=border)
    return np.asarray(picture)


def number_plate(text: str) -> Texture:
    """Return a plate in no country's style: blue band, white field, black letters."""
    field = lettering(text, size=(520, 120), ink=(18, 18, 22), paper=(240, 240, 236), height=0.85, border=5)
    plate = field.copy()
    plate[6:-6, 6:44] = (30, 70, 160)
    return plate


def ruler(length_cm: int = 20) -> Texture:
    """Return the photo scale that lies beside small exhibits."""
    picture = np.full((80, length_cm * 40, 3), 244, np.uint8)
    for cm in range(length_cm):
        if cm % 2 == 0:
            picture[52:, cm * 40 : (cm + 1) * 40] = 20
        for tenth in range(10):
            picture[: 26 if tenth == 0 else 18 if tenth == 5 else 11, cm * 40 + tenth * 4] = 20
        cv2.putText(
            picture, str(cm), (cm * 40 + 4, 46), cv2.FONT_HERSHEY_SIMPLEX, 0.45, (20, 20, 20), 1, cv2.LINE_AA
        )
    return picture


def asphalt(seed: int, size: int = 2_400) -> Texture:
    """Return asphalt: stones of all sizes, and a few patches worn lighter."""
    rng = np.random.default_rng(seed)
    stones = cv2.GaussianBlur(rng.normal(0, 1, (size, size)).astype(np.float32), (0, 0), 1.1)
    patches = noise((size, size), (120, 400), seed + 1)
    grey = 92 + 30 * stones + 5 * patches
    return np.asarray(np.clip(grey[..., None] + f32([0, 1, 3]), 0, 255), np.uint8)


def tiles(color: tuple[int, int, int], across: int, seed: int = 1, size: int = 1_200) -> Texture:
    rng = np.random.default_rng(seed)
    picture = np.zeros((size, size, 3), np.float32)
    edge = size / across
    for row in range(across):
        for column in range(across):
            window = np.s_[
                int(row * edge) : int((row + 1) * edge), int(column * edge) : int((column + 1) * edge)
            ]
            picture[window] = f32(color) + rng.normal(0, 2.5)
    for line in range(across):
        at = int(line * edge)
        picture[at : at + 4] = picture[:, at : at + 4] = f32(color) * 0.78
    return np.clip(picture, 0, 255).astype(np.uint8)


def landscape(width: int = 460, height: int = 310) -> Texture:
    """Return a painting of hills and a lake, for a frame on a wall."""
    picture = np.zeros((height, width, 3), np.float32)
    sky = np.linspace(0, 1, height)[:, None]
    picture[:] = (f32([120, 160, 200]) * (1 - sky) + f32([240, 220, 180]) * sky)[:, None]
    x = np.arange(width)
    for level, color, wave in (
        (0.5, (110, 130, 140), 60),
        (0.6, (84, 112, 92), 45),
        (0.72, (60, 92, 62), 80),
    ):
        ridge = height * (level - 0.07 * np.sin(x / wave) - 0.04 * np.sin(x / 23 + level * 9))
        picture[np.arange(height)[:, None] > ridge[None, :]] = color
    picture[int(height * 0.82) :] = (96, 138, 158)
    return np.clip(picture + 4 * noise((height, width), (3, 8), 2)[..., None], 0, 255).astype(np.uint8)
