"""Exports of one case, read back by other programs and compared with each other field by field."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from numpy.typing import NDArray

from engine.clock import fixed_clock
from engine.jobs.export import export_case
from engine.model.evidence import Case, CaseKind, Image, Report, Span
from engine.model.findings import (
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
)
from engine.model.geometry import Box
from engine.model.ids import ImageId, image_id, report_id
from engine.model.runs import RunOutcome, make_component
from engine.store import CaseStore, FileFindings, create_case, open_case
from tests.unit.evidence_files import source_file

AT = datetime(2026, 3, 4, 10, 20, 30, tzinfo=UTC)
NUMBERS = frozenset({
    "score", "cmi", "sc", "abs", "frame", "start", "end", "box_left_px", "box_top_px", "box_right_px",
    "box_bottom_px",
})  # fmt: skip
SHEETS = {"Regions": "region", "Entities": "entity", "Links": "link", "Relations": "relation"}


def _load(_: ImageId) -> NDArray[np.uint8]:
    return np.arange(90 * 120 * 3, dtype=np.uint32).reshape(90, 120, 3).astype(np.uint8)


def _fill(store: CaseStore) -> None:
    """Save three pictures with three Regions each and a text to each that agrees with one of them."""
    component = make_component("segmenter", "yolo:things", "1", labels=("knife", "Löffel", "刀"))
    run = store.begin_run("ingest", [component], device="cpu", seed=1)
    for number in range(3):
        sha = hashlib.sha256(b"picture %d" % number).hexdigest()
        image = Image(id=image_id(sha, 0), sha256=sha, width_px=120, height_px=90)
        regions = []
        for place, label in enumerate(component.labels):
            polygons = (Box(5 + 30 * place, 8 + number, 30 + 30 * place, 70.25).as_polygon(),)
            regions.append(
                Region(
                    id=region_id(image.id, component.id, label, polygons), image_id=image.id, label=label,
                    score=0.3 + number / 7, component_id=component.id, polygons=polygons,
                )
            )  # fmt: skip
        _save(store, run, f"{number}.png", sha, images=(image,), regions=tuple(regions))
        text = f"Ein Löffel, 刀 and -{number} knives."
        sha = hashlib.sha256(text.encode()).hexdigest()
        report = Report(id=report_id(sha, 0), sha256=sha, text=text)
        span = Span(start=4, end=10)
        entity = Entity(
            id=entity_id(report.id, component.id, "thing", span), report_id=report.id, label="thing",
            text="Löffel", span=span, score=1 / 3, component_id=component.id, concept="WN:1 spoon",
        )  # fmt: skip
        _save(store, run, f"{number}.txt", sha, reports=(report,), entities=(entity,))
        cues = (Cue(rule="name", detail="“Löffel” = same", weight=1.25),)
        relation = LinkRelation.SUPPORTS if number else LinkRelation.CONTRADICTS
        link = Link(
            id=link_id(image.id, regions[1].id, entity.id, relation), image_id=image.id,
            region_id=regions[1].id, entity_id=entity.id, report_id=report.id, relation=relation,
            score=0.7 + number / 11, component_id=component.id, cues=cues,
        )  # fmt: skip
        pair = Relation(
            id=relation_id(image.id, report.id), image_id=image.id, report_id=report.id, cmi=0.25 * number,
            sc=number - 1, abs=number - 1, component_id=component.id, cues=cues,
        )  # fmt: skip
        store.save_links(report.id, [link], [pair], signature="l", run=run)
    store.finish_run(run, RunOutcome.FINISHED)
    store.add_review(FindingKind.REGION, store.regions()[0].id, Verdict.CONFIRMED, examiner="E", note="=1+1")


def _save(store: CaseStore, run: object, name: str, sha: str, **found: object) -> None:
    file = source_file("photos", name, sha, 7)
    store.save_file(FileFindings(file=file, signature="s", **found), run)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with ``all.FORMAT`` of one case, and ``yolo``."""
    path = tmp_path_factory.mktemp("peers")
    case = Case(kind=CaseKind.FORENSIC, name="Übung 漢字", created_at=AT)
    create_case(path / "c.casebook", case, clock=fixed_clock(AT))
    (path / "photos").mkdir()
    with open_case(path / "c.casebook", clock=fixed_clock(AT), actor="tester") as store:
        store.add_root(path / "photos")
        _fill(store)
        for name in ("json", "csv", "xlsx", "html"):
            export_case(store, path / f"all.{name}", at=AT, load_view=_load)
        export_case(store, path / "yolo", format="yolo", at=AT, load_view=_load)
    yield path


