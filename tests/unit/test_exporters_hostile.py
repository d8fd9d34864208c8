"""Hostile text in every field of every row that holds text: it is shown, and nothing is fetched or run."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import openpyxl
import pytest
from numpy.typing import NDArray

from engine.clock import fixed_clock
from engine.jobs.export import export_case
from engine.model.evidence import Case, CaseKind, Image, Location, Report, Section, SourceFile, Span
from engine.model.findings import (
    Cue,
    Entity,
    EntityAttributes,
    FindingKind,
    Link,
    LinkRelation,
    Region,
    RegionAttributes,
    Relation,
    Verdict,
    entity_id,
    link_id,
    region_id,
    relation_id,
)
from engine.model.geometry import Box
from engine.model.ids import ImageId, image_id, report_id
from engine.model.runs import Examination, Issue, RunOutcome, make_component
from engine.store import CaseStore, FileFindings, create_case, open_case
from tests.unit.evidence_files import source_file

AT = datetime(2026, 3, 4, 10, 20, 30, tzinfo=UTC)
PAYLOADS = {
    "markup": "<img src=http://evil.example/x onerror=alert(1)><script>alert(1)</script></td></svg>]]>{}",
    "formula": "=HYPERLINK(\"http://evil.example\",\"x\")\x00\u202egpj.exe\u2066 \ud800 שלום 漢字",
    "long": "@" + "W" * 10_000,
}  # fmt: skip
FILES = (
    "pdf",
    "html",
    "csv",
    "xlsx",
    "json",
    "coco.json",
    "kml",
    "gpx",
    "geojson",
    "fhir.json",
    "case.jsonld",
)
FOLDERS = ("labelme", "yolo")
# fmt: off
TAGS = frozenset({
    "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "b", "strong", "nav",
    "ol", "ul", "li", "a", "section", "article", "figure", "figcaption", "input", "label", "br", "div", "img",
    "svg", "path", "rect", "circle", "text", "table", "thead", "tbody", "tr", "th", "td", "bdi", "code",
    "span", "blockquote", "mark", "sup",
})
# fmt: on


class Poison:
    """Gives each field the same payload with the field's own name in it, and remembers the names."""

    def __init__(self, payload: str) -> None:
        self.payload = payload
        self.fields: list[str] = []

    def __call__(self, field: str) -> str:
        self.fields.append(f"field-{field}-field")
        return f"{self.payload} {self.fields[-1]}"


