"""A decisions file beside the case: what of it has a place there, and where its examiner disagrees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.jobs.decisions_file import DecisionsFile
from engine.jobs.targets import Target, target_of
from engine.model.agreement import Accord, ComparedVerdicts, compare_verdicts, is_added, kappa
from engine.model.drawn import DrawnRegion, take_review
from engine.model.findings import Review
from engine.model.ids import RegionId
from engine.progress import Progress, ReportProgress
from engine.store import CaseStore


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


def place(
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
        reason = misfit(target_of(store, review, added), decision.evidence)
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


def misfit(target: Target | None, evidence: Sequence[str]) -> str:
    """Return why a decision cannot stand on what the case has; empty where it can."""
    if target is None:
        return "the finding is not in this case; was it read with other models, or is evidence missing?"
    return "" if target.evidence == tuple(evidence) else "the finding is on other evidence in this case"


def describe(
    store: CaseStore,
    file: DecisionsFile,
    sha256: str,
    placed: Sequence[Review],
    unplaced: Sequence[Unplaced],
) -> DecisionsComparison:
    """Compare the file's Reviews that have a place with all of the case that are not in the file."""
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
