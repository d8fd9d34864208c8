"""The numbers of a YOLO network become boxes, scores and masks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelMismatch
from engine.model.geometry import Polygon
from engine.segmenters.calibration import Line, calibrated, calibrated_of
from engine.segmenters.contours import mask_to_polygons

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One object in a picture: the number of its label, its score, its outlines in picture pixels."""

    label_number: int
    score: float
    polygons: tuple[Polygon, ...]


def letterbox(view: NDArray[np.uint8], size_px: int, *, gray: bool) -> tuple[NDArray[np.float32], Letterbox]:
    """Fit an RGB picture into the network's square as ultralytics does.

    Returns float32 in [0, 1], shape (1, 3, size_px, size_px), and where the picture lies in it.
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
        fitted = cv2.cvtColor(cv2.cvtColor(fitted, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    square = np.full((size_px, size_px, 3), _GRAY, np.uint8)
    square[top : top + new_height, left : left + new_width] = fitted
    planes = np.multiply(square.transpose(2, 0, 1)[None], 1 / 255, dtype=np.float32)
    placed = Letterbox(scale=scale, left=left, top=top, width_px=width, height_px=height)
    return np.ascontiguousarray(planes), placed


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
) -> tuple[Polygon, ...]:
    """Return the outlines of one detection's mask in picture pixels.

    ``prototypes``: float32, shape (32, height, width), over the network's square. Their weighted
    sum is enlarged to the picture (at most ``most_px``), cut to the box, and traced where it is positive.
    """
    import cv2

    width = prototypes.shape[2]
    logits = np.einsum("c,chw->hw", factors, prototypes)  # too small to be worth BLAS threads
    grid = max(1.0, max(placed.width_px, placed.height_px) / most_px)
    left, top = np.floor(box[:2] / grid)
    right, bottom = np.ceil(box[2:] / grid)
    if right - left < 1 or bottom - top < 1:
        return ()
    # Grid pixel (u, v) lies at ((u + 0.5 + left) * grid) in the picture, and so in the prototypes.
    to_cell = width / size_px
    step = grid * placed.scale * to_cell
    start_x = ((0.5 + left) * grid * placed.scale + placed.left) * to_cell - 0.5
    start_y = ((0.5 + top) * grid * placed.scale + placed.top) * to_cell - 0.5
    matrix = np.array([[step, 0, start_x], [0, step, start_y]])
    enlarged = cv2.warpAffine(
        logits,
        matrix,
        (int(right - left), int(bottom - top)),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    mask = (enlarged > 0).view(np.uint8)
    return mask_to_polygons(mask, scale=(grid, grid), offset=(float(left * grid), float(top * grid)))
