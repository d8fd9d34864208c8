"""A Region's palette is kept beside its color words; older rows have the words alone."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from engine.model.findings import RegionAttributes
from engine.store.finding_rows import read_region, region_row
from tests.unit.linking_scene import picture, region

PALETTE = tuple(tuple(range(row, row + 12)) for row in range(4))


@pytest.mark.parametrize("palette", [(), PALETTE], ids=["words alone", "with a palette"])
def test_colors_come_back_as_they_were(palette: tuple[tuple[int, ...], ...]) -> None:
    attributes = RegionAttributes(colors=("red", "black"), palette=palette)
    kept = replace(region(picture(), "car", (10, 10, 90, 60)), attributes=attributes)
    row = region_row(kept, 1, 1)
    assert isinstance(json.loads(str(row["colors"])), dict if palette else list)
    values = [row["id"], kept.image_id, row["label"], row["score"], kept.component_id]
    rest = ("polygons", "parent_id", "colors", "side", "position", "area_px", "area_mm2", "text")
    assert read_region([*values, *(row[name] for name in rest)]).attributes == attributes
