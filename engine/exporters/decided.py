"""Regions as the analysts left them: without the rejected, as corrected, and with those they drew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.model.evidence import Image
from engine.model.findings import Region, Review, Verdict
from engine.model.geometry import Polygon

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
        self._added: dict[str, list[Review]] = {}
        for review in store.reviews():
            if review.verdict is Verdict.ADDED and review.polygons:
                self._added.setdefault(review.target_id, []).append(review)
            else:
                self._verdicts[review.target_id] = review

    def regions(self, image: Image) -> Iterator[DecidedRegion]:
        """Yield the outlined Regions of an Image, the machine's first."""
        for region in self._store.regions(image_id=image.id):
            review = self._verdicts.get(region.id)
            if region.polygons and not (review and review.verdict is Verdict.REJECTED):
                yield _decided(region, review)
        for review in self._added.get(image.id, ()):
            yield DecidedRegion(
                id=review.id, label=review.label, polygons=review.polygons, score=None, verdict=review.verdict
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
