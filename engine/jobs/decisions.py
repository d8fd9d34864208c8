"""Four eyes: an examiner's decisions leave the case as a file, come into a copy of it, and are compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from engine.errors import UsageError
from engine.jobs.decisions_file import (
    CaseMark,
    Decision,
    DecisionsFile,
    MarkedRow,
    read_decisions,
    write_decisions,
)
from engine.jobs.output import output
from engine.jobs.targets import Target, find_target, target_of
from engine.model.agreement import Accord, ComparedVerdicts, compare_verdicts, is_added, kappa
from engine.model.drawn import DrawnRegion, take_review
from engine.model.findings import Review
from engine.model.ids import RegionId
from engine.progress import Progress, ReportProgress, silent
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
class ComparedFinding:
    """One finding that either examiner decided: ``what`` and ``where`` are for people."""

    accord: Accord
    target_kind: str
    target_id: str
    what: str
    where: tuple[str, ...]
    own: Review | None
    other: Review | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """A decision of the file that has no place in this case, and why."""

    target_kind: str
    target_id: str
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsComparison:
    """The decisions of this case beside those of a file.

    ``own`` are all decisions here that are not in the file. ``findings`` has disagreements first.
    ``same_chain`` tells whether the file was taken from this case's own chain, or from a copy that went on
    by itself. ``kappa`` is Cohen's, over the findings that both decided; None where it says nothing.
    """

    examiner: str
    exported_at: datetime
    sha256: str
    same_chain: bool
    agreed: int
    disagreed: int
    only_own: int
    only_other: int
    added_regions: int
    kappa: float | None
    findings: tuple[ComparedFinding, ...]
    unplaced: tuple[Unplaced, ...]


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
    placed, unplaced = _placed(store, file, progress)
    return _comparison(store, file, found, placed, unplaced)


def import_decisions(
    store: CaseStore, path: Path, *, sha256: str = "", progress: ReportProgress = silent
) -> DecisionsImport:
    """Write a file's decisions into the case under their examiner's name and time, as one audited change.

    What is in the case already is left; what has no place in it is listed, not written. An imported verdict
    stands only where nobody decided here. Raises UsageError as ``compare_decisions`` does.
    """
    file, found = _read_for(store, path, sha256)
    placed, unplaced = _placed(store, file, progress)
    comparison = _comparison(store, file, found, placed, unplaced)
    new = [review for review in placed if not store.reviews(id=review.id)]
    marked = {(each.target_kind, each.target_id) for each in store.bookmarks()}
    bookmarks = [
        each.bookmark
        for each in file.bookmarks
        if (each.bookmark.target_kind, each.bookmark.target_id) not in marked
        and not _misfit(find_target(store, each.bookmark.target_kind, each.bookmark.target_id), each.evidence)
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


def _placed(
    store: CaseStore, file: DecisionsFile, progress: ReportProgress
) -> tuple[list[Review], list[Unplaced]]:
    """Part the file's Reviews into those that fit this case and those that do not."""
    placed: list[Review] = []
    unplaced: list[Unplaced] = []
    added: dict[str, Review] = {
        each.review.id: each.review for each in file.decisions if is_added(each.review)
    }
    for number, decision in enumerate(file.decisions):
        review = decision.review
        progress(Progress(step="decisions", done=number, total=len(file.decisions)))
        reason = _misfit(target_of(store, review, added), decision.evidence)
        if any(known != review for known in store.reviews(id=review.id)):
            reason = "another verdict has its id in this case"
        if reason:
            unplaced.append(
                Unplaced(
                    target_kind=review.target_kind.value,
                    target_id=review.target_id,
                    verdict=review.verdict.value,
                    reason=reason,
                )
            )
        else:
            placed.append(review)
    return placed, unplaced


def _misfit(target: Target | None, evidence: Sequence[str]) -> str:
    """Return why a decision cannot stand on what the case has; empty where it can."""
    if target is None:
        return "the finding is not in this case; was it read with other models, or is evidence missing?"
    return "" if target.evidence == tuple(evidence) else "the finding is on other evidence in this case"


def _comparison(
    store: CaseStore,
    file: DecisionsFile,
    sha256: str,
    placed: Sequence[Review],
    unplaced: Sequence[Unplaced],
) -> DecisionsComparison:
    theirs = {decision.review.id for decision in file.decisions}
    own = [review for review in store.reviews() if review.id not in theirs]
    compared = compare_verdicts(own, placed)
    counts = Counter(each.accord for each in compared)
    at_that_length = store.audit(number=file.audit_length)
    return DecisionsComparison(
        examiner=file.examiner,
        exported_at=file.exported_at,
        sha256=sha256,
        same_chain=bool(at_that_length) and at_that_length[0].hash == file.audit_hash,
        agreed=counts[Accord.AGREED],
        disagreed=counts[Accord.DISAGREED],
        only_own=counts[Accord.ONLY_OWN],
        only_other=counts[Accord.ONLY_OTHER],
        added_regions=_count_added(placed),
        kappa=kappa(compared),
        findings=tuple(_named(store, compared, {review.id: review for review in placed if is_added(review)})),
        unplaced=tuple(unplaced),
    )


def _count_added(reviews: Sequence[Review]) -> int:
    """Count the Regions that were drawn and not taken back since."""
    drawn: dict[RegionId, DrawnRegion] = {}
    for review in reviews:
        take_review(drawn, review)
    return sum(not region.is_gone for region in drawn.values())


def _named(
    store: CaseStore, compared: Sequence[ComparedVerdicts], added: Mapping[str, Review]
) -> Iterator[ComparedFinding]:
    for each in compared:
        review = each.own or each.other
        target = target_of(store, review, added) if review else None
        yield ComparedFinding(
            accord=each.accord,
            target_kind=each.target_kind.value,
            target_id=each.target_id,
            what=target.what if target else "no longer in the case",
            where=target.where if target else (),
            own=each.own,
            other=each.other,
        )
