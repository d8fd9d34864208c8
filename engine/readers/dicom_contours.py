"""Contours of radiotherapy structure sets (PS3.3 C.8.8.6), drawn in the patient's own space."""

from __future__ import annotations

import math
from typing import Any, cast

from engine.model.findings import Outline, outline_id
from engine.model.geometry import Plane, Point, Polygon
from engine.readers.dicom_elements import items, numbers, words
from engine.readers.dicom_masks import referenced_frames
from engine.readers.limits import MAX_OUTLINE_POINTS

_Vector = tuple[float, float, float]
_CLOSED = frozenset({"CLOSED_PLANAR", "CLOSEDPLANAR_XOR"})
_UPRIGHT = 0.999


def structure_names(dataset: Any) -> dict[int, str]:
    """Return the name of each structure by its number."""
    return {
        int(number[0]): words(roi, "ROIName")
        for roi in items(dataset, "StructureSetROISequence")
        if (number := numbers(roi, "ROINumber"))
    }


def contour_outlines(dataset: Any, sha256: str) -> tuple[tuple[Outline, ...], tuple[str, ...]]:
    """Return the closed contours of all structures, and a remark where the limits cut them short."""
    names, spaces = structure_names(dataset), _spaces(dataset)
    found: list[Outline] = []
    points = 0
    for roi in items(dataset, "ROIContourSequence"):
        number = int((*numbers(roi, "ReferencedROINumber"), -1)[0])
        label = names.get(number) or f"structure {number}"
        for contour in items(roi, "ContourSequence"):
            places = _places(contour)
            plane = _plane(places)
            if plane is None:
                continue
            points += len(places)
            if points > MAX_OUTLINE_POINTS:
                return tuple(found), (f"only its first {len(found)} contours are kept (limit on points)",)
            found.append(
                Outline(
                    id=outline_id(sha256, len(found), label),
                    sha256=sha256,
                    label=label,
                    score=1.0,
                    polygons=(_polygon(places, plane),),
                    targets=tuple(
                        target
                        for image in items(contour, "ContourImageSequence")
                        for target in referenced_frames(image)
                    ),
                    space_uid=spaces.get(number, ""),
                    plane=plane,
                )
            )
    return tuple(found), ()


def _spaces(dataset: Any) -> dict[int, str]:
    return {
        int(number[0]): words(roi, "ReferencedFrameOfReferenceUID")
        for roi in items(dataset, "StructureSetROISequence")
        if (number := numbers(roi, "ROINumber"))
    }


def _places(contour: Any) -> list[_Vector]:
    if words(contour, "ContourGeometricType").upper() not in _CLOSED:
        return []
    data = numbers(contour, "ContourData")
    return [cast("_Vector", data[at : at + 3]) for at in range(0, len(data) - 2, 3)]


def _plane(places: list[_Vector]) -> Plane | None:
    """Return a plane with steps of 1 mm through a contour, None where it has no area."""
    if len(places) < 3:
        return None
    normal = _unit(_area_vector(places))
    if normal is None:
        return None
    if abs(normal[2]) > _UPRIGHT:
        right: _Vector | None = (1.0, 0.0, 0.0)
        normal = (0.0, 0.0, 1.0)
    else:
        right = _unit(_cross((0.0, 0.0, 1.0), normal))
    if right is None:
        return None
    return Plane(origin_mm=places[0], right=right, down=_cross(normal, right), spacing_mm=(1.0, 1.0))


def _polygon(places: list[_Vector], plane: Plane) -> Polygon:
    points = (plane.to_px(place) for place in places)
    return Polygon(tuple(Point(round(point.x, 3), round(point.y, 3)) for point in points))


def _area_vector(places: list[_Vector]) -> _Vector:
    """Return twice the area of a flat contour as a vector upright on it (Newell's method)."""
    pairs = list(zip(places, [*places[1:], places[0]], strict=True))
    return (
        sum((a[1] - b[1]) * (a[2] + b[2]) for a, b in pairs),
        sum((a[2] - b[2]) * (a[0] + b[0]) for a, b in pairs),
        sum((a[0] - b[0]) * (a[1] + b[1]) for a, b in pairs),
    )


def _cross(a: _Vector, b: _Vector) -> _Vector:
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def _unit(vector: _Vector) -> _Vector | None:
    length = math.hypot(*vector)
    return (vector[0] / length, vector[1] / length, vector[2] / length) if length > 1e-9 else None
