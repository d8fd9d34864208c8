"""What an analyst decides: written at once, undone by a Review of its own, never lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.session.decisions import Decisions
from engine.clock import system_clock
from engine.errors import CaseError
from engine.model.findings import FindingKind, Verdict
from engine.store import open_case

pytest_plugins = ("tests.unit.desktop_case",)


def _verdicts(case: Path) -> list[Verdict]:
    with open_case(case, clock=system_clock, read_only=True) as store:
        return [review.verdict for review in store.reviews()]


def _a_link(case: Path) -> str:
    with open_case(case, clock=system_clock, read_only=True) as store:
        return store.links(limit=1)[0].id


def test_a_verdict_is_in_the_case_at_once_and_after_opening_again(a_case: Path) -> None:
    link = _a_link(a_case)
    Decisions(a_case, system_clock).decide(
        FindingKind.LINK, link, Verdict.REJECTED, examiner="A. Analyst", note="seen in the other view"
    )
    again = Decisions(a_case, system_clock)
    with open_case(a_case, clock=system_clock, read_only=True) as store:
        again.load(store)
    standing = again.standing(link)
    assert standing is not None
    assert (standing.verdict, standing.examiner, standing.note) == (
        Verdict.REJECTED,
        "A. Analyst",
        "seen in the other view",
    )


def test_undo_writes_what_stood_before_and_redo_decides_again(a_case: Path) -> None:
    link = _a_link(a_case)
    decisions = Decisions(a_case, system_clock)
    decisions.decide(FindingKind.LINK, link, Verdict.CONFIRMED, examiner="A")
    decisions.decide(FindingKind.LINK, link, Verdict.REJECTED, examiner="A")
    assert decisions.undo(examiner="A") == link
    assert decisions.standing(link).verdict is Verdict.CONFIRMED  # type: ignore[union-attr]
    decisions.undo(examiner="A")
    assert decisions.standing(link) is None and not decisions.can_undo
    decisions.redo(examiner="A")
    assert decisions.standing(link).verdict is Verdict.CONFIRMED  # type: ignore[union-attr]
    assert _verdicts(a_case) == [
        Verdict.CONFIRMED,
        Verdict.REJECTED,
        Verdict.CONFIRMED,
        Verdict.WITHDRAWN,
        Verdict.CONFIRMED,
    ]


def test_a_failed_write_decides_nothing(a_case: Path) -> None:
    link = _a_link(a_case)
    decisions = Decisions(a_case.with_name("gone.casebook"), system_clock)
    with pytest.raises(CaseError):
        decisions.decide(FindingKind.LINK, link, Verdict.CONFIRMED, examiner="A")
    assert decisions.standing(link) is None and not decisions.can_undo
