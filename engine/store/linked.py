"""Which pictures many Reports are tied to, in one look: for search."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.model.findings import LinkRelation
from engine.model.ids import EntityId, ImageId, LinkId, RegionId, ReportId
from engine.store.reading import current_with_ids, wanted_ids

if TYPE_CHECKING:
    from engine.store.case_store import CaseStore


def _of_reports(table: str) -> str:
    """Return the source of a query: current rows of ``table`` of the wanted Reports, with their Images."""
    return (
        f"{current_with_ids('report')} CROSS JOIN {table} ON {table}.report_number = report.number "
        # The plus keeps SQLite from walking all current rows instead.
        f"AND +{table}.superseded_by IS NULL CROSS JOIN image ON image.number = {table}.image_number"
    )


@dataclass(frozen=True, slots=True)
class LinkedPicture:
    """One Link as search needs it: its ends, and how sure it is."""

    link_id: LinkId
    entity_id: EntityId
    image_id: ImageId
    region_id: RegionId | None
    relation: LinkRelation
    score: float


def linked_pictures(store: CaseStore, reports: Iterable[ReportId]) -> dict[ReportId, list[LinkedPicture]]:
    """Return the Links of each Report that has any, in the order they were saved."""
    found: dict[ReportId, list[LinkedPicture]] = {}
    rows = store.connection.iterate(
        "SELECT report.id, link.id, entity.id, image.id, region.id, link.relation, link.score "
        f"FROM {_of_reports('link')} CROSS JOIN entity ON entity.number = entity_number "
        "LEFT JOIN region ON region.number = region_number ORDER BY link.number",
        (wanted_ids(reports),),
    )
    for report, link, entity, image, region, relation, score in rows:
        picture = LinkedPicture(
            LinkId(link),
            EntityId(entity),
            ImageId(image),
            RegionId(region) if region else None,
            LinkRelation(relation),
            score,
        )
        found.setdefault(ReportId(report), []).append(picture)
    return found


def most_related(store: CaseStore, reports: Iterable[ReportId]) -> dict[ReportId, ImageId]:
    """Return the Image that each Report shares most with, by CMI and then by SC."""
    rows = store.connection.iterate(
        f"SELECT report.id, image.id FROM {_of_reports('relation')} ORDER BY cmi, sc, relation.number DESC",
        (wanted_ids(reports),),
    )
    return {ReportId(report): ImageId(image) for report, image in rows}
