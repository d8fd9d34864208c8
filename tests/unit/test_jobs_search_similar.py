"""Regions that look alike are found in other pictures by the vectors of the cut-out parts."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from engine.classifiers.modality import ModalityClassifier
from engine.clock import fixed_clock
from engine.errors import UsageError
from engine.hashing import bytes_sha256
from engine.jobs.image_vectors import MOST_REGIONS, REGIONS, cut_out, image_vectors, save_image_vectors
from engine.jobs.search_similar import similar_regions
from engine.model.evidence import Case, CaseKind, Image
from engine.model.findings import FindingKind, Region, Verdict, region_id
from engine.model.geometry import Box, Point, Polygon
from engine.model.ids import ImageId, RegionId, image_id
from engine.model.runs import make_component
from engine.protocols import Frame, Pixels
from engine.store import FileFindings, create_case, open_case
from tests.unit.evidence_files import source_file

SEGMENTER = make_component("segmenter", "patches", "1", labels=("striped", "gray"))
NOON = fixed_clock(datetime(2026, 3, 1, 12, tzinfo=UTC))


def _image(name: str) -> Image:
    sha256 = bytes_sha256(name.encode())
    return Image(
        id=image_id(sha256, 0),
        sha256=sha256,
        width_px=200,
        height_px=200,
        modality="PHOTOGRAPH",
        perceptual_hash="",
    )


def _square(image: ImageId, label: str, left: int, top: int, side: int) -> Region:
    corners = ((left, top), (left + side, top), (left + side, top + side), (left, top + side))
    outline = (Polygon(points=tuple(Point(x, y) for x, y in corners)),)
    return Region(
        id=region_id(image, SEGMENTER.id, label, outline),
        image_id=image,
        label=label,
        score=0.9,
        component_id=SEGMENTER.id,
        polygons=outline,
    )


def test_a_region_finds_those_that_look_like_it_in_other_pictures(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    path = tmp_path / "patches.casebook"
    create_case(path, Case(kind=CaseKind.FORENSIC, name="Patches", created_at=NOON()), clock=NOON)
    first, second = _image("first"), _image("second")
    views = {image.id: np.full((200, 200, 3), 200, dtype=np.uint8) for image in (first, second)}
    striped = _square(first.id, "striped", 0, 0, 60)
    gray = _square(second.id, "gray", 100, 0, 60)
    also = _square(second.id, "also striped", 40, 90, 60)
    small = _square(second.id, "small", 180, 180, 12)
    for region in (striped, gray, also, small):
        box = region.box
        assert box is not None
        patch = views[region.image_id][int(box.top) : int(box.bottom), int(box.left) : int(box.right)]
        patch[:] = 90
        if "striped" in region.label:
            patch[::6] = 255
    regions = {first.id: [striped], second.id: [gray, also, small]}
    with open_case(path, clock=NOON) as store:
        store.add_root(tmp_path / "root")
        run = store.begin_run("ingest", [SEGMENTER])
        for image in (first, second):
            file = source_file("root", f"{image.id}.png", image.sha256, 1)
            found = tuple(regions[image.id])
            store.save_file(FileFindings(file=file, images=(image,), regions=found, signature="s"), run)
        frames = [Frame(image=image, pixels=Pixels(view=views[image.id])) for image in (first, second)]
        save_image_vectors(store, image_vectors(ModalityClassifier.load_all(), frames, regions))
        hits = similar_regions(store, striped.id)
        assert [(hit.region_id, hit.image_id) for hit in hits] == [(also.id, second.id), (gray.id, second.id)]
        assert "also striped" in hits[0].why[1] and hits[0].score > hits[1].score + 0.01
        assert len(similar_regions(store, striped.id, limit=1)) == 1
        with pytest.raises(UsageError, match="smaller than 24 pixels"):
            similar_regions(store, small.id)
        with pytest.raises(UsageError, match="no region x"):
            similar_regions(store, RegionId("x"))
        store.add_review(FindingKind.REGION, also.id, Verdict.REJECTED, examiner="Ann")
        assert [hit.region_id for hit in similar_regions(store, striped.id)] == [gray.id]


def test_only_the_largest_regions_of_a_crowded_picture_get_a_vector(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    path = tmp_path / "smear.casebook"
    create_case(path, Case(kind=CaseKind.MEDICAL, name="Smear", created_at=NOON()), clock=NOON)
    image = _image("smear")
    cells = [_square(image.id, f"cell {side}", 2 * side, 3 * side, side) for side in range(25, 55)]
    view = np.random.default_rng(1).integers(0, 255, (200, 200, 3), dtype=np.uint8)
    with open_case(path, clock=NOON) as store:
        twice = [Frame(image=image, pixels=Pixels(view=view))] * 2  # in the folder, and in a letter
        found = image_vectors(ModalityClassifier.load_all(), twice, {image.id: [*cells, *cells]})
        save_image_vectors(store, found)
        ids, matrix = store.vectors(REGIONS)
    assert set(ids) == {cell.id for cell in cells[-MOST_REGIONS:]}
    assert np.allclose(np.linalg.norm(matrix, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize(
    ("box", "shape"),
    [
        (Box(left=40, top=40, right=60, bottom=60), (25, 25)),
        (Box(left=0, top=0, right=20, bottom=10), (18, 23)),
        (Box(left=90, top=0, right=100, bottom=80), (80, 53)),
        (Box(left=100, top=80, right=100, bottom=80), (1, 1)),
    ],
)
def test_a_part_is_cut_out_with_a_margin_and_ends_with_the_picture(box: Box, shape: tuple[int, int]) -> None:
    assert cut_out(np.zeros((80, 100, 3), dtype=np.uint8), box).shape[:2] == shape
