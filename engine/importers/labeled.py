"""What every format of labeled pictures says: which picture, and the labeled areas in it."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import UsageError
from engine.model.geometry import Point, Polygon

_MOST_BYTES = 1 << 30
Outline = Callable[[int, int], tuple[Polygon, ...]]
"""Returns polygons in the pixels of a picture of this width and height; raises ValueError where it cannot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabeledArea:
    """One labeled area; ``identity`` is the id that a case gave it before, ``remark`` what else is said."""

    label: str
    outline: Outline
    identity: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabeledPicture:
    """A picture as another program calls it; what is not said is empty or None.

    ``name`` is a path or a file name, without its suffix where ``is_stem``. ``file`` is the picture
    itself, where it lies beside.
    """

    name: str
    areas: tuple[LabeledArea, ...]
    is_stem: bool = False
    file: Path | None = None
    sha256: str = ""
    identity: str = ""
    frame: int = 0
    width_px: int | None = None
    height_px: int | None = None


def read_json(path: Path) -> Any:
    """Return what a JSON file says; raises UsageError where it is none, or too large to be one."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UsageError(f"{path} is too large ({path.stat().st_size:,} bytes)")
        return json.loads(path.read_bytes())
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is no JSON: {error}") from error


def of_points(values: Iterable[Sequence[float]]) -> Polygon:
    """Return a polygon of (x, y); raises ValueError for fewer than three points or what is no number."""
    points = tuple(Point(float(x), float(y)) for x, y in values)
    if not all(math.isfinite(value) for point in points for value in (point.x, point.y)):
        raise ValueError("a coordinate is no number")
    return Polygon(points)


def of_flat(values: Sequence[float]) -> Polygon:
    """Return a polygon of x, y, x, y, …; raises ValueError as ``of_points`` does."""
    return of_points(zip(values[::2], values[1::2], strict=True))


def inside(polygons: Iterable[Polygon], width_px: int, height_px: int) -> tuple[Polygon, ...]:
    """Return polygons with every point moved into the picture."""
    return tuple(
        Polygon(
            tuple(
                Point(min(max(point.x, 0.0), float(width_px)), min(max(point.y, 0.0), float(height_px)))
                for point in polygon.points
            )
        )
        for polygon in polygons
    )
