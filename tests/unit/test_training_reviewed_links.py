"""Analysts' verdicts move the weights of the link combiner, and only as far as they go."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.clock import fixed_clock
from engine.errors import UsageError
from engine.linkers.combine import Combiner, combiner_from, probability
from engine.model.evidence import Case, CaseKind
from engine.store.opening import create_case
from engine.training.links import train
from engine.training.reviewed_links import Lesson, agreement, refit

SURE = {"same-kind": 1.0, "sighted": 1.0}
TALK = {"same-kind": 1.0, "told": 1.0}


@pytest.fixture
def combiner() -> Combiner:
    parts = {"choice": {}, "offer": {}, "exact": {"bias": 2.0}, "against": {"bias": -2.0, "wrong-color": 3.0}}
    about = {"bias": -1.0, "same-kind": 2.0, "sighted": 0.5, "told": 0.0}
    return combiner_from({**parts, "about": about, "threshold": {"about": 0.3}})


def _lessons(strengths: dict[str, float], *, right: bool, count: int = 8) -> list[Lesson]:
    return [Lesson(strengths=strengths, right=right, contradicts=False)] * count


def test_rejected_phrases_become_less_likely_and_confirmed_ones_stay(combiner: Combiner) -> None:
    lessons = [*_lessons(TALK, right=False), *_lessons(SURE, right=True)]
    about = refit(lessons, combiner, penalty=1.0)["about"]
    assert probability(TALK, combiner.about) > 0.5 > probability(TALK, about)
    assert probability(SURE, about) > 0.5
    assert agreement(lessons, combiner.about) == 0.5 and agreement(lessons, about) == 1.0


def test_one_verdict_moves_the_weights_less_than_many(combiner: Combiner) -> None:
    once = refit(_lessons(TALK, right=False, count=1), combiner, penalty=1.0)["about"]
    often = refit(_lessons(TALK, right=False, count=20), combiner, penalty=1.0)["about"]
    assert probability(TALK, combiner.about) > probability(TALK, once) > probability(TALK, often)


def test_what_no_verdict_speaks_of_keeps_its_weights(combiner: Combiner) -> None:
    weights = refit(_lessons(TALK, right=False), combiner, penalty=1.0)
    assert weights["against"] == combiner.against
    assert weights["about"]["sighted"] == combiner.about["sighted"]


def test_a_case_without_verdicts_teaches_nothing(tmp_path: Path) -> None:
    case = tmp_path / "c.casebook"
    clock = fixed_clock(datetime(2026, 11, 25, tzinfo=UTC))
    create_case(case, Case(kind=CaseKind.FORENSIC, name="c", created_at=clock()), clock=clock)
    with pytest.raises(UsageError, match="review some first"):
        train(case, tmp_path / "model")
