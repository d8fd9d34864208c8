"""The PDF report as a document: whom each page is about, what goes in, hashes, paper, archival form."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from engine.clock import fixed_clock
from engine.errors import UsageError
from engine.hashing import bytes_sha256
from engine.jobs.export import export_case
from engine.model.evidence import Case, CaseKind, Image, Report, SourceFile, Span
from engine.model.findings import Entity, FindingKind, Region, Verdict, entity_id, region_id
from engine.model.geometry import Point, Polygon
from engine.model.ids import image_id, report_id
from engine.model.runs import Run, RunOutcome, make_component
from engine.store import CaseStore, FileFindings, create_case, open_case
from tests.unit.evidence_files import source_file

AT = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
CLOCK = fixed_clock(AT)
SEGMENTER = make_component("segmenter", "yolo:lungs", "1", labels=("lung", "opacity"))
RECOGNIZER = make_component("recognizer", "terms", "1")
NAME = "王小明 Müller 김철수"
_VALIDATOR = "org.apache.pdfbox.preflight.Validator_A1b"
PREFLIGHT = tuple(
    Path("/usr/share/java") / name
    for name in (
        "preflight.jar", "pdfbox2.jar", "fontbox2.jar", "xmpbox.jar", "commons-logging.jar",
        "javax.activation.jar", "jaxb-api.jar",
    )
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CaseStore]:
    """Two patients with a picture each, one text, three files on the disk."""
    evidence = tmp_path / "evidence"
    evidence.mkdir()
    path = tmp_path / "x.casebook"
    create_case(path, Case(kind=CaseKind.MEDICAL, name=NAME, reference="R-1", created_at=AT), clock=CLOCK)
    with open_case(path, clock=CLOCK) as opened:
        opened.add_root(evidence)
        run = opened.begin_run("ingest", [SEGMENTER, RECOGNIZER])
        for number, patient in enumerate(("Ana-11", "Bo-22")):
            _add_picture(opened, run, evidence, f"{number}.png", patient)
        _add_text(opened, run, evidence)
        opened.finish_run(run, RunOutcome.FINISHED)
        yield opened


def _file(folder: Path, name: str, data: bytes) -> SourceFile:
    (folder / name).write_bytes(data)
    sha256 = bytes_sha256(data)
    return source_file("evidence", name, sha256, len(data))


def _add_picture(store: CaseStore, run: Run, folder: Path, name: str, patient: str) -> None:
    file = _file(folder, name, name.encode())
    image = Image(
        id=image_id(file.sha256, 0), sha256=file.sha256, width_px=400, height_px=300, modality="CR",
        subject_ref=patient, study_ref=f"study-of-{patient}",
    )  # fmt: skip
    corners = tuple(Point(x=x, y=y) for x, y in ((20, 20), (200, 30), (120, 200)))
    outline = (Polygon(points=corners),)
    regions = tuple(
        Region(
            id=region_id(image.id, SEGMENTER.id, label, outline), image_id=image.id, label=label, score=0.9,
            component_id=SEGMENTER.id, polygons=outline,
        )
        for label in ("lung", "opacity")
    )  # fmt: skip
    store.save_file(FileFindings(file=file, images=(image,), regions=regions, signature="s"), run)


def _add_text(store: CaseStore, run: Run, folder: Path) -> None:
    text = f"Opacity in the left lung of {NAME}."
    file = _file(folder, "note.txt", text.encode())
    report = Report(id=report_id(file.sha256, 0), sha256=file.sha256, text=text, subject_ref="Ana-11")
    span = Span(start=0, end=7)
    entity = Entity(
        id=entity_id(report.id, RECOGNIZER.id, "finding", span), report_id=report.id, label="finding",
        text=text[:7], span=span, score=0.8, component_id=RECOGNIZER.id,
    )  # fmt: skip
    store.save_file(FileFindings(file=file, reports=(report,), entities=(entity,), signature="s"), run)


def _view(_: object) -> np.ndarray:
    return np.full((300, 400, 3), 120, np.uint8)


def _write(store: CaseStore, out: Path, **choice: object) -> Path:
    return export_case(store, out, at=AT, reproducible=True, load_view=_view, **choice).path  # type: ignore[arg-type]


def _run(*command: object) -> str:
    if not shutil.which(str(command[0])):
        pytest.skip(f"{command[0]} is not installed")
    return subprocess.run([*map(str, command)], capture_output=True, check=True, encoding="utf-8").stdout


def _pages(pdf: Path) -> list[str]:
    return _run("pdftotext", "-layout", pdf, "-").split("\f")[:-1]


def test_every_page_names_its_patient_and_study(store: CaseStore, tmp_path: Path) -> None:
    pages = _pages(_write(store, tmp_path / "r.pdf"))
    heads = [page.strip().splitlines()[0] for page in pages]
    of = {
        name: heads[number]
        for number, page in enumerate(pages)
        for name in re.findall(r"Figure (\d) — ", page)
    }
    assert "Ana-11" in of["1"] and "study-of-Ana-11" in of["1"]
    both = next(page for page in pages if "Figure 2 — " in page)
    assert "Bo-22" in both.strip().splitlines()[0]
    assert "2 patients" in heads[0]
    assert all("patient" in head for head in heads)
    chinese, _, korean = NAME.split()
    assert chinese in heads[0] and korean in heads[0], "a name in any script stands in the head"


def test_request_paper_and_hashes(store: CaseStore, tmp_path: Path) -> None:
    out = _write(store, tmp_path / "r.pdf", request="Is there an opacity?", page_size="Letter")
    assert "612 x 792" in _run("pdfinfo", out)
    words = "\n".join(_pages(out))
    assert "Is there an opacity?" in words
    for name in ("0.png", "1.png", "note.txt"):
        data = (tmp_path / "evidence" / name).read_bytes()
        assert hashlib.md5(data).hexdigest() in words and hashlib.sha1(data).hexdigest() in words
    assert "3 files were read and hashed again, and are unchanged" in words
    (tmp_path / "evidence" / "0.png").write_bytes(b"other")
    (tmp_path / "evidence" / "1.png").unlink()
    words = " ".join(" ".join(_pages(_write(store, tmp_path / "again.pdf"))).split())
    assert "2 files could not be confirmed" in words and "has changed" in words and "is not in its" in words
    assert "was not read again" in "\n".join(_pages(_write(store, tmp_path / "no.pdf", rehash=False)))


def test_what_goes_in_can_be_chosen(store: CaseStore, tmp_path: Path) -> None:
    regions, (entity,) = store.regions(), store.entities()
    kept = regions[1]
    store.add_review(FindingKind.REGION, kept.id, Verdict.CONFIRMED, examiner="E")
    store.add_review(FindingKind.REGION, regions[2].id, Verdict.REJECTED, examiner="E")
    words = "\n".join(_pages(_write(store, tmp_path / "confirmed.pdf", scope="confirmed")))
    assert kept.id in words and "limited to 1 finding that a person confirmed" in words
    left_out = {region.id for region in regions} - {kept.id, regions[2].id} | {entity.id}
    assert not [each for each in left_out if each in words]
    words = "\n".join(_pages(_write(store, tmp_path / "chosen.pdf", only=[entity.id])))
    assert entity.id in words and "Figure 1" not in words
    with pytest.raises(UsageError, match="no finding 'nothing'"):
        _write(store, tmp_path / "x.pdf", only=["nothing"])
    with pytest.raises(UsageError, match="all, confirmed"):
        _write(store, tmp_path / "x.pdf", scope="some")


def test_pictures_are_described_and_fonts_embedded(store: CaseStore, tmp_path: Path) -> None:
    out = _write(store, tmp_path / "r.pdf")
    raw = subprocess.run(
        ["qpdf", "--qdf", "--object-streams=disable", str(out), "-"], capture_output=True, check=True
    )
    said = [
        bytes.fromhex(each.decode()).decode("utf-16")
        for each in re.findall(rb"/Alt <([0-9a-fA-F]+)>", raw.stdout)
    ]
    assert len(said) == 4 and "Original: evidence/0.png; 1 lung, 2 opacity" in said
    fonts = _run("pdffonts", out).splitlines()[2:]
    assert len(fonts) >= 5 and all(" yes yes " in line for line in fonts), fonts


def test_the_report_is_a_pdf_a(store: CaseStore, tmp_path: Path) -> None:
    out = _write(store, tmp_path / "r.pdf")
    data = out.read_bytes()
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B" in data and b"GTS_PDFA1" in data
    assert "PDF/A" not in _run("qpdf", "--check", out)
    missing = [path.name for path in PREFLIGHT if not path.is_file()]
    if missing or not shutil.which("java"):
        pytest.skip(f"no validator: PDFBox preflight lacks {', '.join(missing) or 'java'}")
    # It knows the stricter part 1 only: nothing but the number of the part may be wrong.
    found = subprocess.run(
        ["java", "-cp", os.pathsep.join(map(str, PREFLIGHT)), _VALIDATOR, str(out)],
        capture_output=True, encoding="utf-8", check=False,
    ).stdout  # fmt: skip
    errors = [line for line in found.splitlines() if re.match(r"\d", line)]
    assert errors == ["7.11.2 : Error on MetaData, part must be 1"], found
