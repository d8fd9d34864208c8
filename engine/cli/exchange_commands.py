"""Commands that hand findings to other people and programs, and take theirs in."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from engine.cli.passphrases import opened
from engine.cli.printing import Printer

if TYPE_CHECKING:
    from engine.jobs.decisions import DecisionsExport, DecisionsImport
    from engine.jobs.decisions_comparison import ComparedFinding, DecisionsComparison
    from engine.model.findings import Review
    from engine.store import CaseStore


def decisions(options: argparse.Namespace, printer: Printer) -> bool:
    """Export, import or compare; comparing answers "no" where the examiners disagree."""
    act = {"export": _export_decisions, "import": _import_decisions, "compare": _compare_decisions}
    reading = options.what == "compare"
    with opened(options, read_only=reading, actor=options.examiner) as store:
        return act[options.what](store, options, printer)


def import_(options: argparse.Namespace, printer: Printer) -> bool:
    """Take in Regions that another program drew; what found no place is listed."""
    from engine.jobs.import_regions import import_regions

    with opened(options) as store, printer.progress() as progress:
        done = import_regions(
            store, options.path, format=options.format, examiner=options.examiner, progress=progress
        )
    for lost in (*done.unmatched, *done.left_out):
        printer.line(f"not taken: {lost.name}: {lost.reason}")
    printer.record(
        done,
        sentence=f"{done.matched} of {done.pictures} pictures are in the case: {done.added} regions added, "
        f"{done.corrected} corrected, {done.already_here} were here already, {len(done.left_out)} left out",
    )
    return True


def _export_decisions(store: CaseStore, options: argparse.Namespace, printer: Printer) -> bool:
    from engine.jobs.decisions import export_decisions

    done: DecisionsExport = export_decisions(store, options.file, examiner=options.examiner)
    printer.record(
        done,
        sentence=f"wrote {done.path}: {done.reviews} verdicts and {done.bookmarks} bookmarks of "
        f"{done.examiner}\nits hash, to be told on another way than the file: {done.sha256}",
    )
    return True


def _import_decisions(store: CaseStore, options: argparse.Namespace, printer: Printer) -> bool:
    from engine.jobs.decisions import import_decisions

    with printer.progress() as progress:
        done: DecisionsImport = import_decisions(
            store, options.file, sha256=options.sha256, progress=progress
        )
    _say(done.comparison, printer)
    printer.record(
        done,
        sentence=f"took in {done.reviews} verdicts and {done.bookmarks} bookmarks of "
        f"{done.comparison.examiner}; {done.already_here} were here already, "
        f"{len(done.comparison.unplaced)} have no place in this case",
    )
    return True


def _compare_decisions(store: CaseStore, options: argparse.Namespace, printer: Printer) -> bool:
    from engine.jobs.decisions import compare_decisions

    with printer.progress() as progress:
        found = compare_decisions(store, options.file, sha256=options.sha256, progress=progress)
    _say(found, printer)
    printer.record(
        found,
        sentence=f"{found.agreed} agreed, {found.disagreed} disagreed, {found.only_own} decided only here, "
        f"{found.only_other} only by {found.examiner}, who added {found.added_regions} regions"
        + (f"; kappa {found.kappa:.2f}" if found.kappa is not None else ""),
    )
    return not found.disagreed


def _say(found: DecisionsComparison, printer: Printer) -> None:
    for each in found.findings:
        if each.own and each.other and each.accord == "disagreed":
            printer.line(f"disagreed: {_title(each)}: {_verdict(each.own)}, but {_verdict(each.other)}")
    for lost in found.unplaced:
        printer.line(f"no place: {lost.target_kind} {lost.target_id} ({lost.verdict}): {lost.reason}")


def _title(finding: ComparedFinding) -> str:
    return f"{finding.target_kind} {finding.target_id} {finding.what} in {' and '.join(finding.where)}"


def _verdict(review: Review) -> str:
    said = " ".join(filter(None, (review.verdict.value, review.label, review.note and f"({review.note})")))
    return f"{said} by {review.examiner or 'nobody named'}"
