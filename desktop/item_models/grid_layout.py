"""Where the cells of a grid in groups lie: arithmetic alone, so that its length costs nothing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class Cell:
    """A rectangle in the pixels of the whole grid, from its top left corner."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows ``first`` to ``first + count`` of the list, under one heading."""

    title: str
    first: int
    count: int


class GridLayout:
    """Cells row by row, each group under its heading; a collapsed group is its heading alone.

    All groups have headings of ``head_px``, or none where that is zero.
    """

    def __init__(
        self,
        groups: Sequence[Group],
        *,
        width_px: int,
        cell_px: tuple[int, int],
        head_px: int,
        collapsed: Collection[int] = (),
    ) -> None:
        self.groups = groups
        self.columns = max(width_px // cell_px[0], 1)
        self.head_px = head_px
        self.cell_px = cell_px
        self.collapsed = frozenset(collapsed)
        # What is left over goes between the columns, so that both edges are straight.
        self._step = max(width_px // self.columns, cell_px[0])
        self._firsts = [group.first for group in groups]
        self._tops: list[int] = []
        top = 0
        for number, group in enumerate(groups):
            self._tops.append(top)
            lines = 0 if number in self.collapsed else ceil(group.count / self.columns)
            top += head_px + lines * cell_px[1]
        self.height = top

    def group_of(self, row: int) -> int:
        """Return the number of the group that a row of the list is in."""
        return max(bisect_right(self._firsts, row) - 1, 0)

    def cell(self, row: int) -> Cell | None:
        """Return where a row lies; None where its group is collapsed."""
        number = self.group_of(row)
        if number in self.collapsed or not self.groups:
            return None
        line, column = divmod(row - self.groups[number].first, self.columns)
        top = self._tops[number] + self.head_px + line * self.cell_px[1]
        return Cell(column * self._step, top, self._step, self.cell_px[1])

    def heading(self, number: int, width_px: int) -> Cell:
        """Return where the heading of a group lies."""
        return Cell(0, self._tops[number], width_px, self.head_px)

    def row_at(self, x: int, y: int) -> int:
        """Return the row of the list at a place of the grid, -1 where there is none."""
        number = self._group_at(y)
        if number < 0 or number in self.collapsed:
            return -1
        group, below = self.groups[number], y - self._tops[number] - self.head_px
        column = x // self._step
        place = below // self.cell_px[1] * self.columns + column
        is_cell = below >= 0 and 0 <= column < self.columns and place < group.count
        return group.first + place if is_cell else -1

    def heading_at(self, y: int) -> int:
        """Return the number of the group whose heading is at this height, -1 where there is none."""
        number = self._group_at(y)
        return number if number >= 0 and y - self._tops[number] < self.head_px else -1

    def rows_between(self, top: int, bottom: int) -> Iterator[int]:
        """Yield the rows that are seen between two heights."""
        for number in self.groups_between(top, bottom):
            group = self.groups[number]
            if number in self.collapsed:
                continue
            start = self._tops[number] + self.head_px
            first = max((top - start) // self.cell_px[1], 0) * self.columns
            last = ((bottom - start) // self.cell_px[1] + 1) * self.columns
            yield from range(group.first + first, group.first + min(max(last, 0), group.count))

    def groups_between(self, top: int, bottom: int) -> range:
        """Return the numbers of the groups that are seen between two heights."""
        first = max(self._group_at(top), 0)
        return range(first, bisect_right(self._tops, max(bottom, 0)))

    def beside(self, row: int, *, right: int = 0, down: int = 0) -> int:
        """Return the row that is reached from another by steps to the side or down; itself at an end.

        A step down from the last line of a group goes to the next group that is open.
        """
        if right:
            return self._open_row(row + right, 1 if right > 0 else -1, row)
        number = self.group_of(row)
        group = self.groups[number]
        place = row - group.first + down * self.columns
        if 0 <= place < group.count:
            return group.first + place
        last_line = (group.count - 1) // self.columns
        if down > 0 and (row - group.first) // self.columns < last_line:
            return group.first + group.count - 1
        column = (row - group.first) % self.columns
        return self._in_next_group(number, 1 if down > 0 else -1, column, row)

    def _in_next_group(self, number: int, way: int, column: int, otherwise: int) -> int:
        number += way
        while 0 <= number < len(self.groups) and number in self.collapsed:
            number += way
        if not 0 <= number < len(self.groups):
            return otherwise
        group = self.groups[number]
        line = 0 if way > 0 else (group.count - 1) // self.columns
        return group.first + min(line * self.columns + column, group.count - 1)

    def _open_row(self, row: int, way: int, otherwise: int) -> int:
        """Return the row itself, or the next one this way whose group is open."""
        count = self.groups[-1].first + self.groups[-1].count if self.groups else 0
        while 0 <= row < count:
            number = self.group_of(row)
            if number not in self.collapsed:
                return row
            group = self.groups[number]
            row = group.first + group.count if way > 0 else group.first - 1
        return otherwise

    def _group_at(self, y: int) -> int:
        return bisect_right(self._tops, y) - 1 if 0 <= y < self.height else -1
