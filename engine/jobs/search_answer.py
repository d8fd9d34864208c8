"""One answer of a search, and how much each way of saying something counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.model.evidence import Span
from engine.model.findings import Assertion
from engine.model.ids import ImageId, RegionId, ReportId
from engine.store.mentions import Mention

CUT = 0.45
"""Answers that weigh less are not shown: more likely wrong than right on the dev queries."""

_PRESENT = {
    Assertion.PRESENT: 0.9,
    Assertion.HISTORICAL: 0.6,
    Assertion.POSSIBLE: 0.5,
    Assertion.HYPOTHETICAL: 0.1,
    Assertion.OTHER_PERSON: 0.05,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One answer; ``score`` in [0, 1], larger is better; ``why`` says it in words."""

    report_id: ReportId | None
    image_id: ImageId | None
    region_id: RegionId | None
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How well a Report answers, in [0, 1], and why.

    ``mentions`` are the Entities that answer, ``spans`` the places that answer best.
    """

    score: float
    is_relevant: bool
    why: tuple[str, ...]
    mentions: tuple[Mention, ...] = ()
    spans: tuple[Span, ...] = ()


Answers = dict[ReportId, Answer]


def assertion_weights(assertion: str) -> Mapping[Assertion, float]:
    """Return what a mention of each assertion weighs when ``assertion`` is asked for."""
    if assertion == "present":
        return _PRESENT
    if assertion == "any":
        return dict.fromkeys(Assertion, 0.9)
    return {Assertion(assertion): 0.9}


def shortened(text: str, limit: int = 120) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
