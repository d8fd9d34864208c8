"""A small case with every kind of row, on evidence that lies in its folder: two pictures and two notes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image as PilImage

from engine.hashing import file_sha256
from engine.model.evidence import Case, CaseKind, Image, Report, SourceFile, Span
from engine.model.findings import (
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
from engine.model.geometry import Box
from engine.model.ids import image_id, report_id, source_file_id
from engine.model.runs import Component, Examination, Run, RunOutcome, make_component
from engine.store import CaseStore, FileFindings, create_case, open_case

TEXT = "A knife and a bag."
_BOXES = (("knife", Box(1, 2, 30, 40)), ("bag", Box(40, 2, 60, 40)))
_WORDS = (Span(start=2, end=7), Span(start=14, end=17))


class Ticking:
    """A clock that goes on by a minute at each look."""

    def __init__(self) -> None:
        self._at = datetime(2026, 3, 4, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        self._at += timedelta(minutes=1)
        return self._at


def build_linked_case(folder: Path) -> Path:
    """Write ``folder/evidence`` and the case beside it; return the path of the case."""
    evidence, path, clock = folder / "evidence", folder / "first.casebook", Ticking()
    evidence.mkdir(parents=True)
    for number in (1, 2):
        PilImage.new("RGB", (100, 80), (number, 90, 120)).save(evidence / f"{number}.png")
        (evidence / f"{number}.txt").write_text(f"{TEXT} Note {number}.")
    case = Case(kind=CaseKind.FORENSIC, name="Exhibit 7", examiner="Ada Byron", created_at=clock())
    create_case(path, case, clock=clock)
    with open_case(path, clock=clock) as store:
        store.add_root(evidence)
        boxes = make_component("segmenter", "boxes", "1", labels=("knife", "bag"))
        words = make_component("recognizer", "words", "1")
        run = store.begin_run("ingest", [boxes, words])
        pairs = [_take_in(store, run, boxes, words, evidence, number) for number in (1, 2)]
        store.finish_run(run, RunOutcome.FINISHED)
        linking = store.begin_run("link", [boxes])
        for image, report in pairs:
            _link(store, linking, boxes, image, report)
        store.finish_run(linking, RunOutcome.FINISHED)
    return path


def _take_in(
    store: CaseStore, run: Run, boxes: Component, words: Component, evidence: Path, number: int
) -> tuple[Image, Report]:
    picture, note = _file(evidence / f"{number}.png"), _file(evidence / f"{number}.txt")
    image = Image(id=image_id(picture.sha256, 0), sha256=picture.sha256, width_px=100, height_px=80)
    text = (evidence / f"{number}.txt").read_text()
    report = Report(id=report_id(note.sha256, 0), sha256=note.sha256, text=text)
    regions = tuple(
        Region(
            id=region_id(image.id, boxes.id, label, (box.as_polygon(),)), image_id=image.id, label=label,
            score=0.8, component_id=boxes.id, polygons=(box.as_polygon(),),
        )
        for label, box in _BOXES
    )  # fmt: skip
    entities = tuple(
        Entity(
            id=entity_id(report.id, words.id, "thing", span), report_id=report.id, label="thing",
            text=text[span.start : span.end], span=span, score=0.9, component_id=words.id,
        )
        for span in _WORDS
    )  # fmt: skip
    looked = (Examination(image_id=image.id, component_id=boxes.id),)
    store.save_file(
        FileFindings(file=picture, images=(image,), regions=regions, examinations=looked, signature="s"), run
    )
    store.save_file(FileFindings(file=note, reports=(report,), entities=entities, signature="s"), run)
    return image, report


def _file(path: Path) -> SourceFile:
    sha256 = file_sha256(path)
    return SourceFile(
        id=source_file_id("evidence", path.name, sha256), root="evidence", relative_path=path.name,
        sha256=sha256, size_bytes=path.stat().st_size,
    )  # fmt: skip


def _link(store: CaseStore, run: Run, component: Component, image: Image, report: Report) -> None:
    regions, entities = store.regions(image_id=image.id), store.entities(report_id=report.id)
    links = [
        Link(
            id=link_id(image.id, region.id, entity.id, relation), image_id=image.id, region_id=region.id,
            entity_id=entity.id, report_id=report.id, relation=relation, score=0.9, component_id=component.id,
            cues=(Cue(rule="same-word", detail=f"both say {entity.text}", weight=1.0),),
        )
        for region, entity, relation in zip(
            regions, entities, (LinkRelation.SUPPORTS, LinkRelation.CONTRADICTS), strict=True
        )
    ]  # fmt: skip
    relation = Relation(
        id=relation_id(image.id, report.id), image_id=image.id, report_id=report.id, cmi=0.5, sc=0.25, abs=0,
        component_id=component.id, cues=(Cue(rule="links", detail="one of two agrees", weight=0.5),),
    )  # fmt: skip
    store.save_links(report.id, links, [relation], signature="s", run=run)
