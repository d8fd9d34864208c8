"""What the analyst decided: written at once, in short transactions, and undone by a new Review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from engine.clock import Clock
from engine.model.drawn import DrawnRegion, take_review
from engine.model.findings import FindingKind, Region, Review, Verdict
from engine.model.geometry import Polygon
from engine.model.ids import ImageId, RegionId
from engine.store import CaseKey, CaseStore, open_case


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

    def __init__(self, path: Path, clock: Clock, key: CaseKey | None = None) -> None:
        self._path = path
        self._key = key
        self._clock = clock
        self._standing: dict[str, Review] = {}
        self._drawn: dict[RegionId, DrawnRegion] = {}
        self._done: list[_Step] = []
        self._undone: list[_Step] = []

    def load(self, store: CaseStore) -> None:
        """Read every Review of the case; of several about one finding the latest stands."""
        self._standing, self._drawn = {}, {}
        for review in store.reviews():
            self._stand(review)

    def standing(self, target_id: str) -> Review | None:
        """Return the decision about a finding, or None where nobody decided."""
        return self._standing.get(target_id)

    @property
    def targets(self) -> tuple[str, ...]:
        """The ids of all findings that a decision stands about."""
        return tuple(self._standing)

    def image_of_drawn(self, region_id: str) -> ImageId | None:
        """Return the Image that a drawn Region is on."""
        drawn = self._drawn.get(RegionId(region_id))
        return drawn.image_id if drawn is not None else None

    def all_standing(self) -> tuple[Review, ...]:
        """Return every decision that stands."""
        return tuple(self._standing.values())

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
        polygons: Sequence[Polygon] = (),
    ) -> Review:
        """Write a verdict; it can be undone. A correction keeps what an earlier one said and it does not."""
        before = self._standing.get(target_id)
        if verdict is Verdict.CORRECTED and before is not None and before.verdict is verdict:
            label, polygons = label or before.label, polygons or before.polygons
        after = self._write(
            kind, target_id, verdict, examiner=examiner, note=note, label=label, polygons=polygons
        )
        self._remember(_Step(target_kind=kind, target_id=target_id, before=before, after=after))
        return after

    def draw(
        self, image_id: ImageId, label: str, polygons: Sequence[Polygon], *, examiner: str, note: str = ""
    ) -> RegionId:
        """Add a Region that a person drew and return its id; it can be undone."""
        after = self._write(
            FindingKind.IMAGE,
            image_id,
            Verdict.ADDED,
            examiner=examiner,
            note=note,
            label=label,
            polygons=polygons,
        )
        self._remember(_Step(target_kind=FindingKind.REGION, target_id=after.id, before=None, after=after))
        return RegionId(after.id)

    def drawn_on(self, image_id: ImageId) -> tuple[Region, ...]:
        """Return the Regions that people drew on an Image and left there."""
        drawn = (each for each in self._drawn.values() if each.image_id == image_id)
        return tuple(each.as_region() for each in drawn if not each.is_gone)

    def drawn_region(self, region_id: RegionId) -> Region | None:
        """Return a Region that a person drew; None where it is gone or no person's."""
        drawn = self._drawn.get(region_id)
        return drawn.as_region() if drawn is not None and not drawn.is_gone else None

    def regions_of(self, image_id: ImageId, found: Sequence[Region]) -> tuple[Region, ...]:
        """Return the Regions of an Image as people left them: the machine's as corrected, then drawn ones."""
        return (*(self.as_decided(region) for region in found), *self.drawn_on(image_id))

    def reviews_of(self, regions: Sequence[Region]) -> dict[str, Review]:
        """Return what stands about each of these Regions that anyone decided about."""
        standing = ((region.id, self._standing.get(region.id)) for region in regions)
        return {region_id: review for region_id, review in standing if review is not None}

    def as_decided(self, region: Region) -> Region:
        """Return a Region of a machine with the label and the outline that a person gave it."""
        review = self._standing.get(region.id)
        if review is None or review.verdict is not Verdict.CORRECTED:
            return region
        return replace(
            region, label=review.label or region.label, polygons=review.polygons or region.polygons
        )

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
            polygons=earlier.polygons if earlier else (),
        )

    def _write(
        self,
        kind: FindingKind,
        target_id: str,
        verdict: Verdict,
        *,
        examiner: str,
        note: str,
        label: str,
        polygons: Sequence[Polygon],
    ) -> Review:
        with open_case(self._path, clock=self._clock, actor=examiner, key=self._key) as store:
            review = store.add_review(
                kind, target_id, verdict, examiner=examiner, note=note, label=label, polygons=polygons
            )
        self._stand(review)
        return review

    def _remember(self, step: _Step) -> None:
        self._done.append(step)
        self._undone.clear()

    def _stand(self, review: Review) -> None:
        """Let a Review count; the one that added a drawn Region counts for that Region."""
        target_id = take_review(self._drawn, review) or review.target_id
        if review.verdict is Verdict.WITHDRAWN:
            self._standing.pop(target_id, None)
        else:
            self._standing[target_id] = review
