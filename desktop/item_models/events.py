"""What happened when, as lines: an Image, a Report, or a date that a Report names."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import accumulate

from desktop.item_models.lines import Line
from desktop.item_models.wording import date_words, mark, say
from desktop.session.reading import file_name
from engine.model.evidence import Image
from engine.store import CaseStore
from engine.store.timeline import DayCount, EventKind, TimelineEvent, timeline_events

_MARKS = {EventKind.IMAGE: "images", EventKind.REPORT: "reports", EventKind.DATE: "timeline"}
_COLORS = {EventKind.IMAGE: "accent", EventKind.REPORT: "muted", EventKind.DATE: "muted"}
# How much of a text stands around a date that it names.
_AROUND = 60
_UNVERIFIED = "unverified"


class EventPages:
    """The events of some days, read a page at a time: only the days of a page are looked at."""

    def __init__(self, store: CaseStore, days: Sequence[DayCount], kinds: Collection[EventKind]) -> None:
        self._store = store
        self._kinds = [kind for kind in EventKind if kind in kinds]
        counts: dict[str, int] = {}
        for each in days:
            if each.kind in kinds:
                counts[each.day] = counts.get(each.day, 0) + each.count
        self._keys = list(counts)
        self._ends = list(accumulate(counts.values()))

    @property
    def count(self) -> int:
        return self._ends[-1] if self._ends else 0

    def fetch(self, offset: int, limit: int) -> Sequence[TimelineEvent]:
        first = bisect_right(self._ends, offset)
        last = min(bisect_right(self._ends, offset + limit - 1), len(self._keys) - 1)
        if first >= len(self._keys):
            return ()
        before = self._ends[first - 1] if first else 0
        found = timeline_events(self._store, self._keys[first], self._keys[last], self._kinds)
        return found[offset - before : offset - before + limit]


def event_line(store: CaseStore, event: TimelineEvent) -> Line:
    """Return an event as a line; its time stands at the end, with what is known of its zone."""
    title, subtitle = "", ""
    if event.kind is EventKind.IMAGE and event.image_id is not None:
        image = store.image(event.image_id)
        title = file_name(store.files_of_image(event.image_id)) or event.image_id
        subtitle = _image_words(image) if image else ""
    elif event.report_id is not None:
        report = store.report(event.report_id)
        title = (report.title if report else "") or file_name(store.files_of_report(event.report_id))
        text = report.text if report else ""
        subtitle = text[: 3 * _AROUND]
        entity = store.entity(event.entity_id) if event.entity_id else None
        if entity is not None:
            subtitle = say(mark("Wording", "the text names this date: …{0}…")).format(
                text[max(entity.span.start - _AROUND, 0) : entity.span.end + _AROUND]
            )
    return Line(
        title=title or say(mark("Wording", "without a name")),
        subtitle=subtitle,
        trailing=time_words(event.at),
        mark=_MARKS[event.kind],
        color=_COLORS[event.kind],
    )


def time_words(at: str) -> str:
    """Return a time of the timeline as exact as it is known."""
    if not at:
        return say(mark("Wording", "no time known"))
    if len(at) > 10:
        return date_words(datetime.fromisoformat(at))
    if len(at) < 10:
        return say(mark("Wording", "{0} (day not said)")).format(at)
    return at


def _image_words(image: Image) -> str:
    facts = dict(image.metadata)
    zone = facts.get("captured_at_zone", "")
    source = facts.get("captured_at_source", "")
    clock = say(mark("Wording", "time of the device, its zone is not known")) if _UNVERIFIED in zone else ""
    return " · ".join(part for part in (image.modality, image.body_part, clock, source) if part)
