"""A small but complete case for the desktop's tests, and a window on it.

Generated pictures, reports and plausible findings. Test modules take the fixtures with
``pytest_plugins = ("tests.unit.desktop_case",)``.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from math import cos, pi, sin
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QRadialGradient
from pytestqt.qtbot import QtBot

from desktop.session.preferences import Preferences
from desktop.session.session import Session
from desktop.theme import Mode, apply_theme
from desktop.views.main_window import MainWindow
from engine.clock import fixed_clock
from engine.model.evidence import Case, CaseKind, Image, Laterality, Report, Section, SourceFile, Span
from engine.model.findings import (
    Assertion,
    Cue,
    Entity,
    EntityAttributes,
    Link,
    LinkRelation,
    Measurement,
    Region,
    RegionAttributes,
    Relation,
    entity_id,
    link_id,
    region_id,
    relation_id,
)
from engine.model.geometry import Point, Polygon
from engine.model.ids import image_id, report_id, source_file_id
from engine.model.runs import Component, Issue, RunOutcome, make_component
from engine.store import CaseStore, FileFindings, create_case, open_case

AT = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
CLOCK = fixed_clock(AT)
SIZE_PX = (480, 400)
TEXT = (
    "FINDINGS:\nThe right lung is clear. There is an opacity in the left lung, about 24 mm.\n"
    "No pleural effusion \U0001f600. Possible rib fracture. Earlier pneumonia.\n\n"
    "IMPRESSION:\nOpacity in the left lung. No pneumothorax."
)
SEGMENTER = make_component("segmenter", "lung outlines", "1", labels=("right lung", "left lung", "opacity"))
RECOGNIZER = make_component("recognizer", "clinical phrases", "1")
LINKER = make_component("linker", "combined cues", "1")


SILENT_ENGINE = (sys.executable, "-c", "import sys; sys.stdin.read()")
"""A process that takes every request and answers none: for tests of what needs no engine."""


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Draw without a display; the one application is made before any test sets its environment."""
    return ["casebook", "-platform", "offscreen"]


@pytest.fixture
def a_case(tmp_path: Path) -> Path:
    """Return the path of a case of six pairs."""
    folder = tmp_path / "evidence"
    folder.mkdir()
    return build_case(folder / "chest.casebook")


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    """Return a session without a case, whose engine stays silent."""
    if not _counts_none_right():
        pytest.skip("this PySide6 loses references to None (see test_desktop_binding)")
    made = Session(
        preferences=Preferences(tmp_path / "desktop.ini"), clock=CLOCK, command=lambda _role: SILENT_ENGINE
    )
    yield made
    made.shut_down()


@pytest.fixture
def window(qtbot: QtBot, qapp: QObject, session: Session, a_case: Path) -> Iterator[MainWindow]:
    """Return a window on the case of six pairs."""
    apply_theme(qapp, Mode.LIGHT)  # type: ignore[arg-type]
    made = MainWindow(session)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    assert session.open(a_case)
    yield made
    made.close()


@pytest.fixture
def empty_window(qtbot: QtBot, qapp: QObject, tmp_path: Path) -> Iterator[MainWindow]:
    """Return a window without a case, with the real engine behind it."""
    apply_theme(qapp, Mode.LIGHT)  # type: ignore[arg-type]
    made = MainWindow(Session(preferences=Preferences(tmp_path / "desktop.ini")))
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


def _counts_none_right() -> bool:
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(50):
        thing.setObjectName("x")
    return before - sys.getrefcount(None) < 25


def build_case(path: Path, *, pairs: int = 6) -> Path:
    """Write a case with ``pairs`` images and reports; every second pair contradicts itself."""
    case = Case(
        kind=CaseKind.MEDICAL, name="Chest clinic", reference="CC-7", examiner="Dr. Example", created_at=AT
    )
    create_case(path, case, clock=CLOCK)
    with open_case(path, clock=CLOCK, actor="test") as store:
        store.add_root(path.parent)
        run = store.begin_run("ingest", (SEGMENTER, RECOGNIZER, LINKER), device="cpu", seed=0)
        for number in range(pairs):
            _add_pair(store, path.parent.name, number, run)
        store.add_issue(
            Issue(
                run_id=run.id,
                root=path.parent.name,
                relative_path="broken/scan.dcm",
                step="read",
                error="CorruptFile",
                message="scan.dcm ends in the middle of its pixel data",
                at=AT,
            )
        )
        store.finish_run(run, RunOutcome.FINISHED)
    return path


