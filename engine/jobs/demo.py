"""The sample cases, end to end: evidence made, read, linked and reported. Nothing is prepared beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.clock import Clock
from engine.jobs.case import CASE_SUFFIX, new_case
from engine.jobs.evidence import EvidenceReader
from engine.jobs.export import export_case
from engine.jobs.ingest import IngestOptions, ingest
from engine.jobs.summary import IngestSummary
from engine.model.evidence import CaseKind
from engine.progress import Progress, ReportProgress
from engine.store import open_case
from sample_cases import SampleCase

SHOWN = ("chest_radiographs", "scene_photographs")
"""The sample cases to look at; the third is made of broken files, for tests."""

EXAMINER = "Sample examiner"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCase:
    """One sample case that was built, and where it lies."""

    name: str
    kind: CaseKind
    case: Path
    report: Path
    contradictions: int
    summary: IngestSummary


def build_sample(
    sample: SampleCase, out: Path, *, clock: Clock, progress: ReportProgress, reproducible: bool = False
) -> DemoCase:
    """Make the evidence of one sample, read it into a case, and write the case report.

    ``reproducible`` leaves out of the report what depends on this computer.
    """
    evidence = out / sample.name
    case = out / f"{sample.name}{CASE_SUFFIX}"
    report = out / f"{sample.name}.pdf"
    progress(Progress(step="sample", done=0, total=0, item=sample.name))
    if not evidence.exists():
        sample.build(evidence)
    if not case.exists():
        new_case(
            case,
            kind=sample.kind,
            name=sample.title,
            reference=sample.reference,
            examiner=EXAMINER,
            clock=clock,
        )
    with open_case(case, clock=clock) as store:
        summary = ingest(store, [evidence], options=IngestOptions(), clock=clock, progress=progress)
        contradictions = store.counts().contradictions
        with EvidenceReader(store) as pictures:
            export_case(store, report, reproducible=reproducible, load_view=pictures.view, progress=progress)
    return DemoCase(
        name=sample.title,
        kind=sample.kind,
        case=case,
        report=report,
        contradictions=contradictions,
        summary=summary,
    )
