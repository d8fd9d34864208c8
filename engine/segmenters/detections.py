"""The numbers of a YOLO network become boxes, scores and masks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelMismatch
from engine.segmenters.calibration import Line, calibrated, calibrated_of
from engine.segmenters.contours import Contour, trace

_GRAY = 114  # what ultralytics pads with
_MASK_CHANNELS = 32
_MAX_DETECTIONS = 300
_CLASS_GAP_PX = 7680.0
MAX_MASK_PX = 768
_AS_THEY_ARE: Mapping[str, Line] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterbox:
    """How a picture lies in the network's square: ``square = picture * scale + (left, top)``."""

    scale: float
    left: int
    top: int
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Detections:
    """Boxes (left, top, right, bottom) in the network's square, scores, class numbers, mask factors."""

    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    classes: NDArray[np.int64]
    factors: NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Found:
    """One object in a picture: the number of its label, its score, its outlines in picture pixels."""

    label_number: int
    score: float
    outlines: tuple[Contour, ...]


def letterbox(view: NDArray[np.uint8], size_px: int, *, gray: bool) -> tuple[NDArray[np.uint8], Letterbox]:
    """Fit an RGB picture into the network's square as ultralytics does.

    Returns uint8, shape (1, size_px, size_px, 3), or with one channel where ``gray``; and where the
    picture lies in it.
    """
    import cv2

    height, width = view.shape[:2]
    scale = min(size_px / height, size_px / width)
    new_width, new_height = max(1, round(width * scale)), max(1, round(height * scale))
    left, top = round((size_px - new_width) / 2 - 0.1), round((size_px - new_height) / 2 - 0.1)
    fitted = view
    if (new_width, new_height) != (width, height):
        fitted = cv2.resize(view, (new_width, new_height), interpolation=cv2.INTER_LINEAR)
    if gray:
        fitted = cv2.cvtColor(fitted, cv2.COLOR_RGB2GRAY)[..., None]
    square = np.full((1, size_px, size_px, fitted.shape[2]), _GRAY, np.uint8)
    square[0, top : top + new_height, left : left + new_width] = fitted
    placed = Letterbox(scale=scale, left=left, top=top, width_px=width, height_px=height)
    return square, placed


def decode(
    output: NDArray[np.float32],
    labels: Sequence[str],
    *,
    confidence: float,
    overlap: float,
    calibration: Mapping[str, Line] = _AS_THEY_ARE,
) -> Detections:
    """Return the detections of one picture, best first, after non-maximum suppression per class.

    ``output``: shape (1, 4 + labels [+ 32], anchors), boxes as center and size; or, from a network
    that suppresses by itself, shape (1, detections, 6 [+ 32]). ``confidence``: the least score, as
    ``calibration`` makes it. Raises ModelMismatch otherwise.
    """
    rows, class_count = output[0], len(labels)
    if rows.shape[0] in (4 + class_count, 4 + class_count + _MASK_CHANNELS):
        scores = rows[4 : 4 + class_count]
        if calibration:
            scores = calibrated(scores, labels, calibration)
        return _suppress(_candidates(rows, scores, confidence), overlap)
    if rows.shape[1] in (6, 6 + _MASK_CHANNELS):
        classes = rows[:, 5].astype(np.int64)
        scores = rows[:, 4]
        if calibration:
            scores = calibrated_of(scores, [labels[number] for number in classes], calibration)
        kept = scores >= confidence
        return Detections(
            boxes=rows[kept, :4], scores=scores[kept], classes=classes[kept], factors=rows[kept, 6:]
        )
    raise ModelMismatch(f"the network's output of shape {output.shape} does not fit {class_count} labels")


def _candidates(
    rows: NDArray[np.float32], class_scores: NDArray[np.float32], confidence: float
) -> Detections:
    best = class_scores.max(axis=0)
    kept = np.flatnonzero(best > confidence)
    kept = kept[np.argsort(-best[kept], kind="stable")]
    columns = rows[:, kept].T
    half = columns[:, 2:4] / 2
    return Detections(
        boxes=np.concatenate([columns[:, :2] - half, columns[:, :2] + half], axis=1),
        scores=best[kept],
        classes=class_scores[:, kept].argmax(axis=0).astype(np.int64),
        factors=columns[:, 4 + len(class_scores) :],
    )


