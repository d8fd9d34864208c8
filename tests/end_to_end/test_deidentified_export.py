"""Planted names, numbers and dates in every kind of evidence: none of them leaves in any format."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest
from PIL import ExifTags, Image, ImageDraw, ImageFont

from engine.clock import fixed_clock
from engine.errors import UsageError
from engine.exporters.formats import FOLDER_FORMATS, FORMATS
from engine.jobs.case import new_case
from engine.jobs.evidence import EvidenceReader
from engine.jobs.export import ExportResult, export_case
from engine.jobs.ingest import IngestOptions, ingest
from engine.model.evidence import CaseKind
from engine.model.findings import FindingKind, Verdict
from engine.privacy.deidentification import Choices
from engine.settings import resources_dir
from engine.store import CaseStore, open_case
from tests.unit.dicom_objects import dataset, encode

AT = datetime(2026, 5, 6, 7, 8, tzinfo=UTC)
CLOCK = fixed_clock(AT)
SECRET = Choices(secret=b"for this test only", extra=("Blue Heron Lodge",))
PLANTED = (
    "Quillon", "Zyxwell", "Hargreave", "Thistlewood", "Pemberly", "Vexford", "884422", "A77-3391",
    "0161 496 0123", "quillon.z@example.org", "1961-07-23", "19610723", "2026-03-14", "14 March 2026",
    "14/03/2026", "KX19 QZP", "KX19QZP", "Blue Heron", "53.4723",
)  # fmt: skip
WITH_EVIDENCE = (".zip", "portable")
NOTE = """Radiology report
Patient: Quillon Zyxwell, born 1961-07-23, MRN 884422, accession A77-3391.
Referring physician: Dr. Thistlewood, phone 0161 496 0123, quillon.z@example.org.

