"""How large a thing is, as the text says and as its Region measures in millimeters.

Only pictures with a pixel spacing tell. Two readers measure one lesion some millimeters apart, and a
projection enlarges what lies far from the detector by up to a third, so that much is still the same size.
"""

from __future__ import annotations

from itertools import combinations
from math import hypot

from engine.model.evidence import Image
from engine.model.findings import Cue, Entity, Region

SAME_RATIO = 1.35
OTHER_RATIO = 2.0
SAME_MM = 4.0
# One slice may pass beside the widest place, so that a smaller Region proves nothing.
_SLICES = frozenset({"CT", "MR", "PT", "NM", "US"})


def size_cue(entity: Entity, region: Region, image: Image) -> Cue | None:
    """Return a cue that the said and the measured size agree or differ; None where nothing can be said."""
    said, seen_mm = entity.attributes.measurement, longest_mm(region, image)
    if said is None or not said.values_mm or not seen_mm:
        return None
    said_mm = said.values_mm[0]
    ratio = seen_mm / said_mm if said_mm else 0.0
    told = f"the text says {said_mm:.3g} mm"
    if abs(seen_mm - said_mm) <= SAME_MM or 1 / SAME_RATIO <= ratio <= SAME_RATIO:
        detail = f"{told}; the region measures {seen_mm:.3g} mm"
        return Cue(rule="same-size", detail=detail, weight=1.0)
    is_smaller_slice = ratio < 1 and image.modality in _SLICES
    if 1 / OTHER_RATIO < ratio < OTHER_RATIO or is_smaller_slice:
        return None
    detail = f"{told}, but the region measures {seen_mm:.3g} mm"
    return Cue(rule="wrong-size", detail=detail, weight=1.0, supports=False)


def longest_mm(region: Region, image: Image) -> float:
    """Return the longest straight line within one piece of a Region, in mm; 0 without pixel spacing."""
    if image.spacing_mm is None:
        return 0.0
    row_mm, column_mm = image.spacing_mm
    return max(
        (
            hypot((one.x - other.x) * column_mm, (one.y - other.y) * row_mm)
            for polygon in region.polygons
            for one, other in combinations(polygon.points, 2)
        ),
        default=0.0,
    )
