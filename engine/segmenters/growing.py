"""Weak outlines: what stands out inside a box, for models that were taught with boxes alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.model.geometry import Box, Point, Polygon
from engine.segmenters.contours import mask_to_polygons

_WORK_PX = 56
_CONTEXT = 0.25
_CORE = 0.5
_ROUNDS = 2
_LEAST_EXTENT = 0.7
_LEAST_SHARE = 0.3
_LEAST_PX = 6
_CORNERS = 24


def grow_outline(view: NDArray[np.uint8], box: Box) -> Polygon:
    """Return an outline that fills ``box`` (picture pixels).

    GrabCut (Rother, Kolmogorov, Blake 2004) starts from the ellipse in the box; the colors around
    the box are background. The outline touches all four edges of the box, so that the place that was
    found stays; where nothing stands out by itself it is the ellipse.
    """
    mask = _grown(view, box)
    if mask is not None:
        polygons = mask_to_polygons(mask, tolerance=0.6)
        if polygons:
            return _stretched(polygons[0], box)
    angles = np.linspace(0, 2 * np.pi, _CORNERS, endpoint=False)
    center, width, height = box.center, box.width_px / 2, box.height_px / 2
    return Polygon(
        tuple(
            Point(
                round(center.x + width * float(np.cos(a)), 2), round(center.y + height * float(np.sin(a)), 2)
            )
            for a in angles
        )
    )


def _grown(view: NDArray[np.uint8], box: Box) -> NDArray[np.uint8] | None:
    """Return the mask of what stands out, uint8; None where that is no good part of the box."""
    import cv2

    if min(box.width_px, box.height_px) < _LEAST_PX:
        return None
    height, width = view.shape[:2]
    across, down = _CONTEXT * box.width_px, _CONTEXT * box.height_px
    left, top = max(0, int(box.left - across)), max(0, int(box.top - down))
    right, bottom = min(width, int(box.right + across) + 1), min(height, int(box.bottom + down) + 1)
    scale = min(1.0, _WORK_PX / max(right - left, bottom - top))
    size = (max(4, round((right - left) * scale)), max(4, round((bottom - top) * scale)))
    patch = cv2.resize(view[top:bottom, left:right], size, interpolation=cv2.INTER_AREA)
    x = ((np.arange(size[0]) + 0.5) * (right - left) / size[0] + left - box.center.x) * 2 / box.width_px
    y = ((np.arange(size[1]) + 0.5) * (bottom - top) / size[1] + top - box.center.y) * 2 / box.height_px
    inside = (np.abs(x)[None] <= 1) & (np.abs(y)[:, None] <= 1)
    mask = np.where(inside, cv2.GC_PR_BGD, cv2.GC_BGD).astype(np.uint8)
    distance = np.square(x)[None] + np.square(y)[:, None]
    mask[distance <= 1] = cv2.GC_PR_FGD
    mask[distance <= _CORE**2] = cv2.GC_FGD
    if not (mask == cv2.GC_BGD).any():
        return None
    cv2.setRNGSeed(0)  # it starts from random clusters, and must find the same again
    models = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(patch, mask, None, *models, _ROUNDS, cv2.GC_INIT_WITH_MASK)
    found = ((mask == cv2.GC_FGD) | (mask == cv2.GC_PR_FGD)).astype(np.uint8)
    _, numbered, stats, _ = cv2.connectedComponentsWithStats(found)
    if len(stats) < 2:
        return None
    best = 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
    extent = np.array([inside.any(axis=0).sum(), inside.any(axis=1).sum()])
    reach = stats[best, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]] / extent
    if reach.min() < _LEAST_EXTENT or stats[best, cv2.CC_STAT_AREA] < _LEAST_SHARE * extent.prod():
        return None
    return np.asarray(numbered == best, np.uint8)


def _stretched(polygon: Polygon, box: Box) -> Polygon:
    """Return the outline moved and scaled so that ``box`` is its bounding box."""
    points = np.array([(point.x, point.y) for point in polygon.points])
    low, span = points.min(axis=0), np.ptp(points, axis=0)
    placed = (points - low) / np.maximum(span, 1e-9) * (box.width_px, box.height_px) + (box.left, box.top)
    return Polygon(tuple(Point(round(float(x), 2), round(float(y), 2)) for x, y in placed))
