"""One function per command: open what it names, call the job, print the answer. True means done."""

from __future__ import annotations

import argparse
import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.cli.arguments import has_display, read_columns, read_time
from engine.cli.export_options import listed, privacy_choices, signer
from engine.cli.passphrases import case_key, new_passphrase, opened
from engine.cli.printing import Printer
from engine.errors import UsageError
from engine.jobs.device import ready_device
from engine.left_out import leave_torch_out
from engine.model.evidence import CaseKind
from engine.model.findings import Verdict
from engine.settings import program

if TYPE_CHECKING:
    from engine.jobs.demo import DemoCase
    from engine.jobs.search import SearchAnswer
    from engine.store import CaseStore

Command = Callable[[argparse.Namespace, Printer], bool]


def new(options: argparse.Namespace, printer: Printer) -> bool:
    from engine.jobs.case import case_path, new_case

    case = new_case(
        options.case,
        kind=CaseKind(options.kind),
        name=options.name,
        reference=options.reference,
        examiner=options.examiner,
        passphrase=new_passphrase(options.passphrase_from) if options.encrypt else "",
        clock=options.clock,
    )
    printer.record(case, sentence=f"made {case_path(options.case)}: {case.kind} case {case.name!r}")
    return True


def upgrade(options: argparse.Namespace, printer: Printer) -> bool:
    from engine.store import upgrade_case

    backup = upgrade_case(options.case, key=case_key(options))
    done = f"{options.case} has the format of this version now; as it was, it is kept in {backup}"
    printer.record(
        {"case": str(options.case), "backup": str(backup or "")},
        sentence=done if backup else f"{options.case} has the format of this version already",
    )
    return True


def ingest(options: argparse.Namespace, printer: Printer) -> bool:
    device = ready_device(options.device)
    from engine.jobs.ingest import IngestOptions, ingest

    chosen = IngestOptions(
        device=device, profile=options.profile, retry=options.retry, reading=read_columns(options.columns)
    )
    with opened(options) as store, printer.progress() as progress:
        summary = ingest(store, options.paths, options=chosen, clock=options.clock, progress=progress)
    printer.record(
        summary,
        sentence=f"{summary.files} files: {summary.images} images, {summary.reports} reports; "
        f"{summary.regions} regions, {summary.entities} entities, {summary.links} links, "
        f"{summary.relations} relations; {summary.issues} issues; {summary.seconds:.1f} s",
    )
    return True


def search(options: argparse.Namespace, printer: Printer) -> bool:
    leave_torch_out()
    from engine.jobs.hits import name_hits

    if sum(map(bool, (options.terms, options.report, options.image))) != 1:
        raise UsageError(
            'give either terms, such as "pleural effusion", or --report REPORT, or --image IMAGE'
        )
    with opened(options, read_only=True) as store:
        answer = _answer(store, options)
        hits = name_hits(store, answer.hits)
        asked = options.terms or f"like {options.report or options.image}"
        _note_search(store, asked, len(hits), printer)
    also = f"also looked for: {', '.join(answer.expansion)}" if answer.expansion else ""
    meant = f"did you mean {answer.suggestion!r}?" if answer.suggestion else ""
    for remark in filter(None, (also, answer.remark, meant)):
        printer.line(f"  ({remark})")
    if options.facets:
        printer.rows(answer.facets, nothing="nothing to count")
    else:
        printer.rows(hits, nothing="nothing relevant", columns=("score", "report", "image", "why"))
    return True


def _answer(store: CaseStore, options: argparse.Namespace) -> SearchAnswer:
    from engine.jobs.hits import find_image
    from engine.jobs.search import search_case
    from engine.jobs.search_image import search_by_image
    from engine.jobs.search_keywords import search_by_report

    if options.report:
        return search_by_report(store, options.report, limit=options.limit)
    if options.image:
        return search_by_image(store, find_image(store, options.image), limit=options.limit)
    return search_case(
        store,
        options.terms,
        assertion=options.assertion,
        limit=options.limit,
        expand=not options.no_expand,
    )


def _note_search(store: CaseStore, asked: str, hits: int, printer: Printer) -> None:
    from engine.jobs.looking import NOT_AUDITED, note_search

    if not note_search(store, asked, hits=hits):
        printer.complain(NOT_AUDITED)


