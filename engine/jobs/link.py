"""Pictures and words of a whole case are linked, report by report, never all pairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from engine.embedders.remembered import shared_encoder
from engine.hashing import digest
from engine.linkers.candidates import Candidate, find_candidates, image_keys, report_keys
from engine.linkers.combine import Combiner, link_pair, load_combiner
from engine.model.evidence import Image, Report
from engine.model.findings import Cue, Link, Relation
from engine.model.ids import ImageId, ReportId
from engine.model.runs import Component, Run
from engine.plugins import load_available
from engine.progress import Progress, ReportProgress
from engine.protocols import Linker, Pair
from engine.readers.dicom_file_set import FILE_SET
from engine.relations.estimator import Estimator, load_estimator
from engine.store import CaseStore
from engine.store.pair_sides import image_side, report_side

# So many reports are read at a time: their sentences are encoded together.
_TOGETHER = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Linking:
    """The loaded linkers, the model that weighs their cues, and the one that measures a pair."""

    linkers: tuple[Linker, ...]
    combiner: Combiner
    estimator: Estimator

    @classmethod
    def load(cls) -> Self:
        """Load every linker that can run on this workstation."""
        return cls(
            linkers=load_available("linkers"),
            combiner=load_combiner(),
            estimator=load_estimator(embedder=shared_encoder()),
        )

    @property
    def components(self) -> tuple[Component, ...]:
        linkers = (linker.component for linker in self.linkers)
        return (*linkers, self.combiner.component, self.estimator.component)

    def signature(self, candidates: Iterable[Candidate]) -> str:
        """A digest that changes when these candidates could be linked differently."""
        components = sorted(component.id for component in self.components)
        return digest([components, sorted(each.image_id for each in candidates)])


def link_case(store: CaseStore, linking: Linking, *, run: Run, progress: ReportProgress) -> None:
    """Link every report whose candidates or linkers have changed since it was linked last."""
    reports = [report for report in store.reports() if not _is_index(report)]
    if not reports:
        return
    images = {image.id: image for image in store.images()}
    candidates = _candidates(store, images.values(), reports)
    for start in range(0, len(reports), _TOGETHER):
        block = reports[start : start + _TOGETHER]
        waiting = _waiting(store, linking, block, images, candidates)
        linking.estimator.read(pair for _, pairs in waiting.values() for pair in pairs)
        for done, report in enumerate(block, start):
            progress(Progress(step="link", done=done, total=len(reports), item=report.title))
            if report.id in waiting:
                signature, pairs = waiting[report.id]
                links, relations = _link(linking, pairs)
                store.save_links(report.id, links, relations, signature=signature, run=run)


def _waiting(
    store: CaseStore,
    linking: Linking,
    reports: Iterable[Report],
    images: Mapping[ImageId, Image],
    candidates: Mapping[ReportId, tuple[Candidate, ...]],
) -> dict[ReportId, tuple[str, list[Pair]]]:
    """Return the signature and the pairs of each report that has to be linked."""
    chosen = {report: candidates.get(report.id, ()) for report in reports}
    signatures = {report: linking.signature(found) for report, found in chosen.items()}
    return {
        report.id: (
            signatures[report],
            _pairs(store, report, [(images[each.image_id], each.cues) for each in found]),
        )
        for report, found in chosen.items()
        if not store.is_linked(report.id, signatures[report])
    }


def _is_index(report: Report) -> bool:
    """Tell whether a Report only lists files, which says nothing of what they show."""
    return dict(report.metadata).get("kind") == FILE_SET


def _pairs(
    store: CaseStore, report: Report, candidates: Iterable[tuple[Image, tuple[Cue, ...]]]
) -> list[Pair]:
    text = report_side(store, report)
    return [
        Pair(image_side=image_side(store, image), report_side=text, cues=cues) for image, cues in candidates
    ]


def _link(linking: Linking, pairs: Iterable[Pair]) -> tuple[list[Link], list[Relation]]:
    links: list[Link] = []
    relations: list[Relation] = []
    for pair in pairs:
        found = link_pair(pair, linking.linkers, linking.combiner)
        links.extend(found)
        relations.append(linking.estimator.measure(pair, found))
    return links, relations


def _candidates(
    store: CaseStore, images: Iterable[Image], reports: Iterable[Report]
) -> Mapping[ReportId, tuple[Candidate, ...]]:
    return find_candidates(
        (image_keys(image_side(store, image)) for image in images),
        (report_keys(report_side(store, report)) for report in reports),
    )
