"""Geographic coordinates in a text: decimal degrees, or degrees with minutes and seconds.

``normal`` is "latitude longitude" in decimal degrees, south and west negative (as ISO 6709 orders them).
A bare pair of numbers counts only with four decimals or more: "2.5, 3.1" are measures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.model.runs import Component, make_component
from engine.recognizers.found import Found

VERSION = "1"
LABEL = "coordinates"
_RANK = 80
_DECIMAL = re.compile(
    r"(?<![\d.])(?P<lat>[+-]?\d{1,2}\.\d{4,8})(?:°? ?(?P<ns>[NS]))?(?:,| |, )\s?"
    r"(?P<lon>[+-]?\d{1,3}\.\d{4,8})(?:°? ?(?P<ew>[EW])\b)?(?![\d.])"
)
_MINUTES = (
    r"(?P<{0}_d>\d{{1,3}})° ?(?P<{0}_m>\d{{1,2}}(?:\.\d+)?)['′’]"
    r"(?: ?(?P<{0}_s>\d{{1,2}}(?:\.\d+)?)[\"″”])? ?"
)
_SEXAGESIMAL = re.compile(
    rf"{_MINUTES.format('lat')}(?P<ns>[NS])[, ]{{1,2}}{_MINUTES.format('lon')}(?P<ew>[EW])\b"
)


def coordinates_component() -> Component:
    """Return what the case file records about these patterns."""
    return make_component("recognizer", LABEL, VERSION, labels=(LABEL,))


def find_coordinates(text: str) -> Iterator[Found]:
    """Yield every pair of coordinates that can lie on the Earth."""
    component = coordinates_component().id
    for pattern in (_DECIMAL, _SEXAGESIMAL):
        for match in pattern.finditer(text):
            latitude, longitude = _degrees(match)
            if abs(latitude) <= 90 and abs(longitude) <= 180:
                normal = f"{latitude:.6f} {longitude:.6f}"
                yield Found(match.start(), match.end(), LABEL, 0.95, _RANK, component, "", normal)


def _degrees(match: re.Match[str]) -> tuple[float, float]:
    found = match.groupdict()
    if "lat" in found:
        latitude, longitude = float(found["lat"]), float(found["lon"])
    else:
        latitude, longitude = (
            float(found[f"{axis}_d"]) + float(found[f"{axis}_m"]) / 60 + float(found[f"{axis}_s"] or 0) / 3600
            for axis in ("lat", "lon")
        )
    return (
        -abs(latitude) if found["ns"] == "S" else latitude,
        -abs(longitude) if found["ew"] == "W" else longitude,
    )
