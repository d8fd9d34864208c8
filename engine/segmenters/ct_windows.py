"""CT by Hounsfield windows: air, lung, fat, soft tissue and bone as connected areas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from engine.model.evidence import Image
from engine.model.findings import Region, region_id
from engine.model.runs import Component, make_component
from engine.protocols import Frame, Scene
from engine.segmenters.attributes import describe
from engine.segmenters.contours import mask_to_polygons

# Half-open ranges in Hounsfield units: Hounsfield 1980; Kalender, Computed Tomography, chapter 1.
_WINDOWS = (
    ("lung", -950, -500),
    ("fat", -190, -30),
    ("soft tissue", -30, 160),
    ("bone", 220, 3500),
)
_LABELS = ("air", *(name for name, _, _ in _WINDOWS))
_BODY_ABOVE = -500
_AIR_BELOW = -500
_LEAST_AREA_MM2 = 80.0
_LEAST_AREA_SHARE = 0.001
_MOST_PER_LABEL = 4


class CtWindowSegmenter:
    """Divides a CT slice by Hounsfield units.

    Inside the body, what is as thin as air is ``lung`` where it is large and textured as lung is
    (-950 to -500), else ``air``. Small areas are dropped: under 80 mm², or a thousandth of the
    picture where the spacing is unknown; at most four areas per label are kept, largest first.
    The score is the share of the area's pixels that lie in the window after smoothing.
    """

    name: ClassVar[str] = "ct_windows"

    def __init__(self) -> None:
        windows = tuple((name, f"{low} to {high} HU") for name, low, high in _WINDOWS)
        self._component = make_component(
            "segmenter",
            self.name,
            "1",
            parameters=(*windows, ("least_area_mm2", f"{_LEAST_AREA_MM2:g}")),
            labels=_LABELS,
        )

    @staticmethod
    def availability() -> str | None:
        return None

    @classmethod
    def load_all(cls, *, device: str = "cpu") -> tuple[Self, ...]:
        del device  # a few comparisons: always on the CPU
        return (cls(),)

    @property
    def component(self) -> Component:
        return self._component

    def applies(self, image: Image, scene: Scene) -> bool:
        """Tell whether this is CT by its DICOM modality: only then are the values Hounsfield units."""
        del scene
        return image.modality.upper() == "CT"

    def segment(self, frames: Sequence[Frame]) -> list[tuple[Region, ...]]:
        return [tuple(self._regions(frame)) for frame in frames]

    def _regions(self, frame: Frame) -> Iterator[Region]:
        import cv2

        values = frame.pixels.values
        if values is None:
            return
        smooth: NDArray[np.float32] = cv2.medianBlur(values.astype(np.float32), 5)
        spacing = frame.image.spacing_mm
        pixel_mm2 = spacing[0] * spacing[1] if spacing else 0.0
        least_px = _LEAST_AREA_MM2 / pixel_mm2 if pixel_mm2 else _LEAST_AREA_SHARE * values.size
        body = _body(smooth)
        for label, mask in _masks(smooth, body):
            for area, score in _areas(mask, least_px):
                polygons = mask_to_polygons(area, holes=True)
                if polygons:
                    yield Region(
                        id=region_id(frame.image.id, self._component.id, label, polygons),
                        image_id=frame.image.id,
                        label=label,
                        score=score,
                        component_id=self._component.id,
                        polygons=polygons,
                        attributes=describe(
                            polygons, frame.image, frame.pixels.view, patient_sides=True, colored=False
                        ),
                    )


def _body(values: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return the largest thing that is denser than air, its inner air filled in."""
    import cv2

    dense = (values > _BODY_ABOVE).astype(np.uint8)
    dense = cv2.morphologyEx(dense, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    outlines, _ = cv2.findContours(dense, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    body = np.zeros(values.shape, np.uint8)
    if outlines:
        cv2.drawContours(body, [max(outlines, key=cv2.contourArea)], -1, (1,), cv2.FILLED)
    return body


def _masks(values: NDArray[np.float32], body: NDArray[np.uint8]) -> Iterator[tuple[str, NDArray[np.uint8]]]:
    """Yield label and mask of each window inside the body; the air is what lung leaves."""
    import cv2

    inside = body > 0
    thin = (inside & (values < _AIR_BELOW)).astype(np.uint8)
    lung = np.zeros(values.shape, np.uint8)
    count, numbered, stats, _ = cv2.connectedComponentsWithStats(thin)
    for number in range(1, count):
        part = numbered == number
        large = stats[number, cv2.CC_STAT_AREA] > 0.01 * inside.sum()
        if large and np.median(values[part]) > -950:
            lung[part] = 1
    closed = cv2.morphologyEx(lung, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9)))
    yield "air", thin & (1 - closed)
    for label, low, high in _WINDOWS:
        if label == "lung":
            yield label, closed & body
        else:
            yield label, (inside & (closed == 0) & (values >= low) & (values < high)).astype(np.uint8)


def _areas(mask: NDArray[np.uint8], least_px: float) -> Iterator[tuple[NDArray[np.uint8], float]]:
    """Yield the largest connected areas, opened by a pixel, with the share of pixels that opening kept."""
    import cv2

    opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    count, numbered, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=4)
    sizes: Any = stats[1:count, cv2.CC_STAT_AREA]
    for index in np.argsort(-sizes, kind="stable")[:_MOST_PER_LABEL]:
        if sizes[index] < least_px:
            return
        area = (numbered == index + 1).astype(np.uint8)
        around = cv2.dilate(area, np.ones((3, 3), np.uint8))
        yield area, round(float(sizes[index] / max(int((around & mask).sum()), 1)), 4)
