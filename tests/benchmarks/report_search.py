"""``casebook search CASE --report`` on scene_notes: does a matching note find its picture?"""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from engine.clock import fixed_clock
from engine.hashing import file_sha256
from engine.jobs.search_keywords import search_by_report
from engine.linkers.gold import gold_component, gold_image, gold_regions, read_classes, read_view
from engine.model.evidence import Case, CaseKind, Report, SourceFile
from engine.model.ids import ImageId, source_file_id
from engine.model.runs import Run
from engine.recognizers.pipeline import TextPipeline
from engine.store import CaseStore, FileFindings, create_case, open_case
from tests.benchmarks.measure import Row, data_dir

_NOW = fixed_clock(datetime(2026, 1, 2, 12, tzinfo=UTC))
_PLACES = (1, 5)


def rows() -> list[Row]:
    """Load pictures with their gold regions and the notes that match them; look each note's picture up."""
    folder = data_dir() / "scene_notes"
    with tempfile.TemporaryDirectory(prefix="casebook-bench-") as name:
        path = Path(name) / "notes.casebook"
        create_case(path, Case(kind=CaseKind.FORENSIC, name="Notes", created_at=_NOW()), clock=_NOW)
        evidence = Path(name) / "evidence"
        evidence.mkdir()
        with open_case(path, clock=_NOW) as store:
            store.add_root(evidence)
            places = _places(store, folder)
    return [
        Row(
            what=f"a note finds its picture, recall@{place}",
            ours=f"{_share(places, place):.3f}",
            peer="",
            ratio="",
        )
        for place in _PLACES
    ]


def _share(places: list[int], most: int) -> float:
    return sum(place <= most for place in places) / len(places)


def _places(store: CaseStore, folder: Path) -> list[int]:
    pipeline = TextPipeline.load(CaseKind.FORENSIC, with_models=False)
    component = gold_component(read_classes(folder))
    run = store.begin_run("ingest", [*pipeline.components, component])
    images = _save_images(store, run, folder)
    lines = (folder / "notes.jsonl").read_text(encoding="utf-8").splitlines()
    notes = [note for note in map(json.loads, lines) if note["kind"] == "match"]
    found = []
    for note in notes:
        report = _save_note(store, run, pipeline, note["text"])
        answer = search_by_report(store, report.id, limit=len(images))
        shown = [hit.image_id for hit in answer.hits]
        own = images[note["image"]]
        found.append(shown.index(own) + 1 if own in shown else len(images) + 1)
    return found


def _save_images(store: CaseStore, run: Run, folder: Path) -> dict[str, ImageId]:
    images: dict[str, ImageId] = {}
    for path in sorted((folder / "images").iterdir()):
        image = gold_image(path, read_view(path), photograph=True)
        regions = {each.id: each for each in gold_regions(folder, image, path.name)}
        findings = FileFindings(
            file=_file(path.name, file_sha256(path)),
            images=(image,),
            regions=tuple(regions.values()),
            signature="gold",
        )
        store.save_file(findings, run)
        images[path.name] = image.id
    return images


def _save_note(store: CaseStore, run: Run, pipeline: TextPipeline, text: str) -> Report:
    from engine.linkers.gold import GoldNote

    (analyzed,) = pipeline.analyze([GoldNote(image_name="", text=text, links=()).report])
    report = analyzed.report
    findings = FileFindings(
        file=_file(f"{report.id}.txt", report.sha256),
        reports=(report,),
        entities=analyzed.entities,
        signature="gold",
    )
    store.save_file(findings, run)
    return report


def _file(name: str, sha256: str) -> SourceFile:
    return SourceFile(
        id=source_file_id("evidence", name, sha256),
        root="evidence",
        relative_path=name,
        sha256=sha256,
        size_bytes=1,
    )
