"""Pictures that no model was made for: a few areas that stand out, labeled ``unclassified``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from engine.model.evidence import Image
from engine.model.findings import Region, region_id
from engine.model.geometry import Polygon
from engine.model.runs import Component, make_component
from engine.protocols import Frame, Scene
from engine.segmenters.attributes import describe, has_color, is_radiographic
from engine.segmenters.contours import mask_to_polygons

LABEL = "unclassified"
# Their own segmenters look at these (and text is read, not outlined).
_NOT_FOR = frozenset({"chest-xray", "blood-smear", "ct", "document", "chart"})
_WORK_PX = 192
_MOST_REGIONS = 6
_LEAST_SHARE, _MOST_SHARE = 0.003, 0.6
_CELL = 16.0  # how coarse the border's Lab colors are counted
_BORDER_SHARE = 0.03
_MOST_RIM = 0.25
_LEAST_SALIENCE = 40


class OtsuSegmenter:
    """Outlines at most six salient, connected areas.

    Salience is the distance of a pixel's smoothed Lab color from the colors along the picture's
    border, which mostly shows background (Wei et al. 2012, Geodesic saliency using background
    priors); Otsu's threshold cuts it, and once more what is left. What runs along the border is
    background too.
    The score is the area's mean salience as a share of the picture's greatest.
    """

    name: ClassVar[str] = "otsu"

    def __init__(self) -> None:
        self._component = make_component(
            "segmenter",
            self.name,
            "1",
            parameters=(("most_regions", str(_MOST_REGIONS)), ("work_px", str(_WORK_PX))),
            labels=(LABEL,),
        )

    @staticmethod
    def availability() -> str | None:
        return None

    @classmethod
    def load_all(cls, *, device: str = "cpu") -> tuple[Self, ...]:
        del device  # a few filters: always on the CPU
        return (cls(),)

    @property
    def component(self) -> Component:
        return self._component

    def applies(self, image: Image, scene: Scene) -> bool:
        """Tell whether no other segmenter describes pictures of this kind as a whole."""
        return scene.label not in _NOT_FOR and image.modality.upper() != "CT"

    def segment(self, frames: Sequence[Frame]) -> list[tuple[Region, ...]]:
        """Return at most six Regions of each frame, most salient first."""
        return [tuple(self._regions(frame)) for frame in frames]

    def _regions(self, frame: Frame) -> Iterator[Region]:
        view, image = frame.pixels.view, frame.image
        colored = has_color(view)
        found = sorted(_salient_areas(view), key=lambda pair: -pair[1])[:_MOST_REGIONS]
        for polygons, score in found:
            yield Region(
                id=region_id(image.id, self._component.id, LABEL, polygons),
                image_id=image.id,
                label=LABEL,
                score=score,
                component_id=self._component.id,
                polygons=polygons,
                attributes=describe(
                    polygons, image, view, patient_sides=is_radiographic(image), colored=colored
                ),
            )


def _salient_areas(view: NDArray[np.uint8]) -> Iterator[tuple[tuple[Polygon, ...], float]]:
    import cv2

    height, width = view.shape[:2]
    scale = max(1.0, max(height, width) / _WORK_PX)
    small = cv2.resize(
        view, (max(1, round(width / scale)), max(1, round(height / scale))), interpolation=cv2.INTER_AREA
    )
    salience = _salience(small)
    taken = np.zeros(salience.shape, np.bool_)
    for mask in _levels(salience):
        count, numbered, stats, _ = cv2.connectedComponentsWithStats(mask)
        for number in range(1, count):
            if not _LEAST_SHARE <= stats[number, cv2.CC_STAT_AREA] / mask.size <= _MOST_SHARE:
                continue
            area = numbered == number
            if _rim_share(area) > _MOST_RIM or (area & taken).any():
                continue
            taken |= area
            polygons = mask_to_polygons(
                area.astype(np.uint8), scale=(width / small.shape[1], height / small.shape[0])
            )
            if polygons:
                yield polygons, round(float(salience[area].mean()) / 255, 4)


def _levels(salience: NDArray[np.uint8]) -> Iterator[NDArray[np.uint8]]:
    """Yield what stands out, and then what does so among the rest: Otsu's threshold, taken twice."""
    import cv2

    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3))
    rest = salience
    for _ in range(2):
        if rest.size == 0 or int(rest.max()) < _LEAST_SALIENCE:
            return
        threshold, _ = cv2.threshold(rest.reshape(-1, 1), 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
        mask = (salience > threshold).astype(np.uint8)
        yield cv2.morphologyEx(cv2.morphologyEx(mask, cv2.MORPH_OPEN, kernel), cv2.MORPH_CLOSE, kernel)
        rest = salience[salience <= threshold]


def _rim_share(area: NDArray[np.bool_]) -> float:
    """Return the share of an area's extent that lies on the picture's border."""
    rows, columns = area.any(axis=1).sum(), area.any(axis=0).sum()
    touching = area[0].sum() + area[-1].sum() + area[:, 0].sum() + area[:, -1].sum()
    return float(touching / (2 * (rows + columns)))


def _salience(small: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return uint8 distances in Lab from the nearest color that is frequent along the border."""
    import cv2

    lab = cv2.cvtColor(cv2.GaussianBlur(small, (0, 0), 1.5), cv2.COLOR_RGB2LAB).astype(np.float32)
    rim = max(2, min(lab.shape[:2]) // 20)
    border = np.concatenate(
        [part.reshape(-1, 3) for part in (lab[:rim], lab[-rim:], lab[:, :rim], lab[:, -rim:])]
    )
    cells = (border // _CELL).astype(np.int64) @ np.array([1, 100, 10_000])
    _, members, counts = np.unique(cells, return_inverse=True, return_counts=True)
    frequent = np.flatnonzero(counts >= _BORDER_SHARE * len(border))
    if not len(frequent):
        frequent = np.array([counts.argmax()])
    centers = [border[members == number].mean(axis=0) for number in frequent]
    planes = [np.ascontiguousarray(lab[..., number]) for number in range(3)]
    squares = np.full(lab.shape[:2], np.inf, np.float32)
    for center in centers:
        square = sum(np.square(plane - part) for plane, part in zip(planes, center, strict=True))
        np.minimum(squares, square, out=squares)
    distance = np.sqrt(squares)
    top = float(distance.max())
    stretched: NDArray[np.float32] = distance * (255 / top) if top > 4 else np.zeros_like(distance)
    return stretched.astype(np.uint8)
