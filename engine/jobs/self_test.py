"""The whole engine on the built-in sample: is this installation what it should be?"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from engine.clock import Clock
from engine.errors import EngineError
from engine.jobs.demo import build_sample
from engine.jobs.golden import compare
from engine.jobs.models import check_models
from engine.jobs.search import search_case
from engine.jobs.verify import verify_case
from engine.jobs.workstation import Workstation, this_workstation
from engine.left_out import let_torch_in
from engine.progress import ReportProgress
from engine.segmenters.backends import (
    CUDA,
    chosen_backend,
    fastest_device,
    has_driver,
    measure_backends,
)
from engine.segmenters.network import load_network
from engine.settings import cache_dir
from engine.store import open_case
from engine.weights import find_model
from sample_cases import find_sample

SAMPLE = "chest_radiographs"
_QUERY = "consolidation"
_MEASURED = "objects"


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfCheck:
    """One thing that was tried."""

    name: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfTest:
    """What the self-test found."""

    ok: bool
    workstation: Workstation
    checks: tuple[SelfCheck, ...]


def test_installation(*, clock: Clock, progress: ReportProgress) -> SelfTest:
    """Read, segment, recognize, link, search, export and verify the sample; compare with its truth."""
    checks = [SelfCheck(name=f"model {each.name}", ok=each.ok, detail=each.detail) for each in check_models()]
    cache_dir().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="self-test-", dir=cache_dir()) as folder:
        try:
            checks.extend(_sample_checks(Path(folder), clock, progress))
            checks.append(_backend_check())
        except EngineError as error:
            checks.append(SelfCheck(name="sample case", ok=False, detail=str(error)))
    return SelfTest(
        ok=all(check.ok for check in checks),
        workstation=this_workstation(),
        checks=tuple(checks),
    )


def _backend_check() -> SelfCheck:
    """Measure what runs the networks fastest here; the next process uses it."""
    if has_driver():
        let_torch_in()
    card = find_model(_MEASURED)
    speeds = measure_backends(lambda backend: load_network(card.path, backend=backend))
    said = "; ".join(f"{name} {speed:.0f} pictures/s" for name, speed in speeds.items())
    best = CUDA if fastest_device() == CUDA else chosen_backend()
    return SelfCheck(name="networks run on", ok=bool(speeds), detail=f"{best} ({said})")


def _sample_checks(folder: Path, clock: Clock, progress: ReportProgress) -> list[SelfCheck]:
    sample = find_sample(SAMPLE)
    built = build_sample(sample, folder, clock=clock, progress=progress)
    with open_case(built.case, clock=clock, read_only=True) as store:
        checks = [
            SelfCheck(name=check.name, ok=check.ok, detail=f"{check.found} of {check.wanted}")
            for check in compare(store, sample.expected())
        ]
        hits = search_case(store, _QUERY, limit=5).hits
        unchanged = verify_case(store, progress=progress)
    return [
        *checks,
        SelfCheck(name=f"search {_QUERY!r}", ok=bool(hits), detail=f"{len(hits)} hits"),
        SelfCheck(
            name="report", ok=built.report.stat().st_size > 0, detail=f"{built.report.stat().st_size} bytes"
        ),
        SelfCheck(name="integrity", ok=unchanged.ok, detail=f"{len(unchanged.differences)} differences"),
    ]
