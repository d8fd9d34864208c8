"""The frame of the PDF report: page size, running head and foot, contents list, and one streaming pass.

Page numbers that are not known yet (the contents list, "page 3 of 87") are drawn as forms which are defined
when the last page is done, so that the report is laid out once and its blocks need not be kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from engine.exporters.pdf import fonts
from engine.exporters.pdf.layout import RULE, SOFT, Anchors, Block, Story, drawn
from engine.exporters.pdf.object_file import ObjectFile

MARGIN = 51.0
HEAD_ROOM = 30.0
FOOT_ROOM = 34.0
_TOTAL = "page-total"
_SMALL = 7.6
_MOST_OF_HEAD = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """What stands on every page, and what the file says of itself; plain text, not markup.

    ``names_subjects``: the head of a page names whom it is about, where that is known, instead of
    ``head_right``.
    """

    title: str
    head_left: str
    head_right: str
    foot: str
    author: str
    at: datetime
    page_size: str
    identity: str
    names_subjects: bool = False


def page_size(name: str) -> tuple[float, float]:
    """Return width and height in points of ``A4`` or ``Letter``."""
    from reportlab.lib.pagesizes import A4, LETTER

    width, height = LETTER if name.lower() == "letter" else A4
    return float(width), float(height)


def text_width(name: str) -> float:
    return page_size(name)[0] - 2 * MARGIN


class LazyStory(list[Block]):
    """A list of blocks that fetches the next group only when the last one is used up."""

    def __init__(self, groups: Story) -> None:
        super().__init__()
        self._groups = groups

    def __len__(self) -> int:
        while not super().__len__():
            group = next(self._groups, None)
            if group is None:
                return 0
            self.extend(group)
        return super().__len__()


def build(
    out: Path, groups: Story, furniture: Furniture, anchors: Anchors, on_page: Callable[[int], None]
) -> int:
    """Write the PDF and return its number of pages; the bytes depend on the arguments only."""
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    fonts.register_fonts()
    width, height = page_size(furniture.page_size)
    frame = Frame(
        MARGIN,
        MARGIN + FOOT_ROOM - 14,
        width - 2 * MARGIN,
        height - 2 * MARGIN - HEAD_ROOM - FOOT_ROOM + 28,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )

    def decorate(canvas: Any, _: Any) -> None:
        if canvas.getPageNumber() == 1:
            _date_file(canvas, furniture.at)
        file.flush(canvas._doc)
        on_page(canvas.getPageNumber())

    def close(canvas: Any, _: Any) -> None:
        head_right = (furniture.names_subjects and anchors.turn()) or furniture.head_right
        _draw_furniture(canvas, replace(furniture, head_right=head_right), width, height)

    document = BaseDocTemplate(
        str(out),
        pagesize=(width, height),
        pageTemplates=[PageTemplate(frames=[frame], onPage=decorate, onPageEnd=close)],
        title=furniture.title,
        author=furniture.author,
        subject="Case report",
        creator="Casebook",
        producer="Casebook with ReportLab",
        invariant=1,
        lang="en",
        displayDocTitle=1,
        initialFontName=fonts.TEXT,
        pageCompression=1,
    )
    document._doSave = 0
    with ObjectFile(out) as file:
        document.build(LazyStory(_closed(groups, anchors)))
        file.finish(document.canv, furniture.identity, furniture.at)
    return int(document.page)


def contents_list(entries: list[tuple[str, str]], width: float) -> list[Block]:
    """Return one line per (anchor, title), with leader and page number, that leads to its anchor."""
    return [_contents_line(key, title, width) for key, title in entries]


def _contents_line(key: str, title: str, width: float) -> Block:
    def draw(canvas: Any) -> None:
        canvas.setFont(fonts.TEXT, 9.6)
        canvas.drawString(0, 4, title)
        start = canvas.stringWidth(title, fonts.TEXT, 9.6) + 6
        canvas.setStrokeColor(RULE)
        canvas.setDash(1, 2)
        canvas.line(start, 5, width - 26, 5)
        canvas.translate(width - 24, 4)
        canvas.doForm(_page_form(key))
        canvas.translate(24 - width, -4)
        canvas.linkRect(title, key, (0, 0, width, 15), relative=1)

    return drawn(width, 15.5, draw)


def _page_form(key: str) -> str:
    return f"page-of-{key}"


def _closed(groups: Story, anchors: Anchors) -> Iterator[list[Block]]:
    """Yield all groups, and at last define every number that was promised."""
    yield from groups

    def define(canvas: Any) -> None:
        _number_form(canvas, _TOTAL, str(canvas.getPageNumber()), right=False)
        for key, number in anchors.pages.items():
            _number_form(canvas, _page_form(key), str(number), right=True)

    yield [drawn(0, 0, define)]


def _number_form(canvas: Any, name: str, text: str, *, right: bool) -> None:
    canvas.beginForm(name, 0, -4, 40, 12)
    if right:
        canvas.setFont(fonts.TEXT, 9.6)
        canvas.drawRightString(24, 0, text)
    else:
        canvas.setFont(fonts.TEXT, 7.6)
        canvas.setFillColor(SOFT)
        canvas.drawString(0, 0, text)
    canvas.endForm()


def _draw_furniture(canvas: Any, furniture: Furniture, width: float, height: float) -> None:
    canvas.saveState()
    canvas.setFont(fonts.TEXT, 7.6)
    canvas.setFillColor(SOFT)
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.5)
    top, bottom, room = height - MARGIN + 12, MARGIN - 14, width - 2 * MARGIN
    right = fonts.draw_line(
        canvas, (width - MARGIN, top), furniture.head_right, _SMALL, room * _MOST_OF_HEAD, right=True
    )
    fonts.draw_line(canvas, (MARGIN, top), furniture.head_left, _SMALL, room - right - 10)
    canvas.line(MARGIN, top - 5, width - MARGIN, top - 5)
    canvas.line(MARGIN, bottom + 11, width - MARGIN, bottom + 11)
    fonts.draw_line(canvas, (MARGIN, bottom), furniture.foot, _SMALL, room - 90)
    canvas.setFont(fonts.TEXT, _SMALL)
    page = f"page {canvas.getPageNumber()} of "
    canvas.drawRightString(width - MARGIN - 20, bottom, page)
    canvas.translate(width - MARGIN - 20, bottom)
    canvas.doForm(_TOTAL)
    canvas.restoreState()


def _date_file(canvas: Any, at: datetime) -> None:
    """Give the file the date of the export: reportlab's own would be the clock, or the year 2000."""
    instant = at.astimezone(UTC)
    stamp = canvas._doc._timeStamp
    stamp.t, stamp.lt = instant.timestamp(), instant.timetuple()
    stamp.YMDhms, stamp.dhh, stamp.dmm, stamp.tzname = tuple(instant.timetuple())[:6], 0, 0, "UTC"
