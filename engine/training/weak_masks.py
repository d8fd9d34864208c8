"""Weak masks to learn from: boxes become outlines that were grown inside them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from engine.model.geometry import Box
from engine.segmenters.growing import grow_outline
from engine.segmenters.yolo_folder import Row


def grow_mask(picture: Path, rows: Sequence[Row]) -> list[Row]:
    """Return the rows with each box turned into an outline inside it; polygons stay."""
    import cv2

    view = cv2.cvtColor(cv2.imread(str(picture)), cv2.COLOR_BGR2RGB)
    size = np.array([view.shape[1], view.shape[0]])
    grown: list[Row] = []
    for label, values in rows:
        if len(values) > 4:
            grown.append((label, values))
            continue
        left, top = (values[:2] - values[2:] / 2) * size
        right, bottom = (values[:2] + values[2:] / 2) * size
        outline = grow_outline(np.asarray(view, np.uint8), Box(left, top, right, bottom))
        points = np.array([(point.x, point.y) for point in outline.points]) / size
        grown.append((label, np.clip(points, 0, 1).reshape(-1)))
    return grown
