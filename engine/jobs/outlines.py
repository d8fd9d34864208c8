"""Outlines that one file draws on pictures of others become Regions, whichever was read first.

It is done after all files are read, from what the case holds, so doing it again changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Self

from engine.model.evidence import Image
from engine.model.findings import Outline, Region, RegionAttributes, region_id
from engine.model.geometry import Plane, Point, Polygon, bounding_box
from engine.model.ids import ImageId
from engine.model.runs import make_component
from engine.readers.dicom_geometry import plane_of
from engine.segmenters.attributes import is_radiographic, position_of, side_of
from engine.store import CaseStore

OUTLINES = make_component("segmenter", "dicom-outlines", "1")
"""Who found these Regions: nobody here; a person or a program that wrote the DICOM file."""

# Pictures that are themselves masks are not drawn on.
_MASKS = "SEG"
_PARALLEL = 0.99
_LEAST_DEPTH_MM = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """An Image that may be drawn on, and where it lies in the patient."""

    image: Image
    plane: Plane | None
    depth_mm: float

    @classmethod
    def of(cls, image: Image) -> Self:
        stated = dict(image.metadata)
        place = plane_of(
            _numbers(stated.get("image_position_mm", "")),
            _numbers(stated.get("image_orientation", "")),
            image.spacing_mm,
        )
        thickness = _numbers(stated.get("slice_thickness_mm", ""))
        return cls(image=image, plane=place, depth_mm=max((_LEAST_DEPTH_MM, *thickness)) / 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pictures:
    """The DICOM pictures of the case, by what outlines name."""

    by_instance: dict[str, list[_Spot]] = field(default_factory=lambda: defaultdict(list))
    by_space: dict[str, list[_Spot]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, images: Iterable[Image]) -> Self:
        pictures = cls()
        for image in images:
            stated = dict(image.metadata)
            if "instance_uid" not in stated or image.modality == _MASKS:
                continue
            spot = _Spot.of(image)
            pictures.by_instance[stated["instance_uid"]].append(spot)
            if spot.plane is not None and (space := stated.get("frame_of_reference_uid")):
                pictures.by_space[space].append(spot)
        return pictures


def place_outlines(store: CaseStore) -> tuple[Outline, ...]:
    """Make Regions of all Outlines whose pictures are in the case; return those that wait for theirs."""
    outlines = store.outlines()
    before = {region.image_id for region in store.regions(component_id=OUTLINES.id)}
    if not outlines and not before:
        return ()
    pictures = _Pictures.of(store.images())
    drawn: dict[ImageId, dict[tuple[str, str], list[tuple[Outline, tuple[Polygon, ...]]]]] = {}
    images: dict[ImageId, Image] = {}
    waiting = []
    for outline in outlines:
        places = list(_places(outline, pictures))
        if not places:
            waiting.append(outline)
        for image, polygons in places:
            images[image.id] = image
            things = drawn.setdefault(image.id, {})
            things.setdefault((outline.sha256, outline.label), []).append((outline, polygons))
    for image_id in sorted({*drawn, *before}):
        regions = [_region(images[image_id], parts) for parts in drawn.get(image_id, {}).values()]
        store.place_regions(image_id, OUTLINES.id, regions)
    return tuple(waiting)


def _places(outline: Outline, pictures: _Pictures) -> Iterator[tuple[Image, tuple[Polygon, ...]]]:
    """Yield each picture that an Outline is drawn on, with its polygons in that picture's pixels."""
    if outline.targets:
        for uid, frame in outline.targets:
            spots = pictures.by_instance.get(uid, [])
            yield from _on(outline, [spot for spot in spots if frame is None or spot.image.frame == frame])
    elif outline.plane is not None and outline.space_uid:
        yield from _on(outline, pictures.by_space.get(outline.space_uid, []))


def _on(outline: Outline, spots: Sequence[_Spot]) -> Iterator[tuple[Image, tuple[Polygon, ...]]]:
    plane = outline.plane
    if plane is None:
        if len(spots) == 1:  # of several frames none is named
            yield spots[0].image, outline.polygons
        return
    for spot in spots:
        if spot.plane is not None and _coincide(outline, plane, spot.plane, spot.depth_mm):
            yield spot.image, tuple(_moved(each, plane, spot.plane) for each in outline.polygons)


def _coincide(outline: Outline, plane: Plane, other: Plane, depth_mm: float) -> bool:
    parallel = abs(sum(a * b for a, b in zip(plane.normal, other.normal, strict=True)))
    first = plane.to_mm(outline.polygons[0].points[0])
    return parallel > _PARALLEL and other.distance_mm(first) <= depth_mm


def _moved(polygon: Polygon, plane: Plane, other: Plane) -> Polygon:
    points = (other.to_px(plane.to_mm(point)) for point in polygon.points)
    return Polygon(tuple(Point(round(point.x, 2), round(point.y, 2)) for point in points))


def _region(image: Image, parts: Sequence[tuple[Outline, tuple[Polygon, ...]]]) -> Region:
    """Make one Region of all that a file draws on a picture under one label."""
    label = parts[0][0].label
    polygons = tuple(polygon for _, each in parts for polygon in each)
    area_px = sum(polygon.area_px for polygon in polygons)
    spacing = image.spacing_mm
    box = bounding_box(polygons)
    assert box is not None
    sides = is_radiographic(image)
    return Region(
        id=region_id(image.id, OUTLINES.id, label, polygons),
        image_id=image.id,
        label=label,
        score=min(outline.score for outline, _ in parts),
        component_id=OUTLINES.id,
        polygons=polygons,
        attributes=RegionAttributes(
            side=side_of(box, image.width_px, label=label, patient_sides=sides),
            position=position_of(box, image.width_px, image.height_px),
            area_px=round(area_px, 1),
            area_mm2=round(area_px * spacing[0] * spacing[1], 2) if spacing else None,
        ),
    )


def _numbers(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in text.split("\\"))
    except ValueError:
        return ()
