"""The engine process as the desktop drives it: real process, real lines."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from engine.clock import system_clock
from engine.messages import Kind, Message, Request, parse_message
from engine.store import open_case

CHECKOUT = Path(__file__).resolve().parents[2]


class Engine:
    """A worker process and its two pipes."""

    def __init__(self, role: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "engine.worker", "--role", role],
            cwd=CHECKOUT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert self.next().kind is Kind.READY

    def ask(self, identifier: str, verb: str, **arguments: Any) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(Request(id=identifier, verb=verb, arguments=arguments).as_line())
        self.process.stdin.flush()

    def next(self) -> Message:
        assert self.process.stdout is not None
        return parse_message(self.process.stdout.readline())

    def outcome(self, identifier: str) -> Message:
        """Return the last message about a request, past its progress."""
        while True:
            message = self.next()
            if message.of == identifier and message.kind is not Kind.PROGRESS:
                return message

    def end(self) -> int:
        """Close stdin and return the exit status."""
        _, complaints = self.process.communicate(timeout=30)
        assert "Traceback" not in complaints
        return self.process.returncode


@pytest.fixture
def job() -> Iterator[Engine]:
    engine = Engine("job")
    yield engine
    assert engine.end() == 0


@pytest.fixture
def query() -> Iterator[Engine]:
    engine = Engine("query")
    yield engine
    assert engine.end() == 0


def test_a_whole_job_and_questions_about_it(
    job: Engine, query: Engine, tmp_path: Path, sample_evidence: Callable[[str], Path]
) -> None:
    case = str(tmp_path / "case.casebook")
    job.ask("1", "new", path=case, kind="forensic", name="Scene", reference="R-1", examiner="E1")
    assert job.outcome("1").kind is Kind.FINISHED
    job.ask("2", "ingest", case=case, paths=[str(sample_evidence("scene_photographs"))])
    finished = job.outcome("2")
    assert finished.kind is Kind.FINISHED, finished
    assert finished.body["images"] >= 10
    query.ask("3", "search", case=case, text="car")
    answer = query.outcome("3")
    assert answer.kind is Kind.ANSWER, answer
    assert answer.body["hits"]
    image = next(hit["image_id"] for hit in answer.body["hits"] if hit["image_id"])
    query.ask("4", "preview", case=case, image_id=image, max_px=400)
    preview = query.outcome("4")
    assert preview.kind is Kind.ANSWER, preview
    assert Path(preview.body["path"]).read_bytes().startswith(b"\xff\xd8")
    job.ask("5", "export", case=case, out=str(tmp_path / "report.pdf"))
    assert job.outcome("5").kind is Kind.FINISHED
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")


def test_cancel_stops_and_the_worker_goes_on(
    job: Engine, tmp_path: Path, sample_evidence: Callable[[str], Path]
) -> None:
    case = str(tmp_path / "case.casebook")
    job.ask("1", "new", path=case, kind="forensic")
    job.outcome("1")
    job.ask("2", "ingest", case=case, paths=[str(sample_evidence("scene_photographs"))])
    while job.next().kind is not Kind.PROGRESS:
        pass
    job.ask("c", "cancel", of="2")
    assert job.outcome("2").kind is Kind.CANCELLED
    job.ask("3", "verify", case=case)
    verified = job.outcome("3")
    assert verified.kind is Kind.FINISHED
    # What was not read yet is said to be new in the folder; nothing that was read has changed.
    assert {each["kind"] for each in verified.body["differences"]} == {"evidence-added"}


def test_wrong_requests_are_answered_not_fatal(job: Engine) -> None:
    assert job.process.stdin is not None
    job.process.stdin.write("this is no request\n")
    job.process.stdin.flush()
    assert job.next().body["error"] == "UsageError"
    job.ask("1", "dance")
    assert "no verb 'dance'" in job.outcome("1").body["message"]
    job.ask("2", "ingest", case="/nowhere.casebook", paths=[])
    assert job.outcome("2").body["error"] == "CaseNotFound"


def test_a_file_that_takes_long_can_be_left_out_and_tried_again(job: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    folder.mkdir()
    noise = Image.frombytes("L", (7_000, 6_000), os.urandom(42_000_000))
    noise.save(folder / "huge.png", compress_level=0)
    (folder / "note.txt").write_text("No blood was seen.")
    case = str(tmp_path / "case.casebook")
    job.ask("1", "new", path=case, kind="forensic")
    job.outcome("1")
    job.ask("2", "ingest", case=case, paths=[str(folder)], profile="fast")
    while not (message := job.next()).body.get("can_skip") or message.body["item"] != "huge.png":
        assert message.kind is Kind.PROGRESS
    job.ask("s", "skip", of="2", item="huge.png")
    ended = job.outcome("2")
    assert ended.kind is Kind.FINISHED, ended
    assert (ended.body["images"], ended.body["reports"], ended.body["issues"]) == (0, 1, 1)
    with open_case(Path(case), clock=system_clock, read_only=True) as store:
        assert [(each.relative_path, each.error) for each in store.issues()] == [("huge.png", "Skipped")]
        assert store.coverage().reasons == (("Skipped", 1),)


def test_settings_are_kept_by_the_case_and_leave_models_out(job: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    folder.mkdir()
    Image.new("L", (64, 64), 90).save(folder / "gray.png")
    case = str(tmp_path / "case.casebook")
    job.ask("1", "new", path=case, kind="medical")
    job.outcome("1")
    words = {"name": "Ward", "reference": "R", "examiner": "Dr. B", "subject": "P-7", "profile": "fast"}
    job.ask("2", "settings", case=case, **words, left_out=["lungs"])
    assert job.outcome("2").kind is Kind.FINISHED
    job.ask("3", "ingest", case=case, paths=[str(folder)])
    assert job.outcome("3").kind is Kind.FINISHED
    with open_case(Path(case), clock=system_clock, read_only=True) as store:
        names = {component.name for component in store.components() if component.kind == "segmenter"}
        assert store.case.examiner == "Dr. B" and store.check_audit() == ()
    assert "lungs" not in names and "otsu" in names


def test_a_draft_shows_pages_and_leaves_no_trace(
    job: Engine, tmp_path: Path, sample_evidence: Callable[[str], Path]
) -> None:
    case = str(tmp_path / "case.casebook")
    job.ask("1", "new", path=case, kind="medical", name="Draft")
    job.outcome("1")
    with open_case(Path(case), clock=system_clock, read_only=True) as store:
        before = store.audit_head()
    job.ask("2", "draft", case=case, options={"reproducible": True})
    drawn = job.outcome("2")
    assert drawn.kind is Kind.FINISHED, drawn
    assert drawn.body["page_count"] >= 1 and drawn.body["contents"]
    assert Path(drawn.body["pages"][0]).read_bytes().startswith(b"\x89PNG")
    job.ask("3", "draft", case=case, options={"nonsense": 1})
    assert "no option 'nonsense'" in job.outcome("3").body["message"]
    with open_case(Path(case), clock=system_clock, read_only=True) as store:
        assert store.audit_head() == before
