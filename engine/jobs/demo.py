"""The sample cases, end to end: evidence made, read, linked and reported. Nothing is prepared beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.clock import Clock
from engine.jobs.case import CASE_SUFFIX, new_case
from engine.jobs.evidence import EvidenceReader
from engine.jobs.export import export_case
from engine.jobs.ingest import IngestOptions, IngestSummary, ingest
from engine.jobs.samples import Sample, samples
from engine.model.evidence import CaseKind
from engine.progress import Progress, ReportProgress
from engine.store import open_case


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCase:
    """One sample case that was built, and where it lies."""

    name: str
    kind: CaseKind
    case: Path
    report: Path
    contradictions: int
    summary: IngestSummary


def build_demo(out: Path, *, clock: Clock, progress: ReportProgress) -> tuple[DemoCase, ...]:
    """Build every sample case that is meant to be looked at into ``out``; what is there is kept."""
    out.mkdir(parents=True, exist_ok=True)
    return tuple(
        build_sample(sample, out, clock=clock, progress=progress)
        for sample in samples()
        if not sample.hostile
    )


def build_sample(sample: Sample, out: Path, *, clock: Clock, progress: ReportProgress) -> DemoCase:
    """Make the evidence of one sample, read it into a case, and write the case report."""
    evidence = out / sample.key
    case = out / f"{sample.key}{CASE_SUFFIX}"
    report = out / f"{sample.key}.pdf"
    progress(Progress(step="sample", done=0, total=0, item=sample.key))
    if not evidence.exists():
        sample.build(evidence)
    if not case.exists():
        new_case(
            case,
            kind=sample.kind,
            name=sample.name,
            reference=sample.reference,
            examiner=sample.examiner,
            clock=clock,
        )
    with open_case(case, clock=clock) as store:
        summary = ingest(store, [evidence], options=IngestOptions(), clock=clock, progress=progress)
        contradictions = store.counts().contradictions
        with EvidenceReader(store) as pictures:
            export_case(store, report, load_view=pictures.view, progress=progress)
    return DemoCase(
        name=sample.name,
        kind=sample.kind,
        case=case,
        report=report,
        contradictions=contradictions,
        summary=summary,
    )
