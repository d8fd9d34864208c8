"""What can be measured of a Region: colors in words, side, position, area."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.model.evidence import Image, Laterality
from engine.model.findings import RegionAttributes
from engine.model.geometry import Box, Polygon, bounding_box
from engine.segmenters.contours import polygons_to_mask
from engine.segmenters.palette import measure_palette

COLOR_WORDS = (
    "black", "white", "gray", "red", "orange", "yellow", "green", "blue", "purple", "pink", "brown",
)  # fmt: skip
_NUMBERS = {word: number for number, word in enumerate(COLOR_WORDS)}
# Up to which hue (degrees) each word reaches; the circle closes with red.
_HUE_ENDS = (
    ("red", 47), ("orange", 78), ("yellow", 108), ("green", 195), ("blue", 309), ("purple", 340),
    ("red", 361),
)  # fmt: skip
_HUES = np.repeat(
    np.array([_NUMBERS[word] for word, _ in _HUE_ENDS], np.uint8),
    np.diff([end for _, end in _HUE_ENDS], prepend=0),
)
_RADIOGRAPHIC = frozenset({"CT", "CR", "DX", "RG", "RF", "MG", "MR", "PT", "NM"})
_RADIOGRAPHIC_SCENES = frozenset({"chest-xray", "limb-xray", "ct", "mr"})
_SAMPLE_PX = 48
_COLOR_SHARE = 0.2
_GRAY_PICTURE_SATURATION = 8
_COLORED_SHARE = 0.02
# Nearer to the middle than this share of the width, a thing is on no side.
_MIDDLE_SHARE = 0.06


def is_radiographic(image: Image, scene: str = "") -> bool:
    """Tell whether sides are the patient's: the picture's left is then the patient's right."""
    return image.modality.upper() in _RADIOGRAPHIC or scene in _RADIOGRAPHIC_SCENES


def describe(
    polygons: tuple[Polygon, ...],
    image: Image,
    view: NDArray[np.uint8],
    *,
    label: str = "",
    patient_sides: bool = False,
    colored: bool | None = None,
) -> RegionAttributes:
    """Measure a Region given by its outlines; ``view`` is the picture, uint8 RGB.

    ``colored``: what ``has_color`` says of the picture, where that is known already.
    """
    box = bounding_box(polygons)
    if box is None:
        return RegionAttributes()
    if colored is None:
        colored = has_color(view)
    area_px = sum(polygon.area_px for polygon in polygons)
    spacing = image.spacing_mm
    return RegionAttributes(
        palette=measure_palette(view, polygons, box) if colored else (),
        colors=dominant_colors(view, polygons, box) if colored else (),
        side=side_of(box, image.width_px, label=label, patient_sides=patient_sides),
        position=position_of(box, image.width_px, image.height_px),
        area_px=round(area_px, 1),
        area_mm2=round(area_px * spacing[0] * spacing[1], 2) if spacing else None,
    )


def side_of(box: Box, width_px: int, *, label: str = "", patient_sides: bool = False) -> Laterality | None:
    """Return the side of a box, None in the middle.

    A side named by the label itself ("right lung") counts first. Radiographs are shown as if the
    viewer faced the patient, PA and AP alike, so the picture's left is the patient's right.
    """
    first_word = label.split(" ", 1)[0]
    if first_word in (Laterality.LEFT, Laterality.RIGHT):
        return Laterality(first_word)
    offset = box.center.x / width_px - 0.5
    if abs(offset) < _MIDDLE_SHARE:
        return None
    return Laterality.LEFT if (offset < 0) != patient_sides else Laterality.RIGHT


def position_of(box: Box, width_px: int, height_px: int) -> str:
    """Return one of nine places in the picture as the viewer sees it, e.g. ``upper left``."""
    rows, columns = ("upper", "", "lower"), ("left", "", "right")
    row = rows[min(2, int(3 * box.center.y / height_px))]
    column = columns[min(2, int(3 * box.center.x / width_px))]
    return f"{row} {column}".strip() or "center"


def dominant_colors(view: NDArray[np.uint8], polygons: Sequence[Polygon], box: Box) -> tuple[str, ...]:
    """Return up to three color words that cover a fifth of the Region each, most frequent first.

    A gray Region of a colored picture gives black, white and gray; of a picture without any color
    (``has_color``) nothing should be said.
    """
    height, width = view.shape[:2]
    left, top = max(0, int(box.left)), max(0, int(box.top))
    right, bottom = min(width, int(np.ceil(box.right))), min(height, int(np.ceil(box.bottom)))
    if right <= left or bottom <= top:
        return ()
    step = max(1, max(right - left, bottom - top) // _SAMPLE_PX)
    sample = view[top:bottom:step, left:right:step]
    rows, columns = sample.shape[:2]
    inside = polygons_to_mask(polygons, (rows, columns), scale=1 / step, offset=(left, top)).view(np.bool_)
    numbers = np.flatnonzero(inside)
    pixels = sample.reshape(-1, 3)
    if len(numbers):
        pixels = np.take(pixels, numbers, axis=0)
    counts = np.bincount(name_colors(pixels), minlength=len(COLOR_WORDS))
    order = [int(index) for index in np.argsort(-counts, kind="stable")[:3]]
    return tuple(COLOR_WORDS[index] for index in order if counts[index] >= _COLOR_SHARE * len(pixels))


def has_color(view: NDArray[np.uint8]) -> bool:
    """Tell whether a picture has any color worth a word; looks at a coarse grid of it."""
    step = max(1, max(view.shape[:2]) // 64)
    grid = view[::step, ::step]
    red, green, blue = grid[..., 0], grid[..., 1], grid[..., 2]
    spread = np.maximum(np.maximum(red, green), blue) - np.minimum(np.minimum(red, green), blue)
    place = (1 - _COLORED_SHARE) * (spread.size - 1)
    low, high = np.partition(spread, (int(place), int(np.ceil(place))), axis=None)[
        [int(place), int(np.ceil(place))]
    ].tolist()
    return bool(low + (place - int(place)) * (high - low) > _GRAY_PICTURE_SATURATION)


def name_colors(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Name each RGB pixel by one of the eleven basic color terms (Berlin and Kay 1969).

    ``pixels``: uint8, shape (count, 3). Returns numbers of ``COLOR_WORDS``. Without color
    (little CIE Lab chroma) lightness decides; otherwise the hue angle in Lab, and lightness and
    chroma tell brown from orange and pink from red and purple.
    """
    import cv2

    lab = cv2.cvtColor((pixels[None].astype(np.float32) / 255), cv2.COLOR_RGB2LAB)[0]
    light, a, b = (np.ascontiguousarray(plane) for plane in lab.T)
    chroma, hue = np.sqrt(a * a + b * b), np.degrees(np.arctan2(b, a))
    hue = np.where(hue < 0, hue + 360, hue)
    names = _HUES[hue.astype(np.int64)]
    brown = (light < 55) & (chroma < 58) & (hue >= 42) | (light < 48) & (chroma < 38)
    np.putmask(names, brown & (hue >= 25) & (hue < 95), _NUMBERS["brown"])
    rosy = (light > 62) & (chroma > 14) & ((hue >= 325) | (hue < 40))
    np.putmask(names, rosy, _NUMBERS["pink"])
    neutral = (chroma < 11) | (light < 14) & (chroma < 25) | (light > 90) & (chroma < 16)
    np.putmask(names, neutral, _NUMBERS["gray"])
    np.putmask(names, neutral & (light < 25), _NUMBERS["black"])
    np.putmask(names, neutral & (light > 82), _NUMBERS["white"])
    return names
