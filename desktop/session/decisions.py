"""What the analyst decided: written at once, in short transactions, and undone by a new Review."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.clock import Clock
from engine.model.findings import FindingKind, Review, Verdict
from engine.store import CaseStore, open_case


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """One decision: what stood before it and what stands after it."""

    target_kind: FindingKind
    target_id: str
    before: Review | None
    after: Review


class Decisions:
    """The verdicts that stand, by finding, with undo and redo for this sitting.

    Nothing is ever deleted: taking a verdict back is a Review of its own. Every method that
    writes raises CaseError where the case cannot be written.
    """

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._standing: dict[str, Review] = {}
        self._done: list[_Step] = []
        self._undone: list[_Step] = []

    def load(self, store: CaseStore) -> None:
        """Read every Review of the case; of several about one finding the latest stands."""
        self._standing = {}
        for review in store.reviews():
            self._stand(review)

    def standing(self, target_id: str) -> Review | None:
        """Return the decision about a finding, or None where nobody decided."""
        return self._standing.get(target_id)

    @property
    def count(self) -> int:
        return len(self._standing)

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def decide(
        self,
        kind: FindingKind,
        target_id: str,
        verdict: Verdict,
        *,
        examiner: str,
        note: str = "",
        label: str = "",
    ) -> Review:
        """Write a verdict; it can be undone."""
        before = self._standing.get(target_id)
        after = self._write(kind, target_id, verdict, examiner=examiner, note=note, label=label)
        self._done.append(_Step(target_kind=kind, target_id=target_id, before=before, after=after))
        self._undone.clear()
        return after

    def undo(self, *, examiner: str) -> str:
        """Bring back what stood before the last decision; return the id of the finding."""
        step = self._done.pop()
        self._restore(step, step.before, examiner)
        self._undone.append(step)
        return step.target_id

    def redo(self, *, examiner: str) -> str:
        """Decide again as before the last undo; return the id of the finding."""
        step = self._undone.pop()
        self._restore(step, step.after, examiner)
        self._done.append(step)
        return step.target_id

    def _restore(self, step: _Step, earlier: Review | None, examiner: str) -> None:
        self._write(
            step.target_kind,
            step.target_id,
            earlier.verdict if earlier else Verdict.WITHDRAWN,
            examiner=examiner,
            note=earlier.note if earlier else "",
            label=earlier.label if earlier else "",
        )

    def _write(
        self, kind: FindingKind, target_id: str, verdict: Verdict, *, examiner: str, note: str, label: str
    ) -> Review:
        with open_case(self._path, clock=self._clock, actor=examiner) as store:
            review = store.add_review(kind, target_id, verdict, examiner=examiner, note=note, label=label)
        self._stand(review)
        return review

    def _stand(self, review: Review) -> None:
        if review.verdict is Verdict.WITHDRAWN:
            self._standing.pop(review.target_id, None)
        else:
            self._standing[review.target_id] = review
