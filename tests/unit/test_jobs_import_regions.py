"""Regions go out in three formats, are changed by other programs, and come back."""

from __future__ import annotations

import base64
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image as PilImage

from engine.cli import main
from engine.errors import UsageError
from engine.exporters.decided import Decisions
from engine.importers.run_lengths import decode
from engine.jobs.export import export_case
from engine.jobs.import_regions import guess_format, import_regions
from engine.jobs.verify import verify_case
from engine.model.findings import FindingKind, Verdict
from engine.model.geometry import Box
from engine.model.ids import ImageId
from engine.store import CaseStore, open_case
from tests.unit.linked_case import Ticking, build_linked_case

FORMATS = {"coco": "all.coco.json", "labelme": "labelme", "yolo": "yolo"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_linked_case(tmp_path_factory.mktemp("import"))


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Iterator[CaseStore]:
    """A case with two pictures of 100 × 80 pixels, a knife and a bag in each, and a drawn coin."""
    with open_case(Path(shutil.copy(built, tmp_path / "c.casebook")), clock=Ticking()) as opened:
        drawn = (Box(70, 10.25, 90, 30).as_polygon(), Box(70, 40, 90, 50).as_polygon())
        opened.add_review(
            FindingKind.IMAGE,
            opened.images()[0].id,
            Verdict.ADDED,
            examiner="E",
            label="coin",
            polygons=drawn,
        )
        yield opened


def _view(_: ImageId) -> NDArray[np.uint8]:
    return np.zeros((80, 100, 3), np.uint8)


def _export(store: CaseStore, folder: Path, name: str) -> Path:
    out = folder / FORMATS[name]
    export_case(store, out, format="" if name == "coco" else name, load_view=_view)
    return out


def _regions(store: CaseStore) -> list[tuple[str, str, Any]]:
    decisions = Decisions(store)
    return [
        (image.id, each.label, each.polygons) for image in store.images() for each in decisions.regions(image)
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_what_comes_back_unchanged_changes_nothing(store: CaseStore, tmp_path: Path, name: str) -> None:
    out, before = _export(store, tmp_path, name), _regions(store)
    head = store.audit_head()
    assert guess_format(out) == name
    done = import_regions(store, out)
    assert (done.pictures, done.matched, done.added, done.corrected) == (2, 2, 0, 0)
    assert done.already_here == (6 if name == "yolo" else 5)  # YOLO parts the coin into its two pieces
    assert (done.unmatched, done.left_out) == ((), ())
    assert _regions(store) == before
    assert store.audit_head() == head


@pytest.mark.parametrize("name", FORMATS)
def test_a_case_without_the_regions_gets_them_field_by_field(
    store: CaseStore, built: Path, tmp_path: Path, name: str
) -> None:
    out, expected = _export(store, tmp_path, name), _regions(store)[2]
    with open_case(Path(shutil.copy(built, tmp_path / "other.casebook")), clock=Ticking()) as other:
        done = import_regions(other, out, examiner="Other")
        assert done.added == (2 if name == "yolo" else 1)
        added = other.reviews(verdict="added")
        assert {(review.examiner, review.label) for review in added} == {("Other", "coin")}
        polygons = tuple(polygon for review in added for polygon in review.polygons)
        flat = [(point.x, point.y) for polygon in polygons for point in polygon.points]
        meant = [(point.x, point.y) for polygon in expected[2] for point in polygon.points]
        assert expected[1] == "coin"
        assert np.allclose(flat, meant, atol=0.01)
        assert {review.target_id for review in added} == {expected[0]}
        assert f"imported from {name} {out.name}" in added[0].note
        entry = other.audit()[-1]
        assert (entry.action, entry.actor) == ("import-regions", "Other")
        assert done.sha256 in entry.subject
        assert [each.kind for each in verify_case(other).differences if each.kind in {"rows", "chain"}] == []
        assert import_regions(other, out, examiner="Other").added == 0


def test_an_area_with_the_id_of_a_region_corrects_it(store: CaseStore, tmp_path: Path) -> None:
    out = _export(store, tmp_path, "coco")
    document = json.loads(out.read_text())
    knife = document["annotations"][0]
    document["categories"].append({"id": 99, "name": "spoon"})
    knife["category_id"], knife["segmentation"] = 99, [[1, 2, 31.5, 2, 31.5, 44]]
    out.write_text(json.dumps(document))
    done = import_regions(store, out)
    assert (done.added, done.corrected, done.already_here) == (0, 1, 4)
    review = store.latest_review(knife["casebook_id"])
    assert review is not None
    assert (review.verdict, review.label) == (Verdict.CORRECTED, "spoon")
    assert [(point.x, point.y) for point in review.polygons[0].points] == [(1, 2), (31.5, 2), (31.5, 44)]


def _coco(store: CaseStore, tmp_path: Path, *annotations: dict[str, Any], **image: Any) -> Path:
    document = {
        "images": [{"id": 7, "file_name": "photos/1.png", "width": 100, "height": 80, **image}],
        "annotations": [
            {"id": n, "image_id": 7, "category_id": 1, **each} for n, each in enumerate(annotations)
        ],
        "categories": [{"id": 1, "name": "gun"}],
    }
    path = tmp_path / "others.json"
    path.write_text(json.dumps(document))
    return path


def test_masks_boxes_and_points_outside_of_others_files(store: CaseStore, tmp_path: Path) -> None:
    mask = np.zeros((80, 100), bool)
    mask[10:20, 30:45] = True
    columns = mask.T.ravel()
    edges = np.flatnonzero(np.diff(columns)) + 1
    counts = np.diff([0, *edges, columns.size]).tolist()
    path = _coco(
        store,
        tmp_path,
        {"segmentation": {"size": [80, 100], "counts": counts}, "iscrowd": 1},
        {"segmentation": [], "bbox": [5, 6, 10, 20], "score": 0.5},
        {"segmentation": [[-9, 0, 500, 0, 500, 40, -9, 40]]},
        {"segmentation": [[1, 2, 3, 4]]},
        {"segmentation": {"size": [80, 99], "counts": counts}},
        {"segmentation": [[float("inf"), 0, 1, 1, 2, 0]]},
        {"segmentation": [[4, 4, 4, 4, 4, 4]]},
        {"segmentation": {"size": [80, 100], "counts": "�"}},
    )
    done = import_regions(store, path, examiner="E")
    added = store.reviews(verdict="added")[1:]
    assert [review.polygons[0].box for review in added] == [
        Box(30, 10, 45, 20), Box(5, 6, 15, 26), Box(0, 0, 100, 40),
    ]  # fmt: skip
    assert added[0].polygons[0].area_px == 150
    assert added[1].note.endswith("score 0.500")
    reasons = " ".join(each.reason for each in done.left_out)
    assert len(done.left_out) == 5
    for said in ("three points", "the picture [80, 100]", "no number", "encloses nothing", "packed mask"):
        assert said in reasons


def test_packed_masks_are_read_as_pycocotools_writes_them() -> None:
    # pycocotools 2.0.11, mask.encode: a disc of radius 11 around row 20, column 15 of 40 × 33 pixels.
    rows, columns = np.mgrid[0:40, 0:33]
    disc = np.hypot(rows - 20, columns - 15) < 11
    packed = "h69m04M2N2N2O0O2O0000000000000001N101N2N2N3LZ8"
    assert (decode({"size": [40, 33], "counts": packed}, 33, 40) == disc).all()


def test_pictures_that_are_not_meant_are_said(store: CaseStore, tmp_path: Path) -> None:
    box = {"segmentation": [], "bbox": [5, 6, 10, 20]}
    for image, said in (
        ({"file_name": "9.png"}, "no picture of the case has its content or name"),
        ({"width": 200}, "it is 200 × 80 px there and 100 × 80 px in the case"),
        ({"frame": 3}, "the case has no frame 4"),
    ):
        done = import_regions(store, _coco(store, tmp_path, box, **image), examiner="E")
        assert (done.matched, done.added) == (0, 0)
        assert done.unmatched[0].reason.startswith(said)
    by_hash = {"file_name": "renamed.png", "sha256": store.images()[1].sha256}
    assert import_regions(store, _coco(store, tmp_path, box, **by_hash), examiner="E").added == 1
    assert store.reviews()[-1].target_id == store.images()[1].id


def test_all_shapes_of_labelme_that_enclose_something(store: CaseStore, tmp_path: Path) -> None:
    piece = io.BytesIO()
    PilImage.fromarray(np.array([[255, 255], [0, 255]], np.uint8)).save(piece, "PNG")
    shapes = [
        {"label": "gun", "shape_type": "rectangle", "points": [[20, 30], [10, 5]]},
        {"label": "hole", "shape_type": "circle", "points": [[50, 40], [50, 50]]},
        {"label": "rag", "shape_type": "mask", "points": [[3, 4], [4, 5]],
         "mask": base64.b64encode(piece.getvalue()).decode()},
        {"label": "line", "shape_type": "linestrip", "points": [[1, 1], [2, 2]]},
        {"label": "bad", "shape_type": "mask", "points": [[3, 4], [4, 5]], "mask": "!"},
    ]  # fmt: skip
    folder = tmp_path / "drawn"
    folder.mkdir()
    shutil.copy(store.roots()[0].path / "2.png", folder / "renamed.png")
    document = {"shapes": shapes, "imagePath": "renamed.png", "imageWidth": 100, "imageHeight": 80}
    (folder / "renamed.json").write_text(json.dumps(document))
    done = import_regions(store, folder, format="labelme", examiner="E")
    added = {review.label: review for review in store.reviews(target_id=store.images()[1].id)}
    assert added["gun"].polygons[0].box == Box(10, 5, 20, 30)
    assert added["hole"].polygons[0].area_px == pytest.approx(np.pi * 100, rel=0.01)
    assert (added["rag"].polygons[0].box, added["rag"].polygons[0].area_px) == (Box(3, 4, 5, 6), 3)
    assert [each.name for each in done.left_out] == ["renamed.png: line", "renamed.png: bad"]


@pytest.mark.parametrize(
    "names",
    [
        "names: [gun, 'knife']\n",
        'names:\n  0: gun\n  1: "knife" # sharp\nnc: 2\n',
        "nc: 2\nnames:\n  - gun\n  - knife\n",
    ],
)
def test_yolo_folders_of_others_name_their_classes_in_yaml(
    store: CaseStore, tmp_path: Path, names: str
) -> None:
    folder = tmp_path / "set"
    (folder / "labels").mkdir(parents=True)
    (folder / "data.yaml").write_text("path: .\n" + names)
    (folder / "labels" / "1.txt").write_text("1 0.5 0.5 0.2 0.25\n0 0 0 0.5 0 0.5 0.5\n")
    done = import_regions(store, folder, examiner="E")
    assert (done.format, done.added) == ("yolo", 2)
    knife, gun = store.reviews()[-2:]
    assert (knife.label, knife.polygons[0].box) == ("knife", Box(40, 30, 60, 50))
    assert (gun.label, gun.polygons[0].area_px) == ("gun", 1000)


def test_files_that_are_no_such_format_are_refused(store: CaseStore, tmp_path: Path) -> None:
    (tmp_path / "no.json").write_text('{"images": 3}')
    (tmp_path / "bad.json").write_text("[")
    (tmp_path / "empty").mkdir()
    for path, name in (("no.json", "coco"), ("bad.json", "coco"), ("empty", "labelme"), ("empty", "yolo")):
        with pytest.raises(UsageError):
            import_regions(store, tmp_path / path, format=name, examiner="E")
    with pytest.raises(UsageError, match="looks like no format"):
        import_regions(store, tmp_path / "empty", examiner="E")
    with pytest.raises(UsageError, match="no format 'voc'"):
        import_regions(store, tmp_path / "no.json", format="voc", examiner="E")


def test_the_command_line_imports_what_it_exported(
    store: CaseStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = _export(store, tmp_path, "labelme")
    assert main(["import", str(store.path), str(out), "--format", "labelme", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["already_here"] == 5
    assert main(["import", str(store.path), str(out)]) == 0
    assert "2 of 2 pictures are in the case" in capsys.readouterr().out
