"""PP-OCRv4 through the package rapidocr-onnxruntime, whose models come with it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from engine.hashing import digest, file_sha256
from engine.lettering.lines import Corners, TextLine

_PACKAGE = "rapidocr_onnxruntime"
_MODEL_FILES = ("ch_PP-OCRv4_det_infer.onnx", "ch_PP-OCRv4_rec_infer.onnx")
_WORK_PX = 1280
_MOST_ENLARGED = 2.0
_MOST_AREAS = 300
_MOST_READ_PX = 1024
_LEAST_LINE_PX = 4
# What reads worse than this is tried turned as well.
_SURE_SCORE = 0.9
_TALL = 1.5

Reading = tuple[str, float]


class RapidOcr:
    """Finds lines of text in a picture scaled to 1280 px and reads them from the original pixels.

    A plate in the background needs these. Text that reads badly is tried turned: by a quarter where
    the area is tall, by a half otherwise. The networks are loaded when they are first needed.
    """

    name: ClassVar[str] = "rapidocr"

    def __init__(self, threads: int = 2) -> None:
        self._threads = threads

    @staticmethod
    def availability() -> str | None:
        if find_spec(_PACKAGE) is None:
            return "needs rapidocr-onnxruntime: it is not installed"
        missing = [path.name for path in _model_files() if not path.is_file()]
        return f"rapidocr-onnxruntime lacks its model {missing[0]}" if missing else None

    @property
    def version(self) -> str:
        return version(_PACKAGE)

    @cached_property
    def weights_sha256(self) -> str:
        return digest([file_sha256(path) for path in _model_files()])

    @property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        return (("input_px", str(_WORK_PX)),)

    def read(self, view: NDArray[np.uint8], *, is_page: bool = False) -> list[TextLine]:
        """Return the lines of text in a picture, uint8 RGB, from top to bottom; at most 300."""
        del is_page  # it looks at pages and photographs alike
        areas = self._areas(view)
        return [
            TextLine(corners=corners, text=unicodedata.normalize("NFC", said).strip(), score=min(score, 1.0))
            for corners, (said, score) in zip(areas, self._read(view, areas), strict=True)
        ]

    @cached_property
    def _networks(self) -> Any:
        from rapidocr_onnxruntime import RapidOCR

        # Its own limits would enlarge a narrow picture without bound.
        return RapidOCR(intra_op_num_threads=self._threads, det_limit_type="max", min_side_len=1)

    def _areas(self, view: NDArray[np.uint8]) -> list[Corners]:
        """Return four corners per line of text, clockwise from the upper left, in the picture's pixels."""
        import cv2

        height, width = view.shape[:2]
        ratio = min(_WORK_PX / max(height, width), _MOST_ENLARGED)
        size = (round(width * ratio), round(height * ratio))
        if min(size) < _LEAST_LINE_PX:
            return []
        small = cv2.resize(view, size, interpolation=cv2.INTER_AREA if ratio < 1 else cv2.INTER_LINEAR)
        found, _ = self._networks.text_det(np.ascontiguousarray(small[..., ::-1]))
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
        found, _ = self._networks.text_rec(lines)
        return [(str(text), float(score)) for text, score, *_ in found]


def _model_files() -> tuple[Path, ...]:
    spec = find_spec(_PACKAGE)
    folder = Path(spec.origin or "").parent if spec else Path()
    return tuple(folder / "models" / name for name in _MODEL_FILES)


def _turns(crop: NDArray[np.uint8]) -> tuple[int, ...]:
    """Return the quarter turns by which text in a crop may stand."""
    return (1, 3) if crop.shape[0] > _TALL * crop.shape[1] else (2,)


def _straightened(view: NDArray[np.uint8], corners: Corners) -> NDArray[np.uint8]:
    """Return an area of the picture as an upright rectangle, uint8 BGR, as the networks want it."""
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