def _suppress(found: Detections, overlap: float) -> Detections:
    """Keep the best of boxes of one class that overlap by more than ``overlap`` (IoU)."""
    shifted = found.boxes + found.classes[:, None].astype(np.float32) * _CLASS_GAP_PX
    areas = (shifted[:, 2] - shifted[:, 0]) * (shifted[:, 3] - shifted[:, 1])
    left_over = np.arange(len(shifted))
    kept: list[int] = []
    while len(left_over) and len(kept) < _MAX_DETECTIONS:
        first, others = left_over[0], left_over[1:]
        kept.append(int(first))
        corners = np.minimum(shifted[first, 2:], shifted[others, 2:]) - np.maximum(
            shifted[first, :2], shifted[others, :2]
        )
        shared = np.clip(corners, 0, None).prod(axis=1)
        left_over = others[shared <= overlap * (areas[first] + areas[others] - shared)]
    return Detections(
        boxes=found.boxes[kept],
        scores=found.scores[kept],
        classes=found.classes[kept],
        factors=found.factors[kept],
    )


def picture_boxes(found: Detections, placed: Letterbox) -> NDArray[np.float64]:
    """Return the boxes in picture pixels, clipped to the picture, shape (detections, 4)."""
    offset = np.array([placed.left, placed.top] * 2, np.float64)
    limits = np.array([placed.width_px, placed.height_px] * 2, np.float64)
    return np.clip((found.boxes - offset) / placed.scale, 0, limits)


def outline(
    factors: NDArray[np.float32],
    prototypes: NDArray[np.float32],
    box: NDArray[np.float64],
    placed: Letterbox,
    size_px: int,
    most_px: int = MAX_MASK_PX,
) -> tuple[Contour, ...]:
    """Return the outlines of one detection's mask in picture pixels.

    ``prototypes``: float32, shape (32, height, width), over the network's square. Their weighted
    sum is enlarged to the picture (at most ``most_px``), cut to the box, and traced where it is positive.
    """
    grid = max(1.0, max(placed.width_px, placed.height_px) / most_px)
    left, top = (floor(edge / grid) for edge in box[:2].tolist())
    right, bottom = (ceil(edge / grid) for edge in box[2:].tolist())
    if right - left < 1 or bottom - top < 1:
        return ()
    if most_px == size_px <= max(placed.width_px, placed.height_px):
        part = (left + placed.left, top + placed.top, right + placed.left, bottom + placed.top)
        enlarged = _enlarged(factors, prototypes, part, size_px // prototypes.shape[2])
    else:
        enlarged = _warped(factors, prototypes, (left, top, right, bottom), grid, placed, size_px)
    mask = (enlarged > 0).view(np.uint8)
    return trace(mask, scale=(grid, grid), offset=(left * grid, top * grid))


def _enlarged(
    factors: NDArray[np.float32],
    prototypes: NDArray[np.float32],
    part: tuple[int, int, int, int],
    times: int,
) -> NDArray[np.float32]:
    """Return a part (left, top, right, bottom) of the summed prototypes, enlarged ``times``."""
    import cv2

    left, top, right, bottom = part
    # A pixel lies between two cells each way.
    first_column, first_row = max(0, left // times - 1), max(0, top // times - 1)
    cells = prototypes[:, first_row : bottom // times + 2, first_column : right // times + 2]
    enlarged = cv2.resize(_summed(factors, cells), None, fx=times, fy=times, interpolation=cv2.INTER_LINEAR)
    column, row = left - first_column * times, top - first_row * times
    return np.asarray(enlarged[row : row + bottom - top, column : column + right - left])


def _warped(
    factors: NDArray[np.float32],
    prototypes: NDArray[np.float32],
    part: tuple[int, int, int, int],
    grid: float,
    placed: Letterbox,
    size_px: int,
) -> NDArray[np.float32]:
    """Return the summed prototypes on a part (left, top, right, bottom) of a grid over the picture.

    ``grid``: picture pixels from one of its pixels to the next.
    """
    import cv2

    left, top, right, bottom = part
    # Grid pixel (u, v) lies at ((u + 0.5 + left) * grid) in the picture, and so in the prototypes.
    to_cell = prototypes.shape[2] / size_px
    step = grid * placed.scale * to_cell
    start_x = ((0.5 + left) * grid * placed.scale + placed.left) * to_cell - 0.5
    start_y = ((0.5 + top) * grid * placed.scale + placed.top) * to_cell - 0.5
    warped = cv2.warpAffine(
        _summed(factors, prototypes),
        np.array([[step, 0, start_x], [0, step, start_y]]),
        (right - left, bottom - top),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(warped)


def _summed(factors: NDArray[np.float32], prototypes: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(np.einsum("c,chw->hw", factors, prototypes))  # too small to be worth BLAS threads
