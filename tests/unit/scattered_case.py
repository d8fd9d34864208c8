"""A small case of things scattered over times and places, with persons, exhibits and a contradiction."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from engine.clock import fixed_clock
from engine.model.evidence import Case, CaseKind, Image, Location, Report, SourceFile, Span
from engine.model.findings import (
    Cue,
    Entity,
    Link,
    LinkRelation,
    Relation,
    entity_id,
    link_id,
    relation_id,
)
from engine.model.ids import ImageId, image_id, report_id
from engine.model.runs import RunOutcome, make_component
from engine.store import FileFindings, create_case, open_case
from tests.unit.evidence_files import source_file

CLOCK = fixed_clock(datetime(2026, 4, 1, 8, tzinfo=UTC))
READER = make_component("recognizer", "names", "1")
HARBOR = Location(latitude_deg=55.00112, longitude_deg=5.50203)
NEAR_HARBOR = Location(latitude_deg=55.00108, longitude_deg=5.50198)
HILL = Location(latitude_deg=-33.5, longitude_deg=151.25)

NOTE = (
    "Exhibit 4 was found in Mill Lane on 2026-03-15; Rowan Vale saw it. Exhibit 4 again: 2026-03. "
    "No other witness."
)
LETTER = "Rowan Vale wrote from Mill Lane."


def build_scattered_case(path: Path) -> Path:
    """Write three pictures (one of two frames, one without a time), a note and an undated letter."""
    create_case(path, Case(kind=CaseKind.FORENSIC, name="Scattered", created_at=CLOCK()), clock=CLOCK)
    with open_case(path, clock=CLOCK, actor="test") as store:
        store.add_root(path.parent)
        run = store.begin_run("ingest", (READER,))
        root = path.parent.name
        harbor, hill = datetime(2026, 3, 14, 10, 19, tzinfo=UTC), datetime(2026, 3, 15, 7, 0, tzinfo=UTC)
        store.save_file(_picture(root, "a", harbor, HARBOR, frames=2), run)
        store.save_file(_picture(root, "b", hill, HILL, subject="P-1", institution="Sample hospital"), run)
        store.save_file(_picture(root, "c", None, NEAR_HARBOR), run)
        note = _text(root, "d", NOTE, datetime(2026, 3, 14, 16, 20, tzinfo=UTC))
        store.save_file(note, run)
        store.save_file(_text(root, "e", LETTER, None, subject="P-1"), run)
        exhibit = note.entities[0]
        links = (
            _link(image_of("a"), exhibit, LinkRelation.CONTRADICTS),
            _link(image_of("b"), exhibit, LinkRelation.SUPPORTS),
        )
        relations = tuple(_relation(image_of(name), note.reports[0]) for name in "abc")
        store.save_links(note.reports[0].id, links, relations, signature="test", run=run)
        store.finish_run(run, RunOutcome.FINISHED)
    return path


def image_of(content: str) -> ImageId:
    """Return the id of the first frame of one of the pictures ``a``, ``b``, ``c``."""
    return image_id(content * 64, 0)


def _file(root: str, name: str, content: str) -> SourceFile:
    sha256 = content * 64
    return source_file(root, name, sha256)


def _picture(
    root: str,
    content: str,
    at: datetime | None,
    location: Location,
    *,
    frames: int = 1,
    subject: str = "",
    institution: str = "",
) -> FileFindings:
    metadata = (("institution", institution),) if institution else ()
    images = tuple(
        Image(
            id=image_id(content * 64, frame),
            sha256=content * 64,
            frame=frame,
            width_px=4,
            height_px=5,
            captured_at=at,
            location=location,
            subject_ref=subject,
            metadata=metadata,
        )
        for frame in range(frames)
    )
    return FileFindings(file=_file(root, f"{content}.png", content), images=images, signature="test")


def _text(root: str, content: str, text: str, at: datetime | None, subject: str = "") -> FileFindings:
    identity = report_id(content * 64, 0)
    report = Report(id=identity, sha256=content * 64, text=text, authored_at=at, subject_ref=subject)
    said = (
        ("exhibit", "Exhibit 4", "4"),
        ("place", "Mill Lane", "Mill Lane"),
        ("date", "2026-03-15", "2026-03-15"),
        ("person", "Rowan Vale", "rowan vale"),
        ("date", "2026-03", "2026-03"),
        ("person", "witness", "witness"),
    )
    entities = tuple(
        _entity(report, label, phrase, normal) for label, phrase, normal in said if phrase in text
    )
    return FileFindings(
        file=_file(root, f"{content}.txt", content), reports=(report,), entities=entities, signature="test"
    )


def _entity(report: Report, label: str, phrase: str, normal: str) -> Entity:
    start = report.text.rindex(phrase) if phrase == "2026-03" else report.text.index(phrase)
    span = Span(start=start, end=start + len(phrase))
    return Entity(
        id=entity_id(report.id, READER.id, label, span),
        report_id=report.id,
        label=label,
        text=phrase,
        span=span,
        score=0.9,
        component_id=READER.id,
        normal=normal,
        concept="WN:10786517 witness" if normal == "witness" else "",
    )


def _link(image: ImageId, entity: Entity, relation: LinkRelation) -> Link:
    return Link(
        id=link_id(image, None, entity.id, relation),
        image_id=image,
        region_id=None,
        entity_id=entity.id,
        report_id=entity.report_id,
        relation=relation,
        score=0.8,
        component_id=READER.id,
        cues=(Cue(rule="test", detail="for a test", weight=1.0),),
    )


def _relation(image: ImageId, report: Report) -> Relation:
    return Relation(
        id=relation_id(image, report.id),
        image_id=image,
        report_id=report.id,
        cmi=0.5,
        sc=0.5,
        abs=0,
        component_id=READER.id,
    )
