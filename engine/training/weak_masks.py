"""Weak masks: boxes become outlines that were grown inside them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.segmenters.yolo_folder import Row


def grow_mask(picture: Path, rows: Sequence[Row]) -> list[Row]:
    """Turn boxes into weak masks: Otsu's threshold inside each box, its largest part; polygons stay.

    The thing is what differs from the box's border; where that is not half as large as the box or
    breaks apart, an ellipse in the box stands for it.
    """
    import cv2

    pixels = cv2.imread(str(picture))
    height, width = pixels.shape[:2]
    grown: list[Row] = []
    for label, values in rows:
        if len(values) > 4:
            grown.append((label, values))
            continue
        left, top = (values[:2] - values[2:] / 2) * (width, height)
        right, bottom = (values[:2] + values[2:] / 2) * (width, height)
        x0, y0, x1, y1 = max(0, int(left)), max(0, int(top)), int(np.ceil(right)), int(np.ceil(bottom))
        points = _grown_outline(pixels[y0:y1, x0:x1])
        grown.append((label, ((points + np.array([x0, y0])) / (width, height)).reshape(-1)))
    return grown


def _grown_outline(patch: NDArray[np.uint8]) -> NDArray[np.float64]:
    import cv2

    height, width = patch.shape[:2]
    if min(height, width) >= 8:
        lab = cv2.cvtColor(cv2.GaussianBlur(patch, (0, 0), 1), cv2.COLOR_BGR2LAB).astype(np.float32)
        corners = np.concatenate([lab[0, :1], lab[0, -1:], lab[-1, :1], lab[-1, -1:]]).mean(axis=0)
        distance = np.clip(np.linalg.norm(lab - corners, axis=2) * 3, 0, 255).astype(np.uint8)
        _, mask = cv2.threshold(distance, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
        outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        largest = max(outlines, key=cv2.contourArea, default=None)
        if largest is not None and 0.4 < cv2.contourArea(largest) / (height * width) < 0.97:
            simple = cv2.approxPolyDP(largest, 0.8, True)[:, 0]
            if len(simple) >= 6:
                return np.asarray(simple + 0.5, np.float64)
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    return np.stack([(np.cos(angles) + 1) * width / 2, (np.sin(angles) + 1) * height / 2], axis=1)
