"""Folders of labelme's JSON files (labelme, ``_label_file.py``), one beside each picture."""

from __future__ import annotations

import base64
import binascii
import io
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from engine.errors import UsageError
from engine.importers.labeled import LabeledArea, LabeledPicture, Outline, inside, of_points, read_json
from engine.model.geometry import Box, Point, Polygon
from engine.readers.pixel_edges import trace

_CIRCLE_POINTS = 64


def read(path: Path) -> list[LabeledPicture]:
    """Return the pictures of a folder, or of one file; raises UsageError where there is none."""
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files:
        raise UsageError(f"{path} holds no .json file of labelme")
    return [_picture(file) for file in files]


def _picture(file: Path) -> LabeledPicture:
    document = read_json(file)
    try:
        name = str(document.get("imagePath") or file.stem).replace("\\", "/")
        beside = file.parent / name.rsplit("/", 1)[-1]
        width, height = document.get("imageWidth"), document.get("imageHeight")
        return LabeledPicture(
            name=name,
            areas=tuple(_area(shapes) for shapes in _grouped(document["shapes"])),
            file=beside if beside.is_file() else None,
            identity=Path(name).stem,
            width_px=int(width) if width else None,
            height_px=int(height) if height else None,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"{file} is not a labelme file: {error!r} is wrong in it") from error


def _grouped(shapes: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Return shapes, those of one label and group together: they are one area in several pieces."""
    groups: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for number, shape in enumerate(shapes):
        group = shape.get("group_id")
        key = ("alone", number) if group is None else (shape["label"], group)
        groups.setdefault(key, []).append(shape)
    return list(groups.values())


def _area(shapes: Sequence[Mapping[str, Any]]) -> LabeledArea:
    outlines = [_outline(shape) for shape in shapes]

    def polygons(width_px: int, height_px: int) -> tuple[Polygon, ...]:
        return tuple(polygon for outline in outlines for polygon in outline(width_px, height_px))

    return LabeledArea(
        label=str(shapes[0]["label"]),
        outline=polygons,
        identity=str(shapes[0].get("description") or ""),
    )


def _outline(shape: Mapping[str, Any]) -> Outline:
    kind, points = str(shape.get("shape_type") or "polygon"), shape["points"]

    def polygons(width_px: int, height_px: int) -> tuple[Polygon, ...]:
        if kind == "polygon":
            found: Sequence[Polygon] = [of_points(points)]
        elif kind == "rectangle":
            (x, y), (u, v) = points
            found = [Box(min(x, u), min(y, v), max(x, u), max(y, v)).as_polygon()]
        elif kind == "circle":
            found = [_circle(*points)]
        elif kind == "mask":
            found = _mask(shape["mask"], points, width_px, height_px)
        else:
            raise ValueError(f"a {kind} encloses no area")
        return inside(found, width_px, height_px)

    return polygons


def _circle(center: Sequence[float], edge: Sequence[float]) -> Polygon:
    radius = math.dist(center, edge)
    turns = (2 * math.pi * number / _CIRCLE_POINTS for number in range(_CIRCLE_POINTS))
    return of_points([(center[0] + radius * math.cos(t), center[1] + radius * math.sin(t)) for t in turns])


def _mask(
    text: str, corners: Sequence[Sequence[float]], width_px: int, height_px: int
) -> tuple[Polygon, ...]:
    """Return the outline of a mask: a PNG that covers the box between two corners, both within."""
    from PIL import Image, UnidentifiedImageError

    left, top = (round(value) for value in corners[0])
    try:
        with Image.open(io.BytesIO(base64.b64decode(text, validate=True)), formats=("PNG",)) as picture:
            if picture.width > width_px or picture.height > height_px:
                raise ValueError("its mask is larger than the picture")
            mask = np.asarray(picture.convert("L")) > 0
    except (binascii.Error, UnidentifiedImageError, OSError, SyntaxError) as error:
        raise ValueError(f"its mask is no PNG: {error}") from error
    return tuple(
        Polygon(tuple(Point(point.x + left, point.y + top) for point in polygon.points))
        for polygon in trace(mask)
    )
