"""The arithmetic of the grid: what lies where, against placing every cell by itself."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.item_models.grid_layout import Cell, GridLayout, Group

_CELL = (50, 40)


def _groups(counts: list[int]) -> tuple[Group, ...]:
    groups, first = [], 0
    for number, count in enumerate(counts):
        groups.append(Group(title=f"g{number}", first=first, count=count))
        first += count
    return tuple(groups)


def _placed(layout: GridLayout) -> dict[int, Cell]:
    """Place every cell by itself."""
    found, top = {}, 0
    for number, group in enumerate(layout.groups):
        top += layout.head_px
        if number in layout.collapsed:
            continue
        for place in range(group.count):
            cell = layout.cell(group.first)
            assert cell is not None
            line, column = divmod(place, layout.columns)
            found[group.first + place] = Cell(
                column * cell.width, top + line * _CELL[1], cell.width, _CELL[1]
            )
        top += -(-group.count // layout.columns) * _CELL[1]
    assert top == layout.height
    return found


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.integers(1, 9), min_size=1, max_size=6),
    st.integers(40, 260),
    st.sampled_from([0, 20]),
    st.sets(st.integers(0, 5)),
)
def test_cells_lie_where_placing_each_puts_them(
    counts: list[int], width_px: int, head_px: int, collapsed: set[int]
) -> None:
    layout = GridLayout(
        _groups(counts), width_px=width_px, cell_px=_CELL, head_px=head_px, collapsed=collapsed
    )
    placed = _placed(layout)
    for row in range(sum(counts)):
        assert layout.cell(row) == placed.get(row)
    for row, cell in placed.items():
        assert layout.row_at(cell.left + 1, cell.top + 1) == row
        assert row in list(layout.rows_between(cell.top, cell.top + 1))
    for number in range(len(counts)):
        heading = layout.heading(number, width_px)
        assert layout.heading_at(heading.top) == (number if head_px else -1)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=6), st.sets(st.integers(1, 5)), st.integers(1, 4))
def test_steps_reach_every_open_row_and_end_at_the_ends(
    counts: list[int], collapsed: set[int], columns: int
) -> None:
    layout = GridLayout(
        _groups(counts), width_px=columns * _CELL[0], cell_px=_CELL, head_px=20, collapsed=collapsed
    )
    open_rows = [row for row in range(sum(counts)) if layout.cell(row) is not None]
    walked, row = [open_rows[0]], open_rows[0]
    while (after := layout.beside(row, right=1)) != row:
        walked.append(after)
        row = after
    assert walked == open_rows
    for row in open_rows:
        below, above = layout.beside(row, down=1), layout.beside(row, down=-1)
        assert layout.cell(below) is not None and layout.cell(above) is not None
        assert above <= row <= below


def test_an_empty_grid_has_no_place() -> None:
    layout = GridLayout((), width_px=100, cell_px=_CELL, head_px=0)
    assert (layout.height, layout.row_at(5, 5), layout.heading_at(5)) == (0, -1, -1)
    assert list(layout.rows_between(0, 100)) == [] and layout.cell(0) is None
