"""The Links of an Image and a Report as rows of a list, and which of them a selection is about."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.item_models.findings import LinkRow
from desktop.session.decisions import Decisions
from desktop.session.reading import ImageFindings, ReportFindings
from desktop.session.selection import Selection
from engine.model.findings import Link


def link_rows(
    image: ImageFindings, report: ReportFindings, links: Sequence[Link], decisions: Decisions
) -> list[LinkRow]:
    """Return a row for each Link whose phrase is in the Report, in the order given."""
    regions = {region.id: region for region in image.regions}
    entities = {entity.id: entity for entity in report.entities}
    return [
        LinkRow(
            link=link,
            entity=entities[link.entity_id],
            region=regions.get(link.region_id) if link.region_id else None,
            image_name=image.name,
            report_name=report.name,
            review=decisions.standing(link.id),
        )
        for link in links
        if link.entity_id in entities
    ]


def concerns(link: Link, selection: Selection) -> bool:
    """Tell whether a Link is selected itself, or by its Region or its phrase."""
    if selection.link_id is not None:
        return link.id == selection.link_id
    if selection.region_id is not None:
        return link.region_id == selection.region_id
    return selection.entity_id is not None and link.entity_id == selection.entity_id
