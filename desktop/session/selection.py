"""What the analyst looks at: one Image, one Report, and a finding of them."""

from __future__ import annotations

from dataclasses import dataclass

from engine.model.ids import EntityId, ImageId, LinkId, RegionId, ReportId


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Ids of what is selected; a Link is selected together with both of its ends."""

    image_id: ImageId | None = None
    report_id: ReportId | None = None
    region_id: RegionId | None = None
    entity_id: EntityId | None = None
    link_id: LinkId | None = None

    @property
    def is_empty(self) -> bool:
        return self == Selection()