class Page(HTMLParser):
    """What a browser would see: every tag, and every address that it would follow or fetch by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name in ("src", "href", "data", "action", "xlink:href", "srcset", "background"):
                self.addresses.append(value or "")
            if name.startswith("on"):
                self.handlers.append(name)


def _load(_: ImageId) -> NDArray[np.uint8]:
    return np.zeros((90, 120, 3), np.uint8)


def _image(evil: Poison, component: str) -> tuple[Image, Region]:
    sha = hashlib.sha256(b"image").hexdigest()
    image = Image(
        id=image_id(sha, 0), sha256=sha, width_px=120, height_px=90, modality=evil("modality"),
        body_part=evil("body-part"), view=evil("view"), subject_ref=evil("subject"), study_ref=evil("study"),
        captured_at=AT, location=Location(latitude_deg=1, longitude_deg=2),
        metadata=(("camera", evil("exif")), (evil("tag-name"), evil("dicom-tag")),
                  ("captured_at_zone", evil("zone"))),
    )  # fmt: skip
    polygons = (Box(10, 10, 40, 60).as_polygon(),)
    label = evil("region-label")
    region = Region(
        id=region_id(image.id, component, label, polygons), image_id=image.id, label=label, score=0.9,  # type: ignore[arg-type]
        component_id=component, polygons=polygons,  # type: ignore[arg-type]
        attributes=RegionAttributes(
            position=evil("position"), text=evil("lettering"), colors=(evil("color"),), area_px=9.0
        ),
    )  # fmt: skip
    return image, region


def _report(evil: Poison, component: str) -> tuple[Report, Entity]:
    heading, phrase = evil("section"), evil("phrase")
    text = f"{heading}: {phrase}"
    sha = hashlib.sha256(b"report").hexdigest()
    span = Span(start=len(heading) + 2, end=len(text))
    report = Report(
        id=report_id(sha, 0), sha256=sha, text=text, title=evil("title"), language="en",
        subject_ref=evil("report-subject"), study_ref=evil("report-study"), about=(evil("about"),),
        sections=(Section(kind="impression", title=heading, span=Span(start=0, end=len(text))),),
        metadata=((evil("mail-key"), evil("mail-header")),),
    )  # fmt: skip
    label = evil("entity-label")
    entity = Entity(
        id=entity_id(report.id, component, label, span), report_id=report.id, label=label, text=phrase,  # type: ignore[arg-type]
        span=span, score=0.8, component_id=component, normal=evil("normal"), concept=evil("concept"),  # type: ignore[arg-type]
        attributes=EntityAttributes(
            position=evil("entity-position"), degree=evil("degree"), comparison=evil("comparison"),
            materials=(evil("material"),), colors=(evil("entity-color"),), date=evil("date"),
            section=evil("entity-section"),
        ),
    )  # fmt: skip
    return report, entity


def _file(evil: Poison, field: str, sha: str) -> SourceFile:
    path = evil(f"{field}-path")
    said = {"media_type": evil(f"{field}-media-type"), "caption": evil(f"{field}-caption")}
    return source_file("photos", path, sha, 7, **said)


def _fill(store: CaseStore, evil: Poison) -> None:
    component = make_component(
        "segmenter", evil("component"), evil("version"), parameters=((evil("key"), evil("parameter")),),
        labels=(evil("looked-for"),),
    )  # fmt: skip
    run = store.begin_run("ingest", [component], device=evil("device"), seed=1)
    image, region = _image(evil, component.id)
    report, entity = _report(evil, component.id)
    looked = (Examination(image_id=image.id, component_id=component.id),)
    first = _file(evil, "image", image.sha256)
    store.save_file(
        FileFindings(file=first, images=(image,), regions=(region,), examinations=looked, signature="s"), run
    )
    second = _file(evil, "report", report.sha256)
    store.save_file(FileFindings(file=second, reports=(report,), entities=(entity,), signature="s"), run)
    cues = (
        Cue(rule=evil("rule"), detail=evil("reason"), weight=1.0),
        Cue(rule="cmi-" + evil("relation-rule"), detail=evil("relation-reason"), weight=-2.0, supports=False),
    )
    link = Link(
        id=link_id(image.id, region.id, entity.id, LinkRelation.CONTRADICTS), image_id=image.id,
        region_id=region.id, entity_id=entity.id, report_id=report.id, relation=LinkRelation.CONTRADICTS,
        score=0.8, component_id=component.id, cues=cues,
    )  # fmt: skip
    pair = Relation(
        id=relation_id(image.id, report.id), image_id=image.id, report_id=report.id, cmi=0.5, sc=-1, abs=0,
        component_id=component.id, cues=cues,
    )  # fmt: skip
    store.save_links(report.id, [link], [pair], signature="l", run=run)
    store.add_issue(
        Issue(
            run_id=run.id, relative_path=evil("issue-path"), root="photos", step=evil("step"),
            error=evil("error"), message=evil("message"), at=AT,
        )
    )  # fmt: skip
    store.finish_run(run, RunOutcome.FINISHED)
    for kind, target in ((FindingKind.REGION, region.id), (FindingKind.ENTITY, entity.id)):
        said = {"examiner": evil("analyst"), "note": evil("note"), "label": evil("corrected")}
        store.add_review(kind, target, Verdict.CORRECTED, **said)


@pytest.fixture(scope="module", params=[(kind, name) for kind in CaseKind for name in PAYLOADS], ids=str)
def written(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, Poison]]:
    """The exports of a case whose every text is hostile, in a folder as ``all.FORMAT``."""
    kind, name = request.param
    folder = tmp_path_factory.mktemp("hostile")
    evil = Poison(PAYLOADS[name])
    case = Case(
        kind=kind, name=evil("name"), reference=evil("reference"), examiner=evil("examiner"), created_at=AT
    )
    create_case(folder / "c.casebook", case, clock=fixed_clock(AT))
    (folder / "photos").mkdir()
    with open_case(folder / "c.casebook", clock=fixed_clock(AT), actor=evil("actor")) as store:
        store.add_root(folder / "photos")
        _fill(store, evil)
        for chosen in FILES:
            export_case(store, folder / f"all.{chosen}", at=AT, request=evil("request"), load_view=_load)
        for chosen in FOLDERS:
            export_case(store, folder / chosen, format=chosen, at=AT, load_view=_load)
    yield folder, evil


def test_the_poison_reaches_every_field(written: tuple[Path, Poison]) -> None:
    folder, evil = written
    text = (folder / "all.json").read_text("utf-8")
    elsewhere = {"request", "actor", "issue-path"}  # of the export and of the audit, not of the findings
    lacking = {field for field in evil.fields if field not in text}
    assert {field.split("field-")[1].removesuffix("-field") for field in lacking} <= elsewhere


def test_the_page_has_our_tags_only_and_no_address(written: tuple[Path, Poison]) -> None:
    folder, evil = written
    text = (folder / "all.html").read_text("utf-8")
    page = Page()
    page.feed(text)
    assert page.tags <= TAGS
    assert not page.handlers
    assert not [address for address in page.addresses if not address.startswith(("#", "data:image/jpeg;"))]
    assert not re.search("[\x00\u202e\u2066]", text)
    if len(evil.payload) < 1000:
        for field in (
            "name",
            "request",
            "region-label",
            "reason",
            "note",
            "image-path",
            "message",
            "lettering",
        ):
            assert f"field-{field}-field" in text, field


def test_tables_hold_text_and_no_formula(written: tuple[Path, Poison]) -> None:
    folder, _ = written
    with (folder / "all.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = [value for row in csv.reader(stream) for value in row]
    assert not [value for value in cells if re.match(r"\s*([=+@\t\r]|-\D)", value)]
    book = openpyxl.load_workbook(folder / "all.xlsx")
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}
    assert not [cell for sheet in book for row in sheet for cell in row if cell.hyperlink]


def test_documents_of_other_programs_stay_whole(written: tuple[Path, Poison]) -> None:
    folder, _ = written
    for name in ("json", "coco.json", "geojson", "fhir.json", "case.jsonld"):
        json.loads((folder / f"all.{name}").read_text("utf-8"))
    for name in ("kml", "gpx"):
        root = ElementTree.parse(folder / f"all.{name}").getroot()
        assert not [node for node in root.iter() if node.tag.lower().endswith(("script", "img", "link"))]
    for path in (folder / "labelme").glob("*.json"):
        json.loads(path.read_text("utf-8"))


@pytest.mark.skipif(
    not (shutil.which("qpdf") and shutil.which("pdftotext")), reason="needs qpdf and pdftotext"
)
def test_the_pdf_does_nothing_and_shows_what_is_hidden(written: tuple[Path, Poison]) -> None:
    folder, evil = written
    report = folder / "all.pdf"
    plain = subprocess.run(
        ["qpdf", "--qdf", "--object-streams=disable", str(report), "-"], capture_output=True, check=True
    ).stdout
    for action in (b"/URI", b"/JavaScript", b"/JS ", b"/Launch", b"/SubmitForm", b"/GoToR", b"/EmbeddedFile"):
        assert action not in plain, action
    text = subprocess.run(["pdftotext", str(report), "-"], capture_output=True, check=True).stdout.decode()
    assert "\u202e" not in text
    if "\u202e" in evil.payload:
        assert "[U+202E]" in text and "[U+0000]" in text
