"""Pictures and words of a whole case are linked, report by report, never all pairs."""

from __future__ import annotations

from collections.abc import Sequence

from engine.hashing import digest
from engine.linkers.candidates import Candidate, find_candidates, image_keys, report_keys
from engine.linkers.combine import link_pair, load_combiner
from engine.model.ids import ImageId, ReportId
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
    reports = tuple(report.id for report in store.reports())
    candidates = _candidates(store, reports, progress)
    for done, identifier in enumerate(reports):
        progress(Progress(step="link", done=done, total=len(reports)))
        chosen = candidates.get(identifier, ())
        signature = digest([components, combiner.component.id, sorted(each.image_id for each in chosen)])
        if store.is_linked(identifier, signature):
            continue
        text = report_side(store, identifier)
        pairs = [
            Pair(image_side=image_side(store, each.image_id), report_side=text, cues=each.cues)
            for each in chosen
        ]
        links = {pair.key: link_pair(pair, linkers, combiner) for pair in pairs}
        store.save_links(
            identifier,
            [link for found in links.values() for link in found],
            [measure(pair, links[pair.key]) for pair in pairs],
            signature=signature,
            run=run,
        )


def _candidates(
    store: CaseStore, reports: Sequence[ReportId], progress: ReportProgress
) -> dict[ReportId, tuple[Candidate, ...]]:
    progress(Progress(step="link", done=0, total=len(reports)))
    images = (image_keys(image_side(store, image.id)) for image in store.images())
    texts = (report_keys(report_side(store, identifier)) for identifier in reports)
    return find_candidates(images, texts)


def image_side(store: CaseStore, identifier: ImageId) -> ImageSide:
    """Gather the picture half of a pair."""
    return ImageSide(
        image=store.image(identifier),
        files=store.files_of_image(identifier),
        regions=store.regions(image_id=identifier),
        looked_for=store.looked_for(identifier),
    )


def report_side(store: CaseStore, identifier: ReportId) -> ReportSide:
    """Gather the text half of a pair."""
    return ReportSide(
        report=store.report(identifier),
        files=store.files_of_report(identifier),
        entities=store.entities(report_id=identifier),
    )
