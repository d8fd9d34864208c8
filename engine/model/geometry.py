"""Plane geometry of an Image: points, polygons and boxes in pixels, origin top left."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """A position in pixels, ``x`` to the right and ``y`` down; may lie between pixel centers."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle in pixels, half-open: ``right`` and ``bottom`` lie outside."""

    left: float
    top: float
    right: float
    bottom: float

    def __post_init__(self) -> None:
        if self.right < self.left or self.bottom < self.top:
            raise ValueError(f"a box cannot be inside out: {self}")

    @property
    def width_px(self) -> float:
        return self.right - self.left

    @property
    def height_px(self) -> float:
        return self.bottom - self.top

    @property
    def area_px(self) -> float:
        return self.width_px * self.height_px

    @property
    def center(self) -> Point:
        return Point((self.left + self.right) / 2, (self.top + self.bottom) / 2)

    def intersection_over_union(self, other: Box) -> float:
        """Return the overlap with ``other`` in [0, 1]; 0 where both are empty."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        shared = max(width, 0.0) * max(height, 0.0)
        union = self.area_px + other.area_px - shared
        return shared / union if union > 0 else 0.0

    def as_polygon(self) -> Polygon:
        return Polygon(
            (
                Point(self.left, self.top),
                Point(self.right, self.top),
                Point(self.right, self.bottom),
                Point(self.left, self.bottom),
            )
        )


@dataclass(frozen=True, slots=True)
class Polygon:
    """At least three points, in order, not closed: the last point is joined to the first."""

    points: tuple[Point, ...]

    def __post_init__(self) -> None:
        if len(self.points) < 3:
            raise ValueError(f"a polygon needs three points, not {len(self.points)}")

    @property
    def area_px(self) -> float:
        """The enclosed area in square pixels by the shoelace formula."""
        pairs = zip(self.points, (*self.points[1:], self.points[0]), strict=True)
        return abs(sum(a.x * b.y - b.x * a.y for a, b in pairs)) / 2

    @property
    def box(self) -> Box:
        xs = [point.x for point in self.points]
        ys = [point.y for point in self.points]
        return Box(min(xs), min(ys), max(xs), max(ys))


def bounding_box(polygons: tuple[Polygon, ...]) -> Box | None:
    """Return the box around all polygons, or None where there are none."""
    if not polygons:
        return None
    boxes = [polygon.box for polygon in polygons]
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """Where a picture lies in the patient, as DICOM states it (PS3.3 C.7.6.2.1.1).

    ``origin_mm`` is the center of the first pixel; ``right`` and ``down`` are unit vectors along
    a row and along a column; ``spacing_mm`` is (row, column), the steps down and to the right.
    """

    origin_mm: tuple[float, float, float]
    right: tuple[float, float, float]
    down: tuple[float, float, float]
    spacing_mm: tuple[float, float]

    @property
    def normal(self) -> tuple[float, float, float]:
        """The unit vector that stands upright on the plane."""
        (a, b, c), (d, e, f) = self.right, self.down
        return (b * f - c * e, c * d - a * f, a * e - b * d)

    def distance_mm(self, place_mm: tuple[float, float, float]) -> float:
        """Return how far a place lies from the plane."""
        return abs(_along(self.normal, self._offset(place_mm)))

    def to_mm(self, point: Point) -> tuple[float, float, float]:
        """Return the place in the patient of a point of the picture."""
        x_mm, y_mm = (point.x - 0.5) * self.spacing_mm[1], (point.y - 0.5) * self.spacing_mm[0]
        return (
            self.origin_mm[0] + x_mm * self.right[0] + y_mm * self.down[0],
            self.origin_mm[1] + x_mm * self.right[1] + y_mm * self.down[1],
            self.origin_mm[2] + x_mm * self.right[2] + y_mm * self.down[2],
        )

    def to_px(self, place_mm: tuple[float, float, float]) -> Point:
        """Return the point of the picture that is nearest to a place in the patient."""
        offset = self._offset(place_mm)
        return Point(
            _along(self.right, offset) / self.spacing_mm[1] + 0.5,
            _along(self.down, offset) / self.spacing_mm[0] + 0.5,
        )

    def _offset(self, place_mm: tuple[float, float, float]) -> tuple[float, float, float]:
        x, y, z = self.origin_mm
        return (place_mm[0] - x, place_mm[1] - y, place_mm[2] - z)


def _along(direction: tuple[float, float, float], offset: tuple[float, float, float]) -> float:
    return direction[0] * offset[0] + direction[1] * offset[1] + direction[2] * offset[2]
