"""Places of a case: near coordinates are one place, institutions and named places with their counts."""

from __future__ import annotations

from pathlib import Path

from engine.store import open_case
from engine.store.localities import LocalityKind, localities, occurrences
from tests.unit.scattered_case import CLOCK, build_scattered_case, image_of


def test_places_are_gathered_with_what_is_tied_to_them(tmp_path: Path) -> None:
    with open_case(build_scattered_case(tmp_path / "s.casebook"), clock=CLOCK, read_only=True) as store:
        found = localities(store)
        harbor, hill, hospital, lane = found
        assert [each.kind for each in found] == [
            LocalityKind.COORDINATES,
            LocalityKind.COORDINATES,
            LocalityKind.INSTITUTION,
            LocalityKind.NAMED,
        ]
        assert (harbor.images, hill.images, hospital.images, lane.reports) == (2, 1, 1, 2)
        assert harbor.latitude_deg is not None and abs(harbor.latitude_deg - 55.0011) < 1e-4
        assert (hospital.name, lane.name) == ("Sample hospital", "Mill Lane")
        assert [each.image_id for each in occurrences(store, harbor)] == [image_of("a"), image_of("c")]
        assert [each.image_id for each in occurrences(store, hill)] == [image_of("b")]
        assert [each.image_id for each in occurrences(store, hospital)] == [image_of("b")]
        reports = occurrences(store, lane)
        assert [store.reports(id=each.report_id)[0].text[:10] for each in reports] == [
            "Exhibit 4 ",
            "Rowan Vale",
        ]
        assert all(store.entities(id=each.entity_id)[0].text == "Mill Lane" for each in reports)
