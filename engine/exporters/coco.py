"""Regions in the COCO format for object detection and segmentation (cocodataset.org, Data format).

Ids in COCO are numbers; the case's own ids stand beside them as ``casebook_id``. What analysts corrected or
rejected is exported as they decided: rejected Regions are left out, corrected ones carry the new label,
those they drew stand beside.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.exporters import words
from engine.exporters.decided import DecidedRegion, Decisions
from engine.exporters.options import ExportOptions
from engine.model.geometry import Polygon, bounding_box
from engine.progress import Progress
from engine.settings import ENGINE_VERSION

if TYPE_CHECKING:
    from engine.store import CaseStore


def write(store: CaseStore, out: Path, options: ExportOptions) -> None:
    """Write all Images, and all Regions that have an outline, to ``out``."""
    decisions = Decisions(store)
    images: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    categories: dict[str, int] = {}
    total = store.counts().images
    for number, image in enumerate(store.images(), 1):
        options.progress(Progress(step="images", done=number - 1, total=total))
        files = store.files_of_image(image.id)
        images.append(
            {
                "id": number,
                "file_name": words.evidence_path(files[0]) if files else "",
                "width": image.width_px,
                "height": image.height_px,
                "frame": image.frame,
                "sha256": image.sha256,
                "casebook_id": image.id,
            }
        )
        for region in decisions.regions(image):
            annotations.append(_annotation(region, number, len(annotations) + 1, categories))
    document = {
        "info": _info(store, options),
        "licenses": [],
        "images": images,
        "annotations": annotations,
        "categories": [{"id": key, "name": label, "supercategory": ""} for label, key in categories.items()],
    }
    with out.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
        json.dump(document, stream, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        stream.write("\n")


def _info(store: CaseStore, options: ExportOptions) -> dict[str, Any]:
    return {
        "description": f"Regions of the case {store.case.name}",
        "version": "1",
        "year": options.at.year,
        "contributor": store.case.examiner,
        "date_created": options.at.isoformat(),
        "program": f"Casebook {ENGINE_VERSION}",
    }


def _annotation(
    region: DecidedRegion, image_number: int, number: int, categories: dict[str, int]
) -> dict[str, Any]:
    box = bounding_box(region.polygons)
    assert box is not None  # a decided Region always has an outline
    return {
        "id": number,
        "image_id": image_number,
        "category_id": categories.setdefault(region.label, len(categories) + 1),
        "segmentation": [_flat(polygon) for polygon in region.polygons],
        "bbox": [round(box.left, 2), round(box.top, 2), round(box.width_px, 2), round(box.height_px, 2)],
        "area": round(sum(polygon.area_px for polygon in region.polygons), 2),
        "iscrowd": 0,
        "score": region.score,
        "verdict": region.verdict.value if region.verdict else "",
        "casebook_id": region.id,
    }


def _flat(polygon: Polygon) -> list[float]:
    return [round(value, 2) for point in polygon.points for value in (point.x, point.y)]
