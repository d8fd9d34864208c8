"""Four eyes: an examiner's decisions leave the case as a file, come into a copy of it, and are compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from engine.errors import UsageError
from engine.jobs.decisions_comparison import DecisionsComparison, describe, misfit, place
from engine.jobs.decisions_file import (
    CaseMark,
    Decision,
    DecisionsFile,
    MarkedRow,
    read_decisions,
    write_decisions,
)
from engine.jobs.output import output
from engine.jobs.targets import find_target
from engine.progress import ReportProgress, silent
from engine.store import CaseStore


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsExport:
    """What was written; ``sha256`` is what to tell the other examiner on another way than the file."""

    path: Path
    examiner: str
    sha256: str
    reviews: int
    bookmarks: int
    audit_length: int
    audit_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsImport:
    """How much of a file came into the case, and where its examiner disagrees."""

    reviews: int
    already_here: int
    bookmarks: int
    comparison: DecisionsComparison


def export_decisions(
    store: CaseStore, out: Path, *, examiner: str = "", at: datetime | None = None
) -> DecisionsExport:
    """Write one examiner's Reviews (added Regions among them) and bookmarks; the default is the case's own.

    Raises UsageError where that examiner decided nothing. It becomes an audit entry unless the case was
    opened read-only.
    """
    name = examiner or store.case.examiner
    if not name:
        raise UsageError("a decisions file names its examiner, and the case names none: give --examiner NAME")
    with output(out) as temporary, store.snapshot():
        file = _gathered(store, name, at or store.now())
        sha256 = write_decisions(file, temporary)
    if not store.read_only:
        store.append_audit("export-decisions", f"{name} {out.name}", sha256)
    return DecisionsExport(
        path=out,
        examiner=name,
        sha256=sha256,
        reviews=len(file.decisions),
        bookmarks=len(file.bookmarks),
        audit_length=file.audit_length,
        audit_hash=file.audit_hash,
    )


def compare_decisions(
    store: CaseStore, path: Path, *, sha256: str = "", progress: ReportProgress = silent
) -> DecisionsComparison:
    """Compare a decisions file with the case; nothing is written.

    Raises UsageError for a file that is none, was altered, has another hash than ``sha256``, or is of
    another case.
    """
    file, found = _read_for(store, path, sha256)
    placed, unplaced = place(store, file, progress)
    return describe(store, file, found, placed, unplaced)


def import_decisions(
    store: CaseStore, path: Path, *, sha256: str = "", progress: ReportProgress = silent
) -> DecisionsImport:
    """Write a file's decisions into the case under their examiner's name and time, as one audited change.

    What is in the case already is left; what has no place in it is listed, not written. An imported verdict
    stands only where nobody decided here. Raises UsageError as ``compare_decisions`` does.
    """
    file, found = _read_for(store, path, sha256)
    placed, unplaced = place(store, file, progress)
    comparison = describe(store, file, found, placed, unplaced)
    new = [review for review in placed if not store.reviews(id=review.id)]
    marked = {(each.target_kind, each.target_id) for each in store.bookmarks()}
    bookmarks = [
        each.bookmark
        for each in file.bookmarks
        if (each.bookmark.target_kind, each.bookmark.target_id) not in marked
        and not misfit(find_target(store, each.bookmark.target_kind, each.bookmark.target_id), each.evidence)
    ]
    store.import_decisions(new, bookmarks, subject=f"{file.examiner} {found}")
    return DecisionsImport(
        reviews=len(new),
        already_here=len(placed) - len(new),
        bookmarks=len(bookmarks),
        comparison=comparison,
    )


def _gathered(store: CaseStore, examiner: str, at: datetime) -> DecisionsFile:
    reviews = store.reviews(examiner=examiner)
    bookmarks = [each for each in store.bookmarks() if each.examiner == examiner]
    if not reviews and not bookmarks:
        others = sorted({review.examiner for review in store.reviews()} - {""})
        known = f"; there are decisions of: {', '.join(others)}" if others else ""
        raise UsageError(f"{examiner!r} decided nothing in this case{known}")
    head = store.audit_head()
    return DecisionsFile(
        case=_mark(store),
        examiner=examiner,
        exported_at=at.astimezone(UTC),
        audit_length=head.length,
        audit_hash=head.hash,
        decisions=tuple(
            Decision(review=review, evidence=_evidence(store, review.target_kind, review.target_id))
            for review in reviews
        ),
        bookmarks=tuple(
            MarkedRow(bookmark=each, evidence=_evidence(store, each.target_kind, each.target_id))
            for each in bookmarks
        ),
    )


def _mark(store: CaseStore) -> CaseMark:
    case = store.case
    return CaseMark(
        id=store.audit(number=1)[0].hash, kind=case.kind.value, name=case.name, reference=case.reference
    )


def _evidence(store: CaseStore, kind: str, identity: str) -> tuple[str, ...]:
    target = find_target(store, kind, identity)
    return target.evidence if target else ()


def _read_for(store: CaseStore, path: Path, sha256: str) -> tuple[DecisionsFile, str]:
    file, found = read_decisions(path, sha256=sha256)
    here = _mark(store)
    if file.case.id != here.id:
        raise UsageError(
            f"{path} is of another case: {file.case.name!r} ({file.case.id[:16]}…); this one is "
            f"{here.name!r} ({here.id[:16]}…)"
        )
    return file, found
