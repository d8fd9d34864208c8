"""Decoded files become findings: classify, segment, recognize. A pure function of content and components."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self, TypeAlias

from engine.hashing import digest
from engine.jobs.burned_in import is_read
from engine.jobs.page_reports import PAGE_SCENE, page_report
from engine.jobs.reading import Decoded, readers
from engine.model.evidence import CaseKind, Image, Report, SourceFile
from engine.model.findings import Region, region_id
from engine.model.ids import ImageId, ReportId
from engine.model.runs import Component, Examination
from engine.plugins import load_available
from engine.protocols import AnalyzedReport, Classifier, Frame, Scene, Segmenter
from engine.recognizers.pipeline import TextPipeline
from engine.store import FileFindings

# What a segmentation object shows is somebody's finding, and nothing is looked for in it.
_MASK = "mask"
# DICOM names the modality itself (PS3.3 C.7.3.1.1.1), so no model needs to guess it.
_SCENE_OF_MODALITY = {
    "CT": "ct",
    "MR": "mr",
    "US": "ultrasound",
    "MG": "mammogram",
    "NM": "nuclear-medicine",
    "SEG": _MASK,
}
_RADIOGRAPHY = frozenset({"CR", "DX", "RG"})
_CHEST_WORDS = ("CHEST", "THORAX", "LUNG")
_SIDE_BY_SIDE = 2

_Found: TypeAlias = tuple[Segmenter, list[Frame], list[tuple[Region, ...]]]
"""A segmenter, the frames it looked at, and the Regions in each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A Source file together with what its reader made of it."""

    file: SourceFile
    decoded: Decoded


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What all segmenters and the classifier say about one frame."""

    scene: str
    regions: tuple[Region, ...]
    examinations: tuple[Examination, ...]


class Analysis:
    """The loaded components of one run; models stay loaded between batches."""

    def __init__(
        self,
        *,
        kind: CaseKind,
        classifiers: Sequence[Classifier],
        segmenters: Sequence[Segmenter],
        text_areas: Sequence[Segmenter],
        text: TextPipeline,
    ) -> None:
        self._kind = kind
        self._classifiers = tuple(classifiers)
        self._segmenters = tuple(segmenters)
        self._text_areas = tuple(text_areas)
        self._text = text
        # The same threads for all batches: each keeps the memory that it has once set aside.
        self._threads = ThreadPoolExecutor(max_workers=_SIDE_BY_SIDE)

    @classmethod
    def load(
        cls, kind: CaseKind, *, profile: str = "full", device: str = "cpu", left_out: Sequence[str] = ()
    ) -> Self:
        """Load every component that can run here; text in pictures is read in full runs only.

        ``left_out`` names classifiers and segmenters that the case is not to be read by.
        """
        return cls(
            kind=kind,
            classifiers=_wanted(load_available("classifiers", device=device), left_out),
            segmenters=_wanted(load_available("segmenters", device=device), left_out),
            text_areas=load_available("text_areas", device=device) if profile == "full" else (),
            text=TextPipeline.load(kind),
        )

    @cached_property
    def components(self) -> tuple[Component, ...]:
        classifiers = (classifier.component for classifier in self._classifiers)
        segmenters = (segmenter.component for segmenter in (*self._segmenters, *self._text_areas))
        return (
            *(reader.component for reader in readers()),
            *classifiers,
            *segmenters,
            *self._text.components,
        )

    @property
    def classifiers(self) -> tuple[Classifier, ...]:
        return self._classifiers

    @cached_property
    def signature(self) -> str:
        """A digest that changes whenever any component would find something else."""
        return digest(sorted(component.id for component in self.components))

    def analyze(self, readings: Sequence[Reading]) -> list[FileFindings]:
        """Return the findings of each file, in order; pictures and texts go through in batches."""
        seen = self._look([frame for reading in readings for frame in reading.decoded.content.frames])
        texts = [_reports(reading, seen) for reading in readings]
        read = self._read([report for reports in texts for report in reports])
        return [
            self._findings(reading, seen, [read[report.id] for report in reports])
            for reading, reports in zip(readings, texts, strict=True)
        ]

    def _findings(
        self,
        reading: Reading,
        seen: dict[ImageId, _Seen],
        reports: Sequence[AnalyzedReport],
    ) -> FileFindings:
        content = reading.decoded.content
        images = tuple(frame.image for frame in content.frames)
        return FileFindings(
            file=replace(reading.file, media_type=content.media_type),
            images=images,
            reports=tuple(analyzed.report for analyzed in reports),
            regions=tuple(region for image in images for region in seen[image.id].regions),
            entities=tuple(entity for analyzed in reports for entity in analyzed.entities),
            examinations=tuple(look for image in images for look in seen[image.id].examinations),
            thumbnails=tuple(
                (image.id, jpeg) for image, jpeg in zip(images, reading.decoded.thumbnails, strict=True)
            ),
            outlines=content.outlines,
            signature=self.signature,
        )

    def _read(self, reports: Sequence[Report]) -> dict[ReportId, AnalyzedReport]:
        return {analyzed.report.id: analyzed for analyzed in self._text.analyze(reports)}

    def _look(self, frames: Sequence[Frame]) -> dict[ImageId, _Seen]:
        regions: dict[ImageId, list[Region]] = {frame.image.id: [] for frame in frames}
        looks: dict[ImageId, list[Examination]] = {frame.image.id: [] for frame in frames}
        scenes = self._scenes(frames, regions, looks)
        for segmenter, fitting, found in self._segment(frames, scenes):
            for frame, each in zip(fitting, found, strict=True):
                regions[frame.image.id].extend(each)
                looks[frame.image.id].append(_examination(frame, segmenter.component))
        return {
            frame.image.id: _Seen(
                scene=scenes[frame.image.id].label,
                regions=tuple(regions[frame.image.id]),
                examinations=tuple(looks[frame.image.id]),
            )
            for frame in frames
        }

    def _segment(self, frames: Sequence[Frame], scenes: Mapping[ImageId, Scene]) -> list[_Found]:
        """Return what each segmenter finds in the frames it is made for; two work side by side.

        Text is read by itself: the memory that a large page takes comes on top of no other's.
        """
        beside = self._work(self._segmenters, frames, scenes)
        alone = self._work(self._text_areas, frames, scenes)
        found = [*self._threads.map(_regions_of, beside), *map(_regions_of, alone)]
        return [(*each, regions) for each, regions in zip((*beside, *alone), found, strict=True)]

    def _work(
        self, segmenters: Sequence[Segmenter], frames: Sequence[Frame], scenes: Mapping[ImageId, Scene]
    ) -> list[tuple[Segmenter, list[Frame]]]:
        """Return the segmenters that have something to look at, and what it is."""
        chosen = (
            [frame for frame in frames if self._fits(segmenter, frame.image, scenes[frame.image.id])]
            for segmenter in segmenters
        )
        return [
            (segmenter, fitting) for segmenter, fitting in zip(segmenters, chosen, strict=True) if fitting
        ]

    def _fits(self, segmenter: Segmenter, image: Image, scene: Scene) -> bool:
        if scene.label == _MASK:
            return False
        fits = segmenter.applies(image, scene)
        if segmenter not in self._text_areas:
            return fits
        return is_read(image, self._kind, fits=fits, is_page=scene.label == PAGE_SCENE)

    def _scenes(
        self,
        frames: Sequence[Frame],
        regions: dict[ImageId, list[Region]],
        looks: dict[ImageId, list[Examination]],
    ) -> dict[ImageId, Scene]:
        """Tell the kind of each picture: by DICOM where it says so, else by the classifiers."""
        scenes = {frame.image.id: scene_of(frame.image) for frame in frames}
        unknown = [frame for frame in frames if not scenes[frame.image.id].label]
        for classifier in self._classifiers:
            for frame, scene in zip(unknown, classifier.classify(unknown), strict=True):
                scenes[frame.image.id] = max(scenes[frame.image.id], scene, key=lambda each: each.score)
                regions[frame.image.id].append(_scene_region(frame.image, scene, classifier.component))
                looks[frame.image.id].append(_examination(frame, classifier.component))
        return scenes


