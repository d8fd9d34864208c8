"""``casebook train links``: the weights of the link combiner, by logistic regression on annotated notes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.hashing import file_sha256
from engine.linkers.fitting import fit_weights
from engine.linkers.gold import gold_pairs, read_classes, read_notes
from engine.linkers.shelf import all_linkers
from engine.model.evidence import CaseKind, Image, Report
from engine.model.findings import Region
from engine.progress import Progress, ReportProgress, silent
from engine.protocols import AnalyzedReport
from engine.training.model_folder import CardText, write_model_folder
from engine.weights import ModelCard


def train(
    data: Path, out: Path, *, penalty: float = 1.0, version: str = "1", progress: ReportProgress = silent
) -> ModelCard:
    """Fit the combiner on the notes of ``data`` and write a model folder; returns its card."""
    path = data / "notes.jsonl" if data.is_dir() else data
    notes = read_notes(path)
    progress(Progress(step="read notes", done=0, total=2))
    medical = any("lung" in name.split() for name in read_classes(path.parent))
    kind = CaseKind.MEDICAL if medical else CaseKind.FORENSIC
    pairs = gold_pairs(
        path.parent,
        notes,
        measure=_measure,
        read=lambda texts: _read(kind, list(texts)),
        photograph=not medical,
    )
    progress(Progress(step="fit weights", done=1, total=2))
    weights = fit_weights(notes, pairs, all_linkers(), penalty=penalty)
    progress(Progress(step="fit weights", done=2, total=2))
    return write_model(weights, out, notes=len(notes), folder=path.parent.name, version=version)


def write_model(
    weights: dict[str, dict[str, float]], out: Path, *, notes: int, folder: str, version: str
) -> ModelCard:
    """Write weights, ``model.toml`` and ``CARD.md`` into a model folder."""
    out.mkdir(parents=True, exist_ok=True)
    target = out / "weights.json"
    target.write_text(json.dumps(weights, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    text = CardText(
        name="links",
        task="links",
        labels=(),
        version=version,
        format="json",
        licence="AGPL-3.0-or-later",
        summary="Weighs the cues of a link: is the phrase about the region, and do they agree",
        data=f"{notes} annotated notes of {folder}: texts and links written for this project, polygons and "
        "classes from COCO annotations (CC BY 4.0); of the pictures only color words, sides and areas.",
        training="casebook train links DATA --out MODEL",
        limits="Written English. Rules that the notes cannot teach (identifiers, file names, times) keep "
        "the weights set by hand in engine/linkers/combine.py. Probabilities are calibrated on notes that "
        "are known to belong to their picture.",
    )
    return write_model_folder(out, text, weights=target, sha256=file_sha256(target))


def _measure(region: Region, image: Image, view: NDArray[np.uint8]) -> Region:
    from engine.segmenters.attributes import describe

    colored = image.modality == "photograph"
    attributes = describe(
        region.polygons, image, view, label=region.label, patient_sides=not colored, colored=colored
    )
    return replace(region, attributes=attributes)


def _read(kind: CaseKind, reports: list[Report]) -> list[AnalyzedReport]:
    from engine.recognizers.pipeline import TextPipeline

    return TextPipeline.load(kind).analyze(reports)
