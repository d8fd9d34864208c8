"""Workbooks, maps and labeled folders, read back by other programs' rules and compared with the case."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import numpy as np
import openpyxl
import pytest
from numpy.typing import NDArray
from PIL import Image as PilImage

from engine.clock import fixed_clock
from engine.errors import ExportError, NotReadable
from engine.exporters import json_schema, statements, words
from engine.jobs.export import ExportResult, export_case
from engine.model.evidence import Case, CaseKind, Image, Location
from engine.model.findings import FindingKind, Region, Verdict, region_id
from engine.model.geometry import Box, Point, Polygon
from engine.model.ids import ImageId, image_id
from engine.model.runs import Examination, Issue, RunOutcome, make_component
from engine.segmenters.yolo_folder import read_folder, read_rows
from engine.store import CaseStore, FileFindings, create_case, open_case
from tests.unit.evidence_files import source_file

AT = datetime(2026, 3, 4, 10, 20, 30, tzinfo=UTC)
TAKEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
HOSTILE = "=cmd|' /C calc'!A0 \x00<b>\u202egpj " + "W" * 40_000
SCHEMA_FILE = Path(__file__).parents[2] / "docs" / "casebook-findings-1.schema.json"
KML = "{http://www.opengis.net/kml/2.2}"
GPX = "{http://www.topografix.com/GPX/1/1}"


def _load(_: ImageId) -> NDArray[np.uint8]:
    return np.arange(90 * 120 * 3, dtype=np.uint32).reshape(90, 120, 3).astype(np.uint8)


def _save(store: CaseStore, number: int, zone: str, location: Location | None, label: str) -> None:
    segmenter = make_component("segmenter", "yolo:knives", "1", weights_sha256="ab" * 32, labels=("knife",))
    run = store.begin_run("ingest", [segmenter], device="cpu", seed=1)
    sha = hashlib.sha256(b"%d" % number).hexdigest()
    image = Image(
        id=image_id(sha, 0), sha256=sha, width_px=120, height_px=90, location=location, captured_at=TAKEN,
        metadata=(("captured_at_zone", zone),),
    )  # fmt: skip
    polygons = (Box(10, 20, 40, 60).as_polygon(), Box(50, 20, 70, 60).as_polygon())
    region = Region(
        id=region_id(image.id, segmenter.id, label, polygons), image_id=image.id, label=label, score=0.9,
        component_id=segmenter.id, polygons=polygons,
    )  # fmt: skip
    name = f"{number}.jpg"
    file = source_file("photos", name, sha, 7)
    looked = (Examination(image_id=image.id, component_id=segmenter.id),)
    found = FileFindings(file=file, images=(image,), regions=(region,), examinations=looked, signature="s")
    store.save_file(found, run)
    store.add_issue(
        Issue(
            run_id=run.id, relative_path=f"bad {number}", root="photos", step="read", error="CorruptFile",
            message=label, at=AT,
        )
    )  # fmt: skip
    store.finish_run(run, RunOutcome.FINISHED)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CaseStore]:
    """A case of three pictures: with height and zone, with an unverified clock, without a place."""
    clock = fixed_clock(AT)
    path = tmp_path / "c.casebook"
    case = Case(kind=CaseKind.FORENSIC, name=HOSTILE[:60], created_at=AT)
    create_case(path, case, clock=clock)
    with open_case(path, clock=clock, actor="tester") as opened:
        (tmp_path / "photos").mkdir()
        opened.add_root(tmp_path / "photos")
        place = Location(latitude_deg=-33.85678123, longitude_deg=151.21529555, altitude_m=12.5)
        _save(opened, 0, "+01:00", place, "knife")
        _save(opened, 1, "camera local, unverified", Location(latitude_deg=1e-7, longitude_deg=0), HOSTILE)
        _save(opened, 2, "", None, "knife")
        yield opened


def _export(store: CaseStore, out: Path, **choice: object) -> ExportResult:
    return export_case(store, out, at=AT, load_view=_load, **choice)  # type: ignore[arg-type]


def _placed(store: CaseStore) -> list[Image]:
    return [image for image in store.images() if image.location]


def test_the_json_export_fits_its_published_schema(store: CaseStore, tmp_path: Path) -> None:
    published = json.loads(SCHEMA_FILE.read_text("utf-8"))
    assert published == json_schema.schema()
    store.add_review(FindingKind.REGION, store.regions()[0].id, Verdict.CONFIRMED, examiner="E")
    document = json.loads(_export(store, tmp_path / "all.json").path.read_text("utf-8"))
    jsonschema.validate(document, published)
    document["regions"][0]["score"] = "high"
    with pytest.raises(jsonschema.ValidationError, match="high"):
        jsonschema.validate(document, published)


def test_a_workbook_has_a_sheet_for_each_kind_and_no_formula(store: CaseStore, tmp_path: Path) -> None:
    head_before = store.audit_head().hash
    book = openpyxl.load_workbook(_export(store, tmp_path / "all.xlsx").path)
    assert book.sheetnames == [
        "Regions", "Entities", "Links", "Relations", "Reviews", "Evidence", "Issues", "About",
    ]  # fmt: skip
    about = list(book["About"].iter_rows(min_row=2, values_only=True))
    assert about[0] == ("note", statements.BANNERS[CaseKind.FORENSIC])
    assert ("hash of the last one", head_before) in about
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}
    head, *rows = book["Regions"].iter_rows(values_only=True)
    regions = [dict(zip(head, row, strict=True)) for row in rows]
    expected = {region.id: region for image in store.images() for region in store.regions(image_id=image.id)}
    assert {row["id"]: (row["score"], row["box_left_px"]) for row in regions} == dict.fromkeys(
        expected, (0.9, 10)
    )
    assert max(len(str(row["label"])) for row in regions) < 32_768
    assert any(str(row["label"]).startswith("=cmd") for row in regions)
    assert book["Evidence"].max_row - 1 == store.counts().files
    assert [row[0] for row in book["Issues"].iter_rows(min_row=2, values_only=True)] == [
        "photos/bad 0", "photos/bad 1", "photos/bad 2",
    ]  # fmt: skip


def test_a_full_sheet_goes_on_in_the_next(
    store: CaseStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.exporters.workbook._MOST_ROWS", 2)
    book = openpyxl.load_workbook(_export(store, tmp_path / "all.xlsx").path)
    assert [book[name].max_row for name in ("Evidence", "Evidence 2")] == [3, 2]
    assert "Evidence 3" not in book.sheetnames
    assert "Reviews 2" not in book.sheetnames


def test_maps_hold_every_place_and_only_times_with_a_zone(store: CaseStore, tmp_path: Path) -> None:
    images = _placed(store)
    assert len(images) == 2
    features = json.loads(_export(store, tmp_path / "p.geojson").path.read_text("utf-8"))["features"]
    kml = ElementTree.parse(_export(store, tmp_path / "p.kml").path)
    gpx = ElementTree.parse(_export(store, tmp_path / "p.gpx").path)
    marks = kml.findall(f".//{KML}Placemark")
    points = gpx.findall(f"{GPX}wpt")
    for image, feature, mark, point in zip(images, features, marks, points, strict=True):
        at = image.location
        assert at is not None
        expected = (at.longitude_deg, at.latitude_deg) + ((at.altitude_m,) if at.altitude_m else ())
        assert tuple(feature["geometry"]["coordinates"]) == pytest.approx(expected, abs=1e-8)
        written = tuple(float(value) for value in mark.findtext(f".//{KML}coordinates", "").split(","))
        assert written == pytest.approx(expected, abs=1e-8)
        assert float(point.get("lat", "")) == pytest.approx(at.latitude_deg, abs=1e-8)
        when = "2026-01-02T03:04:05Z" if words.names_its_zone(image) else None
        assert feature["properties"]["captured_at"] == when
        assert mark.findtext(f".//{KML}when") == when
        assert point.findtext(f"{GPX}time") == when
        assert image.sha256 in point.findtext(f"{GPX}desc", "")
    assert "unverified" in features[1]["properties"]["captured"]


def test_a_yolo_folder_is_what_our_own_training_reads(store: CaseStore, tmp_path: Path) -> None:
    regions = [row for image in store.images() for row in store.regions(image_id=image.id)]
    store.add_review(FindingKind.REGION, regions[0].id, Verdict.REJECTED, examiner="E")
    store.add_review(FindingKind.REGION, regions[2].id, Verdict.CORRECTED, examiner="E", label="spoon")
    triangle = Polygon(points=(Point(0, 0), Point(12, 0), Point(0, 9)))
    image = store.images()[0]
    store.add_review(
        FindingKind.IMAGE, image.id, Verdict.ADDED, examiner="E", label="fork", polygons=(triangle,)
    )
    result = _export(store, tmp_path / "yolo", format="yolo")
    folder = read_folder(result.path)
    assert {"spoon", "fork"} <= set(folder.labels)
    labels = {picture.stem: read_rows(folder.label_file(picture)) for picture in folder.pictures}
    (added,) = (row for rows in labels.values() for row in rows if folder.labels[row[0]] == "fork")
    assert added[1] == pytest.approx([0, 0, 0.1, 0, 0, 0.1], abs=1e-6)
    machine = [row for rows in labels.values() for row in rows if row is not added]
    assert len(machine) == 4  # two polygons each of the two Regions that were not rejected
    assert machine[0][1][:2] == pytest.approx([10 / 120, 20 / 90], abs=1e-6)
    assert np.array_equal(np.asarray(PilImage.open(folder.pictures[0])), _load(image.id))


def test_a_labelme_folder_pairs_each_picture_with_its_shapes(store: CaseStore, tmp_path: Path) -> None:
    out = _export(store, tmp_path / "labelme", format="labelme").path
    for image in store.images():
        document = json.loads((out / f"{image.id}.json").read_text("utf-8"))
        assert (out / document["imagePath"]).is_file()
        assert (document["imageWidth"], document["imageHeight"]) == (120, 90)
        (region,) = store.regions(image_id=image.id)
        assert [shape["points"] for shape in document["shapes"]] == [
            [[point.x, point.y] for point in polygon.points] for polygon in region.polygons
        ]
        assert len({shape["group_id"] for shape in document["shapes"]}) == 1


def test_a_folder_carries_its_checksums_and_is_never_mixed_with_another(
    store: CaseStore, tmp_path: Path
) -> None:
    result = _export(store, tmp_path / "out", format="yolo")
    sums = (result.path / "SHA256SUMS").read_text()
    for line in sums.splitlines():
        digest, name = line.split("  ", 1)
        assert hashlib.sha256((result.path / name).read_bytes()).hexdigest() == digest
    assert hashlib.sha256(sums.encode()).hexdigest() == result.sha256
    assert len(sums.splitlines()) == sum(file.is_file() for file in result.path.rglob("*")) - 1
    with pytest.raises(ExportError, match="already"):
        _export(store, tmp_path / "out", format="yolo")


def test_a_picture_that_is_lost_is_named(store: CaseStore, tmp_path: Path) -> None:
    def lost(_: ImageId) -> NDArray[np.uint8]:
        raise NotReadable("it is gone")

    out = export_case(store, tmp_path / "out", at=AT, format="labelme", load_view=lost).path
    assert (out / "left_out.txt").read_text("utf-8").splitlines() == [
        f"photos/{number}.jpg: it is gone" for number in range(3)
    ]
