"""Annotated notes ready to learn from: pairs made by the engine's own components, and folds by image."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import UsageError
from engine.linkers.gold import GoldLink, GoldNote, gold_component, gold_pairs, read_classes, read_notes
from engine.model.evidence import CaseKind, Image, Report
from engine.model.findings import Cue, Entity, Link, LinkRelation, Region, entity_id, link_id
from engine.model.ids import RegionId
from engine.protocols import AnalyzedReport, Pair
from engine.relations.joint import VALUES, Outcome

FOLDS = 5
# The cue by which a linker says what an annotator calls the error.
_RULE_OF = {
    "color": "wrong-color",
    "side": "wrong-side",
    "count": "wrong-count",
    "kind": "wrong-kind",
    "missing": "not-seen",
    "negation": "denied-but-visible",
}
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
    numbers = [fold_of(note.image_name) for note, _ in notes]
    return [
        (
            [each for each, number in zip(notes, numbers, strict=True) if number != fold],
            [each for each, number in zip(notes, numbers, strict=True) if number == fold],
        )
        for fold in range(FOLDS)
    ]


def outcome_of(note: GoldNote) -> Outcome:
    """Return the cmi, sc and abs of a note; raises UsageError where one is missing or no step."""
    for name, steps in VALUES.items():
        if getattr(note, name) not in steps:
            allowed = ", ".join(f"{step:g}" for step in steps)
            raise UsageError(f"the note about {note.image_name} needs {name}, one of {allowed}")
    return tuple(float(getattr(note, name)) for name in VALUES)


def with_gold_links(note: GoldNote, pair: Pair) -> tuple[Pair, tuple[Link, ...]]:
    """Return the pair with the annotators' phrases among its Entities, and their Links."""
    report = pair.report_side.report
    component = gold_component(())
    entities, links = [], []
    for gold in note.links:
        if gold.relation is None:
            continue
        entity = Entity(
            id=entity_id(report.id, component.id, "gold", gold.span),
            report_id=report.id,
            label="gold",
            text=report.text[gold.span.start : gold.span.end],
            span=gold.span,
            score=1.0,
            component_id=component.id,
        )
        entities.append(entity)
        links.extend(_gold_links(gold, entity, pair))
    side = replace(pair.report_side, entities=(*pair.report_side.entities, *entities))
    return replace(pair, report_side=side), tuple(links)


def _gold_links(gold: GoldLink, entity: Entity, pair: Pair) -> list[Link]:
    relation = gold.relation or LinkRelation.SUPPORTS
    image = pair.image_side.image.id
    regions: list[RegionId | None] = [pair.image_side.regions[line].id for line in sorted(gold.lines)]
    return [
        Link(
            id=link_id(image, region, entity.id, relation),
            image_id=image,
            region_id=region,
            entity_id=entity.id,
            report_id=entity.report_id,
            relation=relation,
            score=1.0,
            component_id=entity.component_id,
            cues=(Cue(rule=_RULE_OF.get(gold.why, "annotated"), detail="an annotator said so", weight=1.0),),
        )
        for region in regions or [None]
    ]


def fold_of(image_name: str) -> int:
    """Return the part, 0 to 4, that an image is held out with."""
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
