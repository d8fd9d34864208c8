"""Regions that analysts drew: what all Reviews about them, taken in order, leave of each."""

from __future__ import annotations

from dataclasses import dataclass

from engine.model.findings import FindingKind, Region, Review, Verdict
from engine.model.geometry import Polygon
from engine.model.ids import ComponentId, ImageId, RegionId

_GONE = (Verdict.REJECTED, Verdict.WITHDRAWN)
NO_COMPONENT = ComponentId("")
"""The component of a Region that no machine found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnRegion:
    """A Region that an analyst added; its id is that of the Review that added it.

    Later Reviews of this id as a Region say what became of it; ``review`` is the one that stands.
    """

    id: RegionId
    image_id: ImageId
    label: str
    polygons: tuple[Polygon, ...]
    review: Review

    @property
    def is_gone(self) -> bool:
        """Tell whether it was taken back or rejected since."""
        return self.review.verdict in _GONE

    def as_region(self) -> Region:
        """Return it as a Region of no component; nobody doubts what a person drew: score 1."""
        return Region(
            id=self.id,
            image_id=self.image_id,
            label=self.label,
            score=1.0,
            component_id=NO_COMPONENT,
            polygons=self.polygons,
        )


def take_review(drawn: dict[RegionId, DrawnRegion], review: Review) -> RegionId | None:
    """Bring ``drawn`` up to date with the next Review; return the id of the Region that it is about.

    None, and nothing changes, where it is about something else than a drawn Region.
    """
    if review.target_kind is FindingKind.IMAGE and review.verdict is Verdict.ADDED and review.polygons:
        identity = RegionId(review.id)
        image_id = ImageId(review.target_id)
        drawn[identity] = DrawnRegion(
            id=identity, image_id=image_id, label=review.label, polygons=review.polygons, review=review
        )
        return identity
    known = drawn.get(RegionId(review.target_id))
    if known is None:
        return None
    drawn[known.id] = DrawnRegion(
        id=known.id,
        image_id=known.image_id,
        label=review.label or known.label,
        polygons=review.polygons or known.polygons,
        review=review,
    )
    return known.id
