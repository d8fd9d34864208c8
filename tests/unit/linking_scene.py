"""A small picture and the words about it, for the tests of linking: boxes as Regions, words as Entities."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from engine.hashing import bytes_sha256
from engine.model.evidence import Image, Laterality, Report, SourceFile, Span
from engine.model.findings import (
    Assertion,
    Cue,
    Entity,
    EntityAttributes,
    Region,
    RegionAttributes,
    entity_id,
    region_id,
)
from engine.model.geometry import Box
from engine.model.ids import image_id, report_id, source_file_id
from engine.model.runs import make_component
from engine.protocols import ImageSide, Pair, ReportSide

EYES = make_component("segmenter", "eyes", "1")
READER = make_component("recognizer", "reader", "1")
TIED = Cue(rule="tied-by-about", detail="the note is about this picture", weight=6.0)
WIDTH, HEIGHT = 400, 300


def picture(name: str = "IMG_2043.jpg", **fields: object) -> Image:
    sha256 = bytes_sha256(name.encode())
    values: dict[str, object] = {"modality": "photograph", **fields}
    return Image(id=image_id(sha256, 0), sha256=sha256, width_px=WIDTH, height_px=HEIGHT, **values)  # type: ignore[arg-type]


def region(image: Image, label: str, box: tuple[float, float, float, float], *colors: str) -> Region:
    polygons = (Box(*box).as_polygon(),)
    return Region(
        id=region_id(image.id, EYES.id, label, polygons),
        image_id=image.id,
        label=label,
        score=0.9,
        component_id=EYES.id,
        polygons=polygons,
        attributes=RegionAttributes(colors=colors),
    )


def source_file(image_or_report_sha: str, path: str) -> SourceFile:
    return SourceFile(
        id=source_file_id("evidence", path, image_or_report_sha),
        root="evidence",
        relative_path=path,
        sha256=image_or_report_sha,
        size_bytes=1,
        modified_at=datetime(2024, 5, 1, tzinfo=UTC),
    )


def note(text: str, **fields: object) -> Report:
    sha256 = bytes_sha256(text.encode())
    return Report(id=report_id(sha256, 0), sha256=sha256, text=text, **fields)  # type: ignore[arg-type]


def entity(
    report: Report,
    words: str,
    *,
    label: str = "object",
    assertion: Assertion = Assertion.PRESENT,
    laterality: Laterality | None = None,
    normal: str = "",
    concept: str = "",
) -> Entity:
    match = re.search(rf"\b{re.escape(words)}\b", report.text)
    assert match, f"{words!r} is not in the text"
    span = Span(start=match.start(), end=match.end())
    return Entity(
        id=entity_id(report.id, READER.id, label, span),
        report_id=report.id,
        label=label,
        text=words,
        span=span,
        score=0.9,
        component_id=READER.id,
        normal=normal or words.lower(),
        concept=concept,
        assertion=assertion,
        attributes=EntityAttributes(laterality=laterality),
    )


def pair_of(
    image: Image,
    regions: tuple[Region, ...],
    report: Report,
    entities: tuple[Entity, ...],
    *,
    looked_for: frozenset[str] = frozenset(),
    cues: tuple[Cue, ...] = (TIED,),
    path: str = "IMG_2043.jpg",
) -> Pair:
    return Pair(
        image_side=ImageSide(
            image=image, files=(source_file(image.sha256, path),), regions=regions, looked_for=looked_for
        ),
        report_side=ReportSide(report=report, files=(), entities=entities),
        cues=cues,
    )