def _add_pair(store: CaseStore, root: str, number: int, run: object) -> None:
    image, thumbnail, regions = _picture(number)
    name = f"chest_{number + 1:02d}.png"
    store.save_file(
        FileFindings(
            file=_file(root, f"images/{name}", image.sha256),
            images=(image,),
            regions=regions,
            thumbnails=((image.id, thumbnail),),
            signature="test",
        ),
        run,
    )
    report, entities = _report(number, name)
    store.save_file(
        FileFindings(
            file=_file(root, f"reports/report_{number + 1:02d}.txt", report.sha256),
            reports=(report,),
            entities=entities,
            signature="test",
        ),
        run,
    )
    links, relation = _ties(image, regions, report, entities, contradicts=bool(number % 2))
    store.save_links(report.id, links, (relation,), signature="test", run=run)


def _file(root: str, relative_path: str, sha256: str) -> SourceFile:
    return SourceFile(
        id=source_file_id(root, relative_path, sha256),
        root=root,
        relative_path=relative_path,
        sha256=sha256,
        size_bytes=123_456,
        modified_at=AT,
    )


def _picture(number: int) -> tuple[Image, bytes, tuple[Region, ...]]:
    width, height = SIZE_PX
    sha256 = hashlib.sha256(f"image {number}".encode()).hexdigest()
    identity = image_id(sha256, 0)
    outlines = (
        ("right lung", _oval(150, 190, 70, 130), Laterality.RIGHT, 0.97),
        ("left lung", _oval(330, 190, 70, 130), Laterality.LEFT, 0.95),
        ("opacity", _oval(150 if number % 2 else 330, 230, 26, 22), None, 0.64),
    )
    regions = tuple(
        Region(
            id=region_id(identity, SEGMENTER.id, label, (outline,)),
            image_id=identity,
            label=label,
            score=score,
            component_id=SEGMENTER.id,
            polygons=(outline,),
            attributes=RegionAttributes(side=side, position="middle", area_px=outline.area_px),
        )
        for label, outline, side, score in outlines
    )
    image = Image(
        id=identity,
        sha256=sha256,
        width_px=width,
        height_px=height,
        modality="DX",
        body_part="CHEST",
        captured_at=AT,
        spacing_mm=(0.7, 0.7),
        subject_ref=f"P{number:03d}",
        metadata=(("Manufacturer", "Example <b>X-ray</b>"),),
    )
    return image, _jpeg(number), regions


def _oval(x: float, y: float, half_width: float, half_height: float) -> Polygon:
    steps = [2 * pi * step / 28 for step in range(28)]
    return Polygon(tuple(Point(x + half_width * cos(step), y + half_height * sin(step)) for step in steps))


def _jpeg(number: int) -> bytes:
    """Return a picture that looks a little like a chest radiograph."""
    width, height = SIZE_PX
    picture = QImage(width, height, QImage.Format.Format_Grayscale8)
    picture.fill(QColor(38, 38, 38))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    body = QRadialGradient(QPointF(240, 220), 300)
    body.setColorAt(0, QColor(205, 205, 205))
    body.setColorAt(1, QColor(70, 70, 70))
    painter.setBrush(body)
    painter.drawEllipse(QPointF(240, 220), 220, 240)
    painter.setBrush(QColor(60, 60, 60))
    for x in (150, 330):
        painter.drawEllipse(QPointF(x, 190), 70, 130)
    painter.setBrush(QColor(150, 150, 150))
    painter.drawEllipse(QPointF(150 if number % 2 else 330, 230), 26, 22)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.scaled(320, 320, Qt.AspectRatioMode.KeepAspectRatio).save(buffer, "JPEG", 85)
    return bytes(data.data())


