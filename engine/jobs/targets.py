"""What a Review or a bookmark is about: its evidence by hash, and how people call it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.exporters import words
from engine.model.findings import FindingKind, Review, Verdict
from engine.model.ids import EntityId, ImageId, LinkId, RegionId, ReportId
from engine.store import CaseStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A row of the case: ``evidence`` holds SHA-256s, ``where`` the paths below the evidence folders."""

    what: str
    evidence: tuple[str, ...]
    where: tuple[str, ...]


def find_target(store: CaseStore, kind: str, identity: str) -> Target | None:
    """Return the current row of this kind (a finding's, or ``report``) and id, None where there is none."""
    find = _FINDERS.get(kind)
    return find(store, identity) if find else None


def target_of(store: CaseStore, review: Review, added: Mapping[str, Review]) -> Target | None:
    """Return what a Review is about; ``added``: by id, Reviews that add Regions the case may not have yet."""
    adding = added.get(review.target_id)
    if adding is not None and review.target_kind is FindingKind.REGION:
        return _about(store, adding.label, ImageId(adding.target_id))
    return find_target(store, review.target_kind, review.target_id)


def _region(store: CaseStore, identity: str) -> Target | None:
    region = store.region(RegionId(identity))
    if region is not None:
        return _about(store, region.label, region.image_id)
    drawn = [review for review in store.reviews(id=identity) if review.verdict is Verdict.ADDED]
    return _about(store, drawn[0].label, ImageId(drawn[0].target_id)) if drawn else None


def _entity(store: CaseStore, identity: str) -> Target | None:
    entity = store.entity(EntityId(identity))
    return _about(store, f"“{entity.text}”", None, entity.report_id) if entity else None


def _link(store: CaseStore, identity: str) -> Target | None:
    link = store.link(LinkId(identity))
    if link is None:
        return None
    region = store.region(link.region_id) if link.region_id else None
    entity = store.entity(link.entity_id)
    words_said = f"“{entity.text}”" if entity else "a phrase"
    what = f"{region.label if region else 'picture'} {words.relation(link.relation)} {words_said}"
    return _about(store, what, link.image_id, link.report_id)


def _relation(store: CaseStore, identity: str) -> Target | None:
    found = store.relations(id=identity)
    return _about(store, "picture and text", found[0].image_id, found[0].report_id) if found else None


def _image(store: CaseStore, identity: str) -> Target | None:
    return _about(store, "picture", ImageId(identity)) if store.image(ImageId(identity)) else None


def _report(store: CaseStore, identity: str) -> Target | None:
    return _about(store, "report", None, ReportId(identity)) if store.report(ReportId(identity)) else None


def _about(
    store: CaseStore, what: str, image_id: ImageId | None, report_id: ReportId | None = None
) -> Target:
    image = store.image(image_id) if image_id else None
    report = store.report(report_id) if report_id else None
    files = [store.files_of_image(image.id)] if image else []
    files += [store.files_of_report(report.id)] if report else []
    return Target(
        what=what,
        evidence=tuple(row.sha256 for row in (image, report) if row),
        where=tuple(words.evidence_path(occurrences[0]) for occurrences in files if occurrences),
    )


_FINDERS: Mapping[str, Callable[[CaseStore, str], Target | None]] = {
    FindingKind.REGION: _region,
    FindingKind.ENTITY: _entity,
    FindingKind.LINK: _link,
    FindingKind.RELATION: _relation,
    FindingKind.IMAGE: _image,
    "report": _report,
}
