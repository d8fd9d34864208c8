"""How long an ingest will take, by what earlier ones took on this workstation.

A table says what a file of each reader costs relative to the others; each ingest says how much
faster or slower this workstation is than the table, and that is remembered beside the caches.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from engine.settings import cache_dir

# Seconds a file, measured on two cores with the sample cases and the evaluation data.
_SECONDS = {
    "raster": 0.6,
    "dicom": 0.5,
    "text": 0.06,
    "rtf": 0.08,
    "html": 0.2,
    "docx": 0.3,
    "odt": 0.3,
    "doc": 0.2,
    "pdf": 0.8,
    "mail": 0.3,
    "msg": 0.3,
    "table": 1.0,
    "workbook": 1.0,
    "lines": 1.0,
    "presentation": 0.8,
    "archive": 3.0,
}
_OTHER_S = 0.2
_KNOWN_S = 0.004
# Loading the models.
_START_S = 8.0
# A run of less work, by the table, says more about what else the computer did than about the files.
_TELLING_S = 10.0
# What a run says about a computer, at most: a suspended one would say that it takes days.
_SLOWEST, _FASTEST = 8.0, 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """Seconds that an ingest may take, and after how many earlier runs that is said."""

    seconds: float
    runs: int


def estimate(purpose: str, files: Mapping[str, int], known: int = 0) -> Estimate:
    """Return what files will take, counted by reader; ``known`` ones are in the case already.

    ``purpose`` tells runs apart that do different work, such as ``medical full``.
    """
    factor, runs = _learned().get(purpose, (1.0, 0))
    return Estimate(seconds=_START_S + known * _KNOWN_S + factor * _table_s(files), runs=runs)


def learn(purpose: str, files: Mapping[str, int], seconds: float) -> None:
    """Remember what an ingest took after its models were loaded.

    Newer runs count as much as all older ones together.
    """
    expected_s = _table_s(files)
    if expected_s < _TELLING_S:
        return
    learned = _learned()
    factor, runs = learned.get(purpose, (0.0, 0))
    measured = min(max(seconds / expected_s, _FASTEST), _SLOWEST)
    learned[purpose] = ((factor + measured) / 2 if runs else measured, runs + 1)
    with suppress(OSError):  # an estimate is not worth failing a job
        _path().parent.mkdir(parents=True, exist_ok=True)
        _path().write_text(json.dumps(learned), encoding="utf-8")


def _table_s(files: Mapping[str, int]) -> float:
    return sum(count * _SECONDS.get(reader, _OTHER_S) for reader, count in files.items())


def _learned() -> dict[str, tuple[float, int]]:
    try:
        stored = json.loads(_path().read_text(encoding="utf-8"))
        return {str(name): (float(factor), int(runs)) for name, (factor, runs) in stored.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _path() -> Path:
    return cache_dir() / "ingest_rates.json"