FINDINGS: Chest radiograph of 14 March 2026. There is an opacity in the left lung.
Mr Zyxwell was told on 14/03/2026.
No pleural effusion. He was brought from the Blue Heron Lodge in a car, registration KX19 QZP.
See photo Zyxwell_garage.jpg.
"""


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CaseStore]:
    folder = tmp_path_factory.mktemp("planted")
    evidence = folder / "Zyxwell_884422"
    evidence.mkdir()
    (evidence / "Quillon_Zyxwell_note.txt").write_text(NOTE)
    _photograph().save(evidence / "Zyxwell_garage.jpg", exif=_exif())
    _radiograph(evidence / "scan.dcm")
    (evidence / "broken_Zyxwell.png").write_bytes(b"\x89PNG\r\n\x1a\nno picture")
    path = folder / "case.casebook"
    new_case(
        path,
        kind=CaseKind.MEDICAL,
        name="Zyxwell, Quillon",
        reference="884422",
        examiner="Dr Hargreave",
        clock=CLOCK,
    )
    with open_case(path, clock=CLOCK) as store:
        ingest(store, [evidence], options=IngestOptions(), clock=CLOCK, progress=lambda _: None)
        region = store.regions(limit=1)[0]
        store.add_review(
            FindingKind.REGION, region.id, Verdict.CORRECTED, examiner="Dr Hargreave",
            note="told Quillon Zyxwell", label="shadow (Zyxwell)",
        )  # fmt: skip
        yield store


def _photograph() -> Image.Image:
    picture = Image.radial_gradient("L").resize((900, 600)).convert("RGB")
    font = ImageFont.truetype(str(resources_dir() / "fonts" / "DejaVuSansCondensed-Bold.ttf"), 60)
    ImageDraw.Draw(picture).text((180, 200), "ZYXWELL 884422", fill="white", font=font, stroke_width=0)
    return picture


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "Pemberly"
    exif[ExifTags.Base.ImageDescription] = "Vexford yard with Quillon"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps.update({1: "N", 2: (53.0, 28.0, 20.28), 3: "W", 4: (2.0, 14.0, 1.0)})
    return exif


def _radiograph(path: Path) -> None:
    burned_in = np.asarray(_photograph().convert("L")).astype(np.uint16) * 8
    made = dataset(
        burned_in, Modality="DX", PatientName="Zyxwell^Quillon", PatientID="884422",
        PatientBirthDate="19610723", StudyDate="20260314", AccessionNumber="A77-3391",
        InstitutionName="Vexford Infirmary", OperatorsName="Thistlewood", BurnedInAnnotation="YES",
    )  # fmt: skip
    path.write_bytes(encode(made))


def _export(store: CaseStore, out: Path, **choice: Any) -> ExportResult:
    with EvidenceReader(store) as evidence:
        return export_case(
            store, out, at=AT, reproducible=True, privacy=SECRET, load_view=evidence.view, **choice
        )


def _everything_in(path: Path) -> str:
    """Return all that a curious reader could take out of an export: members, streams, metadata, names."""
    if path.is_dir():
        return "\n".join(_everything_in(each) for each in sorted(path.rglob("*")) if each.is_file())
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    if path.suffix == ".pdf":
        return _unpacked(path)
    return f"{path.name}\n" + path.read_bytes().decode("utf-8", "replace")


def _unpacked(pdf: Path) -> str:
    for tool in ("pdftotext", "qpdf"):
        if not shutil.which(tool):
            pytest.skip(f"{tool} is not installed")
    text = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True).stdout
    raw = subprocess.run(
        ["qpdf", "--qdf", "--object-streams=disable", str(pdf), "-"], capture_output=True, check=True
    )
    return (text + raw.stdout).decode("utf-8", "replace")


def _found(text: str) -> list[str]:
    plain = text.casefold()
    return [planted for planted in PLANTED if planted.casefold() in plain]


@pytest.mark.parametrize("name", [each for each in (*FORMATS, *FOLDER_FORMATS) if each not in WITH_EVIDENCE])
def test_no_planted_string_leaves(case: CaseStore, tmp_path: Path, name: str) -> None:
    folder = name in FOLDER_FORMATS
    out = tmp_path / ("out" if folder else f"out{name}")
    result = _export(case, out, format=name.lstrip("."))
    assert _found(_everything_in(out)) == []
    assert result.check is not None
    check = result.check.read_text()
    assert "no guarantee" in check and "Signature" in check and _found(check) == []


def test_evidence_itself_does_not_leave_as_de_identified(case: CaseStore, tmp_path: Path) -> None:
    for name in WITH_EVIDENCE:
        with pytest.raises(UsageError, match="portable-light"):
            _export(case, tmp_path / "out", format=name.lstrip("."))


def test_what_matters_is_still_there(case: CaseStore, tmp_path: Path) -> None:
    import json

    plain = tmp_path / "plain.json"
    export_case(case, plain, at=AT, load_view=lambda _: np.zeros((9, 9, 3), np.uint8))
    assert len(_found(plain.read_text())) > 10, "the planted strings are in the case"
    _export(case, tmp_path / "clean.json")
    before, after = (json.loads((tmp_path / f"{name}.json").read_text()) for name in ("plain", "clean"))
    for kind in ("files", "images", "reports", "regions", "links", "relations", "issues", "reviews"):
        assert len(after[kind]) == len(before[kind]), kind
    report = max(after["reports"], key=lambda each: len(each["text"]))
    assert "opacity in the left lung" in report["text"] and "No pleural effusion" in report["text"]
    for entity in after["entities"]:
        text = next(each["text"] for each in after["reports"] if each["id"] == entity["report_id"])
        assert text[entity["span"]["start"] : entity["span"]["end"]] == entity["text"]
    moved = re.findall(r"\b(?:19|20)\d\d-\d\d-\d\d\b", report["text"])
    assert len(moved) == 2 and len(set(moved)) == 1, "two mentions of one day are one day"
    assert re.search(r"born NUMBER-[0-9A-F]{6}", report["text"]), "a day of birth is no date any more"
    person = set(re.findall(r"PERSON-[0-9A-F]{6}", report["text"]))
    assert len(person) >= 2 and report["text"].count("PERSON-") >= 3


def test_the_same_secret_gives_the_same_bytes_and_another_one_does_not(
    case: CaseStore, tmp_path: Path
) -> None:
    with open_case(case.path, clock=CLOCK, read_only=True) as reader, EvidenceReader(reader) as evidence:
        first, second = (_export(reader, tmp_path / name).sha256 for name in ("a.json", "b.json"))
        other = export_case(
            reader, tmp_path / "c.json", at=AT, reproducible=True, deidentify=True, load_view=evidence.view
        )
    assert first == second != other.sha256


def test_dicom_files_leave_with_their_headers_after_the_profile(case: CaseStore, tmp_path: Path) -> None:
    out = _export(case, tmp_path / "out", format="dicom").path
    (path,) = out.rglob("*.dcm")
    clean = pydicom.dcmread(path)
    assert clean.PatientIdentityRemoved == "YES" and clean.BurnedInAnnotation == "NO"
    assert [item.CodeValue for item in clean.DeidentificationMethodCodeSequence] == [
        "113100",
        "113101",
        "113107",
    ]
    assert _found(str(clean)) == []
    assert clean.PatientID.startswith("PATIENT-") and clean.PatientBirthDate != "19610723"
    assert clean.StudyInstanceUID.startswith("2.25.") and clean.StudyInstanceUID != "1.2.3"
    assert clean.file_meta.MediaStorageSOPInstanceUID == clean.SOPInstanceUID
    (image,) = (each for each in case.images() if each.modality == "DX")
    assert clean.pixel_array.shape == (image.height_px, image.width_px)
    _export(case, tmp_path / "clean.json")
    assert clean.StudyInstanceUID in (tmp_path / "clean.json").read_text(), "one UID in all formats"


def test_writing_in_the_pictures_is_covered(case: CaseStore, tmp_path: Path) -> None:
    from engine.lettering.engines import chosen_engine

    engine = chosen_engine()
    if engine is None:
        pytest.skip("no engine reads words in pictures here")
    out = _export(case, tmp_path / "out", format="labelme").path
    read = [
        line.text
        for path in out.glob("*.png")
        for line in engine.read(np.asarray(Image.open(path).convert("RGB")))
    ]
    assert not any("884422" in text or "ZYX" in text.upper() for text in read), read
