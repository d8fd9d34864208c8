"""Where a long table is parted between two pages."""

from __future__ import annotations

from typing import Any

import pytest

from engine.exporters.pdf.layout import table

WIDTH = 400.0
HEAD = ("No.", "What")


def _made(*, rows: int, words: int = 1, tall: bool = False) -> tuple[Any, list[float]]:
    made = table(HEAD, [(str(number), "word " * words) for number in range(rows)], (40, 360), tall=tall)
    made.wrap(WIDTH, 10_000)
    return made, list(made._rowHeights)


def _rows(part: Any) -> int:
    return len(part._cellvalues) - 1


def test_a_head_with_a_row_or_two_goes_to_the_next_page() -> None:
    made, heights = _made(rows=10)
    assert made.split(WIDTH, sum(heights[:3]) + 1) == []
    first, rest = made.split(WIDTH, sum(heights[:6]) + 1)
    assert (_rows(first), _rows(rest)) == (5, 5)


def test_the_last_row_never_stands_alone() -> None:
    made, heights = _made(rows=10)
    first, rest = made.split(WIDTH, sum(heights[:10]) + 1)
    assert (_rows(first), _rows(rest)) == (8, 2)


@pytest.mark.parametrize("tall", [False, True])
def test_a_row_breaks_inside_only_where_it_has_a_page_for_itself(tall: bool) -> None:
    made, _ = _made(rows=2, words=6000, tall=tall)
    assert made.split(WIDTH, 300) == []
    parts = made.split(WIDTH, 700)
    assert (len(parts) == 2) is tall