def _report(number: int, image_name: str) -> tuple[Report, tuple[Entity, ...]]:
    text = f"{TEXT}\nImage: {image_name}. Report {number + 1}."
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    identity = report_id(sha256, 0)
    impression = text.index("IMPRESSION:")
    report = Report(
        id=identity,
        sha256=sha256,
        text=text,
        title=f"Chest radiograph {number + 1}",
        language="en",
        authored_at=AT,
        sections=(
            Section(kind="findings", title="FINDINGS", span=Span(start=0, end=impression)),
            Section(kind="impression", title="IMPRESSION", span=Span(start=impression, end=len(text))),
        ),
    )
    said = (
        ("right lung", "anatomy", Assertion.PRESENT, Laterality.RIGHT),
        ("opacity", "finding", Assertion.PRESENT, Laterality.LEFT),
        ("left lung", "anatomy", Assertion.PRESENT, Laterality.LEFT),
        ("pleural effusion", "finding", Assertion.ABSENT, None),
        ("rib fracture", "finding", Assertion.POSSIBLE, None),
        ("pneumonia", "finding", Assertion.HISTORICAL, None),
        ("pneumothorax", "finding", Assertion.ABSENT, None),
        (image_name, "file-name", Assertion.PRESENT, None),
    )
    return report, tuple(_entity(report, *each) for each in said)


def _entity(report: Report, phrase: str, label: str, assertion: Assertion, side: Laterality | None) -> Entity:
    start = report.text.index(phrase)
    span = Span(start=start, end=start + len(phrase))
    size = Measurement(values_mm=(24.0,)) if phrase == "opacity" else None
    return Entity(
        id=entity_id(report.id, RECOGNIZER.id, label, span),
        report_id=report.id,
        label=label,
        text=phrase,
        span=span,
        score=0.9,
        component_id=RECOGNIZER.id,
        normal=phrase,
        concept=f"X:1 {phrase}",
        assertion=assertion,
        attributes=EntityAttributes(laterality=side, measurement=size),
    )


def _ties(
    image: Image,
    regions: tuple[Region, ...],
    report: Report,
    entities: tuple[Entity, ...],
    *,
    contradicts: bool,
) -> tuple[tuple[Link, ...], Relation]:
    against = LinkRelation.CONTRADICTS if contradicts else LinkRelation.SUPPORTS
    opacity_cue = (
        Cue(
            rule="side",
            detail="the text says left, the region lies on the right",
            weight=-2.1,
            supports=False,
        )
        if contradicts
        else Cue(rule="side", detail="text and region are both on the left", weight=1.4)
    )
    same = Cue(rule="concept", detail="the phrase names the label of the region", weight=2.2)
    links = (
        _link(image, regions[0], entities[0], LinkRelation.SUPPORTS, 0.93, (same,)),
        _link(image, regions[1], entities[2], LinkRelation.SUPPORTS, 0.92, (same,)),
        _link(image, regions[2], entities[1], against, 0.81, (same, opacity_cue)),
        _link(
            image,
            None,
            entities[7],
            LinkRelation.SUPPORTS,
            0.99,
            (Cue(rule="file-name", detail="the report names this file", weight=4.0),),
        ),
    )
    relation = Relation(
        id=relation_id(image.id, report.id),
        image_id=image.id,
        report_id=report.id,
        cmi=0.62,
        sc=-0.55 if contradicts else 0.7,
        abs=-1,
        component_id=LINKER.id,
    )
    return links, relation


def _link(
    image: Image,
    region: Region | None,
    entity: Entity,
    relation: LinkRelation,
    score: float,
    cues: tuple[Cue, ...],
) -> Link:
    return Link(
        id=link_id(image.id, region.id if region else None, entity.id, relation),
        image_id=image.id,
        region_id=region.id if region else None,
        entity_id=entity.id,
        report_id=entity.report_id,
        relation=relation,
        score=score,
        component_id=LINKER.id,
        cues=cues,
    )


__all__ = ["AT", "CLOCK", "Component", "build_case"]
