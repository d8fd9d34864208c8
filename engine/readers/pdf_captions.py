"""Captions on the pages of a PDF: the lines that begin like one, with their place, and their pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from engine.readers.figures import caption_title, one_line

# A line belongs to the caption above it when the gap is at most this part of a line's height.
_LINE_GAP = 0.8
_MAX_LINES = 40
# A caption stands within this part of the page's height from its picture.
_REACH = 0.4
_MIN_SHARED_WIDTH = 0.2
_MAX_CAPTIONS = 50


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on a page, in points, the origin at the lower left as PDF has it."""

    left: float
    bottom: float
    right: float
    top: float

    def shares_width(self, other: Area) -> bool:
        shared = min(self.right, other.right) - max(self.left, other.left)
        return shared > _MIN_SHARED_WIDTH * min(self.right - self.left, other.right - other.left)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCaption:
    """A caption with its place on the page; ``start`` and ``end`` count characters of the raw text."""

    title: str
    text: str
    start: int
    end: int
    area: Area


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str
    area: Area


def page_captions(text_page: Any, raw: str) -> tuple[PlacedCaption, ...]:
    """Return the captions of a page, of whose text ``raw`` is what PDFium gave."""
    starts = _line_starts(raw)
    found: list[PlacedCaption] = []
    for number, (start, text) in enumerate(starts):
        title = caption_title(text)
        if title and len(found) < _MAX_CAPTIONS and (area := _area(text_page, start, text)):
            lines = [_Line(start, text, area), *_following(text_page, starts[number + 1 :], area)]
            found.append(_caption(title, lines))
    return tuple(found)


def captions_of(
    pictures: Sequence[Area], captions: Sequence[PlacedCaption], page_height: float
) -> tuple[str, ...]:
    """Return the caption of each picture of a page, "" where it has none.

    A document sets its captions below its pictures or above them: the way counts in which they are
    nearer to their pictures all together. Several pictures above one caption are its panels.
    """
    below = _total_gap(pictures, captions, below=True) <= _total_gap(pictures, captions, below=False)
    reach = _REACH * page_height
    return tuple(_nearest(picture, captions, reach, below=below) for picture in pictures)


def _nearest(picture: Area, captions: Sequence[PlacedCaption], reach: float, *, below: bool) -> str:
    for way in (below, not below):
        gaps = [(_gap(picture, each.area, below=way), each.text) for each in captions]
        near = [(gap, text) for gap, text in gaps if gap is not None and gap <= reach]
        if near:
            return min(near)[1]
    return ""


def _total_gap(pictures: Sequence[Area], captions: Sequence[PlacedCaption], *, below: bool) -> float:
    far = 10_000.0
    total = 0.0
    for caption in captions:
        gaps = (_gap(picture, caption.area, below=below) for picture in pictures)
        total += min((gap for gap in gaps if gap is not None), default=far)
    return total


def _gap(picture: Area, caption: Area, *, below: bool) -> float | None:
    """Return how far the caption is from the picture in this direction; None where it is not there."""
    if not picture.shares_width(caption):
        return None
    gap = picture.bottom - caption.top if below else caption.bottom - picture.top
    slack = -0.5 * (caption.top - caption.bottom)  # glyphs have room above and below them
    return max(gap, 0.0) if gap >= slack else None


def _caption(title: str, lines: Sequence[_Line]) -> PlacedCaption:
    areas = [line.area for line in lines]
    return PlacedCaption(
        title=title,
        text=one_line(" ".join(line.text for line in lines)),
        start=lines[0].start,
        end=lines[-1].start + len(lines[-1].text),
        area=Area(
            min(area.left for area in areas),
            min(area.bottom for area in areas),
            max(area.right for area in areas),
            max(area.top for area in areas),
        ),
    )


def _following(text_page: Any, starts: Sequence[tuple[int, str]], first: Area) -> Iterator[_Line]:
    """Yield the lines that go on with the caption: close below it, and no caption themselves."""
    above = first
    for start, text in starts[:_MAX_LINES]:
        area = None if caption_title(text) else _area(text_page, start, text)
        if area is None:
            return
        height = above.top - above.bottom
        gap = above.bottom - area.top
        same_size = 0.7 < (area.top - area.bottom) / max(height, 0.1) < 1.4
        if not (-height < gap < _LINE_GAP * height and same_size and area.shares_width(first)):
            return
        yield _Line(start, text, area)
        above = area


def _line_starts(raw: str) -> list[tuple[int, str]]:
    lines, start = [], 0
    for line in raw.splitlines(keepends=True):
        if line.strip():
            lines.append((start + len(line) - len(line.lstrip()), line.strip()))
        start += len(line)
    return lines


def _area(text_page: Any, start: int, text: str) -> Area | None:
    """Return where a line of the raw text stands, from its first and last character."""
    from pypdfium2 import PdfiumError
    from pypdfium2.raw import FPDFText_GetCharIndexFromTextIndex

    corners = []
    for place in (start, start + len(text) - 1):
        index = FPDFText_GetCharIndexFromTextIndex(text_page, place)
        if index < 0:
            return None
        try:
            corners.append(Area(*text_page.get_charbox(index, loose=True)))
        except (PdfiumError, IndexError):
            return None
    first, last = corners
    return Area(
        min(first.left, last.left),
        min(first.bottom, last.bottom),
        max(first.right, last.right),
        max(first.top, last.top),
    )
