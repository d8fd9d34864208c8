"""Batches of files become findings: segmenters work side by side, whichever of them is the quicker."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import ClassVar

import numpy as np
import pytest

from engine.errors import ModelError
from engine.jobs.analysis import Analysis, Reading
from engine.jobs.batch import Batch
from engine.jobs.reading import Decoded
from engine.model.evidence import CaseKind, Image, SourceFile
from engine.model.findings import Region, region_id
from engine.model.ids import image_id, source_file_id
from engine.model.runs import Component, make_component
from engine.protocols import Content, Frame, Pixels, Scene
from engine.recognizers.pipeline import TextPipeline

READER = make_component("reader", "raster", "1")


class Fake:
    """Finds one Region in each square frame, once all that it waits for has happened."""

    name: ClassVar[str] = "fake"

    def __init__(self, name: str, first: threading.Event | None = None) -> None:
        self.component: Component = make_component("segmenter", name, "1", labels=(name,))
        self.done = threading.Event()
        self._first = first

    @staticmethod
    def availability() -> str | None:
        return None

    def applies(self, image: Image, scene: Scene) -> bool:
        del scene
        return image.width_px == image.height_px

    def segment(self, frames: Sequence[Frame]) -> list[tuple[Region, ...]]:
        if self._first is not None:
            assert self._first.wait(5)
        self.done.set()
        label = self.component.name
        return [
            (
                Region(
                    id=region_id(frame.image.id, self.component.id, label, ()),
                    image_id=frame.image.id,
                    label=label,
                    score=1.0,
                    component_id=self.component.id,
                ),
            )
            for frame in frames
        ]


class Broken(Fake):
    def segment(self, frames: Sequence[Frame]) -> list[tuple[Region, ...]]:
        raise ModelError("its weights are gone")


def read(number: int, width_px: int, height_px: int) -> Reading:
    sha256 = f"{number:064d}"
    image = Image(id=image_id(sha256, 0), sha256=sha256, width_px=width_px, height_px=height_px)
    frame = Frame(image=image, pixels=Pixels(view=np.zeros((height_px, width_px, 3), np.uint8)))
    name = f"{number}.png"
    file = SourceFile(
        id=source_file_id("root", name, sha256), root="root", relative_path=name, sha256=sha256, size_bytes=1
    )
    content = Content(media_type="image/png", frames=(frame,))
    return Reading(file=file, decoded=Decoded(content=content, thumbnails=(b"",), component=READER))


def analysis(*segmenters: Fake) -> Analysis:
    return Analysis(
        kind=CaseKind.MEDICAL,
        classifiers=(),
        segmenters=segmenters,
        text_areas=(),
        text=TextPipeline.load(CaseKind.MEDICAL, with_models=False),
    )


def test_findings_come_in_the_order_of_the_segmenters_though_the_second_is_done_first() -> None:
    quick = Fake("quick")
    slow = Fake("slow", first=quick.done)
    square, oblong = analysis(slow, quick).analyze([read(1, 9, 9), read(2, 9, 5)])
    assert [region.label for region in square.regions] == ["slow", "quick"]
    assert [look.component_id for look in square.examinations] == [slow.component.id, quick.component.id]
    assert not oblong.regions and not oblong.examinations


def test_a_segmenter_that_has_nothing_to_look_at_is_not_asked() -> None:
    assert not analysis(Broken("broken")).analyze([read(1, 9, 5)])[0].regions


def test_what_a_segmenter_raises_ends_the_analysis() -> None:
    with pytest.raises(ModelError, match="weights"):
        analysis(Fake("sound"), Broken("broken")).analyze([read(1, 9, 9)])


@pytest.mark.parametrize(("files", "side_px", "full"), [(31, 10, False), (32, 10, True), (6, 2000, True)])
def test_a_batch_is_full_by_files_or_by_pixels(files: int, side_px: int, *, full: bool) -> None:
    batch = Batch()
    for number in range(files):
        assert not batch.is_full
        batch.add(read(number, side_px, side_px))
    assert batch.is_full == full
