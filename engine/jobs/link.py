"""Pictures and words of a whole case are linked, report by report, never all pairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from engine.hashing import digest
from engine.linkers.candidates import Candidate, find_candidates, image_keys, report_keys
from engine.linkers.combine import link_pair, load_combiner
from engine.model.evidence import Image, Report
from engine.model.ids import ReportId
from engine.model.runs import Run
from engine.plugins import load_available
from engine.progress import Progress, ReportProgress
from engine.protocols import ImageSide, Linker, Pair, ReportSide
from engine.relations.features import measure
from engine.store import CaseStore


def link_case(store: CaseStore, *, run: Run, progress: ReportProgress) -> None:
    """Link every report whose candidates or linkers have changed since it was linked last."""
    linkers: Sequence[Linker] = load_available("linkers")
    combiner = load_combiner()
    components = sorted(linker.component.id for linker in linkers)
    reports = store.reports()
    images = {image.id: image for image in store.images()}
    candidates = _candidates(store, images.values(), reports)
    for done, report in enumerate(reports):
        progress(Progress(step="link", done=done, total=len(reports), item=report.title))
        chosen = candidates.get(report.id, ())
        signature = digest([components, combiner.component.id, sorted(each.image_id for each in chosen)])
        if store.is_linked(report.id, signature):
            continue
        text = report_side(store, report)
        pairs = [
            Pair(image_side=image_side(store, images[each.image_id]), report_side=text, cues=each.cues)
            for each in chosen
        ]
        links = {pair.key: link_pair(pair, linkers, combiner) for pair in pairs}
        store.save_links(
            report.id,
            [link for found in links.values() for link in found],
            [measure(pair, links[pair.key]) for pair in pairs],
            signature=signature,
            run=run,
        )


def _candidates(
    store: CaseStore, images: Iterable[Image], reports: Iterable[Report]
) -> Mapping[ReportId, tuple[Candidate, ...]]:
    return find_candidates(
        (image_keys(image_side(store, image)) for image in images),
        (report_keys(report_side(store, report)) for report in reports),
    )


def image_side(store: CaseStore, image: Image) -> ImageSide:
    """Gather the picture half of a pair."""
    return ImageSide(
        image=image,
        files=store.files_of_image(image.id),
        regions=store.regions(image_id=image.id),
        looked_for=store.looked_for(image.id),
    )


def report_side(store: CaseStore, report: Report) -> ReportSide:
    """Gather the text half of a pair."""
    return ReportSide(
        report=report,
        files=store.files_of_report(report.id),
        entities=store.entities(report_id=report.id),
    )
