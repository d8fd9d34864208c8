"""Where the things of a graph stand: a column for each kind, in an order that stays the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.store.surroundings import Surroundings, Thing, ThingKind

COLUMNS: Final = (ThingKind.EXHIBIT, ThingKind.REPORT, ThingKind.IMAGE, ThingKind.PERSON)
CARD_WIDTH_PX: Final = 176
CARD_HEIGHT_PX: Final = 46
_COLUMN_PX: Final = 248
_ROW_PX: Final = 62


def lay_out(found: Surroundings, names: Mapping[Thing, str]) -> dict[Thing, tuple[float, float]]:
    """Return the top left corner of every card, in pixels.

    Kinds that have no thing take no column. In a column things stand near the height of those that
    they are tied to in the columns before, and by name among equals: few lines cross, and the same
    case gives the same picture.
    """
    shown = [kind for kind in COLUMNS if any(thing.kind is kind for thing in found.things)]
    tallest = max(sum(thing.kind is kind for thing in found.things) for kind in shown)
    places: dict[Thing, tuple[float, float]] = {}
    for column, kind in enumerate(shown):
        things = [thing for thing in found.things if thing.kind is kind]
        things.sort(key=lambda thing: (_height(found, thing, places), names.get(thing, ""), thing.key))
        top = (tallest - len(things)) * _ROW_PX / 2
        for row, thing in enumerate(things):
            places[thing] = (column * _COLUMN_PX, top + row * _ROW_PX)
    return places


def _height(found: Surroundings, thing: Thing, places: Mapping[Thing, tuple[float, float]]) -> float:
    """Return the mean height of what a thing is tied to among those that have their place already."""
    ends = [
        tie.second if tie.first == thing else tie.first
        for tie in found.ties
        if thing in (tie.first, tie.second)
    ]
    heights = [places[end][1] for end in ends if end in places]
    return sum(heights) / len(heights) if heights else 0.0
