"""Thousands of damaged files through the decoding pool: none may end the run, hang, or pass unexplained."""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.errors import ReadError, TimedOut
from engine.hashing import bytes_sha256
from engine.jobs.reading import DecodePool
from engine.protocols import ReadOptions, Source
from tests.benchmarks.measure import Row
from tests.unit.good_files import good_files, mutated

MUTATIONS = 2_000
SEED = 20261125


@dataclass(frozen=True, slots=True)
class Survived:
    """What came of the files: how many of each outcome, and the words of those that broke a promise."""

    outcomes: Counter[str]
    broken: tuple[str, ...]
    seconds: float


def rows() -> list[Row]:
    """Run all mutations; crashes and time-outs of single files are counted, the run itself must end."""
    survived = survive(MUTATIONS)
    crashes = sum("crashed" in words or "its reader failed" in words for words in survived.broken)
    hangs = survived.outcomes["TimedOut"]
    for words in survived.broken:
        print(words)
    read = survived.outcomes["read"]
    return [
        Row(
            what=f"{MUTATIONS} mutated files: read, refused with a reason, {survived.seconds:.0f} s",
            ours=f"{read} and {MUTATIONS - read}",
            peer="",
            ratio="",
        ),
        Row(
            what="  children that crashed, files that timed out",
            ours=f"{crashes}, {hangs}",
            peer="0, 0",
            ratio="",
        ),
    ]


def survive(count: int, *, seed: int = SEED) -> Survived:
    """Read ``count`` mutations of the good files, each kind in turn."""
    started_s = time.monotonic()
    outcomes: Counter[str] = Counter()
    broken: list[str] = []
    with tempfile.TemporaryDirectory(prefix="casebook-mutations-") as folder, DecodePool(2) as pool:
        for source, outcome in pool.decode(_sources(Path(folder), count, seed), ReadOptions()):
            if not isinstance(outcome, ReadError):
                outcomes["read"] += 1
                continue
            outcomes[type(outcome).__name__] += 1
            words = str(outcome)
            unexplained = not words or "crashed" in words or "its reader failed" in words
            if unexplained or isinstance(outcome, TimedOut):
                broken.append(f"{source.relative_path}: {words}")
    return Survived(outcomes, tuple(broken), time.monotonic() - started_s)


def _sources(folder: Path, count: int, seed: int) -> Iterator[Source]:
    chance = random.Random(seed)
    good = list(good_files().items())
    for number in range(count):
        name, data = good[number % len(good)]
        damaged = mutated(data, chance)
        path = folder / f"{number:05d}-{name}"
        path.write_bytes(damaged)
        yield Source(
            path=path, relative_path=path.name, sha256=bytes_sha256(damaged), size_bytes=len(damaged)
        )
