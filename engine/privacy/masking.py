"""Pictures without writing, faces and number plates: covered by one color, so that nothing of them is left.

Faces and plates are looked for with OpenCV's own cascades (Viola and Jones 2001), which see faces that look
at the camera or stand in profile and miss many others; writing with the engine that reads pictures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.lettering.engines import LetteringEngine, chosen_engine
from engine.model.geometry import Polygon
from engine.privacy.policy import MARKERS
from engine.privacy.pseudonyms import canonical


@dataclass(frozen=True, slots=True)
class _Cascade:
    """What a cascade sees, and how long the longest side of a picture is made before it looks, in pixels.

    Small pictures are made larger, because a face of less than 24 pixels is never seen; large ones smaller,
    because the time grows with the area. What faces one way only is looked for in the mirror too.
    """

    kind: str
    file: str
    least_px: int
    most_px: int
    one_way: bool = False


_CASCADES = (
    _Cascade("face", "haarcascade_frontalface_alt2.xml", 1000, 1600),
    _Cascade("face", "haarcascade_profileface.xml", 0, 1000, one_way=True),
    _Cascade("plate", "haarcascade_russian_plate_number.xml", 0, 1600),
)
_MARGIN = {"face": 0.2, "plate": 0.1}
_LEAST_FACE_PX = 24
_NEIGHBORS = 3
_TEXT_MARGIN_PX = 3
_COVER = (0, 0, 0)

Corners = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Mask:
    """A covered area: ``kind`` is lettering, face, plate or region; corners int32 (n, 2) in pixels."""

    kind: str
    corners: Corners


@dataclass(slots=True)
class Masker:
    """Finds and covers what may identify somebody; ``faces``: look for faces and plates too."""

    faces: bool = True
    engine: LetteringEngine | None = field(default_factory=chosen_engine)
    _loaded: dict[str, Any] = field(default_factory=dict)

    def find(
        self, view: NDArray[np.uint8], known: Sequence[Polygon] = (), *, is_scan: bool = False
    ) -> tuple[Mask, ...]:
        """Return what to cover in uint8 RGB pixels; ``known``: outlines of writing found before.

        ``is_scan``: a medical picture, where no faces are looked for and markers of its side stay.
        """
        masks = [Mask("region", _corners(polygon)) for polygon in known]
        for line in self.engine.read(view) if self.engine else []:
            if not (is_scan and _is_marker(line.text)):
                masks.append(Mask("lettering", _widened(line.corners)))
        if self.faces and not is_scan:
            masks += self._faces(view)
        return tuple(masks)

    def _faces(self, view: NDArray[np.uint8]) -> Iterator[Mask]:
        import cv2

        gray = cv2.cvtColor(view, cv2.COLOR_RGB2GRAY)
        longest = max(gray.shape)
        for cascade in _CASCADES:
            scale = min(max(longest, cascade.least_px), cascade.most_px) / longest
            pixels = _even(gray, scale)
            for left, top, width, height in self._seen(cascade, pixels):
                place = (left / scale, top / scale, width / scale, height / scale)
                yield Mask(cascade.kind, _box(*place, _MARGIN[cascade.kind]))

    def _seen(self, cascade: _Cascade, pixels: NDArray[np.uint8]) -> Iterator[tuple[int, int, int, int]]:
        """Yield left, top, width and height of what a cascade sees."""
        least = (_LEAST_FACE_PX, _LEAST_FACE_PX)
        look = self._detector(cascade.file).detectMultiScale
        yield from look(pixels, 1.1, _NEIGHBORS, minSize=least)
        if cascade.one_way:
            for left, *place in look(np.ascontiguousarray(pixels[:, ::-1]), 1.1, _NEIGHBORS, minSize=least):
                yield (pixels.shape[1] - left - place[1], *place)

    def _detector(self, file: str) -> Any:
        import cv2

        if file not in self._loaded:
            self._loaded[file] = cv2.CascadeClassifier(str(Path(cv2.__file__).parent / "data" / file))
        return self._loaded[file]


def _even(gray: NDArray[np.uint8], scale: float) -> NDArray[np.uint8]:
    """Return gray pixels made larger or smaller, with the contrast of each part stretched."""
    import cv2

    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    sized = gray if scale == 1 else cv2.resize(gray, None, fx=scale, fy=scale, interpolation=how)
    even: NDArray[np.uint8] = cv2.createCLAHE(2.0, (8, 8)).apply(sized).astype(np.uint8)
    return even


def covered(view: NDArray[np.uint8], masks: Sequence[Mask]) -> NDArray[np.uint8]:
    """Return a copy of the pixels with all masks filled."""
    import cv2

    pixels = np.ascontiguousarray(view).copy()
    for mask in masks:
        cv2.fillPoly(pixels, [mask.corners], _COVER)
    return pixels


def names_nobody(text: str) -> bool:
    """Tell whether writing that is still read in a covered picture needs no look: a single character.

    The edges of covers are often read as one, and the markers of sides, which stay, are mostly one.
    """
    return len(text.strip()) <= 1


def _is_marker(text: str) -> bool:
    return all(canonical(word) in MARKERS for word in text.split()) and len(text) < 16


def _corners(polygon: Polygon) -> Corners:
    points = np.array([(point.x, point.y) for point in polygon.points])
    rounded: Corners = np.rint(points).astype(np.int32)
    return rounded


def _widened(corners: NDArray[np.float32]) -> Corners:
    """Return the upright box around four corners and a little more: lines of text lean and have tails."""
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    margin = max(_TEXT_MARGIN_PX, 0.15 * float(bottom - top))
    return _rectangle(left - margin, top - margin, right + margin, bottom + margin)


def _box(left: float, top: float, width: float, height: float, margin: float) -> Corners:
    return _rectangle(
        left - margin * width, top - margin * height, left + (1 + margin) * width, top + (1 + margin) * height
    )


def _rectangle(left: float, top: float, right: float, bottom: float) -> Corners:
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    rounded: Corners = np.rint(np.array(corners, np.float64)).astype(np.int32)
    return rounded
