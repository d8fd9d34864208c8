"""The building blocks of a page: paragraphs, tables, boxes, headings and free drawings.

All that is known of reportlab's flowables is known here, so that the parts of the report read as text.
A part yields groups of blocks; a group is never kept in memory longer than its pages need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from engine.exporters.pdf import fonts
from engine.exporters.pdf.long_table import long_table

Block = Any
Story = Iterator[list[Block]]

# Written as CSS because reportlab parses that fastest.
INK = "rgb(26,31,38)"
SOFT = "rgb(91,102,114)"
RULE = "rgb(201,208,216)"
HEAD_FILL = "rgb(233,237,242)"
MACHINE = "rgb(11,74,122)"
ANALYST = "rgb(29,107,60)"
ANALYST_FILL = "rgb(231,244,234)"
ALARM = "rgb(163,35,15)"
ALARM_FILL = "rgb(253,238,234)"
NOTE_FILL = "rgb(246,247,249)"

_STYLES: dict[str, dict[str, object]] = {
    "body": {"spaceAfter": 5},
    "lead": {"fontSize": 10.5, "leading": 15, "spaceAfter": 6},
    "small": {"fontSize": 7.8, "leading": 10.4, "textColor": SOFT, "spaceAfter": 3},
    "title": {"fontName": fonts.BOLD, "fontSize": 22, "leading": 27, "spaceAfter": 2},
    "subtitle": {"fontSize": 12, "leading": 16, "textColor": SOFT, "spaceAfter": 10},
    "heading1": {
        "fontName": fonts.BOLD,
        "fontSize": 15,
        "leading": 19,
        "spaceBefore": 4,
        "spaceAfter": 7,
    },
    "heading2": {
        "fontName": fonts.BOLD,
        "fontSize": 10.8,
        "leading": 14,
        "spaceBefore": 5,
        "spaceAfter": 4,
    },
    "cell": {"fontSize": 8, "leading": 10.4},
    "cell_head": {"fontName": fonts.BOLD, "fontSize": 7.8, "leading": 10},
    "caption": {"fontSize": 8.4, "leading": 11, "spaceBefore": 3, "spaceAfter": 2},
    "quote": {"fontSize": 9.2, "leading": 13.6, "leftIndent": 8, "rightIndent": 8, "spaceAfter": 5},
    "banner": {"fontName": fonts.BOLD, "fontSize": 9.6, "leading": 13, "textColor": ALARM},
    "analyst": {"fontSize": 8.6, "leading": 11.6, "textColor": ANALYST},
}


# reportlab gives every cell the font Helvetica, used or not, which is not embedded.
_CELLS: tuple[tuple[Any, ...], ...] = (
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("FONTNAME", (0, 0), (-1, -1), fonts.TEXT),
)
_TOP_OF_PAGE = 110.0
_ID_LOOK = (("FONTNAME", fonts.MONO), ("FONTSIZE", 6.5))


@dataclass(slots=True)
class Anchors:
    """Which page each heading landed on, and whom each page is about; filled while the pages are made.

    ``subject`` is whom the blocks since the last ``running`` are about, ``seen`` all of the page so far.
    """

    pages: dict[str, int] = field(default_factory=dict)
    subject: str = ""
    seen: list[str] = field(default_factory=list)

    def turn(self) -> str:
        """Return whom the page that ends is about, and begin the next one."""
        said = " / ".join(dict.fromkeys(each for each in self.seen if each))
        self.seen = [self.subject]
        return said


@cache
def style(name: str) -> Any:
    """Return the paragraph style called ``name``."""
    from reportlab.lib.styles import ParagraphStyle

    fonts.register_fonts()
    basis: dict[str, object] = {
        "fontName": fonts.TEXT,
        "fontSize": 9.2,
        "leading": 12.8,
        "textColor": INK,
        "splitLongWords": 1,
        "allowWidows": 0,
        "allowOrphans": 0,
    }
    return ParagraphStyle(name, **(basis | _STYLES[name]))


def para(text: str, kind: str = "body") -> Block:
    """Return a paragraph of markup; evidence must have passed through ``fonts.markup`` before."""
    from reportlab.platypus import Paragraph

    return Paragraph(text, style(kind))


def space(height: float) -> Block:
    from reportlab.platypus import Spacer

    return Spacer(1, height)


def new_page() -> Block:
    from reportlab.platypus import PageBreak

    return PageBreak()


def room(height: float) -> Block:
    """Return a block that turns the page where less than ``height`` points are left."""
    from reportlab.platypus import CondPageBreak

    return CondPageBreak(height)


def together(blocks: Sequence[Block]) -> Block:
    """Return ``blocks`` as one that stays on a page where it fits on one."""
    from reportlab.platypus import KeepTogether

    return KeepTogether(list(blocks))


def heading(text: str, *, needs: float = 125.0) -> list[Block]:
    """Return a heading of the second level that takes at least ``needs`` points of what follows with it."""
    return [room(needs), para(text, "heading2")]


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    plain: Sequence[int] = (),
    ids: Sequence[int] = (),
    tall: bool = False,
) -> Block:
    """Return a table with a head that repeats on every page; cells are markup.

    Columns in ``plain`` (numbers) and ``ids`` hold short text of our own that needs no markup and no
    breaking, which makes long tables much faster. Only ``tall`` rows, which may be taller than a page, break
    inside, and only where they have a page for themselves.
    """
    from reportlab.platypus import TableStyle

    raw = {*plain, *ids}
    cells: list[list[Block]] = [[para(cell, "cell_head") for cell in head]]
    for row in rows:
        cells.append([cell if at in raw else para(cell, "cell") for at, cell in enumerate(row)])
    look: list[tuple[Any, ...]] = [
        *_CELLS,
        ("FONTSIZE", (0, 0), (-1, -1), 8),
        ("LEADING", (0, 0), (-1, -1), 10.4),
        ("TEXTCOLOR", (0, 0), (-1, -1), INK),
        *((name, (at, 0), (at, -1), value) for at in ids for name, value in _ID_LOOK),
        ("BACKGROUND", (0, 0), (-1, 0), HEAD_FILL),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    made = long_table(tall=tall)(cells, colWidths=list(widths), repeatRows=1, style=TableStyle(look))
    made.spaceAfter = 6
    return made


def facts(rows: Sequence[tuple[str, str]], widths: tuple[float, float]) -> Block:
    """Return label and value beside each other, one pair per line; values are markup."""
    from reportlab.platypus import Table, TableStyle

    cells = [[para(label, "cell_head"), para(value, "cell")] for label, value in rows]
    look = [
        *_CELLS,
        ("LINEBELOW", (0, 0), (-1, -1), 0.3, RULE),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    made = Table(cells, colWidths=list(widths), style=TableStyle(look), splitInRow=1)
    made.spaceAfter = 8
    return made


def box(blocks: Sequence[Block], width: float, *, fill: str = NOTE_FILL, bar: str = SOFT) -> Block:
    """Return ``blocks`` on a tinted ground with a colored bar at the left."""
    from reportlab.platypus import Table, TableStyle

    look = [
        *_CELLS,
        ("BACKGROUND", (0, 0), (-1, -1), fill),
        ("LINEBEFORE", (0, 0), (0, -1), 2.5, bar),
        ("LEFTPADDING", (0, 0), (-1, -1), 9),
        ("RIGHTPADDING", (0, 0), (-1, -1), 7),
        ("TOPPADDING", (0, 0), (-1, 0), 5),
        ("BOTTOMPADDING", (0, -1), (-1, -1), 5),
        ("TOPPADDING", (0, 1), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -2), 0),
    ]
    made = Table([[block] for block in blocks], colWidths=[width], style=TableStyle(look), splitInRow=1)
    made.spaceAfter = 7
    return made


def beside(left: Block, right: Sequence[Block], widths: tuple[float, float]) -> Block:
    """Return a block with others at its right."""
    from reportlab.platypus import Table, TableStyle

    look = [
        *_CELLS,
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
    ]
    return Table([[left, list(right)]], colWidths=list(widths), style=TableStyle(look), splitInRow=1)


def drawn(width: float, height: float, draw: Callable[[Any], None]) -> Block:
    """Return a block of that size which ``draw`` fills, given a canvas whose origin is its lower left."""
    return _drawing_class()(width, height, draw)


@cache
def _drawing_class() -> Any:
    from reportlab.platypus import Flowable

    class Drawing(Flowable):  # type: ignore[misc, unused-ignore]
        """reportlab's interface for anything that draws itself."""

        def __init__(self, width: float, height: float, draw: Callable[[Any], None]) -> None:
            super().__init__()
            self.width, self.height, self._draw = width, height, draw

        def draw(self) -> None:
            self._draw(self.canv)

    return Drawing


def anchor(anchors: Anchors, key: str, title: str, *, level: int) -> Block:
    """Return an invisible block that links, the bookmarks and the table of contents lead to."""

    def mark(canvas: Any) -> None:
        anchors.pages[key] = canvas.getPageNumber()
        canvas.bookmarkHorizontal(key, 0, 16)
        canvas.addOutlineEntry(title, key, level=level, closed=level > 0)

    return drawn(0, 0, mark)


def running(anchors: Anchors, subject: str) -> Block:
    """Return an invisible block: what follows is about ``subject``, which the head of its pages names."""

    def mark(canvas: Any) -> None:
        _, height = canvas.absolutePosition(0, 0)
        if canvas._pagesize[1] - height < _TOP_OF_PAGE:
            anchors.seen.clear()  # nothing of the one before is on this page
        anchors.subject = subject
        anchors.seen.append(subject)

    return drawn(0, 0, mark)


def link(text: str, key: str) -> str:
    """Return markup that leads to the anchor ``key``, which must exist in the report."""
    return f'<a href="#{key}" color="{MACHINE}">{text}</a>'
