"""Nothing is asked of the network: the whole path in a process that has none."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]

# Python runs this at the start of every process, of children too: what a library catches and hides,
# or lets a child of its own try, still stands in the file.
_WITNESS = """
import os, sys

def write_down(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "os.fork"):
        note(f"{event} {arguments}")
    elif event == "socket.connect" and not isinstance(arguments[1], (str, bytes)):
        note(f"{event} {arguments[1]}")

def note(line):
    with open(os.environ["CASEBOOK_TEST_WITNESS"], "a") as file:
        file.write(line + "\\n")

sys.addaudithook(write_down)
"""

_PROGRAM = """
import sys

from engine.cli import main

case, evidence, report = sys.argv[1:]
for words in (
    ["new", case, "--kind", "medical"],
    ["ingest", case, evidence],
    ["search", case, "consolidation"],
    ["export", case, report],
    ["verify", case],
):
    status = main(words)
    if status:
        sys.exit(status)
heavy = {"torch", "ultralytics", "transformers"}
print(sorted(name for name in heavy if name in sys.modules))
"""


@pytest.fixture
def few_files(tmp_path: Path, sample_evidence: Callable[[str], Path]) -> Path:
    """Return a folder with a radiograph, a CT slice and reports of several kinds."""
    folder = tmp_path / "evidence"
    folder.mkdir()
    source = sample_evidence("chest_radiographs")
    for name in (
        "images/CB-0001_chest_pa.dcm",
        "images/CB-0003_chest_pa.png",
        "images/CB-0004_ct/slice_03.dcm",
    ):
        shutil.copy(source / name, folder)
    for path in sorted((source / "reports").glob("CB-000[13]*")):
        shutil.copy(path, folder)
    return folder


@pytest.fixture
def witness(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file in which all Python processes of this test write down forks and ways to a network."""
    folder, file = tmp_path / "witness", tmp_path / "witness.txt"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(_WITNESS, encoding="utf-8")
    file.touch()
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setenv("CASEBOOK_TEST_WITNESS", str(file))
    return file


def test_ingest_search_and_export_open_no_socket_and_load_no_torch(
    few_files: Path, tmp_path: Path, witness: Path
) -> None:
    arguments = [tmp_path / "offline.casebook", few_files, tmp_path / "offline.pdf"]
    answer = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *map(str, arguments)],
        cwd=CHECKOUT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.splitlines()[-1] == "[]"
    assert witness.read_text(encoding="utf-8") == ""
    ours = {"cache", "config", "data"}
    assert {path.name for path in Path.home().iterdir()} <= ours, (
        "a library left something in the home folder"
    )


def test_the_witness_sees_what_a_library_hides(witness: Path) -> None:
    hidden = """
import os, socket
if not os.fork():
    try:
        socket.create_connection(("127.0.0.1", 9), timeout=1)
    except OSError:
        pass
    os._exit(0)
os.wait()
"""
    subprocess.run([sys.executable, "-c", hidden], check=True)
    seen = witness.read_text(encoding="utf-8")
    assert "os.fork" in seen and "socket.connect ('127.0.0.1', 9)" in seen


def test_it_works_with_no_network_at_all(few_files: Path, tmp_path: Path) -> None:
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-n", "true"], check=False).returncode:
        pytest.skip("this system does not let tests cut the network")
    case = tmp_path / "cut.casebook"
    casebook = f"unshare -n {sys.executable} -m engine.cli"
    subprocess.run(f"{casebook} new {case} --kind medical", shell=True, cwd=CHECKOUT, check=True)
    answer = subprocess.run(
        f"{casebook} ingest {case} {few_files} --json",
        shell=True,
        cwd=CHECKOUT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    summary = json.loads(answer.stdout)
    assert summary["images"] == 3
    assert summary["issues"] == 0
    assert summary["links"] > 0


def test_the_tests_themselves_cannot_reach_the_network() -> None:
    with socket.socket() as client, pytest.raises(AssertionError):
        client.connect(("127.0.0.1", 9))