def similar(options: argparse.Namespace, printer: Printer) -> bool:
    leave_torch_out()
    from engine.jobs.hits import find_image, find_region, name_hits
    from engine.jobs.search_similar import similar_images, similar_regions

    with opened(options, read_only=True) as store:
        image, limit = find_image(store, options.image), options.limit
        if options.region:
            hits = similar_regions(store, find_region(store, image, options.region), limit=limit)
        else:
            hits = similar_images(store, image, limit=limit)
        _note_search(store, f"like {options.region or options.image}", len(hits), printer)
        columns = ("score", "image", *(["region_id"] if options.region else []), "why")
        printer.rows(name_hits(store, hits), nothing="no other picture", columns=columns)
    return True


def review(options: argparse.Namespace, printer: Printer) -> bool:
    from engine.jobs.reviewing import review_finding

    with opened(options) as store:
        written = review_finding(
            store,
            options.finding,
            Verdict(options.verdict),
            examiner=options.examiner,
            label=options.label,
            note=options.note,
        )
    printer.record(written, sentence=f"{written.target_kind} {written.target_id} is {written.verdict}")
    return True


def export(options: argparse.Namespace, printer: Printer) -> bool:
    leave_torch_out()
    from engine.jobs.evidence import EvidenceReader
    from engine.jobs.export import export_case

    with (
        opened(options) as store,
        EvidenceReader(store) as evidence,
        printer.progress() as progress,
    ):
        result = export_case(
            store,
            options.out,
            format=options.format,
            at=read_time(options.at),
            reproducible=options.reproducible,
            page_size=options.paper,
            request=options.request,
            scope=options.scope,
            only=listed(options.only),
            rehash=not options.no_rehash,
            signer=signer(options),
            privacy=privacy_choices(options),
            load_view=evidence.view,
            progress=progress,
        )
    check = f"; look through {result.check} and sign it" if result.check else ""
    printer.record(result, sentence=f"wrote {result.path} (SHA-256 {result.sha256[:16]}…){check}")
    return True


def verify(options: argparse.Namespace, printer: Printer) -> bool:
    from engine.jobs.verify import verify_case

    with (
        opened(options, read_only=True) as store,
        printer.progress() as progress,
    ):
        found = verify_case(store, head=options.head, length=options.length, progress=progress)
    for difference in found.differences:
        printer.line(f"{difference.kind}: {difference.subject}: {difference.detail}")
    printer.record(
        found,
        sentence="unchanged: evidence, findings and audit chain are as they were recorded"
        if found.ok
        else f"{len(found.differences)} differences",
    )
    return found.ok


def demo(options: argparse.Namespace, printer: Printer) -> bool:
    leave_torch_out()
    from engine.jobs.demo import SHOWN, build_sample
    from sample_cases import find_sample

    options.out.mkdir(parents=True, exist_ok=True)
    cases = []
    for name in SHOWN:
        printer.line(f"building {name}: evidence, ingest, report (about a minute the first time)")
        with printer.progress() as progress:
            case = build_sample(
                find_sample(name),
                options.out,
                clock=options.clock,
                progress=progress,
                reproducible=options.reproducible,
            )
        cases.append(case)
        _say_case(case, printer)
    if options.json:
        printer.rows(cases, nothing="no sample cases")
    return True


def _say_case(case: DemoCase, printer: Printer) -> None:
    counts = case.summary
    for line in (
        f"  {case.name}, a {case.kind} case, {counts.seconds:.0f} s",
        f"  {counts.files} files: {counts.images} images, {counts.reports} reports; {counts.issues} issues",
        f"  {counts.regions} regions, {counts.entities} entities, {counts.links} links, "
        f"{case.contradictions} of them contradictions",
        f"  case    {case.case}",
        f"  report  {case.report}",
    ):
        printer.line(line)


def self_test(options: argparse.Namespace, printer: Printer) -> bool:
    leave_torch_out()
    from engine.jobs.self_test import test_installation

    with printer.progress() as progress:
        result = test_installation(clock=options.clock, progress=progress)
    for line in result.workstation.sentences():
        printer.line(line)
    for check in result.checks:
        printer.line(f"{'ok  ' if check.ok else 'FAIL'}  {check.name}: {check.detail}")
    printer.record(result, sentence="the installation works" if result.ok else "the installation is damaged")
    return result.ok


def desktop(options: argparse.Namespace, printer: Printer) -> bool:
    if not has_display():
        printer.line(
            "There is no display here (DISPLAY and WAYLAND_DISPLAY are not set), so no window opens."
        )
        printer.line("The cases are ready: see 'casebook show', 'casebook search' and the PDF reports.")
        return True
    arguments = [str(options.case)] if options.case else []
    status = subprocess.run([*program("desktop.app"), *arguments], check=False).returncode
    if status:
        raise UsageError(f"the window ended with status {status}; 'casebook-desktop' in a terminal says more")
    return True
