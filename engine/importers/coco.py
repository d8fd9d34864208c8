"""COCO files: object detection and segmentation (cocodataset.org, Data format), our own too."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.errors import UsageError
from engine.importers.labeled import LabeledArea, LabeledPicture, Outline, inside, of_flat, read_json
from engine.importers.run_lengths import decode
from engine.model.geometry import Box, Polygon
from engine.readers.pixel_edges import trace


def read(path: Path) -> list[LabeledPicture]:
    """Return the pictures of a COCO file; raises UsageError where it is none."""
    document = read_json(path)
    try:
        labels = {category["id"]: str(category["name"]) for category in document["categories"]}
        areas: dict[Any, list[LabeledArea]] = {}
        for annotation in document["annotations"]:
            areas.setdefault(annotation["image_id"], []).append(_area(annotation, labels))
        return [_picture(image, areas.get(image["id"], [])) for image in document["images"]]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"{path} is not a COCO file: {error!r} is wrong in it") from error


def _picture(image: Mapping[str, Any], areas: list[LabeledArea]) -> LabeledPicture:
    return LabeledPicture(
        name=str(image.get("file_name", "")),
        areas=tuple(areas),
        sha256=str(image.get("sha256", "")),
        identity=str(image.get("casebook_id", "")),
        frame=int(image.get("frame", 0)),
        width_px=int(image["width"]) if "width" in image else None,
        height_px=int(image["height"]) if "height" in image else None,
    )


def _area(annotation: Mapping[str, Any], labels: Mapping[Any, str]) -> LabeledArea:
    score = annotation.get("score")
    return LabeledArea(
        label=labels[annotation["category_id"]],
        outline=_outline(annotation.get("segmentation"), annotation.get("bbox")),
        identity=str(annotation.get("casebook_id", "")),
        remark=f"score {float(score):.3f}" if score is not None else "",
    )


def _outline(drawn: Any, box: Any) -> Outline:
    """Return how to find the outline: polygons, runs of a mask, or the box where nothing is drawn."""

    def polygons(width_px: int, height_px: int) -> tuple[Polygon, ...]:
        if isinstance(drawn, Mapping):
            return trace(decode(drawn, width_px, height_px))
        if drawn:
            return inside(map(of_flat, drawn), width_px, height_px)
        if not box:
            raise ValueError("it has neither outline nor box")
        left, top, width, height = map(float, box)
        return inside([Box(left, top, left + width, top + height).as_polygon()], width_px, height_px)

    return polygons
