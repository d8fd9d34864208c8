"""Text in photographs: number plates, exhibit markers and labels as Regions with what was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar, Self

from engine.lettering.engines import LetteringEngine, chosen_engine, unavailability
from engine.lettering.lines import Corners
from engine.model.evidence import Image
from engine.model.findings import Region, region_id
from engine.model.geometry import Point, Polygon
from engine.model.runs import Component, make_component
from engine.protocols import Frame, Scene
from engine.segmenters.attributes import describe, has_color, is_radiographic

# Not "text": to the vocabulary that is a textbook, and every book would be linked to a number plate.
LABEL = "lettering"
# A photograph with cards and labels is easily taken for a chart.
_SCENES = frozenset({"photograph", "document", "chart", ""})
# Below this it reads textures; names of shops and plates in traffic scenes read at 0.9 and more.
_MIN_SCORE = 0.7


class TextAreaSegmenter:
    """Finds lines of text and reads them with the engine that is chosen on this workstation.

    The score of a Region is the mean probability of its characters. The engines' small networks
    always run on the CPU.
    """

    name: ClassVar[str] = "lettering"

    def __init__(self, engine: LetteringEngine) -> None:
        self._engine = engine
        self._component = make_component(
            "segmenter",
            engine.name,
            engine.version,
            weights_sha256=engine.weights_sha256,
            parameters=(("confidence", f"{_MIN_SCORE:g}"), *engine.parameters, ("shape", "box")),
            labels=(LABEL,),
        )

    @staticmethod
    def availability() -> str | None:
        return None if chosen_engine() else unavailability()

    @classmethod
    def load_all(cls, *, device: str = "cpu") -> tuple[Self, ...]:
        """Return the one reader of text."""
        del device
        engine = chosen_engine()
        return (cls(engine),) if engine else ()

    @property
    def component(self) -> Component:
        return self._component

    def applies(self, image: Image, scene: Scene) -> bool:
        """Tell whether this may be a photograph, a page or a chart: anything but medical pictures."""
        return scene.label in _SCENES and not is_radiographic(image)

    def segment(self, frames: Sequence[Frame]) -> list[tuple[Region, ...]]:
        """Return the text areas of each frame, from top to bottom."""
        return [tuple(self._regions(frame)) for frame in frames]

    def _regions(self, frame: Frame) -> Iterator[Region]:
        view, image = frame.pixels.view, frame.image
        colored = has_color(view)
        for line in self._engine.read(view):
            if not line.text or line.score < _MIN_SCORE:
                continue
            polygons = (_polygon(line.corners),)
            yield Region(
                id=region_id(image.id, self._component.id, LABEL, polygons),
                image_id=image.id,
                label=LABEL,
                score=round(line.score, 4),
                component_id=self._component.id,
                polygons=polygons,
                attributes=replace(describe(polygons, image, view, colored=colored), text=line.text),
            )


def _polygon(corners: Corners) -> Polygon:
    return Polygon(tuple(Point(round(float(x), 2), round(float(y), 2)) for x, y in corners))
