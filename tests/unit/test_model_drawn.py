"""What later Reviews make of a Region that an analyst drew, and what exports take of it."""

from __future__ import annotations

from pathlib import Path

from engine.clock import system_clock
from engine.exporters.decided import Decisions
from engine.model.drawn import DrawnRegion, take_review
from engine.model.findings import FindingKind, Review, Verdict
from engine.model.geometry import Box, Polygon
from engine.model.ids import RegionId
from engine.store import CaseStore, open_case

pytest_plugins = ("tests.unit.desktop_case",)

_SMALL, _LARGE = Box(10, 10, 30, 40).as_polygon(), Box(5, 5, 90, 80).as_polygon()


def _draw(store: CaseStore, label: str, polygon: Polygon) -> Review:
    image = store.images()[0]
    return store.add_review(
        FindingKind.IMAGE, image.id, Verdict.ADDED, examiner="A", label=label, polygons=(polygon,)
    )


def _exported(store: CaseStore) -> list[tuple[str, tuple[Polygon, ...], Verdict | None]]:
    machine = {region.id for region in store.regions()}
    found = Decisions(store).regions(store.images()[0])
    return [(each.label, each.polygons, each.verdict) for each in found if each.id not in machine]


def test_a_drawn_region_is_corrected_confirmed_rejected_and_brought_back(a_case: Path) -> None:
    with open_case(a_case, clock=system_clock) as store:
        drawn = _draw(store, "nodule", _SMALL)
        other = _draw(store, "clip", _LARGE)
        assert [label for label, _, _ in _exported(store)] == ["nodule", "clip"]
        store.add_review(
            FindingKind.REGION, drawn.id, Verdict.CORRECTED, examiner="B", label="mass", polygons=(_LARGE,)
        )
        store.add_review(FindingKind.REGION, drawn.id, Verdict.CONFIRMED, examiner="C")
        assert _exported(store)[0] == ("mass", (_LARGE,), Verdict.CONFIRMED)
        store.add_review(FindingKind.REGION, other.id, Verdict.REJECTED, examiner="B")
        assert [label for label, _, _ in _exported(store)] == ["mass"]
        store.add_review(FindingKind.REGION, other.id, Verdict.WITHDRAWN, examiner="B")
        assert [label for label, _, _ in _exported(store)] == ["mass"], "the drawing was taken back"
        store.add_review(
            FindingKind.REGION, other.id, Verdict.ADDED, examiner="B", label="clip", polygons=(_LARGE,)
        )
        assert [label for label, _, _ in _exported(store)] == ["mass", "clip"]


def test_reviews_of_machine_findings_are_not_about_drawn_regions(a_case: Path) -> None:
    with open_case(a_case, clock=system_clock) as store:
        drawn: dict[RegionId, DrawnRegion] = {}
        region = store.regions()[0]
        review = store.add_review(FindingKind.REGION, region.id, Verdict.REJECTED, examiner="A")
        assert take_review(drawn, review) is None
        assert drawn == {}
