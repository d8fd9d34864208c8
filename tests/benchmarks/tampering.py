"""``casebook verify`` against 200 single changes, 200 untouched copies and cut tails of a real case."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from engine.clock import system_clock
from engine.jobs.demo import build_sample
from engine.jobs.verify import verify_case
from engine.model.findings import FindingKind, Verdict
from engine.progress import silent
from engine.store import AuditHead, open_case
from sample_cases import find_sample
from tests.benchmarks.measure import Row
from tests.unit.tampering import Copied, copy_case, cut_tail, tamper

CHANGES = 200
SAMPLE = "scene_photographs"
SEED = 20261126


def rows() -> list[Row]:
    """Build the sample case, decide a little in it, and tamper with copies of it."""
    with tempfile.TemporaryDirectory(prefix="casebook-tampering-") as name:
        folder = Path(name)
        build_sample(find_sample(SAMPLE), folder, clock=system_clock, progress=silent)
        head = _decide(folder / f"{SAMPLE}.casebook")
        accused = sum(_is_found(copied, head) for copied in _copies(folder))
        found = without_head = 0
        for number, copied in enumerate(_copies(folder)):
            done = tamper(copied, random.Random(SEED + number))
            if _is_found(copied, head):
                found += 1
            else:
                print("not found:", done)
            without_head += _is_found(copied, AuditHead(length=0, hash=""))
        tails = 0
        for number, copied in enumerate(_copies(folder, count=head.length - 1), 1):
            cut_tail(copied, number)
            tails += _is_found(copied, head)
    return [
        Row(what=f"{CHANGES} single changes found", ours=str(found), peer=str(CHANGES), ratio=""),
        Row(what="  without the printed head", ours=str(without_head), peer="", ratio=""),
        Row(what=f"{CHANGES} untouched copies accused", ours=str(accused), peer="0", ratio=""),
        Row(what="tails cut, found by the head", ours=str(tails), peer=str(head.length - 1), ratio=""),
    ]


def _decide(case: Path) -> AuditHead:
    with open_case(case, clock=system_clock) as store:
        for region in store.regions()[:5]:
            store.add_review(FindingKind.REGION, region.id, Verdict.CONFIRMED, examiner="E")
        store.add_review(FindingKind.LINK, store.links()[0].id, Verdict.REJECTED, examiner="E", note="no")
        return store.audit_head()


def _copies(folder: Path, *, count: int = CHANGES) -> Iterator[Copied]:
    for number in range(count):
        into = folder / "copies" / str(number)
        yield copy_case(folder / f"{SAMPLE}.casebook", folder / SAMPLE, into)
        shutil.rmtree(into)


def _is_found(copied: Copied, head: AuditHead) -> bool:
    with open_case(copied.case, clock=system_clock, read_only=True) as store:
        return not verify_case(store, head=head.hash, length=head.length).ok
