"""When a picture was taken, as the text says and as camera or scanner wrote.

Only what a sentence says after it named the picture's file or number speaks of its time: "IMG_2051 was
taken at 22:12". A report's own date is another day than the picture's for good reasons.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import ClassVar, Self

from engine.linkers.mentions import said_after_name
from engine.model.evidence import Image
from engine.model.findings import Cue, Entity
from engine.model.runs import Component, make_component
from engine.protocols import Pair, Proposal

TOLERANCE = timedelta(minutes=5)
"""How far a note may be off: people round, and clocks differ."""

_OFFSET = re.compile(r"([+-])(\d{2}):(\d{2})")


class TimeLinker:
    """Compares dates and times of day with the capture time of the picture that the sentence names."""

    name: ClassVar[str] = "times"

    @staticmethod
    def availability() -> str | None:
        return None

    @classmethod
    def load_all(cls, *, device: str = "cpu") -> tuple[Self, ...]:
        del device  # clocks need none
        return (cls(),)

    @property
    def component(self) -> Component:
        minutes = f"{TOLERANCE.total_seconds() / 60:g}"
        return make_component("linker", self.name, "1", parameters=(("tolerance_min", minutes),))

    def propose(self, pair: Pair) -> tuple[Proposal, ...]:
        """Return a whole-image proposal per date or time said of this picture."""
        taken = local_capture_time(pair.image_side.image)
        if taken is None:
            return ()
        stretches = said_after_name(pair)
        said = [
            entity
            for entity in pair.report_side.entities
            if any(each.overlaps(entity.span) for each in stretches)
        ]
        cues = ((entity, _cue(entity, taken)) for entity in said)
        return tuple(
            Proposal(region_id=None, entity_id=entity.id, cue=cue) for entity, cue in cues if cue is not None
        )


def local_capture_time(image: Image) -> datetime | None:
    """Return the time on the camera's own clock, which is what a note repeats."""
    if image.captured_at is None:
        return None
    zone = _OFFSET.match(dict(image.metadata).get("captured_at_zone", ""))
    if zone is None:
        return image.captured_at
    offset = timedelta(hours=int(zone[2]), minutes=int(zone[3]))
    return image.captured_at.astimezone(timezone(-offset if zone[1] == "-" else offset))


def _cue(entity: Entity, taken: datetime) -> Cue | None:
    if entity.label == "time" and entity.normal:
        return _time_cue(entity, taken)
    if entity.label == "date" and len(entity.normal) == len("2026-01-31"):
        return _agreement(entity, taken, same=entity.normal == taken.date().isoformat())
    return None


def _time_cue(entity: Entity, taken: datetime) -> Cue | None:
    clock: Sequence[int] = [int(part) for part in entity.normal.split(":")]
    said = taken.replace(hour=clock[0], minute=clock[1], second=clock[2] if len(clock) > 2 else 0)
    # Five to midnight and five past are ten minutes apart, not a day.
    apart = min(abs(taken - said + timedelta(days=days)) for days in (-1, 0, 1))
    return _agreement(entity, taken, same=apart <= TOLERANCE)


def _agreement(entity: Entity, taken: datetime, *, same: bool) -> Cue:
    written = f"{taken:%Y-%m-%d %H:%M}"
    if same:
        detail = f"the text says {entity.text}; the file says it was taken at {written} (unverified clock)"
        return Cue(rule="same-time", detail=detail, weight=1.0)
    detail = f"the text says {entity.text}, but the file says it was taken at {written} (unverified clock)"
    return Cue(rule="wrong-time", detail=detail, weight=1.0, supports=False)
