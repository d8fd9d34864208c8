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

_CASCADES = {
    "face": ("haarcascade_frontalface_alt2.xml", "haarcascade_profileface.xml"),
    "plate": ("haarcascade_russian_plate_number.xml",),
}
_MARGIN = {"face": 0.2, "plate": 0.1}
_LEAST_FACE_PX = 24
_NEIGHBORS = 4
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
    _loaded: dict[str, list[Any]] = field(default_factory=dict)

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

        gray = cv2.equalizeHist(cv2.cvtColor(view, cv2.COLOR_RGB2GRAY))
        for kind, names in _CASCADES.items():
            for cascade in self._cascades(kind, names):
                for flipped in (False, True) if kind == "face" else (False,):
                    pixels = np.ascontiguousarray(gray[:, ::-1]) if flipped else gray
                    found = cascade.detectMultiScale(
                        pixels, 1.1, _NEIGHBORS, minSize=(_LEAST_FACE_PX, _LEAST_FACE_PX)
                    )
                    for left, top, width, height in found:
                        from_left = gray.shape[1] - left - width if flipped else left
                        yield Mask(kind, _box(from_left, top, width, height, _MARGIN[kind]))

    def _cascades(self, kind: str, names: tuple[str, ...]) -> list[Any]:
        import cv2

        if kind not in self._loaded:
            folder = Path(cv2.__file__).parent / "data"
            self._loaded[kind] = [cv2.CascadeClassifier(str(folder / name)) for name in names]
        return self._loaded[kind]


def covered(view: NDArray[np.uint8], masks: Sequence[Mask]) -> NDArray[np.uint8]:
    """Return a copy of the pixels with all masks filled."""
    import cv2

    pixels = np.ascontiguousarray(view).copy()
    for mask in masks:
        cv2.fillPoly(pixels, [mask.corners], _COVER)
    return pixels


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
