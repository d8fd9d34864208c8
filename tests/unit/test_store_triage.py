"""The order of triage: contradictions first, the surest first."""

from __future__ import annotations

from pathlib import Path

from engine.model.findings import LinkRelation
from engine.model.ids import ReportId
from engine.store import open_case
from engine.store.triage import count_contradictions, place_of_report, ranked_links
from tests.unit.scattered_case import CLOCK, build_scattered_case


def test_contradictions_come_first_and_can_be_asked_for_alone(tmp_path: Path) -> None:
    with open_case(build_scattered_case(tmp_path / "s.casebook"), clock=CLOCK, read_only=True) as store:
        relation_of = {link.id: link.relation for link in store.links()}
        ranked = ranked_links(store)
        assert [relation_of[each] for each in ranked] == [LinkRelation.CONTRADICTS, LinkRelation.SUPPORTS]
        assert ranked_links(store, LinkRelation.SUPPORTS) == ranked[1:]
        assert count_contradictions(store, [*ranked, "unknown"]) == 1


def test_the_place_of_a_report_is_that_in_the_list_of_all(tmp_path: Path) -> None:
    with open_case(build_scattered_case(tmp_path / "s.casebook"), clock=CLOCK, read_only=True) as store:
        places = [place_of_report(store, report.id) for report in store.reports()]
        assert places == list(range(len(places))) and len(places) == 2
        assert place_of_report(store, ReportId("unknown")) == -1
