"""Outlines land on the pictures that they are drawn on, in whatever order files were read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from pydicom.dataset import Dataset

from engine.clock import fixed_clock
from engine.hashing import bytes_sha256
from engine.jobs.link import Linking, link_case
from engine.jobs.outlines import OUTLINES
from engine.jobs.references import resolve_references
from engine.model.evidence import Case, CaseKind, Laterality
from engine.model.findings import Region
from engine.model.geometry import Box
from engine.model.runs import Run
from engine.progress import silent
from engine.store import CaseStore, FileFindings, create_case, open_case
from tests.unit.dicom_objects import coded, ct_slice, dataset, encode, item, read, segmentation, structure_set
from tests.unit.evidence_files import source_file
from tests.unit.test_readers_dicom_objects import index

NOON = fixed_clock(datetime(2026, 1, 2, 12, tzinfo=UTC))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CaseStore]:
    path = tmp_path / "a.casebook"
    create_case(path, Case(kind=CaseKind.MEDICAL, name="A", created_at=NOON()), clock=NOON)
    (tmp_path / "evidence").mkdir()
    with open_case(path, clock=NOON) as opened:
        opened.add_root(tmp_path / "evidence")
        yield opened


class Folder:
    """Evidence that is put into the case file by file, as ingest does it, without models."""

    def __init__(self, store: CaseStore, place: Path) -> None:
        self._store = store
        self._place = place
        self.run: Run = store.begin_run("ingest", [OUTLINES])

    def take(self, name: str, made: Dataset) -> None:
        data = encode(made)
        content = read(self._place, data)
        sha256 = bytes_sha256(data)
        file = source_file("evidence", name, sha256, len(data))
        self._store.save_file(
            FileFindings(
                file=file,
                images=tuple(frame.image for frame in content.frames),
                reports=content.reports,
                outlines=content.outlines,
                signature="one",
            ),
            self.run,
        )
        resolve_references(self._store, run=self.run, clock=NOON)


@pytest.fixture
def folder(store: CaseStore, tmp_path: Path) -> Folder:
    return Folder(store, tmp_path)


def drawn(store: CaseStore) -> dict[str, list[Region]]:
    """Return what is drawn on each picture, by its instance."""
    found: dict[str, list[Region]] = {}
    for region in store.regions(component_id=OUTLINES.id):
        image = store.image(region.image_id)
        assert image is not None
        found.setdefault(dict(image.metadata)["instance_uid"], []).append(region)
    return found


def mask(rows: slice, columns: slice, shape: tuple[int, int] = (30, 40)) -> np.ndarray:
    made = np.zeros(shape, np.uint8)
    made[rows, columns] = 1
    return made


MASKS = np.stack([mask(slice(5, 10), slice(2, 12)), mask(slice(20, 24), slice(30, 38))])


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_a_mask_is_drawn_on_the_images_that_it_names(
    store: CaseStore, folder: Folder, order: tuple[int, ...]
) -> None:
    files = [
        ("1", ct_slice("1.1", 0)),
        ("2", ct_slice("1.2", 2)),
        ("seg", segmentation(MASKS, ["1.1", "1.2"], [1, 2])),
    ]
    for number in order:
        folder.take(*files[number])
    on = drawn(store)
    assert {uid: [region.label for region in regions] for uid, regions in on.items()} == {
        "1.1": ["Nodule"],
        "1.2": ["left kidney"],
    }
    nodule, kidney = on["1.1"][0], on["1.2"][0]
    assert nodule.box == Box(2, 5, 12, 10)
    assert (nodule.attributes.area_px, nodule.attributes.area_mm2) == (50, 6.25)
    assert nodule.attributes.side is Laterality.RIGHT, "the picture's left is the patient's right"
    assert kidney.attributes.side is Laterality.LEFT
    assert store.issues() == ()
    assert store.check_audit() == ()


def test_outlines_that_wait_for_their_images_are_said_until_those_come(
    store: CaseStore, folder: Folder
) -> None:
    folder.take("seg", segmentation(MASKS, ["1.1", "1.2"], [1, 2]))
    (issue,) = store.issues()
    assert (issue.relative_path, issue.step) == ("seg", "references")
    assert "2 of its outlines (Nodule, left kidney)" in issue.message
    folder.take("1", ct_slice("1.1", 0))
    (issue,) = store.issues()
    assert "1 of its outlines (left kidney)" in issue.message
    entries = store.audit_head().length
    resolve_references(store, run=folder.run, clock=NOON)
    assert store.audit_head().length == entries, "doing it again changes nothing"
    folder.take("2", ct_slice("1.2", 2))
    assert store.issues() == ()


def test_a_mask_that_names_no_image_is_drawn_where_its_plane_lies(store: CaseStore, folder: Folder) -> None:
    coarse = ct_slice("1.8", 2, (15, 20))
    coarse.PixelSpacing = [1.0, 0.5]
    for name, made in (("1", ct_slice("1.1", 0)), ("2", coarse), ("3", ct_slice("1.3", 9))):
        folder.take(name, made)
    folder.take("seg", segmentation(MASKS[:, :, :], ["", ""], [1, 1]))
    on = drawn(store)
    assert set(on) == {"1.1", "1.8"}
    assert on["1.1"][0].box == Box(2, 5, 12, 10)
    # The center of the first pixel is common to both grids, and pixels are twice as large.
    assert on["1.8"][0].box == Box(15.25, 10.25, 19.25, 12.25)


def test_a_new_version_of_a_mask_replaces_what_the_former_drew(store: CaseStore, folder: Folder) -> None:
    folder.take("1", ct_slice("1.1", 0))
    folder.take("seg", segmentation(MASKS[:1], ["1.1"], [1]))
    former = drawn(store)["1.1"][0]
    folder.take("seg", segmentation(MASKS[1:], ["1.1"], [1]))
    (region,) = drawn(store)["1.1"]
    assert region.id != former.id
    assert store.check_audit() == ()


def test_a_contour_is_drawn_on_its_slice_in_pixels(store: CaseStore, folder: Folder) -> None:
    # From 1 to 3 mm right of the first pixel's center, and 1 to 4 mm below it.
    square = [-4.0, 11.0, 0.0, -2.0, 11.0, 0.0, -2.0, 14.0, 0.0, -4.0, 14.0, 0.0]
    away = [value + (70 if place % 3 == 2 else 0) for place, value in enumerate(square)]
    folder.take("rt", structure_set([("1.1", square), ("", square), ("1.1", away)]))
    folder.take("1", ct_slice("1.1", 0))
    (region,) = drawn(store)["1.1"]
    assert region.label == "Heart"
    assert len(region.polygons) == 2, "by the image's name, and by the plane; what is far off is not drawn"
    assert region.polygons[0].box == Box(4.5, 2.5, 12.5, 8.5)


def test_a_frame_is_chosen_by_its_number(store: CaseStore, folder: Folder) -> None:
    film = ct_slice("1.1", 0)
    for keyword in ("ImagePositionPatient", "ImageOrientationPatient"):
        delattr(film, keyword)
    film.NumberOfFrames, film.PixelData = 3, film.PixelData * 3
    seg = segmentation(MASKS[:1], ["1.1"], [1])
    group = seg.PerFrameFunctionalGroupsSequence[0]
    del group.PlanePositionSequence
    source = group.DerivationImageSequence[0].SourceImageSequence[0]
    source.ReferencedFrameNumber = 3
    folder.take("film", film)
    folder.take("seg", seg)
    (region,) = drawn(store)["1.1"]
    image = store.image(region.image_id)
    assert image is not None and image.frame == 2
    assert region.box == Box(2, 5, 12, 10)


def test_files_that_an_index_names_and_that_are_not_there_are_said(store: CaseStore, folder: Folder) -> None:
    folder.take("cd/DICOMDIR", index(["IMG", "A"], ["IMG", "B"]))
    (issue,) = store.issues()
    assert issue.message == "names 2 of 2 files that are not there: cd/IMG/A, cd/IMG/B"
    folder.take("cd/img/a", ct_slice("1.1", 0))
    (issue,) = store.issues()
    assert issue.message == "names 1 of 2 files that are not there: cd/IMG/B"
    folder.take("cd/IMG/B", ct_slice("1.2", 2))
    assert store.issues() == ()


def test_a_presentation_state_waits_for_nothing(store: CaseStore, folder: Folder) -> None:
    made = ct_slice("1.9", 0)
    del made.PixelData
    made.SOPClassUID, made.Modality, made.ContentLabel = "1.2.840.10008.5.1.4.1.1.11.1", "PR", "BONE"
    made.ReferencedSeriesSequence = [item(ReferencedImageSequence=[item(ReferencedSOPInstanceUID="1.7")])]
    folder.take("pr", made)
    assert store.issues() == ()
    assert store.reports()[0].about == ("1.7",)


def test_a_note_is_linked_to_the_picture_that_it_names_and_an_index_is_not(
    store: CaseStore, folder: Folder
) -> None:
    folder.take("cd/DICOMDIR", index(["IMG", "A"]))
    note = dataset(SOPClassUID="1.2.840.10008.5.1.4.1.1.88.59", Modality="KO", StudyInstanceUID="1.99")
    note.ConceptNameCodeSequence = [coded("For Teaching")]
    note.ContentSequence = [
        item(ValueType="IMAGE", ReferencedSOPSequence=[item(ReferencedSOPInstanceUID="1.1")])
    ]
    folder.take("note", note)
    folder.take("cd/IMG/A", ct_slice("1.1", 0))
    linking = Linking.load()
    run = store.begin_run("link", linking.components)
    link_case(store, linking, run=run, progress=silent)
    (relation,) = store.relations()
    report = store.report(relation.report_id)
    assert report is not None and report.title == "For Teaching"