def _reports(reading: Reading, seen: dict[ImageId, _Seen]) -> tuple[Report, ...]:
    """Return the Reports of a file, and those of its pictures of pages.

    A page of a document is no Report of its own: the document's reader has had it read.
    """
    content = reading.decoded.content
    if content.reports or reading.file.page is not None:
        return content.reports
    looked = ((frame.image, seen[frame.image.id]) for frame in content.frames)
    pages = (page_report(image, found.regions) for image, found in looked if found.scene == PAGE_SCENE)
    return tuple(page for page in pages if page is not None)


def _regions_of(work: tuple[Segmenter, list[Frame]]) -> list[tuple[Region, ...]]:
    segmenter, frames = work
    return segmenter.segment(frames)


def _wanted(plugins: Sequence[Any], left_out: Sequence[str]) -> tuple[Any, ...]:
    return tuple(plugin for plugin in plugins if plugin.component.name not in left_out)


def scene_of(image: Image) -> Scene:
    """Return the scene that the image's own metadata names; an empty label where it names none."""
    if image.modality in _SCENE_OF_MODALITY:
        return Scene(label=_SCENE_OF_MODALITY[image.modality], score=1.0)
    if image.modality in _RADIOGRAPHY and image.body_part:
        chest = any(word in image.body_part.upper() for word in _CHEST_WORDS)
        return Scene(label="chest-xray" if chest else "limb-xray", score=1.0)
    return Scene(label="", score=0.0)


def _scene_region(image: Image, scene: Scene, component: Component) -> Region:
    return Region(
        id=region_id(image.id, component.id, scene.label, ()),
        image_id=image.id,
        label=scene.label,
        score=scene.score,
        component_id=component.id,
    )


def _examination(frame: Frame, component: Component) -> Examination:
    return Examination(image_id=frame.image.id, component_id=component.id)