def _document(folder: Path) -> dict[str, list[dict[str, object]]]:
    loaded: dict[str, list[dict[str, object]]] = json.loads((folder / "all.json").read_text("utf-8"))
    return loaded


def _table(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "all.csv").open(encoding="utf-8-sig", newline="") as stream:
        return {row["id"]: row for row in csv.DictReader(stream)}


def test_every_field_of_the_table_is_that_of_the_document(folder: Path) -> None:
    table, compared = _table(folder), 0
    document = _document(folder)
    for kind in ("regions", "entities", "links", "relations"):
        assert document[kind]
        for row in document[kind]:
            written = table[str(row["id"])]
            for field in written.keys() & row.keys() - {"cues"}:
                value = row[field]
                assert (float(written[field]) if field in NUMBERS else written[field]) == value, (kind, field)
                compared += 1
    assert compared > 100
    assert {row["note"] for row in table.values()} == {"", "'=1+1"}


def test_every_cell_of_the_workbook_is_that_of_the_table(folder: Path) -> None:
    table, book, compared = _table(folder), openpyxl.load_workbook(folder / "all.xlsx"), 0
    for title, kind in SHEETS.items():
        head, *rows = book[title].iter_rows(values_only=True)
        assert {str(row[0]) for row in rows} == {key for key, row in table.items() if row["kind"] == kind}
        for row in rows:
            written = table[str(row[0])]
            for field, value in zip(map(str, head), row, strict=True):
                other = written[field].removeprefix("'")
                if field in NUMBERS:  # the workbook keeps 16 digits
                    assert value is None if not other else value == pytest.approx(float(other), rel=1e-14)
                else:
                    assert (value or "") == other
                compared += 1
    assert compared > 200


def test_ultralytics_reads_every_outline_with_its_class(folder: Path) -> None:
    pytest.importorskip("ultralytics")
    from ultralytics.data.dataset import YOLODataset

    out = folder / "yolo"
    names = dict(enumerate((out / "classes.txt").read_text("utf-8").splitlines()))
    for path in (out, out / "labels"):
        path.chmod(0o755)  # it writes a cache beside the labels
    found = YOLODataset(
        img_path=str(out / "images"), data={"names": names, "channels": 3}, task="segment", augment=False
    ).labels
    read = Counter(
        (names[int(label)], tuple(np.round(points.min(axis=0) * (120, 90), 2).tolist()))
        for picture in found
        for label, points in zip(picture["cls"][:, 0], picture["segments"], strict=True)
    )
    regions = _table(folder).values()
    assert read == Counter(
        (row["label"], (float(row["box_left_px"]), float(row["box_top_px"])))
        for row in regions
        if row["kind"] == "region"
    )


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [found["id"] or ""] if "id" in found else []
        if tag == "a":
            self.targets.add((found["href"] or "").removeprefix("#"))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_the_page_names_every_finding_and_every_link_leads_somewhere(folder: Path) -> None:
    page = _Page()
    page.feed((folder / "all.html").read_text("utf-8"))
    text = "".join(page.text)
    document = _document(folder)
    for kind in ("regions", "entities", "links", "relations"):
        assert not [row["id"] for row in document[kind] if str(row["id"]) not in text]
    assert page.targets and page.targets <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
