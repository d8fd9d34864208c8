"""YOLO folders: a text file of boxes or polygons for each picture, and the names of the classes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from engine.errors import UsageError
from engine.importers.labeled import LabeledArea, LabeledPicture, Outline, inside, of_flat
from engine.model.geometry import Box, Polygon
from engine.segmenters.yolo_folder import read_rows

_PICTURES = (".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp")
_NO_LABELS = frozenset({"classes.txt", "left_out.txt", "train.txt", "val.txt", "test.txt"})
_NAMED = re.compile(r"^\s+(?:-|(\d+)\s*:)\s*(.+?)\s*$")


def read(path: Path) -> list[LabeledPicture]:
    """Return the pictures of a folder; raises UsageError where it has no labels or no names of classes."""
    folder = path / "labels" if (path / "labels").is_dir() else path
    files = sorted(file for file in folder.glob("*.txt") if file.name not in _NO_LABELS)
    if not files:
        raise UsageError(f"{path} holds no label files (labels/*.txt)")
    names = _names(path)
    return [_picture(path, file, names) for file in files]


def _picture(root: Path, file: Path, names: dict[int, str]) -> LabeledPicture:
    areas = tuple(
        LabeledArea(label=names.get(number, f"class {number}"), outline=_outline(values))
        for number, values in read_rows(file)
    )
    beside = (
        place.with_name(file.stem + suffix)
        for place in (root / "images" / file.name, file)
        for suffix in _PICTURES
    )
    return LabeledPicture(
        name=file.stem,
        is_stem=True,
        areas=areas,
        file=next((each for each in beside if each.is_file()), None),
        identity=file.stem,
    )


def _outline(values: NDArray[Any]) -> Outline:
    def polygons(width_px: int, height_px: int) -> tuple[Polygon, ...]:
        scaled = [
            value * (height_px if place % 2 else width_px) for place, value in enumerate(values.tolist())
        ]
        if len(scaled) > 4:
            return inside([of_flat(scaled)], width_px, height_px)
        x, y, width, height = scaled
        box = Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        return inside([box.as_polygon()], width_px, height_px)

    return polygons


def _names(root: Path) -> dict[int, str]:
    """Return the names of the classes by number, of ``classes.txt`` or the ``names`` of a .yaml file."""
    listed = root / "classes.txt"
    if listed.is_file():
        lines = listed.read_text(encoding="utf-8-sig", errors="replace").splitlines()
        return {number: line.strip() for number, line in enumerate(lines) if line.strip()}
    for file in sorted((*root.glob("*.yaml"), *root.glob("*.yml"))):
        if found := _names_in(file.read_text(encoding="utf-8-sig", errors="replace")):
            return found
    raise UsageError(f"{root} names no classes: neither classes.txt nor a .yaml file with names")


def _names_in(text: str) -> dict[int, str]:
    """Read ``names:`` of a data set's YAML: a list in brackets, lines with dashes, or numbered lines."""
    _, found, after = ("\n" + text).partition("\nnames:")
    if not found:
        return {}
    head, _, rest = after.partition("\n")
    if "[" in head:
        inner = after.partition("[")[2].partition("]")[0]
        return {number: _plain(part) for number, part in enumerate(inner.split(",")) if part.strip()}
    names: dict[int, str] = {}
    for line in rest.splitlines():
        match = _NAMED.match(line)
        if match is None:
            break
        names[int(match[1]) if match[1] else len(names)] = _plain(match[2])
    return names


def _plain(text: str) -> str:
    return text.partition(" #")[0].strip().strip("'\"")
