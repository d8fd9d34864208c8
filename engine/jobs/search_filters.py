"""The filters of a query: side:left, modality:CT, date:2021, label:effusion, reviewed:yes …"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from engine.errors import UsageError
from engine.model.evidence import Laterality
from engine.model.ids import ImageId, RegionId, ReportId
from engine.store import CaseStore
from engine.store.mentions import Mention

_RANGE = ".."


class Hit(Protocol):
    """What a filter looks at."""

    @property
    def report_id(self) -> ReportId | None: ...
    @property
    def image_id(self) -> ImageId | None: ...
    @property
    def region_id(self) -> RegionId | None: ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters that must hold, by name; values in lower case."""

    values: Mapping[str, str]


def passes(store: CaseStore, hit: Hit, mentions: Sequence[Mention], wanted: Wanted) -> bool:
    """Tell whether a hit holds under all filters; ``assertion`` was looked at before.

    Raises UsageError for a value that no row could have.
    """
    checks = {
        "label": _has_label,
        "side": _has_side,
        "date": _has_date,
        "modality": _has_modality,
        "subject": _has_subject,
        "reviewed": _is_reviewed,
    }
    return all(
        checks[name](store, hit, mentions, value) for name, value in wanted.values.items() if name in checks
    )


def _has_label(store: CaseStore, hit: Hit, mentions: Sequence[Mention], value: str) -> bool:
    region = store.region(hit.region_id) if hit.region_id else None
    if region is not None and region.label.lower() == value:
        return True
    if mentions:
        return any(value in (mention.label, mention.text.lower()) for mention in mentions)
    return _any_region(store, hit, value) or _any_entity(store, hit, value)


def _any_region(store: CaseStore, hit: Hit, label: str) -> bool:
    regions = store.regions(image_id=hit.image_id) if hit.image_id else ()
    return any(region.label.lower() == label for region in regions)


def _any_entity(store: CaseStore, hit: Hit, label: str) -> bool:
    entities = store.entities(report_id=hit.report_id) if hit.report_id else ()
    return any(label in (entity.label, entity.text.lower()) for entity in entities)


def _has_side(store: CaseStore, hit: Hit, mentions: Sequence[Mention], value: str) -> bool:
    if value not in [side.value for side in Laterality]:
        raise UsageError(f"no side {value!r}; there are: {', '.join(Laterality)}")
    region = store.region(hit.region_id) if hit.region_id else None
    sides = {mention.laterality for mention in mentions}
    if region is not None:
        sides.add(region.attributes.side)
    if not mentions and hit.image_id:
        image = store.image(hit.image_id)
        sides.add(image.laterality if image else None)
    return bool(sides & {Laterality(value), Laterality.BILATERAL})


def _has_date(store: CaseStore, hit: Hit, mentions: Sequence[Mention], value: str) -> bool:
    """Take ``2021``, ``2021-03``, ``2021-03-04`` or a range of two of them with ``..`` between."""
    del mentions
    first, _, last = value.partition(_RANGE)
    last = last or (first if _RANGE not in value else "9999")
    report = store.report(hit.report_id) if hit.report_id else None
    image = store.image(hit.image_id) if hit.image_id else None
    moments = [report.authored_at if report else None, image.captured_at if image else None]
    return any(first <= day and day[: len(last)] <= last for day in map(_day, moments) if day)


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else ""


def _has_modality(store: CaseStore, hit: Hit, _: Sequence[Mention], value: str) -> bool:
    image = store.image(hit.image_id) if hit.image_id else None
    return image is not None and image.modality.lower() == value


def _has_subject(store: CaseStore, hit: Hit, _: Sequence[Mention], value: str) -> bool:
    report = store.report(hit.report_id) if hit.report_id else None
    image = store.image(hit.image_id) if hit.image_id else None
    return value in [each.subject_ref.lower() for each in (report, image) if each]


def _is_reviewed(store: CaseStore, hit: Hit, mentions: Sequence[Mention], value: str) -> bool:
    """Take ``yes``, ``no`` or a verdict."""
    targets = [hit.region_id, hit.image_id, *(mention.entity_id for mention in mentions)]
    reviews = [store.latest_review(target) for target in targets if target]
    verdicts = {review.verdict.value for review in reviews if review}
    if value in ("yes", "no"):
        return bool(verdicts) == (value == "yes")
    return value in verdicts
