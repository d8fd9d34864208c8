"""Annotated notes ready to learn from: pairs made by the engine's own components, and folds by image."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.linkers.gold import GoldNote, gold_pairs, read_classes, read_notes
from engine.model.evidence import CaseKind, Image, Report
from engine.model.findings import Region
from engine.protocols import AnalyzedReport, Pair

FOLDS = 5
Notes = list[tuple[GoldNote, Pair]]


def load_notes(data: Path) -> Notes:
    """Return the notes of a folder (or of a JSONL file in one), each paired with its image."""
    path = data / "notes.jsonl" if data.is_dir() else data
    notes = read_notes(path)
    return list(zip(notes, make_pairs(path.parent, notes), strict=True))


def make_pairs(folder: Path, notes: Sequence[GoldNote]) -> list[Pair]:
    """Pair each note with its image, the gold regions measured and the text read."""
    medical = any("lung" in name.split() for name in read_classes(folder))
    kind = CaseKind.MEDICAL if medical else CaseKind.FORENSIC
    return gold_pairs(
        folder, notes, measure=_measure, read=lambda texts: _read(kind, texts), photograph=not medical
    )


def folds(notes: Notes) -> list[tuple[Notes, Notes]]:
    """Split by image into five parts, each once held out: (the rest, the part)."""
    numbers = [_fold_of(note.image_name) for note, _ in notes]
    return [
        (
            [each for each, number in zip(notes, numbers, strict=True) if number != fold],
            [each for each, number in zip(notes, numbers, strict=True) if number == fold],
        )
        for fold in range(FOLDS)
    ]


def _fold_of(image_name: str) -> int:
    return int(hashlib.sha256(image_name.encode()).hexdigest(), 16) % FOLDS


def _measure(region: Region, image: Image, view: NDArray[np.uint8]) -> Region:
    from engine.segmenters.attributes import describe

    colored = image.modality == "photograph"
    attributes = describe(
        region.polygons, image, view, label=region.label, patient_sides=not colored, colored=colored
    )
    return replace(region, attributes=attributes)


def _read(kind: CaseKind, reports: Sequence[Report]) -> list[AnalyzedReport]:
    from engine.recognizers.pipeline import TextPipeline

    return TextPipeline.load(kind).analyze(reports)
