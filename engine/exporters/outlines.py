"""Outlines of Regions over a picture, as vectors: numbered, told apart by color, dash and shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.exporters.contents import FigureContent, NumberedRegion
from engine.model.findings import Review
from engine.model.geometry import Point, Polygon

# Okabe and Ito (2008), told apart with any color vision; without the yellow, which is lost on white.
_PALETTE = (
    "rgb(0,114,178)",
    "rgb(213,94,0)",
    "rgb(0,158,115)",
    "rgb(204,121,167)",
    "rgb(86,180,233)",
    "rgb(230,159,0)",
)
_REJECTED = "rgb(138,143,150)"
_ADDED = "rgb(29,107,60)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One Region as it is drawn; ``dash`` in points, empty for a solid line; a square mark is disputed."""

    mark: str
    polygons: tuple[Polygon, ...]
    color: str
    dash: tuple[float, ...] = ()
    square: bool = False


def outlines(figure: FigureContent) -> list[Outline]:
    """Return all outlines of a figure; Regions of the whole picture have none."""
    labels = sorted({item.region.label for item in figure.regions})
    colors = {label: _PALETTE[index % len(_PALETTE)] for index, label in enumerate(labels)}
    machine = [_outline(item, colors[item.region.label]) for item in figure.regions if item.region.polygons]
    return machine + [
        _added(review, letter) for review, letter in zip(figure.added, _letters(), strict=False)
    ]


def legend(figure: FigureContent) -> str:
    """Return what the line styles that occur in the figure mean."""
    parts = []
    if any(item.disputed and item.region.polygons for item in figure.regions):
        parts.append("dashed with a square number: a text contradicts it")
    if any(item.rejected and item.region.polygons for item in figure.regions):
        parts.append("gray and dotted: rejected by an analyst")
    if figure.added:
        parts.append("green with a letter: drawn by an analyst")
    return f"Outlines — {'; '.join(parts)}." if parts else ""


def thinned(polygon: Polygon, step_px: float) -> list[Point]:
    """Return the points of an outline that are at least ``step_px`` apart, at least three."""
    kept = [polygon.points[0]]
    for point in polygon.points[1:]:
        last = kept[-1]
        if abs(point.x - last.x) + abs(point.y - last.y) >= step_px:
            kept.append(point)
    return kept if len(kept) > 2 else list(polygon.points[:3])


def mark_places(
    shapes: Sequence[Outline], width_px: float, height_px: float, radius_px: float
) -> list[tuple[float, float]]:
    """Return where the number of each outline goes: on it, towards a corner that is still free."""
    taken: list[tuple[float, float]] = []
    for shape in shapes:
        biggest = max(shape.polygons, key=lambda polygon: polygon.box.area_px)
        wishes = [_corner(biggest, right, down) for down in (-1, 1) for right in (-1, 1)]
        wishes.append(biggest.box.center)
        inside = [
            (min(max(x, radius_px), width_px - radius_px), min(max(y, radius_px), height_px - radius_px))
            for x, y in ((spot.x, spot.y) for spot in wishes)
        ]
        free = (spot for spot in inside if all(_apart(spot, other, radius_px * 1.9) for other in taken))
        taken.append(next(free, inside[4]))
    return taken


def _corner(polygon: Polygon, right: int, down: int) -> Point:
    """Return the point of an outline that lies farthest towards a corner of the picture."""
    return max(polygon.points, key=lambda point: right * point.x + down * point.y)


def _apart(one: tuple[float, float], other: tuple[float, float], distance: float) -> bool:
    return abs(one[0] - other[0]) >= distance or abs(one[1] - other[1]) >= distance


def _outline(item: NumberedRegion, color: str) -> Outline:
    dash: tuple[float, ...] = (1.0, 2.0) if item.rejected else (4.0, 2.0) if item.disputed else ()
    return Outline(
        mark=str(item.number),
        polygons=item.region.polygons,
        color=_REJECTED if item.rejected else color,
        dash=dash,
        square=item.disputed,
    )


def _added(review: Review, letter: str) -> Outline:
    return Outline(mark=letter, polygons=review.polygons, color=_ADDED)


def _letters() -> list[str]:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return [*alphabet, *(first + second for first in alphabet for second in alphabet)]
