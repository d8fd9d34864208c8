"""The main job: folders in, a linked and searchable case and a PDF out."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.hashing import file_sha256

CHECKOUT = Path(__file__).resolve().parents[2]
Casebook = Callable[..., Any]


def _fingerprints(folder: Path) -> dict[str, tuple[str, int]]:
    return {
        path.relative_to(folder).as_posix(): (file_sha256(path), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and os.access(path, os.R_OK)
    }


@pytest.fixture(scope="module")
def photographs(tmp_path_factory: pytest.TempPathFactory, sample_evidence: Callable[[str], Path]) -> Path:
    """A case built once by the command line from the sample photographs."""
    from engine.cli import main

    case = tmp_path_factory.mktemp("case") / "scene.casebook"
    evidence = sample_evidence("scene_photographs")
    before = _fingerprints(evidence)
    assert main(["new", str(case), "--kind", "forensic", "--name", "Scene", "--examiner", "E1"]) == 0
    assert main(["ingest", str(case), str(evidence)]) == 0
    assert _fingerprints(evidence) == before, "evidence was changed"
    return case


def test_what_was_read_is_all_there(photographs: Path, casebook: Casebook) -> None:
    files = casebook("show", photographs, "files")
    images = casebook("show", photographs, "images")
    reports = casebook("show", photographs, "reports")
    issues = casebook("show", photographs, "issues")
    assert len(images) >= 10
    assert len(reports) >= 5
    named = {row["relative_path"] for row in issues}
    assert all(row["sha256"] for row in files if row["relative_path"] not in named)
    texts = {row["id"]: row["text"] for row in reports}
    for entity in casebook("show", photographs, "entities"):
        span = entity["span"]
        assert texts[entity["report_id"]][span["start"] : span["end"]] == entity["text"]


def test_links_say_why_and_some_contradict(photographs: Path, casebook: Casebook) -> None:
    links = casebook("show", photographs, "links")
    assert {link["relation"] for link in links} == {"supports", "contradicts"}
    assert all(link["cues"] and all(cue["detail"] for cue in link["cues"]) for link in links)
    assert all(0 <= link["score"] <= 1 for link in links)


def test_running_it_again_changes_nothing(
    photographs: Path, casebook: Casebook, sample_evidence: Callable[[str], Path]
) -> None:
    before = {what: casebook("show", photographs, what) for what in ("files", "regions", "entities", "links")}
    casebook("ingest", photographs, sample_evidence("scene_photographs"))
    after = {what: casebook("show", photographs, what) for what in before}
    assert after == before


def test_search_review_and_report(photographs: Path, casebook: Casebook, tmp_path: Path) -> None:
    hits = casebook("search", photographs, "car")
    assert hits
    assert all(hit["why"] for hit in hits)
    link = casebook("show", photographs, "links")[0]
    verdict = casebook("review", photographs, link["id"], "confirmed", "--note", "seen by eye")
    assert verdict["verdict"] == "confirmed"
    assert verdict["examiner"] == "E1"
    out = tmp_path / "report.pdf"
    written = casebook("export", photographs, out)
    assert out.read_bytes().startswith(b"%PDF-")
    assert written["sha256"] == file_sha256(out)
    assert casebook("verify", photographs)["ok"] is True


def test_a_plate_is_found_by_what_can_be_read_in_the_picture(photographs: Path, casebook: Casebook) -> None:
    hits = casebook("search", photographs, "KX-7194")
    read = [hit["image"] for hit in hits if hit["region_id"] and "can be read" in hit["why"][0]]
    assert "photographs/IMG_2042.JPG" in read


def test_a_changed_picture_is_found_by_verify(
    casebook: Casebook, tmp_path: Path, sample_evidence: Callable[[str], Path]
) -> None:
    evidence = tmp_path / "evidence"
    shutil.copytree(sample_evidence("scene_photographs"), evidence)
    pictures = sorted(evidence.rglob("*.JPG"))
    for path in sorted(evidence.rglob("*")):
        if path.is_file() and path not in pictures[:2]:
            path.unlink()
    case = tmp_path / "changed.casebook"
    casebook("new", case, "--kind", "forensic")
    casebook("ingest", case, evidence)
    data = bytearray(pictures[0].read_bytes())
    data[len(data) // 2] ^= 1
    pictures[0].write_bytes(data)
    found = casebook("verify", case, status=1)
    assert [pictures[0].name in each["subject"] for each in found["differences"]] == [True]


def test_a_moved_evidence_folder_is_found_again_by_hash(
    casebook: Casebook, tmp_path: Path, sample_evidence: Callable[[str], Path]
) -> None:
    first = tmp_path / "first"
    first.mkdir()
    for path in sorted(sample_evidence("scene_photographs").rglob("*.JPG"))[:3]:
        shutil.copy2(path, first)
    case = tmp_path / "moved.casebook"
    casebook("new", case, "--kind", "forensic")
    before = casebook("ingest", case, first)
    first.rename(tmp_path / "second")
    after = casebook("ingest", case, tmp_path / "second")
    for name in ("files", "images", "regions"):
        assert after[name] == before[name]
    assert casebook("verify", case)["ok"] is True


def test_killed_in_the_middle_and_run_again_gives_the_same_case(
    casebook: Casebook, tmp_path: Path, sample_evidence: Callable[[str], Path], photographs: Path
) -> None:
    case = tmp_path / "killed.casebook"
    casebook("new", case, "--kind", "forensic", "--name", "Scene", "--examiner", "E1")
    command = [sys.executable, "-m", "engine.cli", "ingest", str(case)]
    process = subprocess.Popen(
        [*command, str(sample_evidence("scene_photographs"))], cwd=CHECKOUT, stdout=subprocess.DEVNULL
    )
    deadline_s = time.monotonic() + 60
    while _saved_files(case) < 3 and process.poll() is None and time.monotonic() < deadline_s:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert _differences(case) <= {"evidence-added"}
    casebook("ingest", case, sample_evidence("scene_photographs"))
    for what in ("files", "regions", "entities", "links"):
        assert _by_id(casebook("show", case, what)) == _by_id(casebook("show", photographs, what))
    assert [run["outcome"] for run in casebook("show", case, "runs")][-1] == "finished"


def _differences(case: Path) -> set[str]:
    """Return the kinds of differences; files that an interrupted run had not reached are "added"."""
    from engine.clock import system_clock
    from engine.jobs.verify import verify_case
    from engine.store import open_case

    with open_case(case, clock=system_clock, read_only=True) as store:
        return {difference.kind for difference in verify_case(store).differences}


def _by_id(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in rows}


def _saved_files(case: Path) -> int:
    with sqlite3.connect(f"file:{case}?mode=ro", uri=True) as connection:
        (count,) = connection.execute("SELECT count(*) FROM source_file").fetchone()
    connection.close()
    return int(count)


def test_ctrl_c_keeps_what_is_committed(
    casebook: Casebook, tmp_path: Path, sample_evidence: Callable[[str], Path]
) -> None:
    case = tmp_path / "stopped.casebook"
    casebook("new", case, "--kind", "forensic")
    command = [sys.executable, "-m", "engine.cli", "ingest", str(case)]
    process = subprocess.Popen(
        [*command, str(sample_evidence("scene_photographs"))],
        cwd=CHECKOUT,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    deadline_s = time.monotonic() + 60
    while _saved_files(case) < 1 and process.poll() is None and time.monotonic() < deadline_s:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in complaint
    assert casebook("show", case, "runs")[-1]["outcome"] == "cancelled"
    assert _differences(case) <= {"evidence-added"}
