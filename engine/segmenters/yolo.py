"""YOLO models (detection and segmentation) as Regions, on OpenVINO or ONNX Runtime, without torch."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from engine.model.evidence import Image
from engine.model.findings import Region, region_id
from engine.model.geometry import Box, Polygon, bounding_box
from engine.model.runs import Component, make_component
from engine.protocols import Frame, Scene
from engine.segmenters.attributes import describe, has_color, is_radiographic
from engine.segmenters.backends import CUDA
from engine.segmenters.calibration import read_lines
from engine.segmenters.contours import Contour, as_contour, as_polygon, clip_rows
from engine.segmenters.conversion import runnable_file
from engine.segmenters.detections import (
    MAX_MASK_PX,
    Detections,
    Found,
    Letterbox,
    decode,
    letterbox,
    outline,
    picture_boxes,
)
from engine.segmenters.growing import grow_outline
from engine.segmenters.network import Network, Outputs, load_network
from engine.segmenters.outliner import Outliner
from engine.segmenters.tiles import joined, tiles_of
from engine.weights import ModelCard, all_models, read_card

TASKS = frozenset({"segmentation", "detection"})
_ZONES = ("upper", "middle", "lower")


class YoloSegmenter:
    """Finds what one model was trained for; one instance per model on this workstation.

    Card parameters: ``absence`` (``unknown``: it misses so much that nothing follows from finding
    nothing), ``calibration`` (what makes scores probabilities, see there), ``confidence`` (least
    score, 0.25), ``overlap`` (IoU of suppression, 0.7), ``gray`` (yes: the network sees gray
    pictures), ``most_per_label`` (0: no limit), ``tile_px`` (pictures of twice this size or more are
    looked at in tiles too), ``zones`` (a word: Regions whose label ends with it get upper, middle and
    lower child Regions), ``outlines`` (a folder inside the model's, with a model of that task which
    draws the outlines anew). A model of task ``detection`` yields its boxes as polygons, or, with
    ``outline=grown``, weak outlines that were grown inside them; its component says ``shape=box`` or
    ``shape=weak mask``.
    """

    name: ClassVar[str] = "yolo"

    def __init__(self, card: ModelCard, network: Network, outliner: Outliner | None = None) -> None:
        self._card = card
        self._network = network
        self._outliner = outliner
        self._confidence = card.number("confidence", 0.25)
        self._overlap = card.number("overlap", 0.7)
        self._calibration = read_lines(card.parameter("calibration"))
        self._gray = card.parameter("gray") == "yes"
        self._most_per_label = int(card.number("most_per_label", 0))
        self._tile_px = int(card.number("tile_px", 0))
        self._zones = card.parameter("zones")
        self._grown = card.task == "detection" and card.parameter("outline") == "grown"
        self._component = make_component(
            "segmenter",
            card.name,
            card.version,
            weights_sha256=card.sha256,
            parameters=(
                *((("absence", card.parameter("absence")),) if card.parameter("absence") else ()),
                *((("calibration", card.parameter("calibration")),) if self._calibration else ()),
                ("confidence", f"{self._confidence:g}"),
                ("input_px", str(network.size_px)),
                *((("outlines_sha256", outliner.card.sha256),) if outliner else ()),
                ("overlap", f"{self._overlap:g}"),
                ("shape", self._shape()),
                *((("tile_px", str(self._tile_px)),) if self._tile_px else ()),
            ),
            labels=(*card.labels, *self._zone_labels()),
        )

    def _shape(self) -> str:
        if self._card.task == "segmentation":
            return "mask"
        return "weak mask" if self._grown else "box"

    @staticmethod
    def availability() -> str | None:
        for module in ("openvino", "onnxruntime"):
            try:
                __import__(module)
            except ImportError:
                continue
            return None
        return "needs openvino or onnxruntime: neither is installed"

    @classmethod
    def load_all(cls, *, device: str = "cpu") -> tuple[Self, ...]:
        """Return one segmenter per model of task segmentation or detection."""
        backend = CUDA if device == "cuda" else ""
        return tuple(cls.load(card, backend=backend) for card in all_models() if card.task in TASKS)

    @classmethod
    def load(
        cls, card: ModelCard, *, confidence: float | None = None, threads: int = 0, backend: str = ""
    ) -> Self:
        """Load the weights of ``card``, converted first where they are a ``.pt``.

        ``confidence`` replaces the card's least score; ``backend``: as in ``load_network``. Raises
        ModelMismatch where the weights are not those of the card, UnsafeModel where they could run code.
        """
        import cv2

        cv2.setNumThreads(1)  # its others wait busily for work, on cores that the network needs
        card.verify()
        network = load_network(runnable_file(card), threads=threads, backend=backend)
        inner = card.path.parent / card.parameter("outlines") if card.parameter("outlines") else None
        outliner = (
            Outliner.load(read_card(inner, origin=card.origin), threads=threads, backend=backend)
            if inner
            else None
        )
        segmenter = cls(card, network, outliner)
        if confidence is not None:
            segmenter._confidence = confidence
        return segmenter

    @property
    def component(self) -> Component:
        return self._component

    @property
    def backend(self) -> str:
        return self._network.backend

    def applies(self, image: Image, scene: Scene) -> bool:
        """Tell whether the model's card names this scene; a card without scenes fits all."""
        del image
        return not self._card.scenes or scene.label in self._card.scenes

    def segment(self, frames: Sequence[Frame]) -> list[tuple[Region, ...]]:
        """Return the Regions of each frame, best first, each followed by its parts."""
        found = self._found(frames)
        if self._outliner is not None:
            # One network after the other: at the same time they push each other out of the caches.
            found = self._outliner.redraw([frame.pixels.view for frame in frames], list(found))
        return [self._regions(frame, objects) for frame, objects in zip(frames, found, strict=True)]

    def _found(self, frames: Sequence[Frame]) -> Iterator[tuple[Found, ...]]:
        """Yield what is in each frame; large ones are looked at in tiles too."""
        views = [frame.pixels.view for frame in frames]
        tiles = [tiles_of(view.shape[0], view.shape[1], self._tile_px) for view in views]
        parts = [tile.cut(view) for view, each in zip(views, tiles, strict=True) for tile in each]
        found = self._found_in(parts)
        for view, each in zip(views, tiles, strict=True):
            if len(each) == 1:
                yield next(found)
            else:
                objects = [(tile, next(found)) for tile in each]
                height, width = view.shape[:2]
                yield joined(objects, height_px=height, width_px=width, overlap=self._overlap)

    def _found_in(self, views: Sequence[NDArray[np.uint8]]) -> Iterator[tuple[Found, ...]]:
        placements: deque[Letterbox] = deque()

        def inputs() -> Iterator[NDArray[np.uint8]]:
            for view in views:
                pixels, placed = letterbox(view, self._network.size_px, gray=self._gray)
                placements.append(placed)
                yield pixels

        for view, outputs in zip(views, self._network.stream(inputs()), strict=True):
            yield tuple(self._objects(view, outputs, placements.popleft()))

    def _objects(self, view: NDArray[np.uint8], outputs: Outputs, placed: Letterbox) -> Iterator[Found]:
        raw = next(output for output in outputs if output.ndim == 3)
        prototypes = next((output[0] for output in outputs if output.ndim == 4), None)
        detections = decode(
            raw,
            self._card.labels,
            confidence=self._confidence,
            overlap=self._overlap,
            calibration=self._calibration,
        )
        counts: dict[int, int] = {}
        for number, box in enumerate(picture_boxes(detections, placed)):
            label_number = int(detections.classes[number])
            counts[label_number] = counts.get(label_number, 0) + 1
            if self._most_per_label and counts[label_number] > self._most_per_label:
                continue
            outlines = self._outlines(view, detections, number, box, prototypes, placed)
            if outlines:
                score = float(detections.scores[number])
                yield Found(label_number=label_number, score=score, outlines=outlines)

    def _regions(self, frame: Frame, objects: Sequence[Found]) -> tuple[Region, ...]:
        colored = has_color(frame.pixels.view)
        regions: list[Region] = []
        for each in objects:
            label = self._card.labels[each.label_number]
            polygons = tuple(map(as_polygon, each.outlines))
            whole = self._region(frame, label, each.score, polygons, colored=colored)
            regions += [whole, *self._parts(frame, whole, colored=colored)]
        return tuple(regions)

    def _outlines(
        self,
        view: NDArray[np.uint8],
        detections: Detections,
        number: int,
        box: NDArray[np.float64],
        prototypes: NDArray[np.float32] | None,
        placed: Letterbox,
    ) -> tuple[Contour, ...]:
        if prototypes is not None:
            size_px = self._network.size_px
            # What is drawn anew need not be drawn finer than the network sees it.
            most_px = size_px if self._outliner else MAX_MASK_PX
            return outline(detections.factors[number], prototypes, box, placed, size_px, most_px)
        left, top, right, bottom = (round(float(edge), 2) for edge in box)
        if right - left < 1 or bottom - top < 1:
            return ()
        found = Box(left, top, right, bottom)
        return (as_contour(grow_outline(view, found) if self._grown else found.as_polygon()),)

    def _region(
        self,
        frame: Frame,
        label: str,
        score: float,
        polygons: tuple[Polygon, ...],
        *,
        colored: bool,
        parent: Region | None = None,
    ) -> Region:
        image = frame.image
        return Region(
            id=region_id(image.id, self._component.id, label, polygons),
            image_id=image.id,
            label=label,
            score=round(min(max(score, 0.0), 1.0), 4),
            component_id=self._component.id,
            polygons=polygons,
            parent_id=parent.id if parent else None,
            attributes=describe(
                polygons,
                image,
                frame.pixels.view,
                label=label,
                patient_sides=any(is_radiographic(image, scene) for scene in self._card.scenes or ("",)),
                colored=colored,
            ),
        )

    def _parts(self, frame: Frame, whole: Region, *, colored: bool) -> Iterator[Region]:
        """Yield a Region's upper, middle and lower third by height."""
        box = bounding_box(whole.polygons)
        if not self._zones or not whole.label.endswith(self._zones) or box is None:
            return
        third = box.height_px / 3
        for number, zone in enumerate(_ZONES):
            top, bottom = box.top + number * third, box.top + (number + 1) * third
            clipped: Any = (clip_rows(polygon, top, bottom) for polygon in whole.polygons)
            polygons = tuple(part for part in clipped if part is not None)
            if polygons:
                label = _zone_label(whole.label, zone, self._zones)
                yield self._region(frame, label, whole.score, polygons, colored=colored, parent=whole)

    def _zone_labels(self) -> tuple[str, ...]:
        if not self._zones:
            return ()
        wholes = [label for label in self._card.labels if label.endswith(self._zones)]
        return tuple(_zone_label(label, zone, self._zones) for label in wholes for zone in _ZONES)


def _zone_label(whole: str, zone: str, word: str) -> str:
    """Return ``right upper lung zone`` for ``right lung``, ``upper`` and ``lung``."""
    return f"{whole.removesuffix(word)}{zone} {word} zone"
