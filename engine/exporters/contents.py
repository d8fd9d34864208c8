"""What goes into a case report, gathered from the store; how it looks is decided elsewhere.

``gather`` plans the whole report with light rows only. The heavy parts (outlines, texts) are read one
figure or one text at a time, by ``figure`` and ``quoted_report``, so that memory does not grow with the case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from engine.errors import CaseCorrupt
from engine.exporters import scope as scoping
from engine.exporters.options import ExportOptions
from engine.exporters.scope import Scope
from engine.model.drawn import DrawnRegion, take_review
from engine.model.evidence import Case, Image, Report, SourceFile
from engine.model.findings import Entity, FindingKind, Link, LinkRelation, Region, Relation, Review, Verdict
from engine.model.ids import EntityId, ImageId, RegionId, ReportId

if TYPE_CHECKING:
    from engine.store import CaseCounts, CaseStore

Id = TypeVar("Id", bound=str)
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseContent:
    """The plan of a report: what is shown in full, and under which number.

    ``figures`` and ``texts`` give the number of each Image shown as a figure and of each Report quoted;
    ``plain_images``: Images without any finding or link; ``other_*``: what a cap has kept out.
    ``disputed``: Regions that a contradicting Link names. ``verdicts``: the latest Review of each
    finding. ``scope``: the findings that go in.
    """

    case: Case
    totals: CaseCounts
    at: datetime
    audit_length: int
    audit_hash: str
    read_only: bool
    subjects: tuple[str, ...]
    studies: tuple[str, ...]
    figures: Mapping[ImageId, int]
    texts: Mapping[ReportId, int]
    plain_images: tuple[ImageId, ...]
    other_images: tuple[ImageId, ...]
    other_reports: tuple[ReportId, ...]
    disputed: frozenset[RegionId]
    verdicts: Mapping[str, Review]
    scope: Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedRegion:
    """A Region under its number in the figure; ``disputed`` where a text contradicts it."""

    number: int
    region: Region
    review: Review | None
    disputed: bool

    @property
    def rejected(self) -> bool:
        return self.review is not None and self.review.verdict is Verdict.REJECTED


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureContent:
    """One Image as a figure: where it was found, what was found in it, what analysts added."""

    number: int
    image: Image
    files: tuple[SourceFile, ...]
    regions: tuple[NumberedRegion, ...]
    added: tuple[Review, ...]
    looked_for: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedPhrase:
    """An Entity under its number in the quoted text, with the Links that lead from it.

    Links of one relation to one Image stand together in a group, contradicting groups first.
    """

    number: int
    entity: Entity
    review: Review | None
    links: tuple[tuple[Link, ...], ...]

    @property
    def disputed(self) -> bool:
        return any(group[0].relation is LinkRelation.CONTRADICTS for group in self.links)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedReport:
    """One Report with its phrases in the order of the text."""

    number: int
    report: Report
    files: tuple[SourceFile, ...]
    phrases: tuple[NumberedPhrase, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """One phrase of a Report that disagrees with an Image, with all Links that say so, surest first."""

    number: int
    image: Image
    image_files: tuple[SourceFile, ...]
    report: Report
    report_files: tuple[SourceFile, ...]
    entity: Entity
    links: tuple[Link, ...]
    regions: tuple[Region, ...]
    reviews: tuple[Review, ...]


def gather(store: CaseStore, options: ExportOptions) -> CaseContent:
    """Return the plan of the report of the case in ``store``."""
    verdicts = {review.target_id: review for review in store.reviews()}
    scope = scoping.find_scope(store, options.scope, options.only, verdicts)
    contradicting = scoping.contradicting(store, scope)
    paired_images = {pair[0] for pair in store.pairs()}
    chosen_images = None if scope.ids is None else scoping.images_in(store, scope)
    chosen_reports = None if scope.ids is None else scoping.reports_in(store, scope)
    urgent = {link.image_id for link in contradicting}
    images = store.images()
    worth_showing: list[ImageId] = []
    plain: list[ImageId] = []
    for image in images:
        if chosen_images is not None:
            worth_showing += [image.id] if image.id in chosen_images else []
            continue
        shown = (
            image.id in urgent or image.id in paired_images or bool(store.regions(image_id=image.id, limit=1))
        )
        (worth_showing if shown else plain).append(image.id)
    chosen = _within(worth_showing, urgent, options.max_figures)
    reports = [
        report.id for report in store.reports() if chosen_reports is None or report.id in chosen_reports
    ]
    quoted = _within(reports, {link.report_id for link in contradicting}, options.max_reports)
    return CaseContent(
        case=store.case,
        totals=store.counts(),
        at=options.at,
        audit_length=options.audit_length,
        audit_hash=options.audit_hash,
        read_only=store.read_only,
        subjects=tuple(sorted({image.subject_ref for image in images if image.subject_ref})),
        studies=tuple(sorted({image.study_ref for image in images if image.study_ref})),
        figures={image: number for number, image in enumerate(chosen, 1)},
        texts={report: number for number, report in enumerate(quoted, 1)},
        plain_images=tuple(plain),
        other_images=tuple(image for image in worth_showing if image not in set(chosen)),
        other_reports=tuple(report for report in reports if report not in set(quoted)),
        disputed=frozenset(link.region_id for link in contradicting if link.region_id),
        verdicts=verdicts,
        scope=scope,
    )


def figure(store: CaseStore, content: CaseContent, image_id: ImageId) -> FigureContent:
    """Return one Image as a figure, numbered by its place in the plan (0: not shown as one)."""
    regions = store.regions(image_id=image_id)
    return FigureContent(
        number=content.figures.get(image_id, 0),
        image=_known(store.image(image_id), image_id),
        files=store.files_of_image(image_id),
        regions=tuple(
            NumberedRegion(
                number=number,
                region=region,
                review=content.verdicts.get(region.id),
                disputed=region.id in content.disputed,
            )
            for number, region in enumerate(regions, 1)
            if content.scope.holds(region.id)
        ),
        added=_drawn(store, image_id) if image_id in content.verdicts else (),
        looked_for=store.looked_for(image_id),
    )


def quoted_report(store: CaseStore, content: CaseContent, report_id: ReportId) -> QuotedReport:
    """Return one Report with its phrases and their Links, contradictions first."""
    links: dict[EntityId, list[Link]] = {}
    for link in scoping.links_in(store.links(report_id=report_id), content.scope):
        links.setdefault(link.entity_id, []).append(link)
    entities = sorted(
        store.entities(report_id=report_id), key=lambda row: (row.span.start, -row.span.end, row.id)
    )
    return QuotedReport(
        number=content.texts.get(report_id, 0),
        report=_known(store.report(report_id), report_id),
        files=store.files_of_report(report_id),
        phrases=tuple(
            NumberedPhrase(
                number=number,
                entity=entity,
                review=content.verdicts.get(entity.id),
                links=_grouped(links.get(entity.id, [])),
            )
            for number, entity in enumerate(entities, 1)
            if content.scope.holds(entity.id) or entity.id in links
        ),
    )


def contradictions(store: CaseStore, content: CaseContent) -> Iterator[Contradiction]:
    """Yield each disagreement of a phrase with an Image, the surest first."""
    grouped: dict[tuple[EntityId, ImageId], list[Link]] = {}
    for link in sorted(scoping.contradicting(store, content.scope), key=lambda row: (-row.score, row.id)):
        grouped.setdefault((link.entity_id, link.image_id), []).append(link)
    for number, ((entity_id, image_id), links) in enumerate(grouped.items(), 1):
        report_id = links[0].report_id
        regions = [store.region(link.region_id) for link in links if link.region_id]
        yield Contradiction(
            number=number,
            image=_known(store.image(image_id), image_id),
            image_files=store.files_of_image(image_id),
            report=_known(store.report(report_id), report_id),
            report_files=store.files_of_report(report_id),
            entity=_known(store.entity(entity_id), entity_id),
            links=tuple(links),
            regions=tuple(region for region in regions if region),
            reviews=tuple(content.verdicts[link.id] for link in links if link.id in content.verdicts),
        )


def _drawn(store: CaseStore, image_id: ImageId) -> tuple[Review, ...]:
    """Return the Regions that analysts drew on an Image and left there, each as its last Review."""
    drawn: dict[RegionId, DrawnRegion] = {}
    for review in store.reviews():
        take_review(drawn, review)
    return tuple(
        replace(region.review, label=region.label, polygons=region.polygons)
        for region in drawn.values()
        if region.image_id == image_id and not region.is_gone
    )


def _within(rows: list[Id], urgent: set[Id], limit: int) -> list[Id]:
    """Return at most ``limit`` rows in their order, the urgent ones before any other."""
    if len(rows) <= limit:
        return rows
    first = [row for row in rows if row in urgent][:limit]
    others = [row for row in rows if row not in urgent][: limit - len(first)]
    chosen = {*first, *others}
    return [row for row in rows if row in chosen]


def _grouped(links: list[Link]) -> tuple[tuple[Link, ...], ...]:
    """Return Links by relation and Image, contradictions and then the surest first."""
    ordered = sorted(links, key=lambda row: (row.relation is LinkRelation.SUPPORTS, -row.score, row.id))
    groups: dict[tuple[LinkRelation, ImageId], list[Link]] = {}
    for link in ordered:
        groups.setdefault((link.relation, link.image_id), []).append(link)
    return tuple(tuple(group) for group in groups.values())


def _known(row: Row | None, identity: str) -> Row:
    if row is None:
        raise CaseCorrupt(f"the case names {identity}, which is not in it; run verify")
    return row


def relations(store: CaseStore, content: CaseContent) -> list[Relation]:
    """Return the pairs of image and text that go in, least agreement first."""
    chosen = (row for row in store.relations() if content.scope.holds(row.id))
    return sorted(chosen, key=lambda row: (row.sc, -row.cmi, row.id))


def stands(content: CaseContent, review: Review) -> bool:
    """Tell whether no later Review replaced this one; drawn Regions do not replace each other."""
    if review.target_kind is FindingKind.IMAGE and review.polygons:
        return review.id not in content.verdicts
    return content.verdicts[review.target_id].id == review.id
