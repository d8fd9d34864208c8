"""Images by name and by folder, as a person would sort them."""

from __future__ import annotations

from pathlib import Path

from engine.model.evidence import Case, CaseKind, Image
from engine.model.ids import image_id
from engine.model.runs import RunOutcome, make_component
from engine.store import FileFindings, create_case, open_case
from engine.store.gallery import Grouping, Order, arranged_images, rows_of
from engine.store.image_facets import Narrowing
from engine.store.natural_order import natural_key
from tests.unit.evidence_files import source_file
from tests.unit.scattered_case import CLOCK

_NAMES = ("day 10/IMG_2.jpg", "day 9/IMG_10.jpg", "day 9/img_9.jpg", "day 9/IMG_1.jpg", "Anhang/x.jpg")
_OPEN = Narrowing(facets={}, examiner="A")


def _picture(number: int, path: str) -> FileFindings:
    sha256 = str(number) * 64
    file = source_file("photos", path, sha256)
    image = Image(id=image_id(sha256, 0), sha256=sha256, frame=0, width_px=40, height_px=30)
    return FileFindings(file=file, images=(image,), signature="test")


def test_numbers_in_names_and_folders_sort_by_their_value(tmp_path: Path) -> None:
    path = tmp_path / "names.casebook"
    create_case(path, Case(kind=CaseKind.FORENSIC, name="Names", created_at=CLOCK()), clock=CLOCK)
    with open_case(path, clock=CLOCK, actor="test") as store:
        (tmp_path / "photos").mkdir()
        store.add_root(tmp_path / "photos")
        run = store.begin_run("ingest", (make_component("reader", "test", "1"),))
        for number, name in enumerate(_NAMES):
            store.save_file(_picture(number, name), run)
        store.finish_run(run, RunOutcome.FINISHED)
        arranged = arranged_images(store, _OPEN, order=Order.NAME, grouping=Grouping.FOLDER)
        assert arranged.groups == (("photos/Anhang/", 1), ("photos/day 9/", 3), ("photos/day 10/", 1))
        assert [row.name for row in rows_of(store, arranged.numbers)] == [
            "x.jpg",
            "IMG_1.jpg",
            "img_9.jpg",
            "IMG_10.jpg",
            "IMG_2.jpg",
        ]


def test_text_without_numbers_sorts_without_its_case() -> None:
    assert sorted(["b", "A", "c", "B"], key=natural_key) == ["A", "b", "B", "c"]
    assert natural_key("7") < natural_key("007a") < natural_key("8")
