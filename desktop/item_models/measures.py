"""Distances and areas on an Image, in pixels and, where the spacing is known, in millimeters."""

from __future__ import annotations

from math import hypot

from desktop.item_models.wording import mark, say
from engine.model.geometry import Point, Polygon

Spacing = tuple[float, float]
"""Millimeters per pixel: (row, column), the steps down and to the right."""


def distance_mm(start: Point, end: Point, spacing: Spacing) -> float:
    """Return how far two places lie apart in millimeters."""
    return hypot((end.x - start.x) * spacing[1], (end.y - start.y) * spacing[0])


def perimeter_px(polygon: Polygon) -> float:
    """Return the length of the closed outline in pixels."""
    pairs = zip(polygon.points, (*polygon.points[1:], polygon.points[0]), strict=True)
    return sum(hypot(b.x - a.x, b.y - a.y) for a, b in pairs)


def distance_words(start: Point, end: Point, spacing: Spacing | None) -> str:
    """Return a distance: millimeters first, as far as they are known."""
    pixels = f"{hypot(end.x - start.x, end.y - start.y):.1f} px"
    if spacing is None:
        return pixels
    return f"{distance_mm(start, end, spacing):.1f} mm ({pixels})"


def area_words(polygon: Polygon, spacing: Spacing | None) -> str:
    """Return the area inside an outline, in square millimeters first, as far as they are known."""
    pixels = f"{polygon.area_px:,.0f} px²"
    if spacing is None:
        around = say(mark("Wording", "around it {0} px")).format(f"{perimeter_px(polygon):,.0f}")
        return f"{pixels}, {around}"
    return f"{polygon.area_px * spacing[0] * spacing[1]:,.1f} mm² ({pixels})"
