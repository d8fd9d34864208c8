"""Times of a case: each file once a day, dates that texts name, and what has no time."""

from __future__ import annotations

from pathlib import Path

from engine.store import open_case
from engine.store.timeline import DayCount, EventKind, timeline_days, timeline_events
from tests.unit.scattered_case import CLOCK, build_scattered_case, image_of


def test_days_count_files_and_named_dates_and_say_what_has_no_time(tmp_path: Path) -> None:
    with open_case(build_scattered_case(tmp_path / "s.casebook"), clock=CLOCK, read_only=True) as store:
        found = [(each.day, each.kind, each.count) for each in timeline_days(store)]
    assert found == [
        ("", EventKind.IMAGE, 1),
        ("", EventKind.REPORT, 1),
        ("2026-03", EventKind.DATE, 1),
        ("2026-03-14", EventKind.IMAGE, 1),
        ("2026-03-14", EventKind.REPORT, 1),
        ("2026-03-15", EventKind.DATE, 1),
        ("2026-03-15", EventKind.IMAGE, 1),
    ]


def test_events_of_some_days_stand_in_the_order_of_time(tmp_path: Path) -> None:
    with open_case(build_scattered_case(tmp_path / "s.casebook"), clock=CLOCK, read_only=True) as store:
        events = timeline_events(store, "2026-03-14", "2026-03-15")
        pictures = timeline_events(store, "2026-03-14", "2026-03-15", [EventKind.IMAGE])
        undated = timeline_events(store, "", "")
        month = timeline_events(store, "2026-03", "2026-03")
    assert [each.kind for each in events] == [
        EventKind.IMAGE,
        EventKind.REPORT,
        EventKind.DATE,
        EventKind.IMAGE,
    ]
    assert [each.at[:16] for each in events] == [
        "2026-03-14T10:19",
        "2026-03-14T16:20",
        "2026-03-15",
        "2026-03-15T07:00",
    ]
    assert [each.image_id for each in pictures] == [image_of("a"), image_of("b")]
    assert {each.kind for each in undated} == {EventKind.IMAGE, EventKind.REPORT}
    assert [each.at for each in month] == ["2026-03"], "its days are days of their own"


def test_every_event_is_counted_on_its_day(tmp_path: Path) -> None:
    with open_case(build_scattered_case(tmp_path / "s.casebook"), clock=CLOCK, read_only=True) as store:
        days: list[DayCount] = [each for each in timeline_days(store) if each.day]
        events = timeline_events(store, days[0].day, days[-1].day)
    assert len(events) == sum(each.count for each in days)
