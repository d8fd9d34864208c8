"""A synthetic case of any size, written through the store: no file is read, no model runs."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.clock import fixed_clock
from engine.hashing import bytes_sha256
from engine.jobs.sentences import keep_sentences
from engine.model.evidence import Case, CaseKind, Image, Laterality, Report, Section, SourceFile, Span
from engine.model.findings import (
    Assertion,
    Entity,
    EntityAttributes,
    Region,
    RegionAttributes,
    entity_id,
    region_id,
)
from engine.model.geometry import Point, Polygon
from engine.model.ids import image_id, report_id, source_file_id
from engine.model.runs import RunOutcome, make_component
from engine.store import CaseStore, FileFindings, create_case, open_case
from engine.vocabulary import load_vocabulary

NOON = fixed_clock(datetime(2026, 1, 2, 12, tzinfo=UTC))
DIMENSIONS = 384
_SEED = 7
_SEGMENTER = make_component(
    "segmenter", "scale", "1", labels=("left lung", "right lung", "opacity", "device")
)
_RECOGNIZER = make_component("recognizer", "scale", "1")
# Frequent ones come first: what is said follows Zipf's law, as in real reports.
_THINGS = (
    *("pleural effusion", "pneumothorax", "cardiomegaly", "atelectasis", "consolidation"),
    *("pulmonary edema", "pneumonia", "scarring", "calcified granuloma", "nodule", "opacity"),
    *("infiltrate", "emphysema", "scoliosis", "rib fracture", "hiatal hernia", "pacemaker"),
    *("central line", "osteophyte", "kyphosis", "atherosclerosis", "tortuous aorta"),
    *("pleural thickening", "hyperinflation", "mass", "cavity", "lymphadenopathy", "osteopenia"),
    *("bronchiectasis", "pulmonary fibrosis", "pneumoperitoneum", "stent", "sternal wires"),
)
_WEIGHTS = [1 / (place + 1) for place in range(len(_THINGS))]
_PLACES = ("lower lobe", "upper lobe", "base", "apex", "hilum", "mid lung")
_DEGREES = ("mild", "moderate", "severe", "small", "large", "trace", "minimal", "stable", "new")
_SAID = (
    (
        Assertion.PRESENT,
        "There is {degree} {side} {thing} near the {place}, {size} mm, image {number}.",
    ),
    (Assertion.ABSENT, "No {degree} {side} {thing} in the {place} on image {number}."),
    (Assertion.POSSIBLE, "Possible {degree} {side} {thing} of {size} mm in the {place}."),
    (Assertion.PRESENT, "{degree} {side} {thing}."),
    (Assertion.ABSENT, "No {thing}."),
)
_SAID_WEIGHTS = (3, 2, 1, 2, 4)
_LABELS = ("left lung", "right lung", "opacity", "device", "fracture", "nodule")
_ENTITIES, _REGIONS = 5, 5
_BATCH = 250


def build(path: Path, reports: int) -> None:
    """Write a case with so many Reports and Images, and five Entities and Regions in each."""
    create_case(path, Case(kind=CaseKind.MEDICAL, name="Scale", created_at=NOON()), clock=NOON)
    concepts = _concepts()
    chance = random.Random(_SEED)
    with open_case(path, clock=NOON) as store:
        folder = path.parent / "evidence"
        folder.mkdir(exist_ok=True)
        store.add_root(folder)
        run = store.begin_run("ingest", [_SEGMENTER, _RECOGNIZER])
        for start in range(0, reports, _BATCH):
            numbers = range(start, min(start + _BATCH, reports))
            texts = [_report(number, chance, concepts) for number in numbers]
            pictures = [_image(number, chance) for number in numbers]
            # One transaction for many: what is measured is the case, not how it is committed.
            store.save_file(_container(start, [*texts, *pictures]), run)
            keep_sentences(store, [report for each in texts for report in each.reports])
        _save_vectors(store)
        store.finish_run(run, RunOutcome.FINISHED)


def _concepts() -> dict[str, str]:
    vocabulary = load_vocabulary(CaseKind.MEDICAL)
    first = {thing: vocabulary.concepts(thing)[0] for thing in _THINGS}
    return {thing: f"{concept.id} {concept.name}" for thing, concept in first.items()}


def _container(number: int, members: Sequence[FileFindings]) -> FileFindings:
    sha256 = bytes_sha256(f"archive {number}".encode())
    file = _file(f"archives/{number}.zip", sha256, "application/zip")
    return FileFindings(file=file, attachments=tuple(members), signature="scale")


def _report(number: int, chance: random.Random, concepts: dict[str, str]) -> FileFindings:
    heading = "FINDINGS: "
    text, said = heading, []
    for assertion, template in chance.choices(_SAID, _SAID_WEIGHTS, k=_ENTITIES):
        (thing,) = chance.choices(_THINGS, _WEIGHTS)
        side = chance.choice(("left", "right"))
        sentence = template.format(
            thing=thing,
            side=side,
            degree=chance.choice(_DEGREES),
            place=chance.choice(_PLACES),
            size=chance.randrange(2, 40),
            number=chance.randrange(1, 30),
        )
        start = len(text) + sentence.index(thing)
        said.append(
            (thing, Span(start=start, end=start + len(thing)), assertion, side if side in sentence else "")
        )
        text += sentence + " "
    sha256 = bytes_sha256(f"report {number}".encode())
    identity = report_id(sha256, 0)
    report = Report(
        id=identity,
        sha256=sha256,
        text=text,
        title=f"Report {number}",
        authored_at=NOON() - timedelta(hours=number % 50_000),
        subject_ref=f"P{number // 3}",
        study_ref=f"S{number}",
        sections=(Section(kind="findings", title="FINDINGS", span=Span(start=0, end=len(text))),),
    )
    entities = {each.id: each for each in (_entity(report, concepts[thing], *rest) for thing, *rest in said)}
    return FileFindings(
        file=_file(f"reports/{number // 1000}/{number}.txt", sha256, "text/plain"),
        reports=(report,),
        entities=tuple(entities.values()),
        signature="scale",
    )


def _entity(report: Report, concept: str, span: Span, assertion: Assertion, side: str) -> Entity:
    return Entity(
        id=entity_id(report.id, _RECOGNIZER.id, "finding", span),
        report_id=report.id,
        label="finding",
        text=report.text[span.start : span.end],
        span=span,
        score=0.9,
        component_id=_RECOGNIZER.id,
        normal=report.text[span.start : span.end],
        concept=concept,
        assertion=assertion,
        attributes=EntityAttributes(laterality=Laterality(side) if side else None, section="findings"),
    )


def _image(number: int, chance: random.Random) -> FileFindings:
    sha256 = bytes_sha256(f"image {number}".encode())
    identity = image_id(sha256, 0)
    image = Image(
        id=identity,
        sha256=sha256,
        width_px=1024,
        height_px=1024,
        modality=chance.choice(("CR", "DX", "CT")),
        captured_at=NOON() - timedelta(hours=number % 50_000),
        subject_ref=f"P{number // 3}",
        study_ref=f"S{number}",
        perceptual_hash=f"{chance.getrandbits(64):016x}",
    )
    return FileFindings(
        file=_file(f"images/{number // 1000}/{number}.dcm", sha256, "application/dicom"),
        images=(image,),
        regions=tuple(_region(image, place, chance) for place in range(_REGIONS)),
        signature="scale",
    )


def _region(image: Image, place: int, chance: random.Random) -> Region:
    label = _LABELS[place] if place < 2 else chance.choice(_LABELS[2:])
    left, top = chance.randrange(0, 900), chance.randrange(0, 900)
    corners = ((0, 0), (100, 0), (100, 100), (0, 100))
    polygon = Polygon(points=tuple(Point(x=left + x, y=top + y) for x, y in corners))
    return Region(
        id=region_id(image.id, _SEGMENTER.id, label, (polygon,)),
        image_id=image.id,
        label=label,
        score=round(chance.uniform(0.3, 1.0), 3),
        component_id=_SEGMENTER.id,
        polygons=(polygon,),
        attributes=RegionAttributes(
            side=Laterality.LEFT if left < 450 else Laterality.RIGHT, area_px=10_000.0
        ),
    )


def _file(path: str, sha256: str, media_type: str) -> SourceFile:
    return SourceFile(
        id=source_file_id("evidence", path, sha256),
        root="evidence",
        relative_path=path,
        sha256=sha256,
        size_bytes=1,
        media_type=media_type,
    )


def _save_vectors(store: CaseStore) -> None:
    """Give each distinct sentence a unit vector near that of its kind."""
    random_numbers = np.random.default_rng(_SEED)
    kinds = random_numbers.normal(size=(len(_THINGS), DIMENSIONS))
    while unread := store.sentences.unread(limit=4096):
        near = kinds[random_numbers.integers(0, len(kinds), size=len(unread))]
        vectors = near + random_numbers.normal(scale=0.7, size=near.shape)
        store.sentences.save_vectors(unread, _units(vectors))


def _units(vectors: NDArray[np.float64]) -> NDArray[np.float32]:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def queries() -> Iterator[str]:
    """Yield searches as people type them: plain, narrowed, joined, filtered, unknown."""
    for thing in _THINGS:
        yield thing
    for number, thing in enumerate(_THINGS):
        yield f"{('left', 'right', 'bilateral')[number % 3]} {thing}"
        yield f"{_DEGREES[number % 6]} {thing}"
    for one, other in zip(_THINGS[:10], _THINGS[10:20], strict=True):
        yield f"{one} AND {other}"
        yield f"{one} NOT ({other})"
        yield f'"{one}" side:left'
        yield f"{other} date:2024 modality:CT"
    yield from ("elephant on a bicycle", "zebra", "pneumo*", "assertion:absent pneumothorax", "label:opacity")
