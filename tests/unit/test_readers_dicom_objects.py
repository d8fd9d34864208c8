"""DICOM objects that draw on or point to pictures: segmentations, structure sets, reports, indexes."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import cv2
import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from engine.errors import CorruptFile, FileTooLarge, UnsupportedFile
from engine.model.geometry import Polygon
from engine.readers.dicom_file_set import FILE_SET
from engine.readers.pixel_edges import trace
from tests.unit.dicom_objects import SPACE, coded, dataset, encode, item, read, segmentation, structure_set


def filled(polygons: tuple[Polygon, ...], shape: tuple[int, int], zoom: int = 8) -> np.ndarray:
    """Return which pixel centers lie inside the polygons, by cv2 on a finer grid."""
    fine = np.zeros((shape[0] * zoom, shape[1] * zoom), np.uint8)
    for polygon in polygons:
        points = np.array([[(point.x * zoom, point.y * zoom) for point in polygon.points]])
        cv2.fillPoly(fine, np.rint(points - 0.5).astype(np.int32), 1)
    return fine[zoom // 2 :: zoom, zoom // 2 :: zoom] > 0


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_an_outline_has_exactly_the_pixels_of_its_mask(share: float) -> None:
    rng = np.random.default_rng(int(share * 10))
    for _ in range(60):
        mask = rng.random((rng.integers(1, 15), rng.integers(1, 15))) < share
        polygons = trace(mask)
        assert sum(polygon.area_px for polygon in polygons) == mask.sum()
        if not holes(mask):
            assert np.array_equal(filled(polygons, mask.shape), mask)


def holes(mask: np.ndarray) -> bool:
    """Tell whether background is enclosed; the cut to a hole has no width but is drawn as a line."""
    padded = np.pad(~mask, 1, constant_values=True).astype(np.uint8)
    return cv2.connectedComponents(padded, connectivity=8)[0] > 2


def test_a_hole_is_no_part_of_the_outline() -> None:
    mask = np.zeros((20, 20), bool)
    mask[2:18, 2:18], mask[6:12, 6:12] = True, False
    (polygon,) = trace(mask)
    assert polygon.area_px == mask.sum() == 220


def test_noise_is_refused_by_name() -> None:
    with pytest.raises(FileTooLarge, match="edges"):
        trace(np.indices((700, 700)).sum(axis=0) % 2 == 0)


def masks() -> np.ndarray:
    """Return two masks of 30 x 37 pixels, so that frames end inside a byte."""
    made = np.zeros((2, 30, 37), np.uint8)
    made[0, 5:10, 8:20], made[1, 12:25, 3:9] = 1, 1
    return made


def test_a_segmentation_outlines_its_segments_in_the_images_that_it_names(tmp_path: Path) -> None:
    content = read(tmp_path, encode(segmentation(masks(), ["1.1", "1.2"], [1, 2])))
    assert [frame.image.modality for frame in content.frames] == ["SEG", "SEG"]
    first, second = content.outlines
    assert (first.label, second.label) == ("Nodule", "left kidney")
    assert (first.targets, second.targets) == ((("1.1", None),), (("1.2", None),))
    assert (first.score, first.space_uid) == (1.0, SPACE)
    box = first.polygons[0].box
    assert (box.left, box.top, box.right, box.bottom) == (8, 5, 20, 10)
    assert second.polygons[0].area_px == 13 * 6
    assert second.plane is not None and second.plane.origin_mm == (-5, 10, 2)
    assert second.plane.spacing_mm == (0.5, 0.25)


def test_fractions_count_from_one_half_and_tell_the_score(tmp_path: Path) -> None:
    fractions = masks() * 200
    fractions[0, 5:10, 8:12], fractions[0, 5:10, 12:14] = 150, 60
    content = read(tmp_path, encode(segmentation(fractions, ["1.1", "1.2"], [1, 2], kind="FRACTIONAL")))
    assert content.outlines[0].polygons[0].area_px + content.outlines[0].polygons[1].area_px == 5 * 10
    assert content.outlines[0].score == pytest.approx((20 * 0.75 + 30) / 50)


def test_a_label_map_outlines_each_value(tmp_path: Path) -> None:
    both = masks().max(axis=0) + masks()[1]
    content = read(tmp_path, encode(segmentation(both[None], ["1.1"], [0], kind="LABELMAP")))
    assert {(each.label, each.polygons[0].area_px) for each in content.outlines} == {
        ("Nodule", 60.0),
        ("left kidney", 78.0),
    }


def test_a_structure_set_gives_names_and_contours_in_space(tmp_path: Path) -> None:
    square = [-4.0, 11.0, 0.0, -2.0, 11.0, 0.0, -2.0, 14.0, 0.0, -4.0, 14.0, 0.0]
    point = [1.0, 1.0, 1.0]
    content = read(tmp_path, encode(structure_set([("1.1", square), ("", square), ("1.1", point)])))
    assert content.reports[0].text.splitlines()[-1] == "Structure 3: Heart"
    first, second = content.outlines
    assert (first.label, first.targets, second.targets) == ("Heart", (("1.1", None),), ())
    assert first.polygons[0].area_px == pytest.approx(6)
    assert first.plane is not None
    assert first.plane.to_mm(first.polygons[0].points[2]) == pytest.approx((-2, 14, 0))


def test_a_tilted_contour_keeps_its_place(tmp_path: Path) -> None:
    places = [0.0, 0.0, 0.0, 3.0, 0.0, 3.0, 3.0, 4.0, 3.0, 0.0, 4.0, 0.0]
    (outline,) = read(tmp_path, encode(structure_set([("", places)]))).outlines
    assert outline.plane is not None
    back = [outline.plane.to_mm(point) for point in outline.polygons[0].points]
    assert np.allclose(np.array(back).ravel(), places, atol=0.01)


def content_item(kind: str, name: str, **elements: object) -> Dataset:
    return item(ValueType=kind, ConceptNameCodeSequence=[coded(name)], **elements)


def test_a_structured_report_has_headings_numbers_codes_and_references(tmp_path: Path) -> None:
    size = item(NumericValue="12.5", MeasurementUnitsCodeSequence=[coded("millimeter", "mm")])
    ratio = item(NumericValue="0.4", MeasurementUnitsCodeSequence=[coded("no units", "1")])
    image = item(
        ReferencedSOPClassUID="1.2.840.10008.5.1.4.1.1.2",
        ReferencedSOPInstanceUID="1.5",
        ReferencedFrameNumber=3,
    )
    findings = content_item(
        "CONTAINER",
        "Findings",
        ContentSequence=[
            content_item("CODE", "Finding", ConceptCodeSequence=[coded("Pulmonary nodule")]),
            content_item("NUM", "Diameter", MeasuredValueSequence=[size]),
            content_item("NUM", "Ratio", MeasuredValueSequence=[ratio]),
            content_item("NUM", "Volume", NumericValueQualifierCodeSequence=[coded("Not measured")]),
            content_item("IMAGE", "Source", ReferencedSOPSequence=[image]),
            content_item("PNAME", "Observer", PersonName="Doe^Jane"),
        ],
    )
    made = dataset(SOPClassUID="1.2.840.10008.5.1.4.1.1.88.22", Modality="SR", VerificationFlag="VERIFIED")
    made.ConceptNameCodeSequence = Sequence([coded("Chest CT Report")])
    made.ContentSequence = Sequence([findings])
    report = read(tmp_path, encode(made)).reports[0]
    assert report.text.splitlines() == [
        "Chest CT Report",
        "Findings",
        "  Finding: Pulmonary nodule",
        "  Diameter: 12.5 mm",
        "  Ratio: 0.4",
        "  Volume: Not measured",
        "  Source: CT Image, frame 3",
        "  Observer: Doe Jane",
    ]
    assert report.about == ("1.5",)
    assert dict(report.metadata)["verification"] == "verified"


def test_a_key_object_note_is_a_report_about_its_images(tmp_path: Path) -> None:
    image = item(ReferencedSOPClassUID="1.2.840.10008.5.1.4.1.1.2", ReferencedSOPInstanceUID="1.6")
    made = dataset(SOPClassUID="1.2.840.10008.5.1.4.1.1.88.59", Modality="KO")
    made.ConceptNameCodeSequence = Sequence([coded("For Teaching")])
    made.ContentSequence = Sequence([item(ValueType="IMAGE", ReferencedSOPSequence=[image])])
    report = read(tmp_path, encode(made)).reports[0]
    assert (report.title, report.text, report.about) == ("For Teaching", "For Teaching\nCT Image", ("1.6",))


def test_a_presentation_state_without_words_is_kept_as_a_reference(tmp_path: Path) -> None:
    made = dataset(SOPClassUID="1.2.840.10008.5.1.4.1.1.11.1", Modality="PR", ContentLabel="BONE")
    made.ReferencedSeriesSequence = Sequence(
        [item(ReferencedImageSequence=[item(ReferencedSOPInstanceUID="1.7")])]
    )
    report = read(tmp_path, encode(made)).reports[0]
    assert report.text == "Grayscale Softcopy Presentation State\nBONE\nRefers to 1 image"
    assert report.about == ("1.7",)


def index(*files: list[str]) -> Dataset:
    made = dataset(SOPClassUID="1.2.840.10008.1.3.10", FileSetID="CD1")
    del made.StudyInstanceUID, made.PatientID, made.Modality
    patient = item(DirectoryRecordType="PATIENT", PatientID="P-7", PatientName="Doe^Jane")
    images = [item(DirectoryRecordType="IMAGE", ReferencedFileID=parts) for parts in files]
    made.DirectoryRecordSequence = Sequence([patient, *images])
    return made


def test_an_index_lists_its_tree_and_names_files_inside_its_folder_only(tmp_path: Path) -> None:
    outside = (["..", "secret"], ["/etc/passwd"], ["C:", "x"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # such names break the standard
        made = index(["IMG", "A"], ["IMG", "B"], *outside)
    content = read(tmp_path, encode(made), "DICOMDIR")
    report = content.reports[0]
    assert report.about == ("IMG/A", "IMG/B")
    assert report.text.splitlines()[1:3] == ["Patient: P-7, Doe Jane", "      Image: IMG/A"]
    assert dict(report.metadata)["kind"] == FILE_SET
    assert content.remarks == ("names 3 files outside of its own folder, which are not looked for",)


def test_an_index_that_names_itself_as_its_follower_ends(tmp_path: Path) -> None:
    made = index(["A"])
    made.OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity = 0
    data = encode(made)
    start = read_first_record(data)
    made.OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity = start
    for record in made.DirectoryRecordSequence:
        record.OffsetOfTheNextDirectoryRecord = start
        record.OffsetOfReferencedLowerLevelDirectoryEntity = start
    assert read(tmp_path, encode(made)).reports[0].about == ("A",)


def read_first_record(data: bytes) -> int:
    return data.index(b"\xfe\xff\x00\xe0")


CDA = """<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"><title>Discharge note</title>
<component><structuredBody><component><section><title>Findings</title><text><paragraph>Nodule of
 7 mm.</paragraph><table><tr><td>left</td><td>12 mm</td></tr></table></text></section></component>
