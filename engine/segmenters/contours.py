"""Masks become polygons, and polygons masks again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.model.geometry import Box, Point, Polygon

# The points of an outline in picture pixels: float64, shape (points, 2).
Contour = NDArray[np.float64]
# A splinter beside the main part is noise of the mask's edge, not a part of the thing.
_SPLINTER = 0.04


def mask_to_polygons(
    mask: NDArray[np.uint8],
    *,
    scale: tuple[float, float] = (1.0, 1.0),
    tolerance: float = 0.9,
    holes: bool = False,
) -> tuple[Polygon, ...]:
    """Return the outlines of a mask as ``trace`` finds them."""
    return tuple(map(as_polygon, trace(mask, scale=scale, tolerance=tolerance, holes=holes)))


def trace(
    mask: NDArray[np.uint8],
    *,
    scale: tuple[float, float] = (1.0, 1.0),
    offset: tuple[float, float] = (0.0, 0.0),
    start: tuple[int, int] = (0, 0),
    tolerance: float = 0.9,
    holes: bool = False,
) -> tuple[Contour, ...]:
    """Trace the outlines of a mask, largest first, in hundredths of a picture pixel.

    ``mask``: uint8, shape (height, width), 0 is background. A mask pixel (column, row) lies at
    ``(column + 0.5) * scale + offset`` in the picture; the mask's first pixel is (column, row) ``start``.
    ``tolerance``: how far, in mask pixels, a simplified outline may lie from the traced one. ``holes``:
    large holes are kept, tied to the outline by a cut of no width; else they are filled.
    """
    import cv2

    mode = cv2.RETR_CCOMP if holes else cv2.RETR_EXTERNAL
    outlines, tree = cv2.findContours(mask, mode, cv2.CHAIN_APPROX_NONE, offset=start)
    sizes = [cv2.contourArea(outline) for outline in outlines]
    least = max(_SPLINTER * max(sizes, default=0.0), 1.0)
    kept = [number for number in np.argsort(sizes)[::-1] if sizes[number] >= least]
    shapes = {int(number): cv2.approxPolyDP(outlines[number], tolerance, True)[:, 0] for number in kept}
    shapes = {number: points for number, points in shapes.items() if len(points) >= 3}
    traced = []
    for number, points in shapes.items():
        if tree[0, number, 3] >= 0:  # the outline of a hole
            continue
        joined = points
        for inner in shapes:
            if tree[0, inner, 3] == number:
                joined = _cut_out(joined, shapes[inner])
        traced.append(np.round((joined + 0.5) * scale + offset, 2))
    return tuple(traced)


def as_contour(polygon: Polygon) -> Contour:
    return np.array([(point.x, point.y) for point in polygon.points])


def as_polygon(contour: Contour) -> Polygon:
    return Polygon(tuple([Point(x, y) for x, y in contour.tolist()]))


def extent(outlines: Sequence[Contour]) -> Box | None:
    """Return the box around all outlines, or None where there are none."""
    if not outlines:
        return None
    points = outlines[0] if len(outlines) == 1 else np.concatenate(outlines)
    return Box(*points.min(axis=0).tolist(), *points.max(axis=0).tolist())


def _cut_out(points: NDArray[np.int32], hole: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return an outline that runs into the hole and back where the two are nearest.

    cv2 traces holes against the sense of outlines, so that the enclosed area is what is left.
    """
    distances = np.square(points[:, None].astype(np.int64) - hole[None]).sum(axis=2)
    near, inner = (int(index) for index in np.unravel_index(distances.argmin(), distances.shape))
    turned = np.roll(hole, -inner, axis=0)
    return np.concatenate([points[: near + 1], turned, turned[:1], points[near:]])


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
        np.rint(((as_contour(polygon) - offset) * scale - 0.5) * 16).astype(np.int32) for polygon in polygons
    ]
    if outlines:
        cv2.fillPoly(mask, outlines, (1,), lineType=cv2.LINE_8, shift=4)
    return mask


def clip_rows(polygon: Polygon, top: float, bottom: float) -> Polygon | None:
    """Return the part of a polygon between two picture rows (Sutherland and Hodgman 1974), or None.

    Where it is cut, new points are rounded to hundredths of a pixel.
    """
    points: Sequence[Point] = polygon.points
    above, below = [point.y >= top for point in points], [point.y <= bottom for point in points]
    if not all(above):
        points = _clipped(points, above, top)
        below = [point.y <= bottom for point in points]
    if not all(below):
        points = _clipped(points, below, bottom)
    if len(points) < 3:
        return None
    return Polygon(tuple([_rounded(point) if point.y in (top, bottom) else point for point in points]))


def _clipped(points: Sequence[Point], kept: Sequence[bool], row: float) -> list[Point]:
    """Return the kept points, and where the outline crosses a row; some dozen are no work for numpy."""
    clipped: list[Point] = []
    before, was_kept = points[-1], kept[-1]
    for point, is_kept in zip(points, kept, strict=True):
        if is_kept != was_kept:
            run = (point.x - before.x) * (row - before.y) / (point.y - before.y)
            clipped.append(Point(before.x + run, row))
        if is_kept:
            clipped.append(point)
        before, was_kept = point, is_kept
    return clipped


def _rounded(point: Point) -> Point:
    # As numpy rounds the other points.
    return Point(round(point.x * 100) / 100, round(point.y * 100) / 100)
