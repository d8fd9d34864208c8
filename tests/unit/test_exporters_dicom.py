"""Segmentations and structured reports, read back by highdicom, our own reader and dcmtk, field by field."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import highdicom
import numpy as np
import pydicom
import pytest
from pydicom.uid import EnhancedCTImageStorage, UltrasoundImageStorage

from engine.clock import fixed_clock
from engine.exporters.dicom.codes import SCHEME, category_code, label_code
from engine.exporters.dicom.headers import source_header
from engine.exporters.dicom.masks import filled
from engine.hashing import bytes_sha256
from engine.jobs.export import export_case
from engine.model.evidence import Case, CaseKind, Report, SourceFile, Span
from engine.model.findings import (
    Assertion,
    Cue,
    Entity,
    FindingKind,
    Link,
    LinkRelation,
    Region,
    Verdict,
    entity_id,
    link_id,
    region_id,
)
from engine.model.geometry import Box, Point, Polygon
from engine.model.ids import report_id
from engine.model.runs import make_component
from engine.protocols import ReadOptions, Source
from engine.readers.dicom import DicomReader
from engine.readers.pixel_edges import trace
from engine.store import CaseStore, FileFindings, create_case, open_case
from tests.unit.dicom_objects import SPACE, ct_slice, dataset, encode, item, read
from tests.unit.evidence_files import source_file

AT = datetime(2026, 3, 4, 10, 20, 30, tzinfo=UTC)
SERIES = "1.2.826.0.1.3680043.10.1.7"
SLICES = ("1.2.3.11", "1.2.3.12")
# Overlapping outlines, one with corners between pixels, one of two pieces.
OUTLINES = {
    "left lung": (Polygon((Point(3.2, 2.7), Point(20.9, 4.1), Point(15.5, 22.3))),),
    "nodule": (Box(8, 6, 12, 10).as_polygon(), Box(20, 20, 23, 29).as_polygon()),
    "shunt valve": (Box(9, 7, 30, 12).as_polygon(),),
    "speck": (Box(30.6, 1.6, 30.9, 1.9).as_polygon(),),
}
TEXT = "No nodule. The left lung is small."


@dataclass(frozen=True, slots=True)
class Scene:
    """An open case of two CT slices, a photograph and a report; ``regions`` are those of the first slice."""

    store: CaseStore
    regions: dict[str, Region]


def _file(name: str, sha256: str) -> SourceFile:
    return source_file("scan", name, sha256, 1)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    clock, path, folder = fixed_clock(AT), tmp_path / "c.casebook", tmp_path / "scan"
    folder.mkdir()
    create_case(path, Case(kind=CaseKind.MEDICAL, name="C", examiner="Ö. Tester", created_at=AT), clock=clock)
    with open_case(path, clock=clock) as store:
        store.add_root(folder)
        tool = make_component("segmenter", "lungs", "2", labels=tuple(OUTLINES))
        run = store.begin_run("ingest", [tool])
        for number, uid in enumerate(SLICES):
            made = ct_slice(uid, 5.0 * number)
            made.SeriesInstanceUID, made.PatientName = SERIES, "Müller^Änne"
            made.SpecificCharacterSet = "ISO_IR 192"
            image = read(folder, encode(made), f"{number}.dcm").frames[0].image
            image = replace(image, metadata=(*image.metadata, ("patient_birth_date", "unknown")))
            regions = tuple(
                Region(
                    id=region_id(image.id, tool.id, label, polygons), image_id=image.id, label=label,
                    score=0.875, component_id=tool.id, polygons=polygons,
                )
                for label, polygons in (OUTLINES.items() if number == 0 else ())
            )  # fmt: skip
            file = _file(f"{number}.dcm", image.sha256)
            store.save_file(FileFindings(file=file, images=(image,), regions=regions, signature="s"), run)
        photograph = read(folder, encode(dataset(np.zeros((4, 4), np.uint8))), "p.dcm").frames[0].image
        store.save_file(
            FileFindings(file=_file("p.dcm", photograph.sha256), images=(photograph,), signature="s"), run
        )
        report = Report(id=report_id("e" * 64, 0), sha256="e" * 64, text=TEXT)
        span = Span(start=3, end=9)
        denied = Entity(
            id=entity_id(report.id, tool.id, "finding", span), report_id=report.id, label="finding",
            text="nodule", span=span, score=0.9, component_id=tool.id, assertion=Assertion.ABSENT,
            concept="HP:0033608 pulmonary nodule",
        )  # fmt: skip
        store.save_file(
            FileFindings(file=_file("r.txt", "e" * 64), reports=(report,), entities=(denied,), signature="s"),
            run,
        )
        found = {region.label: region for region in store.regions()}
        nodule = found["nodule"]
        link = Link(
            id=link_id(nodule.image_id, nodule.id, denied.id, LinkRelation.CONTRADICTS),
            image_id=nodule.image_id, region_id=nodule.id, entity_id=denied.id, report_id=report.id,
            relation=LinkRelation.CONTRADICTS, score=0.9, component_id=tool.id,
            cues=(Cue(rule="denied", detail="the text denies it", weight=2.0, supports=False),),
        )  # fmt: skip
        store.save_links(report.id, [link], [], signature="s", run=run)
        store.add_review(FindingKind.REGION, nodule.id, Verdict.CONFIRMED, examiner="E")
        drawn = (Box(1, 1, 4, 3).as_polygon(),)
        store.add_review(
            FindingKind.IMAGE, nodule.image_id, Verdict.ADDED, examiner="E", label="right rib", polygons=drawn
        )
        yield Scene(store, found)


def _export(store: CaseStore, out: Path, name: str) -> list[Path]:
    export_case(store, out, format=name, at=AT, load_view=lambda _: np.zeros((1, 1, 3), np.uint8))
    assert (out / "SHA256SUMS").is_file()
    return sorted(out.glob("*.dcm"))


def _mask(region: Region) -> np.ndarray:
    return filled(region.polygons, 30, 40)


def test_a_mask_is_the_pixels_whose_centers_are_enclosed() -> None:
    chance = np.random.default_rng(1)
    for _ in range(20):
        mask = chance.random((17, 23)) > 0.6
        assert (filled(trace(mask), 17, 23) == mask).all()
    diamond = Polygon((Point(5, 0), Point(10, 5), Point(5, 10), Point(0, 5)))
    assert filled([diamond], 10, 10).sum(axis=1).tolist() == [1, 3, 5, 7, 9, 9, 7, 5, 3, 1]
    assert filled([Box(-5, -5, 90, 90).as_polygon()], 10, 10).all()


def test_segments_come_back_as_they_were(scene: Scene, tmp_path: Path) -> None:
    (path,) = _export(scene.store, tmp_path / "seg", "dicom-seg")
    made = highdicom.seg.segread(path)
    segments = {
        segment.tracking_id: segment
        for segment in map(made.get_segment_description, map(int, made.segment_numbers))
    }
    kept = {label: region for label, region in scene.regions.items() if label != "speck"}
    assert len(segments) == len(kept) + 1
    pixels = {
        int(group.SegmentIdentificationSequence[0].ReferencedSegmentNumber): frame
        for group, frame in zip(made.PerFrameFunctionalGroupsSequence, made.pixel_array, strict=True)
    }
    for label, region in kept.items():
        segment = segments[region.id]
        assert segment.segment_label == label
        assert (pixels[segment.segment_number].astype(bool) == _mask(region)).all()
        assert segment.algorithm_type.value == "AUTOMATIC"
        assert segment.algorithm_identification.name == "lungs"
        assert segment.SegmentDescription.startswith("score 0.875")
    assert segments[kept["nodule"].id].SegmentDescription.endswith("confirmed")
    (drawn,) = (segment for segment in segments.values() if segment.segment_label == "right rib")
    assert drawn.algorithm_type.value == "MANUAL"
    kind = drawn.SegmentedPropertyTypeCodeSequence[0]
    assert (kind.CodeMeaning, kind.CodingSchemeDesignator) == ("Rib", "SCT")
    assert kind.SegmentedPropertyTypeModifierCodeSequence[0].CodeMeaning == "Right"
    assert (made.PatientName, made.PatientID, made.StudyInstanceUID) == ("Müller^Änne", "P-7", "1.2.3")
    assert made.PatientBirthDate in (None, "")
    left_out = (tmp_path / "seg" / "left_out.txt").read_text("utf-8")
    assert "region" in left_out
    assert "scan/p.dcm: its series has no UID" in left_out


def test_our_own_reader_places_the_segments_on_their_slice(scene: Scene, tmp_path: Path) -> None:
    (path,) = _export(scene.store, tmp_path / "seg", "dicom-seg")
    source = Source(
        path=path, relative_path=path.name, sha256=bytes_sha256(path.read_bytes()),
        size_bytes=path.stat().st_size,
    )  # fmt: skip
    content = DicomReader().read(source, ReadOptions())
    outlines = {outline.label: outline for outline in content.outlines}
    assert set(outlines) == {"left lung", "nodule", "shunt valve", "right rib"}
    for label, outline in outlines.items():
        assert {uid for uid, _ in outline.targets} == {SLICES[0]}
        if label in scene.regions:
            assert (filled(outline.polygons, 30, 40) == _mask(scene.regions[label])).all()
    assert content.remarks == ()


def test_a_structured_report_says_what_the_case_says(scene: Scene, tmp_path: Path) -> None:
    (path,) = _export(scene.store, tmp_path / "sr", "dicom-sr")
    made = highdicom.sr.srread(path)
    groups = made.content.get_planar_roi_measurement_groups()
    by_id: dict[str, list[highdicom.sr.PlanarROIMeasurementsAndQualitativeEvaluations]] = {}
    for group in groups:
        by_id.setdefault(group.tracking_identifier, []).append(group)
    for region in scene.regions.values():
        assert len(by_id[region.id]) == len(region.polygons)
        for group, polygon in zip(by_id[region.id], region.polygons, strict=True):
            points = [(point.x, point.y) for point in polygon.points]
            assert np.allclose(group.roi.value, [*points, points[0]], atol=1e-4)
            source = group.roi.ContentSequence[0].ReferencedSOPSequence[0]
            assert source.ReferencedSOPInstanceUID == SLICES[0]
            measured = {each.name.meaning: (each.value, each.unit.value) for each in group.get_measurements()}
            assert measured["Certainty of Finding"] == (87.5, "%")
            assert measured["Area"] == (pytest.approx(polygon.area_px * 0.5 * 0.25, abs=0.006), "mm2")
    nodule = by_id[scene.regions["nodule"].id][0]
    assert nodule.finding_type == highdicom.sr.CodedConcept("27925004", "SCT", "Nodule")
    said = {each.name.meaning: each.value for each in nodule.get_qualitative_evaluations()}
    assert said["Verdict of an analyst"].meaning == "confirmed"
    contradiction = said["Contradiction with a report that says: denied"]
    assert (contradiction.value, contradiction.scheme_designator) == ("HP:0033608", SCHEME)
    site = by_id[scene.regions["left lung"].id][0].finding_sites[0]
    assert (site.value.meaning, site.laterality.meaning) == ("Lung", "Left")
    assert made.CodingSchemeIdentificationSequence[0].CodingSchemeDesignator == SCHEME
    assert made.SpecificCharacterSet == "ISO_IR 192"


def test_the_same_case_at_the_same_time_gives_the_same_bytes(scene: Scene, tmp_path: Path) -> None:
    with open_case(scene.store.path, clock=fixed_clock(AT), read_only=True) as store:
        for name in ("dicom-seg", "dicom-sr"):
            first, second = (_export(store, tmp_path / f"{name}{number}", name) for number in (1, 2))
            assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


@pytest.mark.skipif(not shutil.which("dsrdump"), reason="dcmtk is not installed")
def test_dcmtk_reads_both_without_complaint(scene: Scene, tmp_path: Path) -> None:
    (segmentation,) = _export(scene.store, tmp_path / "seg", "dicom-seg")
    (report,) = _export(scene.store, tmp_path / "sr", "dicom-sr")
    for tool, path in (("dcmdump", segmentation), ("dcmdump", report), ("dsrdump", report)):
        told = subprocess.run([tool, "-q", str(path)], capture_output=True, encoding="utf-8", check=True)
        assert told.stderr == ""
    assert "Contradiction with a report" in told.stdout


def test_codes_are_of_the_standard_where_it_has_the_words() -> None:
    assert label_code("Left lung") == highdicom.sr.CodedConcept("39607008", "SCT", "Lung")
    assert label_code("lungs").scheme_designator == "SCT"
    assert label_code("knife").scheme_designator == SCHEME
    assert label_code("knife") == label_code("knife")
    assert len(label_code("=cmd|' /C calc'!A0 \x00" + "W" * 900).meaning) <= 64
    assert category_code("left lung").meaning == "Anatomical Structure"
    assert category_code("knife").meaning == "Physical object"


def test_a_picture_of_a_kind_with_one_frame_but_several_is_left_out(scene: Scene, tmp_path: Path) -> None:
    made = dataset(np.zeros((2, 8, 8), np.uint8), SeriesInstanceUID=SERIES)
    pydicom.dcmwrite(tmp_path / "scan" / "two.dcm", made, enforce_file_format=True)
    data = (tmp_path / "scan" / "two.dcm").read_bytes()
    images = tuple(frame.image for frame in read(tmp_path, data, "two.dcm").frames)
    assert len(images) == 2
    run = scene.store.begin_run("ingest", [])
    scene.store.save_file(
        FileFindings(file=_file("two.dcm", images[0].sha256), images=images, signature="s"), run
    )
    _export(scene.store, tmp_path / "sr", "dicom-sr")
    assert "two.dcm: it has several frames" in (tmp_path / "sr" / "left_out.txt").read_text("utf-8")


def test_a_region_on_one_frame_of_many_comes_back_on_that_frame(scene: Scene, tmp_path: Path) -> None:
    places = [
        item(PlanePositionSequence=[item(ImagePositionPatient=[-5, 10, 4.0 * frame])]) for frame in range(3)
    ]
    shared = item(
        PixelMeasuresSequence=[item(PixelSpacing=[0.5, 0.25], SliceThickness=2)],
        PlaneOrientationSequence=[item(ImageOrientationPatient=[1, 0, 0, 0, 1, 0])],
    )
    made = dataset(
        np.zeros((3, 30, 40), np.int16), SOPClassUID=EnhancedCTImageStorage, SeriesInstanceUID=SERIES,
        FrameOfReferenceUID=SPACE, SharedFunctionalGroupsSequence=[shared],
        PerFrameFunctionalGroupsSequence=places,
    )  # fmt: skip
    images = tuple(frame.image for frame in read(tmp_path / "scan", encode(made), "many.dcm").frames)
    file = _file("many.dcm", images[0].sha256)
    run = scene.store.begin_run("ingest", [])
    scene.store.save_file(FileFindings(file=file, images=images, signature="s"), run)
    polygons = (Box(3, 4, 9, 8).as_polygon(),)
    scene.store.add_review(
        FindingKind.IMAGE, images[1].id, Verdict.ADDED, examiner="E", label="nodule", polygons=polygons
    )
    paths = _export(scene.store, tmp_path / "seg", "dicom-seg")
    (made_of_many,) = (highdicom.seg.segread(path) for path in paths if path.name.startswith(images[0].id))
    assert made_of_many.NumberOfFrames == 1
    source = (
        made_of_many.PerFrameFunctionalGroupsSequence[0].DerivationImageSequence[0].SourceImageSequence[0]
    )
    assert (source.ReferencedSOPInstanceUID, source.ReferencedFrameNumber) == (made.SOPInstanceUID, 2)
    assert np.asarray(made_of_many.pixel_array, bool).sum() == 24
    for path in _export(scene.store, tmp_path / "sr", "dicom-sr"):
        for group in highdicom.sr.srread(path).content.get_planar_roi_measurement_groups():
            reference = group.roi.ContentSequence[0].ReferencedSOPSequence[0]
            if reference.ReferencedSOPInstanceUID == made.SOPInstanceUID:
                assert reference.ReferencedFrameNumber == 2
                return
    raise AssertionError("the region on the second frame is in no report")


def test_a_kind_is_never_taken_for_a_retired_one_of_the_same_name(tmp_path: Path) -> None:
    made = dataset(np.zeros((4, 4), np.uint8), SOPClassUID=UltrasoundImageStorage, SeriesInstanceUID=SERIES)
    header = source_header([read(tmp_path, encode(made)).frames[0].image])
    assert header.SOPClassUID == UltrasoundImageStorage
