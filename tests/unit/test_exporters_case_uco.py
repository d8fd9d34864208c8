"""The CASE/UCO graph of a case: complete against the case; checked by case_validate where it is installed.

The validator brings pandas, which the program must not find; it lives in an environment of its own and is
named by CASEBOOK_CASE_VALIDATE or found on PATH.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.clock import fixed_clock
from engine.exporters.case_uco.nodes import iri
from engine.jobs.export import export_case
from engine.model.evidence import Case, CaseKind, Image, Location, Report, SourceFile, Span
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
from engine.model.ids import image_id, report_id, source_file_id
from engine.model.runs import Examination, RunOutcome, make_component
from engine.store import CaseStore, FileFindings, create_case, open_case

AT = datetime(2026, 3, 4, 10, 20, 30, tzinfo=UTC)
TEXT = "A \x00 red knife \u202elies there."

# Where a node speaks in words.
_WORDS = ("statement", "name", "description")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CaseStore]:
    """A mail with a picture in it, a region, a phrase, a contradiction, a relation, two verdicts."""
    clock = fixed_clock(AT)
    path = tmp_path / "c.casebook"
    create_case(path, Case(kind=CaseKind.FORENSIC, name="c", reference="R1", created_at=AT), clock=clock)
    finder = make_component("segmenter", "yolo:knives", "1", weights_sha256="ab" * 32, labels=("knife",))
    with open_case(path, clock=clock, actor="tester") as opened:
        (tmp_path / "mail").mkdir()
        opened.add_root(tmp_path / "mail")
        run = opened.begin_run("ingest", [finder], device="cpu", seed=1)
        shas = {name: hashlib.sha256(name.encode()).hexdigest() for name in ("m.eml", "m.eml!1.jpg")}
        keys = {name: source_file_id("mail", name, sha) for name, sha in shas.items()}
        mail, picture = (
            SourceFile(
                id=keys[name], root="mail", relative_path=name, sha256=shas[name], size_bytes=9,
                media_type="text/plain", parent_id=keys["m.eml"] if "!" in name else None,
            )
            for name in shas
        )  # fmt: skip
        report = Report(id=report_id(mail.sha256, 0), sha256=mail.sha256, text=TEXT)
        span = Span(start=TEXT.index("red"), end=TEXT.index("red") + 9)
        entity = Entity(
            id=entity_id(report.id, finder.id, "weapon", span), report_id=report.id, label="weapon",
            text=TEXT[span.start : span.end], span=span, score=0.5, component_id=finder.id,
        )  # fmt: skip
        image = Image(
            id=image_id(picture.sha256, 0), sha256=picture.sha256, width_px=12, height_px=9,
            location=Location(latitude_deg=-1e-6, longitude_deg=8.25, altitude_m=3),
        )  # fmt: skip
        outline = (Box(1, 2, 5, 6).as_polygon(),)
        region = Region(
            id=region_id(image.id, finder.id, "knife", outline), image_id=image.id, label="knife",
            score=0.25, component_id=finder.id, polygons=outline,
        )  # fmt: skip
        looked = (Examination(image_id=image.id, component_id=finder.id),)
        opened.save_file(FileFindings(file=mail, reports=(report,), entities=(entity,), signature="s"), run)
        opened.save_file(
            FileFindings(
                file=picture, images=(image,), regions=(region,), examinations=looked, signature="s"
            ),
            run,
        )
        cue = Cue(rule="color", detail="it is blue", weight=-1.0, supports=False)
        link = Link(
            id=link_id(image.id, region.id, entity.id, LinkRelation.CONTRADICTS), image_id=image.id,
            region_id=region.id, entity_id=entity.id, report_id=report.id,
            relation=LinkRelation.CONTRADICTS, score=0.75, component_id=finder.id, cues=(cue,),
        )  # fmt: skip
        relation = Relation(
            id=relation_id(image.id, report.id), image_id=image.id, report_id=report.id, cmi=0.5, sc=-1,
            abs=0, component_id=finder.id, cues=(cue,),
        )  # fmt: skip
        opened.save_links(report.id, [link], [relation], signature="l", run=run)
        opened.finish_run(run, RunOutcome.FINISHED)
        opened.add_review(FindingKind.LINK, link.id, Verdict.CONFIRMED, examiner="E1", note="seen")
        opened.add_review(FindingKind.REGION, region.id, Verdict.REJECTED, examiner="E2")
        yield opened


def _export(store: CaseStore, out: Path) -> Path:
    return export_case(store, out, at=AT, load_view=lambda _: np.zeros((9, 12, 3), np.uint8)).path


@pytest.fixture
def nodes(store: CaseStore, tmp_path: Path) -> dict[str, dict[str, Any]]:
    document = json.loads(_export(store, tmp_path / "c.case.jsonld").read_text("utf-8"))
    graph = document["@graph"]
    found = {row["@id"]: row for row in graph}
    assert len(found) == len(graph)
    return found


def _named(value: object) -> Iterator[str]:
    """Yield the nodes that are only referred to."""
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            yield value["@id"]
        for item in value.values():
            yield from _named(item)
    elif isinstance(value, list):
        for item in value:
            yield from _named(item)


def test_every_name_leads_to_a_node(nodes: dict[str, dict[str, Any]]) -> None:
    assert set(_named(list(nodes.values()))) <= set(nodes)


def test_every_row_of_the_case_is_a_node(store: CaseStore, nodes: dict[str, dict[str, Any]]) -> None:
    rows = {
        "file": store.files(), "image": store.images(), "report": store.reports(), "link": store.links(),
        "region": store.regions(), "entity": store.entities(), "relation": store.relations(),
        "review": store.reviews(), "tool": store.components(), "run": store.runs(),
    }  # fmt: skip
    for kind, found in rows.items():
        assert found, kind
        for row in found:
            assert iri(kind, row.id) in nodes, kind


def test_values_are_those_of_the_case(store: CaseStore, nodes: dict[str, dict[str, Any]]) -> None:
    for file in store.files():
        path, content = nodes[iri("file", file.id)]["uco-core:hasFacet"]
        assert path["uco-observable:filePath"] == f"mail/{file.relative_path}"
        (digest,) = content["uco-observable:hash"]
        assert digest["uco-types:hashValue"]["@value"].lower() == file.sha256
    (image,) = store.images()
    (place,) = nodes[iri("location", image.id)]["uco-core:hasFacet"]
    assert place["uco-location:latitude"]["@value"] == "-0.000001"
    (link,) = store.links()
    tie = nodes[iri("link", link.id)]
    assert tie["uco-core:kindOfRelationship"] == "Contradicts"
    assert tie["uco-core:source"] == [{"@id": iri("region", str(link.region_id))}]
    assert tie["uco-core:description"] == ["probability 0.75", "it is blue"]
    statement = nodes[iri("entity", link.entity_id)]["uco-core:statement"]
    assert "“red knife”" in statement
    findings = [*store.regions(), *store.entities(), *store.links(), *store.relations()]
    told = " ".join(str(node.get(f"uco-core:{key}", "")) for node in nodes.values() for key in _WORDS)
    assert [row.id for row in findings if row.id not in told] == []
    text = nodes[iri("report", link.report_id)]["uco-core:hasFacet"][0]["uco-observable:dataPayload"]
    assert text == "A [U+0000] red knife [U+202E]lies there."
    inner = [row for row in nodes.values() if row.get("uco-core:kindOfRelationship") == "Contained_Within"]
    mail, picture = (
        iri("file", file.id) for file in sorted(store.files(), key=lambda row: row.relative_path)
    )
    assert ([{"@id": picture}], [{"@id": mail}]) in [
        (row["uco-core:source"], row["uco-core:target"]) for row in inner
    ]


def test_a_validator_finds_nothing_wrong(store: CaseStore, tmp_path: Path) -> None:
    validator = os.environ.get("CASEBOOK_CASE_VALIDATE") or shutil.which("case_validate")
    if not validator:
        pytest.skip("case_validate is not installed (package case-utils, in an environment of its own)")
    out = _export(store, tmp_path / "c.case.jsonld")
    done = subprocess.run([validator, str(out)], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, "Conforms: True" in done.stdout) == (0, True), done.stdout + done.stderr
