"""A whole case through every format: complete, equal in every byte, harmless, readable by others."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.clock import fixed_clock
from engine.errors import ExportError, NotReadable, UsageError
from engine.exporters.html.page import write as write_page
from engine.exporters.options import ExportOptions
from engine.exporters.pdf.document import write as write_pdf
from engine.exporters.templates import template_of
from engine.jobs.export import ExportResult, export_case
from engine.model.evidence import Case, CaseKind, Image, Report, Span
from engine.model.findings import (
    Assertion,
    Cue,
    Entity,
    FindingKind,
    Link,
    LinkRelation,
    Region,
    Relation,
    Verdict,
    entity_id,
    link_id,
    region_id,
    relation_id,
)  # fmt: skip
from engine.model.geometry import Box
from engine.model.ids import ImageId, image_id, report_id
from engine.model.runs import Examination, Issue, Run, RunOutcome, make_component
from engine.progress import Progress
from engine.store import CaseStore, FileFindings, create_case, open_case
from tests.unit.evidence_files import source_file

AT = datetime(2026, 3, 4, 10, 20, 30, tzinfo=UTC)
HOSTILE = (
    "<img src='http://evil.example/x.png'/><b>&amp;</b><script>alert(1)</script>",
    "=HYPERLINK(\"http://evil.example\")\x00 exe\u202egpj \ud800 🔫 王芳 שלום",
    "W" * 10_000,
)  # fmt: skip
FORMATS = (
    "pdf", "csv", "json", "html", "coco.json", "xlsx", "kml", "gpx", "geojson", "fhir.json", "case.jsonld",
)  # fmt: skip


def _load(_: ImageId) -> NDArray[np.uint8]:
    rows = np.linspace(0, 255, 90, dtype=np.uint8)
    return np.repeat(np.repeat(rows[:, None], 120, axis=1)[..., None], 3, axis=2)


def _save_picture(store: CaseStore, run: Run, number: int, label: str) -> Region:
    segmenter = make_component(
        "segmenter", "yolo:lungs", "1", weights_sha256="ab" * 32, labels=("lung", "gun")
    )
    sha = hashlib.sha256(b"%d" % number).hexdigest()
    image = Image(id=image_id(sha, 0), sha256=sha, width_px=120, height_px=90, modality="photograph")
    outlines = [(Box(10 + 20 * k, 10, 40 + 20 * k, 60).as_polygon(),) for k in range(3)]
    regions = tuple(
        Region(
            id=region_id(image.id, segmenter.id, label, polygons), image_id=image.id, label=label, score=0.9,
            component_id=segmenter.id, polygons=polygons,
        )
        for polygons in outlines
    )  # fmt: skip
    name = f"{label}/{number}.png"
    file = source_file("photos", name, sha, 77)
    looked = (Examination(image_id=image.id, component_id=segmenter.id),)
    found = FileFindings(file=file, images=(image,), regions=regions, examinations=looked, signature="s")
    store.save_file(found, run)
    return regions[0]


def _save_text(store: CaseStore, run: Run, number: int, words: str, region: Region) -> None:
    recognizer = make_component("recognizer", "terms", "1")
    opening = f"Photograph {number} was examined. "
    text = f"{opening}{words} No knife was seen."
    sha = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    report = Report(id=report_id(sha, 0), sha256=sha, text=text, about=(f"{number}.png",))
    entities = [
        Entity(
            id=entity_id(report.id, recognizer.id, "thing", span), report_id=report.id, label="thing",
            text=text[span.start : span.end], span=span, score=0.8, component_id=recognizer.id,
            assertion=assertion,
        )
        for span, assertion in (
            (Span(start=len(opening), end=len(opening) + len(words)), Assertion.PRESENT),
            (Span(start=len(text) - 19, end=len(text) - 10), Assertion.ABSENT),
        )
    ]  # fmt: skip
    name = f"notes/{number}.txt"
    file = source_file("photos", name, sha)
    store.save_file(
        FileFindings(file=file, reports=(report,), entities=tuple(entities), signature="s"),
        run,  # type: ignore[arg-type]
    )
    relation = LinkRelation.CONTRADICTS if number % 2 else LinkRelation.SUPPORTS
    cues = (
        Cue(rule="side", detail=words, weight=-2.0, supports=False),
        Cue(rule="name", detail="same", weight=1.0),
    )
    link = Link(
        id=link_id(region.image_id, region.id, entities[0].id, relation), image_id=region.image_id,
        region_id=region.id,
        entity_id=entities[0].id, report_id=report.id, relation=relation, score=0.83,
        component_id=recognizer.id, cues=cues,
    )  # fmt: skip
    pair = Relation(
        id=relation_id(region.image_id, report.id), image_id=region.image_id, report_id=report.id,
        cmi=0.5, sc=-1, abs=0, component_id=recognizer.id, cues=cues,
    )  # fmt: skip
    store.save_links(report.id, [link], [pair], signature="l", run=run)


def _make(path: Path, kind: CaseKind, phrases: tuple[str, ...], pictures: int) -> CaseStore:
    clock = fixed_clock(AT)
    first = phrases[0] if phrases else "Case"
    case = Case(kind=kind, name=first, reference=first, examiner=first[:60], created_at=AT)
    create_case(path, case, clock=clock)
    store = open_case(path, clock=clock, actor="tester")
    if not pictures:
        return store
    (path.parent / "photos").mkdir(exist_ok=True)
    store.add_root(path.parent / "photos")
    components = [
        make_component("segmenter", "yolo:lungs", "1", weights_sha256="ab" * 32, labels=("lung", "gun")),
        make_component("recognizer", "terms", "1"),
    ]
    run = store.begin_run("ingest", components, device="cpu", seed=1)
    for number in range(pictures):
        label = phrases[number % len(phrases)]
        region = _save_picture(store, run, number, label)
        _save_text(store, run, number, label, region)
    store.add_issue(
        Issue(
            run_id=run.id,
            relative_path=first,
            root="photos",
            step="read",
            error="CorruptFile",
            message=first,
            at=AT,
        )
    )
    store.finish_run(run, RunOutcome.FINISHED)
    region = store.regions(limit=1)[0]
    store.add_review(FindingKind.REGION, region.id, Verdict.REJECTED, examiner=first, note=first)
    return store


Make = Callable[..., CaseStore]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    stores: list[CaseStore] = []

    def make_case(
        *, kind: CaseKind = CaseKind.FORENSIC, phrases: tuple[str, ...] = ("a red lung",), pictures: int = 3
    ) -> CaseStore:
        stores.append(_make(tmp_path / f"{len(stores)}.casebook", kind, phrases, pictures))
        return stores[-1]

    yield make_case
    for store in stores:
        store.close()


def _export(store: CaseStore, out: Path, **choice: object) -> ExportResult:
    return export_case(store, out, at=AT, reproducible=True, load_view=_load, **choice)  # type: ignore[arg-type]


def _words(pdf: Path) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed (poppler-utils)")
    done = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True, encoding="utf-8"
    )
    return done.stdout


@pytest.mark.parametrize("kind", list(CaseKind))
def test_the_same_state_and_time_give_the_same_bytes(make: Make, tmp_path: Path, kind: CaseKind) -> None:
    stores = {"one": make(kind=kind), "other": make(kind=kind)}
    for folder in stores:
        (tmp_path / folder).mkdir()
    for name in FORMATS:
        one, other = (_export(store, tmp_path / folder / f"all.{name}") for folder, store in stores.items())
        assert one.audit_hash == other.audit_hash
        assert one.path.read_bytes() == other.path.read_bytes(), name


@pytest.mark.parametrize("kind", list(CaseKind))
def test_the_pdf_names_every_finding_and_the_state_of_the_case(
    make: Make, tmp_path: Path, kind: CaseKind
) -> None:
    store = make(kind=kind)
    head = store.audit_head()
    shown = _words(_export(store, tmp_path / "report.pdf").path)
    findings = [*store.regions(), *store.entities(), *store.links(), *store.relations()]
    assert not [row.id for row in findings if row.id not in shown]
    for expected in (
        head.hash,
        "Contradiction 1",
        "photos/notes/0.txt",
        "CorruptFile",
        "rejected",
        "page 1 of",
    ):
        assert expected in shown
    banner = "not a diagnosis" if kind is CaseKind.MEDICAL else "Investigative support"
    assert banner in shown
    for file in store.files():
        assert file.sha256[:32] in shown


def test_a_cap_is_said_and_what_it_leaves_out_is_listed(make: Make, tmp_path: Path) -> None:
    store = make(pictures=4)
    head = store.audit_head()
    options = ExportOptions(
        at=AT, audit_length=head.length, audit_hash=head.hash, load_view=_load, max_figures=1, max_reports=1
    )  # fmt: skip
    write_pdf(store, tmp_path / "capped.pdf", options)
    shown = _words(tmp_path / "capped.pdf")
    assert "3 more images with findings are not shown as figures" in shown
    assert "3 more texts are not quoted" in shown
    assert "Register of findings not shown above" in shown
    findings = [*store.regions(), *store.entities(), *store.links(), *store.relations()]
    assert not [row.id for row in findings if row.id not in shown]


def test_an_empty_case_has_a_whole_report(make: Make, tmp_path: Path) -> None:
    store = make(phrases=(), pictures=0)
    for name in FORMATS:
        _export(store, tmp_path / f"empty.{name}")
    assert "The case holds no image" in _words(tmp_path / "empty.pdf")


@pytest.mark.parametrize("kind", list(CaseKind))
def test_the_page_has_the_parts_of_the_report_and_registers_what_a_cap_leaves_out(
    make: Make, tmp_path: Path, kind: CaseKind
) -> None:
    store = make(kind=kind)
    head = store.audit_head()
    options = ExportOptions(
        at=AT, audit_length=head.length, audit_hash=head.hash, load_view=_load, max_figures=1, max_reports=1
    )
    write_page(store, tmp_path / "page.html", options)
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    titles = re.findall("<h2>(.*?)</h2>", page)
    assert titles == [part.title for part in template_of(kind).parts]
    assert not [row.id for row in (*store.regions(), *store.entities(), *store.links()) if row.id not in page]
    assert [entry.hash for entry in store.audit() if entry.hash not in page] == []
    assert set(re.findall('href="#([^"]+)"', page)) <= set(re.findall('id="([^"]+)"', page))


def test_a_page_of_confirmed_findings_names_no_other(make: Make, tmp_path: Path) -> None:
    store = make()
    link = store.links(relation=LinkRelation.CONTRADICTS)[0]
    store.add_review(FindingKind.LINK, link.id, Verdict.REJECTED, examiner="E")
    store.add_review(FindingKind.LINK, link.id, Verdict.CONFIRMED, examiner="E")
    page = _export(store, tmp_path / "page.html", scope="confirmed").path.read_text(encoding="utf-8")
    others = [row.id for row in (*store.links(), *store.relations()) if row.id != link.id]
    assert link.id in page and [identity for identity in others if identity in page] == []
    assert "replaced by a later verdict" in page


@pytest.mark.parametrize("name", ["dicom", "dicom-seg", "dicom-sr"])
def test_without_a_dicom_file_nothing_is_written(make: Make, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="holds no DICOM"):
        export_case(make(), tmp_path / "out", format=name, at=AT, load_view=_load)
    assert not (tmp_path / "out").exists()


def test_hostile_text_in_every_field_is_shown_and_does_nothing(make: Make, tmp_path: Path) -> None:
    store = make(phrases=HOSTILE, pictures=3)
    for name in FORMATS:
        _export(store, tmp_path / f"out.{name}")
    shown = _words(tmp_path / "out.pdf")
    assert "<img src=" in shown
    assert "[U+202E]" in shown
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert re.findall(r"<img src=[\"'](?!data:)", page) == []
    assert "\u202e" not in page
    assert "\x00" not in page
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = [value for row in csv.reader(stream) for value in row]
    assert not [value for value in cells if value.startswith(("=", "+", "@")) or re.match(r"-\D", value)]
    json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    json.loads((tmp_path / "out.coco.json").read_text(encoding="utf-8"))


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
def test_the_pdf_is_sound_and_embeds_its_fonts(make: Make, tmp_path: Path) -> None:
    out = _export(make(phrases=HOSTILE), tmp_path / "report.pdf").path
    subprocess.run(["qpdf", "--check", str(out)], check=True, capture_output=True)
    fonts = subprocess.run(
        ["pdffonts", str(out)], check=True, capture_output=True, encoding="utf-8"
    ).stdout.splitlines()
    assert len(fonts) > 4
    assert all(re.search(r" yes yes yes ", row) for row in fonts[2:]), "\n".join(fonts)


def test_json_holds_every_row_with_all_fields(make: Make, tmp_path: Path) -> None:
    store = make()
    document = json.loads(_export(store, tmp_path / "all.json").path.read_text(encoding="utf-8"))
    assert document["schema"] == "casebook-findings/1"
    for section in (
        "files",
        "images",
        "reports",
        "regions",
        "entities",
        "links",
        "relations",
        "reviews",
        "issues",
    ):
        assert len(document[section]) == document["counts"][section], section
    region = store.regions(limit=1)[0]
    assert document["regions"][0]["polygons"][0]["points"][0] == {
        "x": region.polygons[0].points[0].x,
        "y": 10.0,
    }


def test_coco_is_what_its_readers_expect(make: Make, tmp_path: Path) -> None:
    store = make()
    document = json.loads(_export(store, tmp_path / "regions.coco.json").path.read_text(encoding="utf-8"))
    rejected = 1
    assert len(document["annotations"]) == store.counts().regions - rejected
    images = {row["id"]: row for row in document["images"]}
    categories = {row["id"] for row in document["categories"]}
    for row in document["annotations"]:
        left, top, width, height = row["bbox"]
        assert row["category_id"] in categories
        assert 0 <= left < left + width <= images[row["image_id"]]["width"]
        assert 0 <= top < top + height <= images[row["image_id"]]["height"]
        assert row["area"] == pytest.approx(width * height)
        assert len(row["segmentation"][0]) == 8


def test_csv_has_a_row_for_each_finding(make: Make, tmp_path: Path) -> None:
    store = make()
    out = _export(store, tmp_path / "findings.csv").path
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    counts = store.counts()
    total = counts.regions + counts.entities + counts.links + counts.relations + counts.reviews
    assert len(rows) == total
    assert [row["verdict"] for row in rows if row["kind"] == "region"].count("rejected") == 1


def test_lost_evidence_is_said_in_the_report(make: Make, tmp_path: Path) -> None:
    def lost(_: ImageId) -> NDArray[np.uint8]:
        raise NotReadable("photos/0.png is not in the evidence folder 'photos'")

    out = export_case(make(), tmp_path / "report.pdf", at=AT, load_view=lost).path
    assert "is not in the evidence folder" in _words(out)


def test_an_export_is_an_audit_entry_and_leaves_its_hash_beside_it(make: Make, tmp_path: Path) -> None:
    store = make()
    before = store.audit_head()
    result = _export(store, tmp_path / "report.json")
    assert (result.audit_length, result.audit_hash) == (before.length, before.hash)
    entry = store.audit(offset=before.length)[0]
    assert (entry.action, entry.digest) == ("export", result.sha256)
    assert (tmp_path / "report.json.sha256").read_text() == f"{result.sha256}  report.json\n"
    assert hashlib.sha256(result.path.read_bytes()).hexdigest() == result.sha256


def test_a_failed_export_leaves_the_old_file(make: Make, tmp_path: Path) -> None:
    out = tmp_path / "report.json"
    out.write_text("old")

    def stop(news: Progress) -> None:
        if news.step == "regions":
            raise OSError(28, "No space left on device")

    with pytest.raises(ExportError, match="No space left"):
        _export(make(), out, progress=stop)
    assert out.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir() if "report" in path.name) == ["report.json"]


def test_unknown_formats_and_places_are_refused_in_one_line(make: Make, tmp_path: Path) -> None:
    store = make(pictures=0, phrases=())
    with pytest.raises(UsageError, match=r"'report\.doc'.*coco\.json"):
        _export(store, tmp_path / "report.doc")
    with pytest.raises(ExportError, match="cannot write in"):
        _export(store, tmp_path / "missing" / "report.pdf")


def test_the_longest_suffix_decides(make: Make, tmp_path: Path) -> None:
    store = make(pictures=0, phrases=())
    assert _export(store, tmp_path / "a.coco.json").format == "coco.json"
    assert _export(store, tmp_path / "b.COCO.JSON").format == "coco.json"
    assert _export(store, tmp_path / "c.dat", format="json").format == "json"
