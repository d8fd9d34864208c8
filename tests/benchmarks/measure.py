"""Running a command and watching what it takes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

CHECKOUT = Path(__file__).resolve().parents[2]
CASEBOOK = (sys.executable, "-m", "engine.cli")
_POLL_S = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one command took; ``memory``: seconds since its start, and the MB of all its processes then."""

    seconds: float
    memory: tuple[tuple[float, float], ...]
    output: str

    @property
    def peak_rss_mb(self) -> float:
        return max((rss_mb for _, rss_mb in self.memory), default=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table that ``make bench`` prints."""

    what: str
    ours: str
    peer: str
    ratio: str


def data_dir() -> Path:
    """Return the folder of evaluation data; stops with one line where there is none."""
    folder = Path(os.environ.get("CASEBOOK_DATA", CHECKOUT.parent / "shared" / "data"))
    if not folder.is_dir():
        sys.exit(f"benchmarks need the evaluation data; it is not at {folder} (set CASEBOOK_DATA)")
    return folder


def measure(command: Sequence[object], *, environment: dict[str, str] | None = None) -> Measured:
    """Run a command to its end and watch the memory of its whole process tree."""
    started_s = time.monotonic()
    process = subprocess.Popen(
        [*map(str, command)],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={**os.environ, **(environment or {})},
    )
    memory: list[tuple[float, float]] = []
    tree = psutil.Process(process.pid)
    while True:
        try:
            output, _ = process.communicate(timeout=_POLL_S)
            break
        except subprocess.TimeoutExpired:
            memory.append((time.monotonic() - started_s, _tree_rss_bytes(tree) / 1e6))
    seconds = time.monotonic() - started_s
    if process.returncode:
        sys.exit(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{output}")
    return Measured(seconds=seconds, memory=tuple(memory), output=output)


def _tree_rss_bytes(root: psutil.Process) -> int:
    try:
        return sum(process.memory_info().rss for process in (root, *root.children(recursive=True)))
    except psutil.NoSuchProcess:
        return 0
