"""Regions as labeled folders that other programs, and our own training, read: YOLO and labelme.

Pictures are written as PNG of the upright view that the Regions were drawn on, so that every coordinate
fits whatever orientation or format the evidence has. A picture that cannot be read is named in
``left_out.txt``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import EngineError
from engine.exporters import words
from engine.exporters.decided import DecidedRegion, Decisions
from engine.exporters.options import ExportOptions
from engine.exporters.safe_text import one_line
from engine.model.evidence import Image
from engine.model.geometry import Polygon
from engine.progress import Progress

if TYPE_CHECKING:
    from engine.store import CaseStore

# The version of labelme whose file format this is (labelme/_label_file.py).
_LABELME_VERSION = "5.5.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Labeled:
    """A picture that lies in the folder, with its Regions; ``stem`` names all its files."""

    stem: str
    image: Image
    regions: tuple[DecidedRegion, ...]


def write_yolo(store: CaseStore, out: Path, options: ExportOptions) -> None:
    """Write ``images/``, ``labels/`` with a polygon a line, and ``classes.txt``: what training reads."""
    classes: dict[str, int] = {}
    (out / "labels").mkdir()
    for labeled in _pictures(store, out / "images", options):
        width, height = labeled.image.width_px, labeled.image.height_px
        rows = [
            _yolo_row(classes.setdefault(one_line(region.label), len(classes)), polygon, width, height)
            for region in labeled.regions
            for polygon in region.polygons
        ]
        _save(out / "labels" / f"{labeled.stem}.txt", "".join(f"{row}\n" for row in rows))
    _save(out / "classes.txt", "".join(f"{label}\n" for label in classes))


def write_labelme(store: CaseStore, out: Path, options: ExportOptions) -> None:
    """Write a picture and a JSON file of its shapes for each Image, side by side."""
    for labeled in _pictures(store, out, options):
        document: dict[str, Any] = {
            "version": _LABELME_VERSION,
            "flags": {},
            "shapes": [
                _shape(region, number, polygon)
                for number, region in enumerate(labeled.regions, 1)
                for polygon in region.polygons
            ],
            "imagePath": f"{labeled.stem}.png",
            "imageData": None,
            "imageHeight": labeled.image.height_px,
            "imageWidth": labeled.image.width_px,
        }
        _save(
            out / f"{labeled.stem}.json", json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)
        )


def _pictures(store: CaseStore, folder: Path, options: ExportOptions) -> Iterator[_Labeled]:
    """Write every picture into ``folder`` and yield it with its Regions."""
    from PIL import Image as PilImage

    folder.mkdir(exist_ok=True)
    decisions = Decisions(store)
    missing: list[str] = []
    total = store.counts().images
    for number, image in enumerate(store.images()):
        options.progress(Progress(step="images", done=number, total=total))
        try:
            view = options.load_view(image.id)
        except (EngineError, OSError) as error:
            files = store.files_of_image(image.id)
            path = words.evidence_path(files[0]) if files else image.id
            missing.append(f"{one_line(path)}: {one_line(str(error))}\n")
            continue
        labeled = _Labeled(stem=image.id, image=image, regions=tuple(decisions.regions(image)))
        PilImage.fromarray(view).save(folder / f"{labeled.stem}.png")
        yield labeled
    if missing:
        _save(folder / "left_out.txt", "".join(missing))


def _yolo_row(label: int, polygon: Polygon, width_px: int, height_px: int) -> str:
    shares = (
        f"{min(max(value, 0.0), 1.0):.6f}"
        for point in polygon.points
        for value in (point.x / width_px, point.y / height_px)
    )
    return f"{label} {' '.join(shares)}"


def _shape(region: DecidedRegion, number: int, polygon: Polygon) -> dict[str, Any]:
    """Return a shape; polygons of one Region share its ``group_id``."""
    return {
        "label": one_line(region.label),
        "points": [[round(point.x, 2), round(point.y, 2)] for point in polygon.points],
        "group_id": number if len(region.polygons) > 1 else None,
        "description": region.id,
        "shape_type": "polygon",
        "flags": {},
    }


def _save(file: Path, text: str) -> None:
    with file.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
        stream.write(text)
