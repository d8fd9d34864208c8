"""What an outline network learns from: the found part of a picture, turned, bent, lit in many ways."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import UsageError
from engine.segmenters.yolo_folder import YoloFolder, read_rows

_MOST_PX = 640
_SUBPIXEL_BITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlined:
    """A picture with its gold masks: uint8, shapes (height, width) and (labels, height, width).

    ``box``: left, top, right, bottom of everything outlined, in pixels.
    """

    gray: NDArray[np.uint8]
    masks: NDArray[np.uint8]
    box: NDArray[np.float64]


def read_outlined(folder: YoloFolder, pictures: list[Path]) -> list[Outlined]:
    """Read the pictures that have polygons, at most 640 px large; raises UsageError at an unreadable one."""
    import cv2

    outlined = []
    for picture in pictures:
        rows = [row for row in read_rows(folder.label_file(picture)) if len(row[1]) > 4]
        gray = cv2.imread(str(picture), cv2.IMREAD_GRAYSCALE)
        if gray is None:
            raise UsageError(f"{picture} cannot be read as a picture")
        scale = min(1.0, _MOST_PX / max(gray.shape))
        if scale < 1:
            gray = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        height, width = gray.shape
        masks = np.zeros((len(folder.labels), height, width), np.uint8)
        corners = []
        for label, values in rows:
            points = values.reshape(-1, 2) * (width, height)
            fixed: Any = np.rint((points - 0.5) * (1 << _SUBPIXEL_BITS)).astype(np.int32)
            cv2.fillPoly(masks[label], [fixed], (255,), shift=_SUBPIXEL_BITS)
            corners += [points.min(axis=0), points.max(axis=0)]
        if corners:
            box = np.concatenate([np.min(corners, axis=0), np.max(corners, axis=0)])
            outlined.append(Outlined(gray=np.asarray(gray, np.uint8), masks=masks, box=box))
    return outlined


def draw_sample(
    outlined: Outlined, size_px: int, source: np.random.Generator
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return a picture and its masks as the network sees them, different each time.

    Both float32 in [0, 1], shapes (size_px, size_px) and (labels, size_px, size_px).
    """
    import cv2

    columns, rows = _places(outlined, size_px, source)
    border = cv2.BORDER_CONSTANT if source.random() < 0.5 else cv2.BORDER_REPLICATE
    picture = cv2.remap(outlined.gray, columns, rows, cv2.INTER_LINEAR, borderMode=border)
    masks = [cv2.remap(mask, columns, rows, cv2.INTER_LINEAR) for mask in outlined.masks]
    return _lit(np.asarray(picture, np.uint8), source), np.stack(masks).astype(np.float32) / 255


def _places(
    outlined: Outlined, size_px: int, source: np.random.Generator
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return where each pixel of the sample lies: the box with loose margins, turned, sheared, bent."""
    import cv2

    width, height = outlined.box[2:] - outlined.box[:2]
    margins = source.uniform(-0.03, 0.25, 4) * (width, height, width, height)
    left, top, right, bottom = outlined.box + margins * (-1, -1, 1, 1)
    steps = (np.arange(size_px) + 0.5) / size_px - 0.5
    across, down = np.meshgrid(steps, steps)
    angle, shear = np.deg2rad(source.uniform(-12, 12)), source.uniform(-0.08, 0.08)
    knots = int(source.integers(3, 7))
    bends = source.normal(size=(2, knots, knots)).astype(np.float32) * source.uniform(0, 0.035)
    bend_x, bend_y = (cv2.resize(each, (size_px, size_px), interpolation=cv2.INTER_CUBIC) for each in bends)
    x = across * np.cos(angle) - down * np.sin(angle) + shear * down + bend_x + 0.5
    y = across * np.sin(angle) + down * np.cos(angle) + bend_y + 0.5
    return (
        (x * (right - left) + left - 0.5).astype(np.float32),
        (y * (bottom - top) + top - 0.5).astype(np.float32),
    )


def _lit(picture: NDArray[np.uint8], source: np.random.Generator) -> NDArray[np.float32]:
    """Change contrast and light, blur, add noise and a dense patch, each at times."""
    import cv2

    if source.random() < 0.3:
        tiles = int(source.integers(2, 9))
        picture = np.asarray(cv2.createCLAHE(source.uniform(1, 4), (tiles, tiles)).apply(picture), np.uint8)
    size_px = len(picture)
    lit = (picture.astype(np.float32) / 255) ** np.exp(source.normal(0, 0.35))
    lit = (lit - 0.5) * source.uniform(0.6, 1.4) + 0.5 + source.uniform(-0.2, 0.2)
    if source.random() < 0.5:
        uneven = source.normal(0, 0.15, (3, 3)).astype(np.float32)
        lit = lit + cv2.resize(uneven, (size_px, size_px), interpolation=cv2.INTER_CUBIC)
    if source.random() < 0.3:
        lit = cv2.GaussianBlur(lit, (0, 0), source.uniform(0.4, 1.6))
    if source.random() < 0.4:
        lit = lit + source.normal(0, source.uniform(0, 0.05), lit.shape)
    if source.random() < 0.3:
        lit = lit + _patch(size_px, source)
    if source.random() < 0.1:
        lit = 1 - lit
    return np.asarray(np.clip(lit, 0, 1), np.float32)


def _patch(size_px: int, source: np.random.Generator) -> NDArray[np.float64]:
    """Return a soft bright patch, as a dense part of a lung is."""
    steps = (np.arange(size_px) + 0.5) / size_px
    center_x, center_y = source.uniform(0.1, 0.9), source.uniform(0.2, 1.0)
    reach_x, reach_y = source.uniform(0.05, 0.25, 2)
    strength = source.uniform(0.1, 0.5)
    across = np.exp(-np.square((steps - center_x) / reach_x))
    down = np.exp(-np.square((steps - center_y) / reach_y))
    return np.asarray(strength * np.outer(down, across))
