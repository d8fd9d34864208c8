"""Outlines that files draw on pictures of other files, and the Regions that they become."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

from engine.model.findings import Outline, Region
from engine.model.geometry import Plane
from engine.model.ids import ComponentId, ImageId
from engine.store.connection import Value
from engine.store.evidence_rows import compact, real
from engine.store.finding_rows import polygons_text, read_polygons, region_row
from engine.store.reading import current_numbers
from engine.store.superseding import drop_linking, supersede_rows

if TYPE_CHECKING:
    from engine.store.case_store import CaseStore

_COLUMNS = "id, sha256, label, score, polygons, targets, space_uid, plane"


def outline_row(outline: Outline) -> dict[str, Value]:
    plane = outline.plane
    numbers = [*plane.origin_mm, *plane.right, *plane.down, *plane.spacing_mm] if plane else None
    return {
        "id": outline.id,
        "sha256": outline.sha256,
        "label": outline.label,
        "score": real(outline.score),
        "polygons": polygons_text(outline.polygons),
        "targets": compact(outline.targets),
        "space_uid": outline.space_uid,
        "plane": compact(numbers) if numbers else None,
    }


def _read_outline(row: Iterable[Any]) -> Outline:
    identity, sha256, label, score, polygons, targets, space_uid, plane = row
    return Outline(
        id=identity,
        sha256=sha256,
        label=label,
        score=score,
        polygons=read_polygons(polygons),
        targets=tuple((uid, frame) for uid, frame in json.loads(targets)),
        space_uid=space_uid,
        plane=_read_plane(json.loads(plane)) if plane else None,
    )


def _read_plane(numbers: list[float]) -> Plane:
    vectors = [cast("tuple[float, float, float]", tuple(numbers[at : at + 3])) for at in (0, 3, 6)]
    return Plane(
        origin_mm=vectors[0], right=vectors[1], down=vectors[2], spacing_mm=(numbers[9], numbers[10])
    )


def outlines(store: CaseStore) -> tuple[Outline, ...]:
    """Return all current Outlines, in the order they were saved."""
    rows = store.connection.iterate(
        f"SELECT {_COLUMNS} FROM outline WHERE superseded_by IS NULL ORDER BY number"
    )
    return tuple(_read_outline(row) for row in rows)


def place_regions(
    store: CaseStore, image: ImageId, component: ComponentId, regions: Sequence[Region]
) -> None:
    """Make these the Regions of one component on an Image, in one transaction; equal ones stay."""
    connection = store.connection
    wanted = {region.id: region for region in regions}
    with store.change("place-outlines", image, durable=False) as change:
        numbers = current_numbers(connection, "image", [image])
        component_number = current_numbers(connection, "component", [component])[component]
        there = {region.id: region for region in store.regions(image_id=image, component_id=component)}
        gone = [identity for identity, region in there.items() if wanted.get(identity) != region]
        supersede_rows(connection, change, "region", current_numbers(connection, "region", gone).values())
        for identity, region in wanted.items():
            if there.get(identity) != region:
                change.insert("region", region_row(region, numbers[image], component_number))
        if change.size:
            drop_linking(connection, change, images=numbers.values(), reports=())
