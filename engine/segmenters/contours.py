"""Masks become polygons, and polygons masks again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.model.geometry import Point, Polygon

# A splinter beside the main part is noise of the mask's edge, not a part of the thing.
_SPLINTER = 0.04


def mask_to_polygons(
    mask: NDArray[np.uint8],
    *,
    scale: tuple[float, float] = (1.0, 1.0),
    offset: tuple[float, float] = (0.0, 0.0),
    tolerance: float = 0.9,
    holes: bool = False,
) -> tuple[Polygon, ...]:
    """Trace the outlines of a mask, largest first.

    ``mask``: uint8, shape (height, width), 0 is background. A mask pixel (column, row) lies at
    ``(column + 0.5) * scale + offset`` in the picture. ``tolerance``: how far, in mask pixels,
    a simplified outline may lie from the traced one. ``holes``: large holes are kept, tied to the
    outline by a cut of no width; else they are filled.
    """
    import cv2

    mode = cv2.RETR_CCOMP if holes else cv2.RETR_EXTERNAL
    outlines, tree = cv2.findContours(mask, mode, cv2.CHAIN_APPROX_NONE)
    sizes = [cv2.contourArea(outline) for outline in outlines]
    least = max(_SPLINTER * max(sizes, default=0.0), 1.0)
    kept = [number for number in np.argsort(sizes)[::-1] if sizes[number] >= least]
    shapes = {int(number): cv2.approxPolyDP(outlines[number], tolerance, True)[:, 0] for number in kept}
    shapes = {number: points for number, points in shapes.items() if len(points) >= 3}
    polygons = []
    for number, points in shapes.items():
        if tree[0, number, 3] >= 0:  # the outline of a hole
            continue
        joined = points
        for inner in shapes:
            if tree[0, inner, 3] == number:
                joined = _cut_out(joined, shapes[inner])
        polygons.append(_placed(joined, scale, offset))
    return tuple(polygons)


def _cut_out(points: NDArray[np.int32], hole: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return an outline that runs into the hole and back where the two are nearest.

    cv2 traces holes against the sense of outlines, so that the enclosed area is what is left.
    """
    distances = np.square(points[:, None].astype(np.int64) - hole[None]).sum(axis=2)
    near, inner = (int(index) for index in np.unravel_index(distances.argmin(), distances.shape))
    turned = np.roll(hole, -inner, axis=0)
    return np.concatenate([points[: near + 1], turned, turned[:1], points[near:]])


def _placed(points: NDArray[np.int32], scale: tuple[float, float], offset: tuple[float, float]) -> Polygon:
    places = np.round((points + 0.5) * np.array(scale) + np.array(offset), 2)
    return Polygon(tuple(Point(x, y) for x, y in places.tolist()))


def polygons_to_mask(
    polygons: Sequence[Polygon],
    shape: tuple[int, int],
    *,
    scale: float = 1.0,
    offset: tuple[float, float] = (0.0, 0.0),
) -> NDArray[np.uint8]:
    """Fill polygons into a mask of ``shape`` (height, width); 1 inside.

    A picture point lands in the mask at ``(point - offset) * scale``.
    """
    import cv2

    mask = np.zeros(shape, np.uint8)
    # The fractional bits of cv2 keep the outline between pixel centers.
    outlines: list[Any] = [
        np.rint(((_as_array(polygon) - offset) * scale - 0.5) * 16).astype(np.int32) for polygon in polygons
    ]
    if outlines:
        cv2.fillPoly(mask, outlines, (1,), lineType=cv2.LINE_8, shift=4)
    return mask


def clip_rows(polygon: Polygon, top: float, bottom: float) -> Polygon | None:
    """Return the part of a polygon between two picture rows (Sutherland and Hodgman 1974), or None."""
    points = [(point.x, point.y) for point in polygon.points]
    for limit, sign in ((top, 1.0), (bottom, -1.0)):
        points = list(_clipped(points, limit, sign))
        if len(points) < 3:
            return None
    return Polygon(tuple(Point(x, y) for x, y in np.round(points, 2).tolist()))


def _clipped(points: list[tuple[float, float]], limit: float, sign: float) -> Iterator[tuple[float, float]]:
    """Yield what lies below (``sign`` 1) or above (-1) a row; some dozen points are no work for numpy."""
    before_x, before_y = points[-1]
    was_inside = sign * (before_y - limit) >= 0
    for x, y in points:
        inside = sign * (y - limit) >= 0
        if inside != was_inside:
            yield before_x + (x - before_x) * (limit - before_y) / (y - before_y), limit
        if inside:
            yield x, y
        before_x, before_y, was_inside = x, y, inside


def _as_array(polygon: Polygon) -> NDArray[np.float64]:
    return np.array([(point.x, point.y) for point in polygon.points])
