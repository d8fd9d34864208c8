"""Model cards as text: the sections of their Markdown, and what its tables say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_MARKS = re.compile(r"[`*]")
_HEADING = re.compile(r"^#+ *(.*?) *$", re.MULTILINE)

Row = tuple[str, ...]


def section(text: str, title: str) -> str:
    """Return what stands below the heading ``title``, or in the list item that begins with it in bold."""
    parts = _HEADING.split(text)  # a text, its next heading, a text, …
    below = [part for heading, part in zip(parts[1::2], parts[2::2], strict=True) if heading == title]
    return below[0] if below else text.partition(f"* **{title}**")[2].partition("\n* ")[0]


def section_lines(text: str, title: str) -> tuple[str, ...]:
    """Return a section as plain lines: paragraphs and items joined, table rows as ``a: b``, no pictures."""
    lines: list[str] = []
    for block in _blocks(section(text, title)):
        if block[0].startswith("|"):
            header, *rows = _rows(block)
            lines += [f"{row[0]}: {measured(header, row)}" for row in rows if len(row) == len(header)]
        elif not block[0].startswith("!["):
            lines.append(plain(" ".join(block).removeprefix("* ")))
    return tuple(lines)


def tables(text: str) -> list[list[Row]]:
    """Return every table as its rows of cells, the first one its head."""
    return [_rows(block) for block in _blocks(text) if block[0].startswith("|")]


def measured(header: Row, row: Row) -> str:
    """Return the cells of a row with what they measure; a single one speaks for itself."""
    cells = [(name, cell) for name, cell in zip(header[1:], row[1:], strict=True) if cell]
    if len(cells) == 1 or [name.lower() for name in header[1:2]] == ["value"]:
        return cells[0][1] if cells else ""
    return ", ".join(f"{name} {cell}" for name, cell in cells)


def plain(text: str) -> str:
    """Return text without the marks of bold words and of code, in one line."""
    return _MARKS.sub("", " ".join(text.split()))


def _blocks(text: str) -> Iterator[list[str]]:
    """Yield the lines of each paragraph, list item, table and picture."""
    block: list[str] = []
    for line in [*map(str.strip, text.splitlines()), ""]:
        is_row = line.startswith("|")
        begins = line.startswith(("* ", "![")) or (block and is_row != block[0].startswith("|"))
        if block and (begins or not line):
            yield block
            block = []
        if line:
            block.append(line)


def _rows(block: Sequence[str]) -> list[Row]:
    """Return the cells of a table's lines, without the line of dashes below its head."""
    rows = [tuple(plain(cell) for cell in line.strip("|").split("|")) for line in block]
    dashes = rows[1:2] and not set("".join(rows[1])) - set("-: ")
    return [rows[0], *rows[2:]] if dashes else rows
