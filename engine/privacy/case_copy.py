"""A case written anew without what names persons; every exporter then works on it as on any other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.model.evidence import SourceFile
from engine.model.findings import Entity, Link, Region, Review
from engine.model.ids import ReportId
from engine.model.runs import Examination, Run, RunOutcome
from engine.privacy.rewriting import Rewriter
from engine.progress import Progress, ReportProgress
from engine.store import FileFindings

if TYPE_CHECKING:
    from engine.store import CaseStore

_SIGNATURE = "de-identified"


def copy_case(source: CaseStore, target: CaseStore, rewriter: Rewriter, progress: ReportProgress) -> None:
    """Write evidence, findings, Links, Reviews and Issues of one case into another, rewritten."""
    for label in rewriter.names.roots:
        target.add_root(target.path.parent / label)
    run = target.begin_run(_SIGNATURE, source.components())
    files = source.files()
    saved: set[str] = set()
    for number, file in enumerate(files):
        progress(Progress(step="de-identify", done=number, total=len(files)))
        target.save_file(_findings(source, rewriter, file, content=file.sha256 not in saved), run)
        saved.add(file.sha256)
    _copy_links(source, target, rewriter, run)
    for issue in source.issues():
        target.add_issue(rewriter.issue(issue, run))
    reviews: list[Review] = [new for each in source.reviews() if (new := rewriter.review(each)) is not None]
    if reviews:
        target.import_decisions(reviews, (), subject=_SIGNATURE)
    target.finish_run(run, RunOutcome.FINISHED)


def subjects_of(source: CaseStore) -> Mapping[ReportId, str]:
    """Return whose each Report is: as it says itself, else as the Images say that it was compared with."""
    owners: dict[ReportId, set[str]] = {}
    refs = {image.id: image.subject_ref for image in source.images()}
    for image, report in source.pairs():
        if refs.get(image):
            owners.setdefault(report, set()).add(refs[image])
    named = {report.id: report.subject_ref for report in source.reports()}
    only = {report: min(found) for report, found in owners.items() if len(found) == 1}
    return {report: ref or only.get(report, "") for report, ref in named.items()}


def _findings(source: CaseStore, rewriter: Rewriter, file: SourceFile, *, content: bool) -> FileFindings:
    new = rewriter.file(file)
    if not content:
        return FileFindings(file=new, signature=_SIGNATURE)
    images = source.images(sha256=file.sha256)
    reports = source.reports(sha256=file.sha256)
    new_images = tuple(rewriter.image(image) for image in images)
    new_reports = tuple(rewriter.report(report) for report in reports)
    regions: dict[str, Region] = {}
    for image in images:
        for region in _parents_first(source.regions(image_id=image.id)):
            row = rewriter.region(region)
            regions[row.id] = row
    entities: dict[str, Entity] = {}
    for report in reports:
        for entity in source.entities(report_id=report.id):
            found = rewriter.entity(entity)
            if found.text:
                entities.setdefault(found.id, found)
    examined = tuple(
        Examination(image_id=new_image.id, component_id=component.id)
        for image, new_image in zip(images, new_images, strict=True)
        for component in source.components(examined=image.id)
    )
    return FileFindings(
        file=new,
        images=new_images,
        reports=new_reports,
        regions=tuple(regions.values()),
        entities=tuple(entities.values()),
        examinations=examined,
        signature=_SIGNATURE,
    )


def _parents_first(regions: tuple[Region, ...]) -> list[Region]:
    return sorted(regions, key=lambda region: region.parent_id is not None)


def _copy_links(source: CaseStore, target: CaseStore, rewriter: Rewriter, run: Run) -> None:
    for report in source.reports():
        links: dict[str, Link] = {}
        for link in source.links(report_id=report.id):
            new = rewriter.link(link)
            rewriter.ids[link.id] = new.id
            links.setdefault(new.id, new)
        relations = []
        for relation in source.relations(report_id=report.id):
            moved = rewriter.relation(relation)
            rewriter.ids[relation.id] = moved.id
            relations.append(moved)
        target.save_links(
            ReportId(rewriter.ids[report.id]), list(links.values()), relations, signature=_SIGNATURE, run=run
        )
