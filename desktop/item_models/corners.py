"""Outlines with few enough corners that a hand can move each."""

from __future__ import annotations

from math import hypot

from engine.model.geometry import Point, Polygon

_MOST_CORNERS = 40
_FINEST_SHARE = 0.002


def fewer_corners(polygon: Polygon) -> Polygon:
    """Return the outline with at most 40 corners, no farther from the old one than needed for that.

    Douglas and Peucker (1973), Algorithms for the reduction of the number of points.
    """
    if len(polygon.points) <= _MOST_CORNERS:
        return polygon
    tolerance_px = hypot(polygon.box.width_px, polygon.box.height_px) * _FINEST_SHARE
    while True:
        kept = _reduced(polygon.points, tolerance_px)
        if len(kept) <= _MOST_CORNERS:
            return Polygon(kept) if len(kept) >= 3 else polygon.box.as_polygon()
        tolerance_px *= 1.5


def _reduced(points: tuple[Point, ...], tolerance_px: float) -> tuple[Point, ...]:
    """Reduce a closed line: it is cut at the corner farthest from its first."""
    first = points[0]
    far = max(range(len(points)), key=lambda number: _apart(points[number], first))
    halves = (points[: far + 1], (*points[far:], first))
    return tuple(point for half in halves for point in _open_line(half, tolerance_px)[:-1])


def _open_line(points: tuple[Point, ...], tolerance_px: float) -> list[Point]:
    kept, waiting = {0, len(points) - 1}, [(0, len(points) - 1)]
    while waiting:
        start, end = waiting.pop()
        between = range(start + 1, end)
        farthest = max(between, key=lambda n: _off(points[n], points[start], points[end]), default=None)
        if farthest is not None and _off(points[farthest], points[start], points[end]) > tolerance_px:
            kept.add(farthest)
            waiting += [(start, farthest), (farthest, end)]
    return [points[number] for number in sorted(kept)]


def _off(point: Point, start: Point, end: Point) -> float:
    """Return how far a point lies from the line between two others."""
    length = _apart(start, end)
    if not length:
        return _apart(point, start)
    across = (end.x - start.x) * (start.y - point.y) - (start.x - point.x) * (end.y - start.y)
    return abs(across) / length


def _apart(one: Point, other: Point) -> float:
    return hypot(one.x - other.x, one.y - other.y)