</structuredBody></component></ClinicalDocument>"""


def enclosing(data: bytes, kind: str) -> Dataset:
    return dataset(
        SOPClassUID="1.2.840.10008.5.1.4.1.1.104.2", Modality="DOC", MIMETypeOfEncapsulatedDocument=kind,
        EncapsulatedDocument=data + b"\0" * (len(data) % 2),
    )  # fmt: skip


def test_an_enclosed_clinical_document_becomes_a_report(tmp_path: Path) -> None:
    report = read(tmp_path, encode(enclosing(CDA.encode(), "text/XML"))).reports[0]
    assert report.text == "Discharge note\n\nFindings\nNodule of 7 mm.\nleft | 12 mm"
    assert (report.title, report.study_ref, report.subject_ref) == ("Discharge note", "1.2.3", "P-7")


def test_what_an_object_encloses_is_named_where_it_is_no_document(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFile, match="model/stl"):
        read(tmp_path, encode(enclosing(b"solid x", "model/stl")))
    with pytest.raises(UnsupportedFile, match="no clinical document: svg"):
        read(tmp_path, encode(enclosing(b"<svg/>", "text/xml")))
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><ClinicalDocument>&a;</ClinicalDocument>'
    with pytest.raises(CorruptFile, match="entities"):
        read(tmp_path, encode(enclosing(bomb, "text/xml")))


def test_metadata_of_masks_is_json_that_search_can_read(tmp_path: Path) -> None:
    frame = read(tmp_path, encode(segmentation(masks(), ["1.1", "1.2"], [1, 2]))).frames[1]
    stated = dict(frame.image.metadata)
    assert stated["segments"] == "Nodule, left kidney"
    assert stated["segment_number"] == "2"
    assert json.dumps(stated)


def test_what_is_beyond_the_limits_of_a_tree_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.readers.dicom_text._MAX_ITEMS", 2)
    monkeypatch.setattr("engine.readers.dicom_file_set._MAX_RECORDS", 2)
    made = dataset(SOPClassUID="1.2.840.10008.5.1.4.1.1.88.22", Modality="SR")
    made.ConceptNameCodeSequence = Sequence([coded("Report")])
    made.ContentSequence = Sequence([content_item("TEXT", name, TextValue="x") for name in "ABC"])
    content = read(tmp_path, encode(made))
    assert content.reports[0].text == "Report\nA: x\nB: x"
    assert content.remarks == ("has more than 2 items; only the first 2 are read",)
    assert read(tmp_path, encode(index(["A"], ["B"]))).remarks == (
        "has 3 records; only the first 2 are read",
    )
