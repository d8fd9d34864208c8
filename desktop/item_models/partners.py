"""What can be put beside an Image or a Report: the related ones, and Images worth comparing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.item_models.wording import mark, say
from desktop.session.reading import ImageFindings, ReportFindings, file_name
from engine.clock import system_clock
from engine.model.evidence import Image
from engine.model.findings import Relation
from engine.model.ids import ImageId, ReportId
from engine.store import CaseKey, CaseStore, open_case

_MOST = 200
_MOST_ALIKE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparable:
    """An Image worth comparing with another, and why."""

    image_id: ImageId
    name: str
    why: str


def with_partner(
    store: CaseStore, image_id: ImageId | None, report_id: ReportId | None
) -> tuple[ImageId | None, ReportId | None]:
    """Return an Image and a Report: where only one is named, with the other that is related best."""
    if image_id is not None and report_id is None:
        related = store.relations(image_id=image_id)
        report_id = _nearest(store, related).report_id if related else None
    elif report_id is not None and image_id is None:
        related = store.relations(report_id=report_id)
        image_id = _nearest(store, related).image_id if related else None
    return image_id, report_id


def _nearest(store: CaseStore, related: Sequence[Relation]) -> Relation:
    """Return the Relation with the most in common; of several, the one with the most Links."""
    most = max(relation.cmi for relation in related)
    best = [relation for relation in related if relation.cmi == most]
    if len(best) == 1:
        return best[0]
    return max(best, key=lambda each: (_link_count(store, each), each.id))


def _link_count(store: CaseStore, relation: Relation) -> int:
    return len(store.links(image_id=relation.image_id, report_id=relation.report_id))


def related_images(store: CaseStore, report: ReportFindings) -> Iterator[tuple[str, ImageId]]:
    """Yield the Images that a Report is related to, the best first, by name."""
    for relation in report.relations[:_MOST]:
        name = file_name(store.files_of_image(relation.image_id))
        yield name or relation.image_id, relation.image_id


def related_reports(store: CaseStore, image: ImageFindings) -> Iterator[tuple[str, ReportId]]:
    """Yield the Reports that an Image is related to, the best first, by title."""
    for relation in image.relations[:_MOST]:
        titles = [report.title for report in store.reports(id=relation.report_id) if report.title]
        name = file_name(store.files_of_report(relation.report_id)) or relation.report_id
        yield titles[0] if titles else name, relation.report_id


def find_comparable(
    path: Path, key: CaseKey | None, image_id: ImageId, seen_before: Iterable[ImageId]
) -> tuple[Comparable, ...]:
    """Return Images worth comparing with one, each once; runs beside the event loop.

    Those seen before come first, then other views of the study, other studies of the patient, and
    what looks nearly the same.
    """
    with open_case(path, clock=system_clock, read_only=True, key=key) as store:
        image = store.image(image_id)
        if image is None:
            return ()
        found: dict[ImageId, Comparable] = {}
        for why, others in _sources(store, image, seen_before):
            for other in others:
                if other.id != image_id and other.id not in found:
                    name = file_name(store.files_of_image(other.id), other.frame) or other.id
                    found[other.id] = Comparable(image_id=other.id, name=name, why=why)
        return tuple(found.values())


def _sources(
    store: CaseStore, image: Image, seen_before: Iterable[ImageId]
) -> Iterator[tuple[str, tuple[Image, ...]]]:
    yield say(mark("Wording", "seen before")), _images(store, seen_before)
    if image.study_ref:
        yield say(mark("Wording", "same study")), store.images(study_ref=image.study_ref, limit=_MOST)
    if image.subject_ref:
        yield say(mark("Wording", "same subject")), store.images(subject_ref=image.subject_ref, limit=_MOST)
    alike = store.near_duplicates_of(image.id)[:_MOST_ALIKE]
    yield say(mark("Wording", "nearly the same")), _images(store, alike)
    yield say(mark("Wording", "other image")), store.images(limit=_MOST_ALIKE)


def _images(store: CaseStore, ids: Iterable[ImageId]) -> tuple[Image, ...]:
    return tuple(image for each in ids for image in store.images(id=each))
