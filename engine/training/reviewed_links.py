"""The link combiner taught by analysts: their verdicts on the links of a case move the weights.

A confirmed link was about the right thing, just these Regions, and agreed or contradicted as it says. A
rejected one was not about them. The weights start from the combiner in use and are held near it, so
that ten verdicts correct it and do not replace it. The links of the case stay as they are until its
Reports are linked again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.clock import system_clock
from engine.errors import UsageError
from engine.linkers.choosing import choose
from engine.linkers.combine import Combiner, probability, with_family
from engine.linkers.logistic import fit_logistic
from engine.linkers.shelf import all_linkers
from engine.model.findings import FindingKind, Link, LinkRelation, Verdict
from engine.model.ids import ImageId, ReportId
from engine.protocols import Pair
from engine.store import CaseKey, CaseStore
from engine.store.opening import open_case
from engine.store.pair_sides import image_side, report_side

Weights = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One reviewed phrase: the strengths of its choice, whether that was right, and the relation."""

    strengths: Mapping[str, float]
    right: bool
    contradicts: bool


def read_lessons(case: Path, combiner: Combiner, *, key: CaseKey | None = None) -> list[Lesson]:
    """Return a lesson for each phrase whose link was confirmed or rejected; raises UsageError without any."""
    with open_case(case, clock=system_clock, read_only=True, key=key) as store:
        reviewed = _reviewed(store)
        pairs = {(link.image_id, link.report_id) for link, _ in reviewed}
        lessons = [each for key in sorted(pairs) for each in _lessons(store, key, reviewed, combiner)]
    if not lessons:
        raise UsageError(f"no link of {case.name} was confirmed or rejected; review some first")
    return lessons


def refit(lessons: list[Lesson], combiner: Combiner, *, penalty: float) -> Weights:
    """Move the weights of ``combiner`` by the lessons; ``penalty`` holds them where they were."""
    rows = [with_family(lesson.strengths) for lesson in lessons]
    right = [lesson for lesson in lessons if lesson.right]
    about = fit_logistic(
        rows, [lesson.right for lesson in lessons], penalty=penalty, prior=_known(combiner.about, rows)
    )
    against = dict(combiner.against)
    if right:
        against = fit_logistic(
            [with_family(lesson.strengths) for lesson in right],
            [lesson.contradicts for lesson in right],
            penalty=penalty,
            prior=against,
        )
    return {
        "choice": dict(combiner.choice),
        "offer": dict(combiner.offer),
        "exact": dict(combiner.exact),
        "about": about,
        "against": against,
        "threshold": {"about": combiner.threshold},
    }


def agreement(lessons: list[Lesson], about: Mapping[str, float]) -> float:
    """Return the share of the lessons on which the weights decide as the analyst did."""
    agreeing = [(probability(lesson.strengths, about) >= 0.5) == lesson.right for lesson in lessons]
    return sum(agreeing) / len(agreeing)


def _known(weights: Mapping[str, float], rows: list[dict[str, float]]) -> dict[str, float]:
    """Return the weights with a 0 for each rule that only the lessons name."""
    return {**{name: 0.0 for row in rows for name in row}, **weights}


def _reviewed(store: CaseStore) -> list[tuple[Link, bool]]:
    """Return each link with a verdict that stands, and whether it was confirmed."""
    verdicts = {
        review.target_id: review.verdict
        for review in store.reviews()
        if review.target_kind is FindingKind.LINK
    }
    decided = {Verdict.CONFIRMED: True, Verdict.REJECTED: False}
    links = [(store.link(target), verdict) for target, verdict in verdicts.items()]  # type: ignore[arg-type]
    return [(link, decided[verdict]) for link, verdict in links if link is not None and verdict in decided]


def _lessons(
    store: CaseStore,
    key: tuple[ImageId, ReportId],
    reviewed: list[tuple[Link, bool]],
    combiner: Combiner,
) -> list[Lesson]:
    image, report = store.image(key[0]), store.report(key[1])
    if image is None or report is None:
        return []
    pair = Pair(image_side=image_side(store, image), report_side=report_side(store, report), cues=())
    choices = {
        choice.phrase.entity.id: choice
        for choice in choose(pair, all_linkers(), combiner.choice, combiner.offer)
    }
    mine = [(link, confirmed) for link, confirmed in reviewed if (link.image_id, link.report_id) == key]
    return [
        Lesson(
            strengths=choices[link.entity_id].strengths,
            right=confirmed,
            contradicts=link.relation is LinkRelation.CONTRADICTS,
        )
        for link, confirmed in mine
        if link.entity_id in choices and link.region_id in choices[link.entity_id].regions
    ]
