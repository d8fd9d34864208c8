"""Whatever the model can hold, the case file gives back, and its digests hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.clock import fixed_clock
from engine.model.evidence import (
    Case,
    CaseKind,
    Image,
    Laterality,
    Location,
    Page,
    Report,
    Section,
    SourceFile,
    Span,
)
from engine.model.findings import (
    Assertion,
    Cue,
    Entity,
    EntityAttributes,
    FindingKind,
    Link,
    LinkRelation,
    Measurement,
    Region,
    RegionAttributes,
    Relation,
    Verdict,
)
from engine.model.geometry import Point, Polygon
from engine.model.ids import (
    EntityId,
    LinkId,
    RegionId,
    RelationId,
    SourceFileId,
    image_id,
    report_id,
    source_file_id,
    stable_id,
)
from engine.model.runs import Component, Examination, Issue, Run, make_component
from engine.store import CaseStore, FileFindings, create_case, open_case
from engine.store.text_search import match_all

NOON = fixed_clock(datetime(2026, 1, 2, 12, tzinfo=UTC))
MAKER = make_component("segmenter", "any", "1")

# Every code point, lone surrogates and NUL included, and what SQL, FTS5 and JSON could trip over.
texts = st.one_of(
    st.text(st.characters(), max_size=20),
    st.sampled_from(
        ["\0", "a\0b", "\udc80", "\ud800x", "'; DROP TABLE image; --", '"', "[]", "null", "\u202e", "1e5"]
    ),
)
words = texts.filter(bool)
finite = st.floats(allow_nan=False, allow_infinity=False)
unit = st.floats(0, 1)
sizes = st.integers(0, 2**62)
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(timezones=st.one_of(st.none(), st.just(UTC), zones))
aware = st.datetimes(timezones=st.just(UTC))
hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)
sides = st.none() | st.sampled_from(Laterality)
metadata = st.lists(st.tuples(texts, texts), max_size=3).map(tuple)
names = st.lists(texts, max_size=3).map(tuple)
coordinates = st.one_of(finite, st.integers(-(2**40), 2**40).map(float))
points = st.builds(Point, coordinates, coordinates)
polygons = st.lists(
    st.lists(points, min_size=3, max_size=6).map(lambda each: Polygon(tuple(each))), max_size=2
).map(tuple)
spans = st.tuples(sizes, sizes).map(lambda pair: Span(start=min(pair), end=max(pair)))
cues = st.builds(Cue, rule=texts, detail=texts, weight=finite, supports=st.booleans())


@st.composite
def images(draw: st.DrawFn, sha256: str) -> Image:
    return Image(
        id=image_id(sha256, 0),
        sha256=sha256,
        width_px=draw(sizes),
        height_px=draw(sizes),
        modality=draw(texts),
        body_part=draw(texts),
        laterality=draw(sides),
        view=draw(texts),
        captured_at=draw(st.none() | moments),
        spacing_mm=draw(st.none() | st.tuples(finite, finite)),
        location=draw(
            st.none()
            | st.builds(Location, latitude_deg=finite, longitude_deg=finite, altitude_m=st.none() | finite)
        ),
        subject_ref=draw(texts),
        study_ref=draw(texts),
        perceptual_hash=draw(texts),
        metadata=draw(metadata),
    )


@st.composite
def reports(draw: st.DrawFn, sha256: str) -> Report:
    return Report(
        id=report_id(sha256, 0),
        sha256=sha256,
        text=draw(texts),
        title=draw(texts),
        language=draw(texts),
        authored_at=draw(st.none() | moments),
        subject_ref=draw(texts),
        study_ref=draw(texts),
        about=draw(names),
        sections=tuple(draw(st.lists(st.builds(Section, kind=texts, title=texts, span=spans), max_size=2))),
        pages=tuple(draw(st.lists(st.builds(Page, number=sizes, span=spans), max_size=2))),
        ocr_confidence=draw(st.none() | unit),
        metadata=draw(metadata),
    )


@st.composite
def all_findings(draw: st.DrawFn) -> FileFindings:
    sha256, path = draw(hashes), draw(words)
    image, report = draw(images(sha256)), draw(reports(sha256))
    region_attributes = st.builds(
        RegionAttributes,
        colors=names,
        side=sides,
        position=texts,
        area_px=finite,
        area_mm2=st.none() | finite,
        text=texts,
    )
    entity_attributes = st.builds(
        EntityAttributes,
        laterality=sides,
        position=texts,
        colors=names,
        count=st.none() | sizes,
        measurement=st.none() | st.builds(Measurement, values_mm=st.lists(finite, max_size=3).map(tuple)),
        date=texts,
        section=texts,
    )
    regions = st.builds(
        Region,
        id=st.integers(0, 99).map(lambda each: RegionId(stable_id("region", image.id, each))),
        image_id=st.just(image.id),
        label=texts,
        score=unit,
        component_id=st.just(MAKER.id),
        polygons=polygons,
        parent_id=st.none() | hashes.map(lambda each: RegionId(each[:16])),
        attributes=region_attributes,
    )
    entities = st.builds(
        Entity,
        id=st.integers(0, 99).map(lambda each: EntityId(stable_id("entity", report.id, each))),
        report_id=st.just(report.id),
        label=texts,
        text=texts,
        span=spans,
        score=unit,
        component_id=st.just(MAKER.id),
        normal=texts,
        concept=texts,
        assertion=st.sampled_from(Assertion),
        attributes=entity_attributes,
    )
    return FileFindings(
        file=SourceFile(
            id=source_file_id("root", path, sha256),
            root="root",
            relative_path=path,
            sha256=sha256,
            size_bytes=draw(sizes),
            modified_at=draw(st.none() | moments),
            media_type=draw(texts),
            parent_id=draw(st.none() | hashes.map(lambda each: SourceFileId(each[:16]))),
        ),
        images=(image,),
        reports=(report,),
        regions=tuple(draw(st.lists(regions, max_size=3, unique_by=lambda each: each.id))),
        entities=tuple(draw(st.lists(entities, max_size=3, unique_by=lambda each: each.id))),
        examinations=(Examination(image_id=image.id, component_id=MAKER.id),),
        thumbnails=((image.id, draw(st.binary(max_size=9))),),
        signature=draw(words),
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("root") / "root"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[CaseStore]:
    path = folder.parent / "any.casebook"
    create_case(path, Case(kind=CaseKind.FORENSIC, name="Any", created_at=NOON()), clock=NOON)
    with open_case(path, clock=NOON) as opened:
        opened.add_root(folder)
        yield opened


@pytest.fixture(scope="module")
def run(store: CaseStore) -> Run:
    return store.begin_run("ingest", [MAKER])


many = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@many
@given(findings=all_findings(), data=st.data())
def test_findings(store: CaseStore, run: Run, findings: FileFindings, data: st.DataObject) -> None:
    file, image, report = findings.file, findings.images[0], findings.reports[0]
    store.save_file(findings, run)
    assert store.file_at("root", file.relative_path) == file
    assert store.image(image.id) == image
    assert store.report(report.id) == report
    assert store.regions(image_id=image.id) == findings.regions
    assert store.entities(report_id=report.id) == findings.entities
    assert store.thumbnail(image.id) == findings.thumbnails[0][1]
    assert store.is_file_saved(file.id, findings.signature)
    links = tuple(
        Link(
            id=LinkId(f"{entity.id}-{number}"),
            image_id=image.id,
            region_id=region_id,
            entity_id=entity.id,
            report_id=report.id,
            relation=data.draw(st.sampled_from(LinkRelation)),
            score=data.draw(unit),
            component_id=MAKER.id,
            cues=tuple(data.draw(st.lists(cues, min_size=1, max_size=2))),
        )
        for entity in findings.entities
        for number, region_id in enumerate([None, *(region.id for region in findings.regions)])
    )
    relation = Relation(
        id=RelationId(f"{image.id}-{report.id}"),
        image_id=image.id,
        report_id=report.id,
        cmi=data.draw(unit),
        sc=data.draw(st.floats(-1, 1)),
        abs=data.draw(st.sampled_from([-1, 0, 1])),
        component_id=MAKER.id,
        cues=tuple(data.draw(st.lists(cues, max_size=2))),
    )
    signature = data.draw(words)
    store.save_links(report.id, links, (relation,), signature=signature, run=run)
    assert store.links(report_id=report.id) == links
    assert store.relations(image_id=image.id) == (relation,)
    assert store.is_linked(report.id, signature)
    # Saving a second version over it, and the first again, must keep ids unique and digests whole.
    other = replace(findings, regions=(), reports=(replace(report, text=report.text + "!"),), entities=())
    store.save_file(replace(other, signature=findings.signature + "!"), run)
    assert store.links(report_id=report.id) == ()
    store.save_file(findings, run)
    assert store.regions(image_id=image.id) == findings.regions


@many
@given(
    name=words,
    version=texts,
    labels=names,
    parameters=metadata,
    device=texts,
    seed=st.integers(-(2**62), 2**62),
)
def test_runs_and_components(
    store: CaseStore,
    name: str,
    version: str,
    labels: tuple[str, ...],
    parameters: tuple[tuple[str, str], ...],
    device: str,
    seed: int,
) -> None:
    component: Component = make_component("kind", name, version, labels=labels, parameters=parameters)
    run = store.begin_run(name, [component, component], device=device, seed=seed)
    assert store.components(id=component.id) == (component,)
    assert store.runs(id=run.id) == (run,)


@many
@given(
    relative_path=texts,
    step=texts,
    error=texts,
    message=texts,
    at=aware,
    source=st.none() | hashes.map(lambda each: SourceFileId(each[:16])),
)
def test_issues(
    store: CaseStore,
    run: Run,
    relative_path: str,
    step: str,
    error: str,
    message: str,
    at: datetime,
    source: SourceFileId | None,
) -> None:
    issue = Issue(
        run_id=run.id,
        relative_path=relative_path,
        root="root",
        step=step,
        error=error,
        message=message,
        at=at,
        source_file_id=source,
    )
    store.add_issue(issue)
    assert issue in store.issues(relative_path=relative_path)
    store.clear_issues("root", relative_path)
    assert store.issues(relative_path=relative_path) == ()


@many
@given(target=hashes, label=texts, note=texts, examiner=texts, outline=polygons)
def test_reviews_bookmarks_and_searches(
    store: CaseStore, target: str, label: str, note: str, examiner: str, outline: tuple[Polygon, ...]
) -> None:
    review = store.add_review(
        FindingKind.REGION,
        target,
        Verdict.CORRECTED,
        examiner=examiner,
        label=label,
        polygons=outline,
        note=note,
    )
    assert store.latest_review(target) == review
    bookmark = store.add_bookmark("image", label, examiner=examiner, title=note)
    assert bookmark in store.bookmarks()
    search = store.save_search(label, note, examiner=examiner)
    assert search in store.saved_searches()
    store.mark_seen([note], examiner=examiner)
    assert note in store.seen(examiner)
    store.append_audit(label, note, examiner.removeprefix("rows:"))


@many
@given(words=st.text(st.characters(), max_size=40))
def test_nothing_typed_breaks_a_search(store: CaseStore, words: str) -> None:
    store.search_text(words, limit=3)
    assert not match_all(words).replace('"', "").startswith("\0")


@many
@given(
    values=st.lists(
        st.lists(st.floats(width=32, allow_nan=False), min_size=4, max_size=4), min_size=1, max_size=4
    )
)
def test_vectors(store: CaseStore, values: list[list[float]]) -> None:
    matrix = np.array(values, dtype=np.float32)
    ids = [str(number) for number in range(len(values))]
    store.save_vectors("test", ids, matrix)
    found, read = store.vectors("test")
    assert list(found[: len(ids)]) == ids
    np.testing.assert_array_equal(read[: len(ids)], matrix)


def test_the_digests_of_all_that_hold(store: CaseStore) -> None:
    assert store.check_audit() == ()
