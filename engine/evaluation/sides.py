"""Images, Regions and Entities of annotated notes, made by the engine's own components."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import UsageError
from engine.linkers.gold import GoldNote, gold_pairs, has_gold_regions, read_classes, read_notes
from engine.model.evidence import CaseKind, Image, Report
from engine.model.findings import Region
from engine.protocols import AnalyzedReport, Frame, ImageSide, Pair, Pixels, Scene

_SAME_SHARE = 0.5


def load_pairs(data: Path, *, regions: str = "gold") -> tuple[tuple[GoldNote, ...], list[Pair]]:
    """Return the notes of a folder (or of a JSONL file in one), each paired with its image."""
    path = data / "notes.jsonl" if data.is_dir() else data
    notes = read_notes(path)
    return notes, make_pairs(path.parent, notes, regions=regions)


def make_pairs(folder: Path, notes: Sequence[GoldNote], *, regions: str = "gold") -> list[Pair]:
    """Pair each note with its image; without label files in the folder the regions are our own."""
    kind = kind_of(folder)
    pairs = gold_pairs(
        folder,
        notes,
        measure=measure_region,
        read=lambda texts: read_texts(kind, texts),
        photograph=kind is CaseKind.FORENSIC,
    )
    if regions == "own" or not has_gold_regions(folder):
        return _with_own_regions(folder, notes, pairs)
    return pairs


def kind_of(folder: Path) -> CaseKind:
    """Tell a medical set from a forensic one by its classes: lungs are seen in radiographs only."""
    classes = read_classes(folder) if has_gold_regions(folder) else ()
    return CaseKind.MEDICAL if any("lung" in name.split() for name in classes) else CaseKind.FORENSIC


def read_texts(kind: CaseKind, reports: Sequence[Report]) -> list[AnalyzedReport]:
    """Return the Entities that ingest would find."""
    from engine.recognizers.pipeline import TextPipeline

    return TextPipeline.load(kind).analyze(reports)


def measure_region(region: Region, image: Image, view: NDArray[np.uint8]) -> Region:
    """Fill in the attributes of a gold Region from its pixels, as a segmenter does."""
    from engine.segmenters.attributes import describe

    attributes = describe(
        region.polygons,
        image,
        view,
        label=region.label,
        patient_sides=image.modality != "photograph",
        colored=image.modality == "photograph",
    )
    return replace(region, attributes=attributes)


def _with_own_regions(folder: Path, notes: Sequence[GoldNote], pairs: Sequence[Pair]) -> list[Pair]:
    """Replace the gold Regions by those that this installation's segmenters find."""
    from engine.linkers.gold import read_view

    sides: dict[str, ImageSide] = {}
    for note, pair in zip(notes, pairs, strict=True):
        if note.image_name not in sides:
            view = read_view(folder / "images" / note.image_name)
            sides[note.image_name] = _segmented(pair.image_side, view)
    return [replace(pair, image_side=sides[note.image_name]) for note, pair in zip(notes, pairs, strict=True)]


def _segmented(side: ImageSide, view: NDArray[np.uint8]) -> ImageSide:
    from engine.segmenters.yolo import YoloSegmenter

    if YoloSegmenter.availability() is not None:
        raise UsageError(f"no own regions: {YoloSegmenter.availability()}")
    label = "photograph" if side.image.modality == "photograph" else "chest-xray"
    scene = Scene(label=label, score=1.0)
    frame = Frame(image=side.image, pixels=Pixels(view=view))
    segmenters = [each for each in YoloSegmenter.load_all() if each.applies(side.image, scene)]
    found = tuple(region for each in segmenters for region in each.segment([frame])[0])
    looked_for = frozenset(label for each in segmenters for label in each.component.rules_out)
    return replace(side, regions=_by_lines(side.regions, found), looked_for=looked_for)


def _by_lines(drawn: Sequence[Region], found: Sequence[Region]) -> tuple[Region, ...]:
    """Return own Regions in the order of the drawn ones that they cover, the others behind them.

    Gold links name drawn Regions by line. Where none covers one, the drawn Region itself keeps the
    line without an outline, so that no phrase can be linked to it.
    """
    free = list(found)
    ordered: list[Region] = []
    for region in drawn:
        best = max(free, key=lambda each: _overlap(region, each), default=None)
        if best is None or _overlap(region, best) < _SAME_SHARE:
            ordered.append(replace(region, polygons=(), label=region.label))
        else:
            ordered.append(best)
            free.remove(best)
    return (*ordered, *free)


def _overlap(one: Region, other: Region) -> float:
    """Return intersection over union of the boxes of two Regions of one label, else 0."""
    a, b = one.box, other.box
    if a is None or b is None or one.label != other.label:
        return 0.0
    width = min(a.right, b.right) - max(a.left, b.left)
    height = min(a.bottom, b.bottom) - max(a.top, b.top)
    shared = max(0.0, width) * max(0.0, height)
    areas = sum((each.right - each.left) * (each.bottom - each.top) for each in (a, b))
    return shared / max(areas - shared, 1e-9)
