"""Regions as the analysts left them: without the rejected, as corrected, and with those they drew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.model.drawn import DrawnRegion, take_review
from engine.model.evidence import Image
from engine.model.findings import Region, Review, Verdict
from engine.model.geometry import Polygon
from engine.model.ids import ImageId, RegionId

if TYPE_CHECKING:
    from engine.store import CaseStore


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedRegion:
    """An outlined area with the label that counts; ``score`` is None where a person drew it."""

    id: str
    label: str
    polygons: tuple[Polygon, ...]
    score: float | None
    verdict: Verdict | None


class Decisions:
    """The latest verdict about each finding, and the Regions added to each Image."""

    def __init__(self, store: CaseStore) -> None:
        self._store = store
        self._verdicts: dict[str, Review] = {}
        drawn: dict[RegionId, DrawnRegion] = {}
        for review in store.reviews():
            if take_review(drawn, review) is None:
                self._verdicts[review.target_id] = review
        self._drawn: dict[ImageId, list[DrawnRegion]] = {}
        for region in drawn.values():
            if not region.is_gone:
                self._drawn.setdefault(region.image_id, []).append(region)

    def regions(self, image: Image) -> Iterator[DecidedRegion]:
        """Yield the outlined Regions of an Image, the machine's first."""
        for region in self._store.regions(image_id=image.id):
            review = self._verdicts.get(region.id)
            if region.polygons and not (review and review.verdict is Verdict.REJECTED):
                yield _decided(region, review)
        for drawn in self._drawn.get(image.id, ()):
            yield DecidedRegion(
                id=drawn.id,
                label=drawn.label,
                polygons=drawn.polygons,
                score=None,
                verdict=drawn.review.verdict,
            )


def _decided(region: Region, review: Review | None) -> DecidedRegion:
    corrected = review if review and review.verdict is Verdict.CORRECTED else None
    return DecidedRegion(
        id=region.id,
        label=(corrected and corrected.label) or region.label,
        polygons=(corrected and corrected.polygons) or region.polygons,
        score=region.score,
        verdict=review.verdict if review else None,
    )
