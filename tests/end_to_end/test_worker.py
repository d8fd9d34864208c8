"""The engine process as the desktop drives it: real process, real lines."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.messages import Kind, Message, Request, parse_message

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
            text=True,
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
