"""Text in photographs: number plates, exhibit markers and labels as Regions with what was read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from engine.hashing import digest, file_sha256
from engine.model.evidence import Image
from engine.model.findings import Region, region_id
from engine.model.geometry import Point, Polygon
from engine.model.runs import Component, make_component
from engine.protocols import Frame, Scene
from engine.segmenters.attributes import describe, has_color, is_radiographic

# Not "text": to the vocabulary that is a textbook, and every book would be linked to a number plate.
LABEL = "lettering"
_PACKAGE = "rapidocr_onnxruntime"
_MODEL_FILES = ("ch_PP-OCRv4_det_infer.onnx", "ch_PP-OCRv4_rec_infer.onnx")
# A photograph with cards and labels is easily taken for a chart.
_SCENES = frozenset({"photograph", "document", "chart", ""})
_THREADS = 2
_WORK_PX = 1280
_MOST_ENLARGED = 2.0
_MOST_AREAS = 100
_MOST_READ_PX = 1024
_LEAST_LINE_PX = 4
# Below this it reads textures; names of shops and plates in traffic scenes read at 0.9 and more.
_MIN_SCORE = 0.7
# What reads worse than this is tried turned as well.
_SURE_SCORE = 0.9
_TALL = 1.5

Reading = tuple[str, float]
Corners = NDArray[np.float32]


class TextAreaSegmenter:
    """Finds lines of text and reads them, by PP-OCRv4 of the package rapidocr-onnxruntime.

    Areas are found in the picture scaled to 1280 px (at most doubled) and read from the original
    pixels, which a plate in the background needs. Text that reads badly is tried turned: by a
    quarter where the area is tall, by a half otherwise. The score is the mean probability of the
    characters.
    """

    name: ClassVar[str] = "rapidocr"

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._component = make_component(
            "segmenter",
            self.name,
            version(_PACKAGE),
            weights_sha256=digest([file_sha256(path) for path in _model_files()]),
            parameters=(("confidence", f"{_MIN_SCORE:g}"), ("input_px", str(_WORK_PX)), ("shape", "box")),
            labels=(LABEL,),
        )

    @staticmethod
    def availability() -> str | None:
        if find_spec(_PACKAGE) is None:
            return "needs rapidocr-onnxruntime: it is not installed"
        missing = [path.name for path in _model_files() if not path.is_file()]
        return f"rapidocr-onnxruntime lacks its model {missing[0]}" if missing else None

    @classmethod
    def load_all(cls, *, device: str = "cpu") -> tuple[Self, ...]:
        """Return the one reader of text; its networks are small and always run on the CPU."""
        del device
        from rapidocr_onnxruntime import RapidOCR

        # Its own limits would enlarge a narrow picture without bound.
        return (cls(RapidOCR(intra_op_num_threads=_THREADS, det_limit_type="max", min_side_len=1)),)

    @property
    def component(self) -> Component:
        return self._component

    def applies(self, image: Image, scene: Scene) -> bool:
        """Tell whether this may be a photograph, a page or a chart: anything but medical pictures."""
        return scene.label in _SCENES and not is_radiographic(image)

    def segment(self, frames: Sequence[Frame]) -> list[tuple[Region, ...]]:
        """Return the text areas of each frame, from top to bottom; at most a hundred."""
        return [tuple(self._regions(frame)) for frame in frames]

    def _regions(self, frame: Frame) -> Iterator[Region]:
        view, image = frame.pixels.view, frame.image
        areas = self._areas(view)
        colored = has_color(view)
        for corners, (said, score) in zip(areas, self._read(view, areas), strict=True):
            text = unicodedata.normalize("NFC", said).strip()
            if not text or score < _MIN_SCORE:
                continue
            polygons = (_polygon(corners),)
            yield Region(
                id=region_id(image.id, self._component.id, LABEL, polygons),
                image_id=image.id,
                label=LABEL,
                score=round(min(score, 1.0), 4),
                component_id=self._component.id,
                polygons=polygons,
                attributes=replace(describe(polygons, image, view, colored=colored), text=text),
            )

    def _areas(self, view: NDArray[np.uint8]) -> list[Corners]:
        """Return four corners per line of text, clockwise from the upper left, in the picture's pixels."""
        import cv2

        height, width = view.shape[:2]
        ratio = min(_WORK_PX / max(height, width), _MOST_ENLARGED)
        size = (round(width * ratio), round(height * ratio))
        if min(size) < _LEAST_LINE_PX:
            return []
        small = cv2.resize(view, size, interpolation=cv2.INTER_AREA if ratio < 1 else cv2.INTER_LINEAR)
        found, _ = self._reader.text_det(np.ascontiguousarray(small[..., ::-1]))
        if found is None or not len(found):
            return []
        scale = np.array([width / size[0], height / size[1]], np.float32)
        areas = [np.asarray(corners, np.float32) * scale for corners in found]
        return sorted(areas, key=lambda corners: (corners[0][1], corners[0][0]))[:_MOST_AREAS]

    def _read(self, view: NDArray[np.uint8], areas: Sequence[Corners]) -> list[Reading]:
        crops = [_straightened(view, corners) for corners in areas]
        readings = self._recognize(crops)
        unsure = [number for number, (_, score) in enumerate(readings) if score < _SURE_SCORE]
        turned = [(number, turns) for number in unsure for turns in _turns(crops[number])]
        again = self._recognize(np.ascontiguousarray(np.rot90(crops[number], k)) for number, k in turned)
        for (number, _), reading in zip(turned, again, strict=True):
            readings[number] = max(readings[number], reading, key=lambda each: each[1])
        return readings

    def _recognize(self, crops: Iterable[NDArray[np.uint8]]) -> list[Reading]:
        lines = list(crops)
        if not lines:
            return []
        found, _ = self._reader.text_rec(lines)
        return [(str(text), float(score)) for text, score, *_ in found]


def _model_files() -> tuple[Path, ...]:
    spec = find_spec(_PACKAGE)
    folder = Path(spec.origin or "").parent if spec else Path()
    return tuple(folder / "models" / name for name in _MODEL_FILES)


def _polygon(corners: Corners) -> Polygon:
    return Polygon(tuple(Point(round(float(x), 2), round(float(y), 2)) for x, y in corners))


def _turns(crop: NDArray[np.uint8]) -> tuple[int, ...]:
    """Return the quarter turns by which text in a crop may stand."""
    return (1, 3) if crop.shape[0] > _TALL * crop.shape[1] else (2,)


def _straightened(view: NDArray[np.uint8], corners: Corners) -> NDArray[np.uint8]:
    """Return an area of the picture as an upright rectangle, uint8 BGR, as the reader wants it."""
    import cv2

    edges = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    size = np.array([max(edges[0], edges[2]), max(edges[1], edges[3])])
    width, height = (
        int(px) for px in np.maximum(size * min(1.0, _MOST_READ_PX / size.max()), _LEAST_LINE_PX)
    )
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    return np.asarray(
        cv2.warpPerspective(
            view,
            cv2.getPerspectiveTransform(corners, target),
            (width, height),
            flags=cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_REPLICATE,
        )[..., ::-1],
        np.uint8,
    )
