"""What a page needs of the case, read at once: an Image with its findings, a Report, a pair of both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from engine.errors import UsageError
from engine.model.evidence import Image, Report, SourceFile
from engine.model.findings import Entity, Link, LinkRelation, Region, Relation
from engine.model.ids import ImageId, ReportId
from engine.store import CaseStore

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageFindings:
    """An Image, where it lies, its Regions, and all frames of its file."""

    image: Image
    files: tuple[SourceFile, ...]
    regions: tuple[Region, ...]
    relations: tuple[Relation, ...]
    frames: tuple[ImageId, ...]

    @property
    def name(self) -> str:
        return file_name(self.files, self.image.frame) or self.image.id


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFindings:
    """A Report, where it lies, and its Entities in the order of the text."""

    report: Report
    files: tuple[SourceFile, ...]
    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]

    @property
    def name(self) -> str:
        return self.report.title or file_name(self.files) or self.report.id


@dataclass(frozen=True, slots=True, kw_only=True)
class PairFindings:
    """An Image beside a Report: what ties them."""

    image: ImageFindings
    report: ReportFindings
    links: tuple[Link, ...]
    relation: Relation | None


def read_image(store: CaseStore, image_id: ImageId) -> ImageFindings:
    """Read an Image; raises UsageError where there is none."""
    regions = store.regions(image_id=image_id)
    image = _one(store.images(id=image_id), image_id)
    frames = sorted(store.images(sha256=image.sha256), key=lambda each: each.frame)
    return ImageFindings(
        image=image,
        frames=tuple(each.id for each in frames),
        files=store.files_of_image(image_id),
        regions=tuple(sorted(regions, key=lambda region: -region.score)),
        relations=_best_first(store.relations(image_id=image_id)),
    )


def read_report(store: CaseStore, report_id: ReportId) -> ReportFindings:
    """Read a Report; raises UsageError where there is none."""
    entities = store.entities(report_id=report_id)
    return ReportFindings(
        report=_one(store.reports(id=report_id), report_id),
        files=store.files_of_report(report_id),
        entities=tuple(sorted(entities, key=lambda entity: (entity.span.start, entity.span.end))),
        relations=_best_first(store.relations(report_id=report_id)),
    )


def read_pair(store: CaseStore, image_id: ImageId, report_id: ReportId) -> PairFindings:
    """Read an Image beside a Report; links that contradict come first, then the surest."""
    image, report = read_image(store, image_id), read_report(store, report_id)
    links = tuple(
        sorted(
            store.links(image_id=image_id, report_id=report_id),
            key=lambda link: (link.relation is not LinkRelation.CONTRADICTS, -link.score),
        )
    )
    relation = next((each for each in report.relations if each.image_id == image_id), None)
    return PairFindings(image=image, report=report, links=links, relation=relation)


def file_name(files: tuple[SourceFile, ...], frame: int = 0) -> str:
    """Return the name of the first occurrence, with the frame where there are several."""
    if not files:
        return ""
    return f"{files[0].name} · {frame + 1}" if frame else files[0].name


def _one(found: tuple[Row, ...], identity: str) -> Row:
    if not found:
        raise UsageError(f"{identity} is not in the case (any more)")
    return found[0]


def _best_first(relations: tuple[Relation, ...]) -> tuple[Relation, ...]:
    return tuple(sorted(relations, key=lambda relation: (-relation.cmi, relation.id)))
