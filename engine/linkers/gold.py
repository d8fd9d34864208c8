"""Notes with gold links as ``casebook train`` and ``evaluate`` read them (see docs/validation.md).

A folder has ``notes.jsonl``, ``images/``, ``classes.txt`` and ``regions/``, one label file per image:
a class number and a polygon in fractions of width and height on each line.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import UsageError
from engine.hashing import bytes_sha256, file_sha256
from engine.model.evidence import Image, Report, Span
from engine.model.findings import Cue, LinkRelation, Region, region_id
from engine.model.geometry import Point, Polygon
from engine.model.ids import image_id, report_id
from engine.model.runs import Component, make_component
from engine.protocols import AnalyzedReport, ImageSide, Pair, ReportSide

ABSENT_OK = "absent-ok"
_ABS_VALUES = {"text": -1, "equal": 0, "image": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldLink:
    """A phrase, the line numbers of its regions, and the relation (None: rightly said to be absent)."""

    span: Span
    lines: frozenset[int]
    relation: LinkRelation | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldNote:
    """One text about one image; ``cmi``, ``sc`` and ``abs`` are None where the file has none."""

    image_name: str
    text: str
    links: tuple[GoldLink, ...]
    cmi: float | None = None
    sc: float | None = None
    abs: int | None = None

    @property
    def report(self) -> Report:
        sha256 = bytes_sha256(self.text.encode())
        return Report(id=report_id(sha256, 0), sha256=sha256, text=self.text)


def read_notes(path: Path) -> tuple[GoldNote, ...]:
    """Read a JSONL file of notes; raises UsageError naming the line that is wrong."""
    return tuple(_note(row, f"{path.name}, line {number}") for number, row in read_rows(path))


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield line number and object of each line; raises UsageError where there is no such file or object."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {path}: {error}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise UsageError(f"{path.name}, line {number} is not JSON: {error}") from error
            if not isinstance(row, dict):
                raise UsageError(f"{path.name}, line {number} is not an object")
            yield number, row


@dataclass(frozen=True, slots=True, kw_only=True)
class LabeledPair:
    """A text and an image, by its path relative to the file, and whether they belong together."""

    note: GoldNote
    image_path: str
    label: bool


def read_labeled_pairs(path: Path) -> tuple[LabeledPair, ...]:
    """Read a JSONL file of pairs; raises UsageError naming the line that is wrong."""
    found = []
    for number, row in read_rows(path):
        where = f"{path.name}, line {number}"
        if row.get("label") not in (0, 1) or not isinstance(row.get("image"), str):
            raise UsageError(f"{where}: needs image, text and label 0 or 1")
        note = _note({**row, "image": row["image"].rsplit("/", 1)[-1], "abs": None}, where)
        found.append(LabeledPair(note=note, image_path=row["image"], label=bool(row["label"])))
    return tuple(found)


def _note(row: Mapping[str, Any], where: str) -> GoldNote:
    try:
        return GoldNote(
            image_name=str(row["image"]),
            text=str(row["text"]),
            links=tuple(_link(link) for link in row.get("links", ())),
            cmi=None if row.get("cmi") is None else float(row["cmi"]),
            sc=None if row.get("sc") is None else float(row["sc"]),
            abs=None if row.get("abs") is None else _ABS_VALUES[row["abs"]],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"{where}: missing or wrong field {error}") from error


def _link(row: Mapping[str, Any]) -> GoldLink:
    return GoldLink(
        span=Span(start=int(row["start"]), end=int(row["end"])),
        lines=frozenset(int(line) for line in row["regions"]),
        relation=None if row["relation"] == ABSENT_OK else LinkRelation(row["relation"]),
        why=str(row.get("why", "")),
    )


def read_classes(folder: Path) -> tuple[str, ...]:
    """Return the class names, one a line."""
    path = folder / "classes.txt"
    if not path.is_file():
        raise UsageError(f"{folder} has no classes.txt")
    return tuple(path.read_text(encoding="utf-8").split("\n"))


def has_gold_regions(folder: Path) -> bool:
    """Tell whether a folder carries label files and their class names."""
    return (folder / "classes.txt").is_file() and (folder / "regions").is_dir()


def gold_component(classes: tuple[str, ...]) -> Component:
    """Return the component that stands for the people who drew the gold regions."""
    return make_component("segmenter", "gold", "1", labels=tuple(name for name in classes if name))


def read_view(path: Path) -> NDArray[np.uint8]:
    """Return an image's pixels, uint8 RGB, shape (height, width, 3)."""
    from PIL import Image as Raster

    try:
        with Raster.open(path) as raster:
            return np.asarray(raster.convert("RGB"), dtype=np.uint8)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error}") from error


def gold_image(path: Path, view: NDArray[np.uint8], *, photograph: bool) -> Image:
    """Return the Image of a gold file as ingest would make it."""
    sha256 = file_sha256(path)
    return Image(
        id=image_id(sha256, 0),
        sha256=sha256,
        width_px=view.shape[1],
        height_px=view.shape[0],
        modality="photograph" if photograph else "",
    )


def gold_regions(folder: Path, image: Image, name: str) -> tuple[Region, ...]:
    """Return the Regions of an image's label file, in the order of its lines, not yet measured."""
    classes = read_classes(folder)
    component = gold_component(classes)
    path = folder / "regions" / f"{Path(name).stem}.txt"
    lines = path.read_text(encoding="utf-8").split("\n") if path.is_file() else []
    return tuple(_region(line, image, classes, component) for line in lines if line.strip())


def _region(line: str, image: Image, classes: tuple[str, ...], component: Component) -> Region:
    number, *fractions = line.split()
    values = [float(value) for value in fractions]
    points = tuple(
        Point(x * image.width_px, y * image.height_px)
        for x, y in zip(values[0::2], values[1::2], strict=True)
    )
    label, polygons = classes[int(number)], (Polygon(points),)
    return Region(
        id=region_id(image.id, component.id, label, polygons),
        image_id=image.id,
        label=label,
        score=1.0,
        component_id=component.id,
        polygons=polygons,
    )


Measure = Callable[[Region, Image, NDArray[np.uint8]], Region]
ReadTexts = Callable[[Sequence[Report]], Sequence[AnalyzedReport]]


def gold_pairs(
    folder: Path, notes: Sequence[GoldNote], *, measure: Measure, read: ReadTexts, photograph: bool = True
) -> list[Pair]:
    """Return each note with its image and the gold regions, as ingest would pair them.

    ``measure`` fills in the attributes of a Region from the pixels, ``read`` finds the Entities.
    """
    labels = (
        frozenset(name for name in read_classes(folder) if name) if has_gold_regions(folder) else frozenset()
    )
    sides: dict[str, ImageSide] = {}
    for name in dict.fromkeys(note.image_name for note in notes):
        path = folder / "images" / name
        view = read_view(path)
        image = gold_image(path, view, photograph=photograph)
        drawn = gold_regions(folder, image, name) if labels else ()
        regions = tuple(measure(region, image, view) for region in drawn)
        sides[name] = ImageSide(image=image, files=(), regions=regions, looked_for=labels)
    analyzed = read([note.report for note in notes])
    return [
        Pair(
            image_side=sides[note.image_name],
            report_side=ReportSide(report=text.report, files=(), entities=text.entities),
            cues=(Cue(rule="tied-by-about", detail=f"the note is about {note.image_name}", weight=6.0),),
        )
        for note, text in zip(notes, analyzed, strict=True)
    ]
