"""A passphrase on its way: the command line's sources, the worker's stdin, and nothing else."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.messages import Kind
from engine.store import key_of
from tests.end_to_end.test_worker import Engine

WORDS = "correct horse battery"
SECRETS = (b"Montezuma", b"fracture of the left", b"JFIF\0\1")


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    from PIL import Image

    folder = tmp_path / "evidence"
    folder.mkdir()
    (folder / "note.txt").write_text("Montezuma has a fracture of the left wrist, see picture.png.")
    Image.radial_gradient("L").save(folder / "picture.png")
    return folder


def readable(*folders: Path) -> list[str]:
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(secret in path.read_bytes() for secret in SECRETS)]


def test_every_command_takes_the_passphrase_from_where_it_is_told(
    casebook: Callable[..., Any],
    refuse: Callable[..., str],
    tmp_path: Path,
    evidence: Path,
    isolated_home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = tmp_path / "case" / "x.casebook"
    case.parent.mkdir()
    monkeypatch.setenv("CASE_WORDS", WORDS)
    known = ("--passphrase-from", "env:CASE_WORDS")
    casebook("new", case, "--kind", "medical", "--name", "Montezuma", "--encrypt", *known)
    assert casebook("ingest", case, evidence, *known)["reports"] == 1
    queries = tmp_path / "queries.jsonl"
    queries.write_text('{"query": "fracture", "relevant": ["note.txt"]}\n')
    assert casebook("evaluate", "retrieval", case, queries, *known)["p_at_10"] == 1
    assert "review some first" in refuse("train", "links", case, "--out", tmp_path / "links", *known)
    assert "--passphrase-from" in refuse("train", "links", case, "--out", tmp_path / "links")
    assert readable(case.parent, isolated_home) == []
    line = tmp_path / "words"
    line.write_text(f"{WORDS}\nanother one here\n")
    descriptor = os.open(line, os.O_RDONLY)
    try:
        source = f"fd:{descriptor}"
        casebook("passphrase", case, "--passphrase-from", source, "--new-passphrase-from", source)
    finally:
        os.close(descriptor)
    assert "does not open" in refuse("show", case, "images", *known)
    assert "--passphrase-from" in refuse("show", case, "images")
    assert "no passphrase" in refuse("show", case, "images", "--passphrase-from", "env:NOT_SET")
    monkeypatch.setattr("sys.stdin", io.StringIO("another one here\n"))
    assert len(casebook("--passphrase-from=stdin", "show", case, "images")) == 1
    line.write_text("another one here\n")
    assert casebook("verify", case, "--passphrase-from", f"file:{line}")["ok"]
    casebook("decrypt", case, "--passphrase-from", f"file:{line}")
    assert "not encrypted" in refuse("decrypt", case)
    assert casebook("encrypt", case, *known)["encrypted"]
    assert readable(case.parent, isolated_home) == []


def test_the_workers_get_the_key_through_stdin_and_leave_no_picture(
    tmp_path: Path, evidence: Path, isolated_home: Path
) -> None:
    case = tmp_path / "case" / "x.casebook"
    case.parent.mkdir()
    job, query = Engine("job"), Engine("query")
    job.ask("1", "new", path=str(case), kind="medical", name="Montezuma", passphrase=WORDS)
    assert job.outcome("1").kind is Kind.FINISHED
    key = key_of(case, WORDS).as_text()
    job.ask("2", "ingest", case=str(case), paths=[str(evidence)], key=key)
    assert job.outcome("2").kind is Kind.FINISHED
    job.ask("3", "verify", case=str(case))
    refused = job.outcome("3")
    assert (refused.kind, refused.body["error"]) == (Kind.FAILED, "CaseEncrypted")
    query.ask("4", "search", case=str(case), text="fracture", key=key)
    answer = query.outcome("4")
    assert answer.kind is Kind.ANSWER and answer.body["hits"], answer
    from engine.clock import system_clock
    from engine.store import CaseKey, open_case

    with open_case(case, clock=system_clock, read_only=True, key=CaseKey.of_text(key)) as store:
        (image,) = store.images()
    query.ask("5", "preview", case=str(case), image_id=image.id, max_px=300, key=key)
    preview = query.outcome("5")
    assert preview.kind is Kind.ANSWER, preview
    assert Path(preview.body["path"]).is_file()
    assert readable(case.parent, isolated_home) == []
    for engine in (job, query):
        commands = Path(f"/proc/{engine.process.pid}")
        if commands.is_dir():
            seen = (commands / "cmdline").read_bytes() + (commands / "environ").read_bytes()
            assert WORDS.encode() not in seen and key.encode() not in seen
        assert engine.end() == 0
    assert not Path(preview.body["path"]).parent.exists()
    assert readable(case.parent, isolated_home) == []
