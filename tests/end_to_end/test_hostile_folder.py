"""One ingest over everything that is hostile: it ends, changes nothing, and accounts for every file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import psutil
import pytest

from engine.hashing import file_sha256
from engine.readers.folder import walk
from engine.readers.limits import MEMORY_LIMIT_BYTES

CASEBOOK = (sys.executable, "-m", "engine.cli")
pytestmark = [pytest.mark.data, pytest.mark.slow]


class Watch:
    """Samples the memory of a process and its children until it ends."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._root = psutil.Process(process.pid)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.peak_bytes: dict[int, int] = {}
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(0.2):
            try:
                for each in (self._root, *self._root.children(recursive=True)):
                    rss = each.memory_info().rss
                    self.peak_bytes[each.pid] = max(self.peak_bytes.get(each.pid, 0), rss)
            except psutil.NoSuchProcess:
                continue


def casebook(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*CASEBOOK, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )


def rows(case: Path, what: str) -> list[dict[str, Any]]:
    with casebook("show", case, what, "--json") as process:
        found: list[dict[str, Any]] = json.loads(process.communicate()[0])
    return found


def state(folder: Path) -> dict[str, tuple[int, int, str]]:
    """Return size, time of change and hash of every file of a folder."""
    return {
        str(path.relative_to(folder)): (path.stat().st_size, path.stat().st_mtime_ns, file_sha256(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_all_of_robust_in_one_ingest(data_dir: Path, tmp_path: Path) -> None:
    evidence, case = data_dir / "robust", tmp_path / "robust.casebook"
    before = state(evidence)
    casebook("new", case, "--kind", "medical").communicate()
    with casebook("ingest", case, evidence, "--profile", "fast", "--json") as process:
        watch = Watch(process)
        out, err = process.communicate()
        watch.stop()
    assert process.returncode == 0, err
    assert "Traceback" not in out + err
    assert state(evidence) == before
    assert max(watch.peak_bytes.values()) < MEMORY_LIMIT_BYTES

    files = {row["relative_path"]: row for row in rows(case, "files")}
    issues = rows(case, "issues")
    refused = {row["relative_path"]: row["message"] for row in issues if row["error"] != "PartlyRead"}
    content = {row["sha256"] for what in ("images", "reports") for row in rows(case, what)}
    parents = {row["parent_id"] for row in files.values()}
    said = {row["relative_path"] for row in issues}
    for path in walk(evidence):
        name = path.relative_to(evidence).as_posix()
        row = files[name]
        assert row["sha256"] in content or row["id"] in parents or name in said, name
    for name, message in refused.items():
        assert len(message) > 15, name
        assert "crashed" not in message, f"{name}: {message}"
        assert "time limit" not in message, f"{name}: {message}"
        assert "its reader failed" not in message, f"{name}: {message}"
    account = rows(case, "coverage")
    assert sum(part["files"] for part in account) == len(files)
    assert sum(part["files"] for part in account if part["state"] == "not read") == len(refused)
