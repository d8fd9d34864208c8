"""What a Review or bookmark is about, as the analyst looks at it: from a kind and an id to a Selection."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desktop.session.decisions import Decisions
from desktop.session.selection import Selection
from engine.model.findings import FindingKind
from engine.model.ids import EntityId, ImageId, LinkId, RegionId, ReportId
from engine.store import CaseStore

REPORT = "report"
"""The kind of a bookmark on a Report; all other kinds are those of findings."""


def selection_of(store: CaseStore, decisions: Decisions, kind: str, identity: str) -> Selection | None:
    """Return what to look at for a finding, an Image or a Report; None where it is not in the case."""
    if kind == FindingKind.REGION:
        region_id = RegionId(identity)
        region = store.region(region_id) or decisions.drawn_region(region_id)
        return Selection(image_id=region.image_id, region_id=region.id) if region else None
    find = _FINDERS.get(kind)
    return find(store, identity) if find else None


def _report(store: CaseStore, identity: str) -> Selection | None:
    report = store.report(ReportId(identity))
    return Selection(report_id=report.id) if report else None


def _image(store: CaseStore, identity: str) -> Selection | None:
    image = store.image(ImageId(identity))
    return Selection(image_id=image.id) if image else None


def _entity(store: CaseStore, identity: str) -> Selection | None:
    entity = store.entity(EntityId(identity))
    return Selection(report_id=entity.report_id, entity_id=entity.id) if entity else None


def _relation(store: CaseStore, identity: str) -> Selection | None:
    found = store.relations(id=identity)
    return Selection(image_id=found[0].image_id, report_id=found[0].report_id) if found else None


def _link(store: CaseStore, identity: str) -> Selection | None:
    link = store.link(LinkId(identity))
    if link is None:
        return None
    return Selection(
        image_id=link.image_id,
        report_id=link.report_id,
        region_id=link.region_id,
        entity_id=link.entity_id,
        link_id=link.id,
    )


_FINDERS: Mapping[str, Callable[[CaseStore, str], Selection | None]] = {
    REPORT: _report,
    FindingKind.IMAGE: _image,
    FindingKind.ENTITY: _entity,
    FindingKind.RELATION: _relation,
    FindingKind.LINK: _link,
}
