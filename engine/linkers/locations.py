"""Where a picture was taken, as the text says in coordinates and as the camera wrote.

As with times, only what a sentence says after it named the picture's file or number speaks of it. Streets
and towns are not compared: without a map a name says nothing about a position.
"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import ClassVar, Self

from engine.linkers.mentions import said_after_name
from engine.model.evidence import Location
from engine.model.findings import Cue, Entity
from engine.model.runs import Component, make_component
from engine.protocols import Pair, Proposal

TOLERANCE_M = 250.0
"""How far a note may be off: receivers drift between houses, and people round."""

_EARTH_RADIUS_M = 6_371_000.0


class LocationLinker:
    """Compares coordinates with the camera's position for the picture that the sentence names."""

    name: ClassVar[str] = "locations"

    @staticmethod
    def availability() -> str | None:
        return None

    @classmethod
    def load_all(cls, *, device: str = "cpu") -> tuple[Self, ...]:
        del device  # distances need none
        return (cls(),)

    @property
    def component(self) -> Component:
        return make_component("linker", self.name, "1", parameters=(("tolerance_m", f"{TOLERANCE_M:g}"),))

    def propose(self, pair: Pair) -> tuple[Proposal, ...]:
        """Return a whole-image proposal per pair of coordinates said of this picture."""
        taken = pair.image_side.image.location
        if taken is None:
            return ()
        stretches = said_after_name(pair)
        return tuple(
            Proposal(region_id=None, entity_id=entity.id, cue=_cue(entity, taken))
            for entity in pair.report_side.entities
            if entity.label == "coordinates" and any(each.overlaps(entity.span) for each in stretches)
        )


def _cue(entity: Entity, taken: Location) -> Cue:
    latitude, longitude = (float(part) for part in entity.normal.split())
    apart_m = distance_m(latitude, longitude, taken.latitude_deg, taken.longitude_deg)
    written = f"{taken.latitude_deg:.5f}, {taken.longitude_deg:.5f}"
    if apart_m <= TOLERANCE_M:
        detail = f"the text says {entity.text}; the file's position {written} is {apart_m:.0f} m from it"
        return Cue(rule="same-place", detail=detail, weight=1.0)
    detail = f"the text says {entity.text}, but the file's position {written} is {apart_m / 1000:.1f} km away"
    return Cue(rule="wrong-place", detail=detail, weight=1.0, supports=False)


def distance_m(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Return the distance over a sphere of two places in degrees (haversine)."""
    up, across = radians(other_latitude - latitude), radians(other_longitude - longitude)
    share = sin(up / 2) ** 2 + cos(radians(latitude)) * cos(radians(other_latitude)) * sin(across / 2) ** 2
    return 2 * _EARTH_RADIUS_M * asin(sqrt(min(1.0, share)))
