"""A synthetic case with as many pictures as one likes, with thumbnails: no file is read, no model runs."""

from __future__ import annotations

import io
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from PIL import Image as Picture

from engine.clock import fixed_clock
from engine.hashing import bytes_sha256
from engine.model.evidence import Case, CaseKind, Image, Report, SourceFile, Span
from engine.model.findings import (
    Assertion,
    Cue,
    Entity,
    Link,
    LinkRelation,
    Region,
    Relation,
    entity_id,
    link_id,
    region_id,
    relation_id,
)
from engine.model.geometry import Point, Polygon
from engine.model.ids import image_id, report_id, source_file_id
from engine.model.runs import Run, RunOutcome, make_component
from engine.store import CaseStore, FileFindings, create_case, open_case

NOON = fixed_clock(datetime(2026, 1, 2, 12, tzinfo=UTC))
_LABELS = ("knife", "car", "person", "left lung", "right lung", "opacity", "device", "bag")
_SCENES = ("photograph", "chest-xray", "indoor", "street")
_SEGMENTER = make_component("segmenter", "bench", "1", labels=_LABELS)
_LINKER = make_component("linker", "bench", "1")
_BATCH = 500
_TEXT = "A knife was seen. No car. Possible opacity."
_SAID = (("knife", Assertion.PRESENT), ("car", Assertion.ABSENT), ("opacity", Assertion.POSSIBLE))
_THUMBNAILS = 60


def build(path: Path, images: int) -> None:
    """Write a case with so many Images, each with a thumbnail, three Regions and a Link."""
    create_case(path, Case(kind=CaseKind.FORENSIC, name="Gallery", created_at=NOON()), clock=NOON)
    chance = random.Random(11)
    jpegs = [_thumbnail(seed) for seed in range(_THUMBNAILS)]
    with open_case(path, clock=NOON) as store:
        folder = path.parent / "evidence"
        folder.mkdir(exist_ok=True)
        store.add_root(folder)
        run = store.begin_run("ingest", (_SEGMENTER, _LINKER))
        for start in range(0, images, _BATCH):
            parts = [_image(number, chance, jpegs) for number in range(start, min(start + _BATCH, images))]
            report = _report(start)
            # One transaction for many: what is measured is the case, not how it is committed.
            sha256 = bytes_sha256(f"archive {start}".encode())
            file = _file(f"archives/{start}.zip", sha256, "application/zip")
            store.save_file(FileFindings(file=file, attachments=(*parts, report), signature="bench"), run)
            _link(store, report, parts, chance, run)
        store.finish_run(run, RunOutcome.FINISHED)


def _thumbnail(seed: int) -> bytes:
    """Return a JPEG of a few soft spots, about as many bytes as a photograph's thumbnail."""
    numbers = np.random.default_rng(seed)
    coarse = numbers.integers(0, 255, size=(16, 16, 3), dtype=np.uint8)
    target = io.BytesIO()
    Picture.fromarray(coarse).resize((320, 240), Picture.Resampling.BICUBIC).save(target, "JPEG", quality=75)
    return target.getvalue()


def _image(number: int, chance: random.Random, jpegs: list[bytes]) -> FileFindings:
    sha256 = bytes_sha256(f"image {number}".encode())
    image = Image(
        id=image_id(sha256, 0),
        sha256=sha256,
        width_px=chance.choice((1024, 4000)),
        height_px=chance.choice((768, 3000)),
        modality=chance.choice(("photograph", "CR", "CT")),
        captured_at=NOON() - timedelta(minutes=13 * number),
        subject_ref=f"P{number // 40}",
        study_ref=f"S{number // 10}",
        perceptual_hash=f"{chance.getrandbits(256):064x}",
    )
    scene = _region(image, chance.choice(_SCENES), (), 0.9)
    found = [
        _region(image, chance.choice(_LABELS), _square(chance), chance.uniform(0.3, 1)) for _ in range(2)
    ]
    return FileFindings(
        file=_file(f"phone/{number // 2000:03d}/IMG_{number:06d}.jpg", sha256, "image/jpeg"),
        images=(image,),
        regions=tuple({region.id: region for region in (scene, *found)}.values()),
        thumbnails=((image.id, jpegs[number % len(jpegs)]),),
        signature="bench",
    )


def _region(image: Image, label: str, polygons: tuple[Polygon, ...], score: float) -> Region:
    return Region(
        id=region_id(image.id, _SEGMENTER.id, label, polygons),
        image_id=image.id,
        label=label,
        score=round(score, 3),
        component_id=_SEGMENTER.id,
        polygons=polygons,
    )


def _square(chance: random.Random) -> tuple[Polygon, ...]:
    left, top = chance.randrange(0, 900), chance.randrange(0, 600)
    corners = ((0, 0), (90, 0), (90, 90), (0, 90))
    return (Polygon(points=tuple(Point(x=left + x, y=top + y) for x, y in corners)),)


def _report(number: int) -> FileFindings:
    sha256 = bytes_sha256(f"report {number}".encode())
    report = Report(id=report_id(sha256, 0), sha256=sha256, text=_TEXT, title=f"Report {number}")
    spans = [(word, Span(start=_TEXT.index(word), end=_TEXT.index(word) + len(word))) for word, _ in _SAID]
    entities = tuple(
        Entity(
            id=entity_id(report.id, _LINKER.id, "thing", span),
            report_id=report.id,
            label="thing",
            text=word,
            span=span,
            score=0.9,
            component_id=_LINKER.id,
            assertion=assertion,
        )
        for (word, span), (_, assertion) in zip(spans, _SAID, strict=True)
    )
    file = _file(f"reports/{number}.txt", sha256, "text/plain")
    return FileFindings(file=file, reports=(report,), entities=entities, signature="bench")


def _link(
    store: CaseStore, report: FileFindings, images: list[FileFindings], chance: random.Random, run: Run
) -> None:
    links, relations = [], []
    for each in images:
        (image,) = each.images
        entity = chance.choice(report.entities)
        said = LinkRelation.CONTRADICTS if chance.random() < 0.1 else LinkRelation.SUPPORTS
        cue = Cue(rule="bench", detail="made for the bench", weight=1.0)
        links.append(
            Link(
                id=link_id(image.id, None, entity.id, said),
                image_id=image.id,
                region_id=None,
                entity_id=entity.id,
                report_id=entity.report_id,
                relation=said,
                score=0.8,
                component_id=_LINKER.id,
                cues=(cue,),
            )
        )
        relations.append(
            Relation(
                id=relation_id(image.id, entity.report_id),
                image_id=image.id,
                report_id=entity.report_id,
                cmi=0.5,
                sc=0.1,
                abs=0,
                component_id=_LINKER.id,
            )
        )
    store.save_links(report.reports[0].id, links, relations, signature="bench", run=run)


def _file(path: str, sha256: str, media_type: str) -> SourceFile:
    return SourceFile(
        id=source_file_id("evidence", path, sha256),
        root="evidence",
        relative_path=path,
        sha256=sha256,
        size_bytes=1,
        media_type=media_type,
    )
